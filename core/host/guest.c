#include "host/guest.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/fault.h"
#include "base/mem.h"
#include "base/text.h"
#include "host/host_in.h"
#include "host/loop.h"
#include "host/manifest.h"
#include "host/task.h"
#include "host/worker.h"

/* NUMBER_*: what stands on the shared page. CALLS_MOST: of one ask. */
enum { LOAD_MS = 500, NUMBER_LOAD = 1, NUMBER_RUN = 2, CALLS_MOST = 10000, SAID_BYTES = 600 };

typedef enum stage { IDLE, GREETING, LOADING, RUNNING } stage;

struct guest {
    host *host;
    const plugin *plugin;
    worker *worker; /* NULL: gone */
    stage stage;
    bool greeted, done;
    err error;      /* of its end, or of what was asked */
    value question; /* until it is sent */
    value answer;
    value asking; /* a call that waits to be answered, since: */
    int64_t asking_ms;
    guest_serve *serve;
    void *ctx;
    int calls;
};

static int64_t capability(const guest *g, const char *name, int64_t otherwise)
{
    return value_get_int(value_get(&g->plugin->manifest, "capabilities"), name, otherwise);
}

static worker_limits limits_of(void *ctx, uint32_t number)
{
    const guest *g = ctx;
    return (worker_limits){
        .call_ms = number == NUMBER_LOAD ? LOAD_MS : capability(g, "call_ms", MANIFEST_CALL_MS),
        .memory_mb = capability(g, "memory_mb", MANIFEST_MEMORY_MB),
    };
}

static void lose(guest *g)
{
    worker_stop(g->worker);
    g->worker = NULL;
    g->done = true;
}

static void add_failure(value *frame, const err *e)
{
    value_add(frame, "code", value_int(e->code));
    value_add(frame, "message", value_text(e->message));
    value_add(frame, "hint", value_text(e->hint));
}

/* Not from within a callback of the loop: an answer may need other workers. */
static void answer_call(guest *g)
{
    value frame = g->asking;
    g->asking = value_nil();
    value reply = value_map(), out = value_nil();
    err e = {0};
    bool ok = g->stage == RUNNING && g->serve && ++g->calls <= CALLS_MOST;
    if (!ok)
        err_set(&e, ERR_LIMIT, "more than %d calls in one go", CALLS_MOST);
    ok = ok &&
         g->serve(g->ctx, value_get_str(&frame, "fn", ""), value_get(&frame, "args"), &out, &e);
    value_free(&frame);
    FAULT_POINT("answer-made");
    if (g->worker)
        worker_waited(g->worker, clock_monotonic_ms() - g->asking_ms);
    value_add(&reply, "op", value_text("answer"));
    if (ok)
        value_add(&reply, "value", out);
    else
        add_failure(&reply, &e);
    if (g->worker && !worker_send(g->worker, &reply, &e)) {
        value_free(&reply);
        reply = value_map();
        value_add(&reply, "op", value_text("answer"));
        add_failure(&reply, &e);
        if (!worker_send(g->worker, &reply, &g->error))
            lose(g);
    }
    FAULT_POINT("answer-sent");
    value_free(&reply);
}

/* Text of a worker's: escaped here, cut. */
static void take_failure(guest *g, const value *frame)
{
    buf message = {0}, where = {0};
    const char *said = value_get_str(frame, "message", "failed");
    const char *place = value_get_str(frame, "where", "");
    text_escape(&message, said, strlen(said), SAID_BYTES);
    text_escape(&where, place, strlen(place), SAID_BYTES / 2);
    err_set(&g->error, ERR_BAD_DATA, "%s", buf_text(&message));
    err_where(&g->error, "%s", buf_text(&where));
    buf_free(&message);
    buf_free(&where);
}

static void on_frame(void *ctx, worker *w, value *frame)
{
    guest *g = ctx;
    const char *op = value_get_str(frame, "op", "");
    (void)w;
    if (strcmp(op, "hello") == 0) {
        g->greeted = true;
        if (!sandbox_enough(worker_sandbox(w), host_config(g->host), &g->error))
            lose(g);
    } else if (strcmp(op, "call") == 0 && !g->done && value_is(&g->asking, VALUE_NIL)) {
        g->asking = *frame;
        g->asking_ms = clock_monotonic_ms();
        *frame = value_nil();
    } else if (strcmp(op, "call") == 0 && !g->done) {
        err_set(&g->error, ERR_BAD_DATA, "asked something before it had its answer");
        lose(g);
    } else if (!g->done && g->stage != GREETING) {
        if (strcmp(op, "failed") == 0)
            take_failure(g, frame);
        else if (strcmp(op, "too_large") == 0)
            err_set(&g->error, ERR_LIMIT, "its answer is larger than a worker may send");
        value_free(&g->answer);
        g->answer = *frame;
        *frame = value_nil();
        g->done = true;
    }
}

static void on_gone(void *ctx, worker *w, const worker_death *death)
{
    guest *g = ctx;
    (void)w;
    bool limit = strcmp(death->kind, "time") == 0 || strcmp(death->kind, "memory") == 0;
    err_set(&g->error, limit ? ERR_LIMIT : ERR_BAD_DATA, "%s", death->message);
    err_where(&g->error, "%s", death->where);
    g->worker = NULL; /* it frees itself */
    g->done = true;
}

static void start(guest *g)
{
    const worker_limits limits = limits_of(g, NUMBER_LOAD);
    const worker_events events = {
        .frame = on_frame, .gone = on_gone, .limits = limits_of, .ctx = g};
    g->greeted = false;
    g->stage = GREETING;
    g->worker =
        worker_start(host_loop(g->host), host_program(g->host), &limits, &events, &g->error);
    g->done = !g->worker;
}

static void send_to(guest *g, const value *frame, stage next)
{
    g->stage = next;
    g->done = false;
    value_free(&g->answer);
    if (!worker_send(g->worker, frame, &g->error))
        lose(g);
}

static void send_plugin(guest *g)
{
    char today[CLOCK_DATE_TEXT];
    clock_date_text(clock_today(), today);
    value frame = host_load_frame(g->plugin, NUMBER_LOAD, today);
    send_to(g, &frame, LOADING);
    value_free(&frame);
}

guest *guest_of(host *h, const plugin *p)
{
    guest *idle = NULL;
    for (size_t i = 0; i < h->guests_len; i++) {
        guest *g = h->guests[i];
        if (g->plugin == p && g->stage == IDLE && (!idle || !idle->worker))
            idle = g;
    }
    if (idle)
        return idle;
    guest *g = mem_zero(1, sizeof *g);
    g->host = h;
    g->plugin = p;
    h->guests = mem_grow(h->guests, h->guests_len + 1, sizeof(guest *));
    h->guests[h->guests_len++] = g;
    return g;
}

static value question_of(const guest *g, const char *op, const char *name, const value *given,
                         int64_t seed)
{
    value frame = value_map();
    char now[CLOCK_TIME_TEXT];
    clock_time_text(clock_now_ms(), now);
    value_add(&frame, "op", value_text(op));
    value_add(&frame, "number", value_int(NUMBER_RUN));
    value_add(&frame, "name", value_text(name));
    value_add(&frame, "seed", value_int(seed));
    value_add(&frame, "now", value_text(now));
    value_add(&frame, "lang", value_text(g->host->lang ? g->host->lang : "nl"));
    value_add(&frame, "given", value_copy(given));
    return frame;
}

void guest_begin(guest *g, const char *op, const char *name, const value *given, int64_t seed,
                 guest_serve *serve, void *ctx)
{
    g->question = question_of(g, op, name, given, seed);
    g->serve = serve;
    g->ctx = ctx;
    g->calls = 0;
    g->error = (err){0};
    value_free(&g->asking);
    if (g->worker)
        send_to(g, &g->question, RUNNING);
    else
        start(g);
}

bool guest_step(guest *g)
{
    if (g->stage == GREETING && g->greeted && !g->done)
        send_plugin(g);
    else if (g->stage == LOADING && g->done && g->worker && g->error.code == ERR_NONE)
        send_to(g, &g->question, RUNNING);
    if (!g->done && !value_is(&g->asking, VALUE_NIL))
        answer_call(g);
    return g->done;
}

bool guest_asked(const guest *g)
{
    return g->stage == RUNNING;
}

static void forget_question(guest *g)
{
    g->stage = IDLE;
    g->done = true;
    g->serve = NULL;
    value_free(&g->question);
}

bool guest_end(guest *g, value *answer, err *e)
{
    if (g->stage != RUNNING) /* what can't be loaded is of no use */
        lose(g);
    forget_question(g);
    if (g->error.code != ERR_NONE)
        return err_copy(e, &g->error);
    *answer = g->answer;
    g->answer = value_nil();
    return true;
}

void guest_cut(guest *g)
{
    if (!g->done || g->stage != RUNNING)
        lose(g);
    forget_question(g);
}

bool guest_ask(guest *g, const char *op, const char *name, const value *given, int64_t seed,
               guest_serve *serve, void *ctx, value *answer, err *e)
{
    guest_begin(g, op, name, given, seed, serve, ctx);
    while (!guest_step(g))
        uv_run(host_loop(g->host), UV_RUN_ONCE);
    return guest_end(g, answer, e);
}

void guests_close(host *h)
{
    for (size_t i = 0; i < h->guests_len; i++) {
        worker_stop(h->guests[i]->worker);
        value_free(&h->guests[i]->question);
        value_free(&h->guests[i]->answer);
        value_free(&h->guests[i]->asking);
        free(h->guests[i]);
    }
    free(h->guests);
    h->guests = NULL;
    h->guests_len = 0;
}
