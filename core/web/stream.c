/* Server-sent events: each client has a place in the log, and reads on when there is more. */
#include <stdlib.h>
#include <string.h>

#include "base/fault.h"
#include "base/json.h"
#include "base/mem.h"
#include "store/event.h"
#include "web/request.h"

enum { AT_ONCE = 200, BLOCK_BYTES = 16 << 10 };

/* What a job reads: its own, for the client may leave meanwhile. */
typedef struct reading {
    stream *stream;
    int64_t since, count;
    char *type;
    buf text;
} reading;

struct stream {
    web *web;
    request *request; /* NULL: the client is gone */
    int64_t since;    /* of the log */
    char *type;
    buf out; /* not sent yet */
    size_t sent;
    bool suspended, asked, ended;
    stream *next;
};

static void stream_free(stream *s)
{
    stream **at = &s->web->streams;
    while (*at != s)
        at = &(*at)->next;
    *at = s->next;
    buf_free(&s->out);
    free(s->type);
    free(s);
}

static void resume(stream *s)
{
    if (!s->suspended || !s->request)
        return;
    s->suspended = false;
    s->web->mhd->resume_connection(s->request->connection);
    web_pump(s->web);
}

static bool add_event(void *ctx, const value *event, err *e)
{
    reading *r = ctx;
    value shown = event_shown(event);
    (void)e;
    r->since = value_get_int(event, "seq", r->since);
    r->count++;
    buf_fmt(&r->text, "id: %lld\ndata: ", (long long)r->since);
    json_write(&r->text, &shown);
    buf_str(&r->text, "\n\n");
    value_free(&shown);
    return true;
}

/* With a type few events may be its own: it goes past the others. */
static bool read_on(store *st, void *ctx, err *e)
{
    reading *r = ctx;
    int64_t head = 0;
    const event_filter f = {.since = r->since, .type = r->type, .limit = AT_ONCE};
    if (!event_head(st, &head, e) || !event_each(st, &f, add_event, r, e))
        return false;
    if (r->count < AT_ONCE)
        r->since = head;
    return true;
}

static void ask_more(stream *s);

static void have_read(void *ctx, bool ok, const err *why)
{
    reading *r = ctx;
    stream *s = r->stream;
    s->asked = false;
    if (ok) {
        s->since = r->since;
        buf_add(&s->out, buf_text(&r->text), r->text.len);
    } else if (why->code == ERR_UNAVAILABLE || why->code == ERR_BUG) {
        s->ended = true; /* the client comes again, from where it was */
    }
    buf_free(&r->text);
    free(r->type);
    free(r);
    if (!s->request)
        stream_free(s);
    else if (s->ended || s->out.len > s->sent)
        resume(s);
    else if (ok)
        ask_more(s);
}

static void ask_more(stream *s)
{
    if (s->asked || s->ended || !s->request || s->out.len > s->sent ||
        writer_look(keeper_writer(s->web->keeper)).log <= s->since)
        return;
    reading *r = mem_zero(1, sizeof *r);
    *r = (reading){.stream = s, .since = s->since, .type = mem_text(s->type)};
    s->asked = true;
    pool_ask(keeper_pool(s->web->keeper), POOL_TRIED, read_on, have_read, r);
}

static ssize_t give(void *ctx, uint64_t at, char *bytes, size_t room)
{
    stream *s = ctx;
    (void)at;
    size_t left = s->out.len - s->sent, len = left < room ? left : room;
    if (left == 0 && s->ended)
        return MHD_CONTENT_READER_END_OF_STREAM;
    FAULT_POINT("stream-give");
    if (len) {
        memcpy(bytes, buf_text(&s->out) + s->sent, len);
        s->sent += len;
    }
    if (s->sent == s->out.len) {
        buf_clear(&s->out);
        s->sent = 0;
    }
    if (len)
        return (ssize_t)len;
    FAULT_POINT("stream-given");
    s->suspended = true;
    s->web->mhd->suspend_connection(s->request->connection);
    ask_more(s);
    return 0;
}

void stream_open(request *r, int64_t since, const char *type)
{
    stream *s = mem_zero(1, sizeof *s);
    *s = (stream){.web = r->web,
                  .request = r,
                  .since = since,
                  .type = mem_text(type),
                  .next = r->web->streams};
    r->web->streams = r->stream = s;
    buf_str(&s->out, ": polder\n\n"); /* so that the client sees at once that it is connected */
}

bool stream_queue(request *r)
{
    const mhd *m = r->web->mhd;
    struct MHD_Response *response =
        m->create_response_from_callback(MHD_SIZE_UNKNOWN, BLOCK_BYTES, give, r->stream, NULL);
    if (!response)
        return false;
    m->add_response_header(response, "Content-Type", "text/event-stream");
    m->add_response_header(response, "Cache-Control", "no-store");
    bool ok = m->queue_response(r->connection, 200, response) == MHD_YES;
    m->destroy_response(response);
    return ok;
}

void stream_leave(request *r)
{
    stream *s = r->stream;
    if (!s)
        return;
    r->stream = NULL;
    s->request = NULL;
    if (!s->asked)
        stream_free(s);
}

/* While the list is walked libmicrohttpd doesn't work: it would end requests, and streams with
 * them. */
static bool hold(web *w)
{
    bool held = w->running;
    w->running = true;
    return held;
}

static void let_go(web *w, bool held)
{
    w->running = held;
    web_pump(w);
}

void streams_news(web *w)
{
    bool held = hold(w);
    for (stream *s = w->streams; s; s = s->next)
        if (s->suspended)
            ask_more(s);
    let_go(w, held);
}

/* A client that has gone is noticed only by writing to it. */
void streams_beat(web *w)
{
    bool held = hold(w);
    for (stream *s = w->streams; s; s = s->next) {
        if (!s->suspended || s->asked)
            continue;
        buf_str(&s->out, ":\n\n");
        resume(s);
    }
    let_go(w, held);
}

void streams_end(web *w)
{
    bool held = hold(w);
    for (stream *s = w->streams; s; s = s->next) {
        s->ended = true;
        resume(s);
    }
    let_go(w, held);
}
