/* libmicrohttpd on the keeper's loop: its epoll descriptor is polled, its time-outs are a timer. */
#include "web/web.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/fault.h"
#include "base/mem.h"
#include "web/request.h"

enum { CONNECTIONS = 256, IDLE_S = 60, CONNECTION_BYTES = 32 << 10, BEAT_MS = 15000 };

static void on_timer(uv_timer_t *timer)
{
    web_pump(timer->data);
}

void web_pump(web *w)
{
    w->again = true;
    if (w->running)
        return;
    w->running = true;
    while (w->again) {
        w->again = false;
        w->mhd->run(w->server);
    }
    w->running = false;
    MHD_UNSIGNED_LONG_LONG ms = 0;
    if (w->mhd->get_timeout(w->server, &ms) == MHD_YES)
        uv_timer_start(&w->timer, on_timer, ms, 0);
    else
        uv_timer_stop(&w->timer);
}

static void on_readable(uv_poll_t *poll, int status, int events)
{
    (void)status, (void)events;
    web_pump(poll->data);
}

static void on_beat(uv_timer_t *timer)
{
    streams_beat(timer->data);
}

static request *request_new(web *w, struct MHD_Connection *connection, const char *path)
{
    request *r = mem_zero(1, sizeof *r);
    r->web = w;
    r->connection = connection;
    r->path = mem_text(path);
    r->args = value_map();
    w->open++;
    return r;
}

static void on_completed(void *ctx, struct MHD_Connection *connection, void **own,
                         enum MHD_RequestTerminationCode why)
{
    request *r = *own;
    (void)ctx, (void)connection, (void)why;
    if (!r)
        return;
    FAULT_POINT_OF("http-sent", r->path);
    r->web->open--;
    stream_leave(r);
    value_free(&r->args);
    buf_free(&r->body);
    free(r->after);
    free(r->path);
    free(r);
    *own = NULL;
}

static enum MHD_Result add_arg(void *ctx, enum MHD_ValueKind kind, const char *name,
                               const char *text)
{
    request *r = ctx;
    (void)kind;
    value_set(&r->args, name, value_text(text ? text : ""));
    return MHD_YES;
}

/* Headers of every answer: none is kept, none is taken for something else. */
static enum MHD_Result queue_answer(request *r)
{
    const mhd *m = r->web->mhd;
    size_t len = r->body.len;
    char *bytes = buf_take(&r->body);
    struct MHD_Response *response =
        m->create_response_from_buffer(len, bytes ? bytes : mem_text(""), MHD_RESPMEM_MUST_FREE);
    if (!response)
        return MHD_NO;
    m->add_response_header(response, "Content-Type", "application/json");
    m->add_response_header(response, "Cache-Control", "no-store");
    m->add_response_header(response, "X-Content-Type-Options", "nosniff");
    if (r->after)
        m->add_response_header(response, "Polder-After", r->after);
    if (r->status == 405)
        m->add_response_header(response, "Allow", "GET, HEAD");
    FAULT_POINT_OF("http-ready", r->path);
    enum MHD_Result queued = m->queue_response(r->connection, r->status, response);
    FAULT_POINT_OF("http-queued", r->path);
    m->destroy_response(response);
    return queued;
}

static bool check_method(const char *method, err *e)
{
    if (strcmp(method, "GET") == 0 || strcmp(method, "HEAD") == 0)
        return true;
    err_set(e, ERR_USAGE, "%.20s: this only reads", method);
    return err_hint(e, "change things with the command line: polder put, settle, import");
}

static bool check_host(request *r, err *e)
{
    const web *w = r->web;
    const char *host = w->mhd->lookup_connection_value(r->connection, MHD_HEADER_KIND, "Host");
    if (!w->address.local || w->address.file || address_names_local(host))
        return true;
    err_set(e, ERR_NOT_ALLOWED,
            "the request is for \"%.80s\", which is not this machine's own name", host ? host : "");
    return err_hint(e, "ask for %s", buf_text(&w->address.shown));
}

static void begin(request *r, const char *method)
{
    err why = {0};
    bool reads = check_method(method, &why);
    r->web->mhd->get_connection_values(r->connection, MHD_GET_ARGUMENT_KIND, add_arg, r);
    if (reads && check_host(r, &why))
        route_request(r);
    else
        request_answer(r, false, &why);
    if (!reads)
        r->status = 405;
}

/* Called when the headers are there, then until it has been answered. */
static enum MHD_Result on_request(void *ctx, struct MHD_Connection *connection, const char *url,
                                  const char *method, const char *version, const char *body,
                                  size_t *body_len, void **own)
{
    web *w = ctx;
    request *r = *own;
    (void)version, (void)body;
    if (!r) {
        *own = request_new(w, connection, url);
        FAULT_POINT_OF("http-come", url);
        return MHD_YES;
    }
    if (*body_len) {
        *body_len = 0; /* nobody reads it */
        return MHD_YES;
    }
    if (!r->status && !r->waits && !r->stream)
        begin(r, method);
    if (r->stream)
        return stream_queue(r) ? MHD_YES : MHD_NO;
    return r->status ? queue_answer(r) : MHD_YES;
}

static bool start_server(web *w, err *e)
{
    w->server = w->mhd->start_daemon(
        MHD_USE_EPOLL | MHD_ALLOW_SUSPEND_RESUME, 0, NULL, NULL, on_request, w,
        MHD_OPTION_LISTEN_SOCKET, w->address.fd, MHD_OPTION_NOTIFY_COMPLETED, on_completed, w,
        MHD_OPTION_CONNECTION_LIMIT, (unsigned)CONNECTIONS, MHD_OPTION_CONNECTION_TIMEOUT,
        (unsigned)IDLE_S, MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)CONNECTION_BYTES,
        MHD_OPTION_END);
    if (!w->server)
        return err_set(e, ERR_UNAVAILABLE, "libmicrohttpd does not start");
    w->address.fd = -1; /* it is its own now */
    const union MHD_DaemonInfo *info = w->mhd->get_daemon_info(w->server, MHD_DAEMON_INFO_EPOLL_FD);
    uv_loop_t *loop = keeper_loop(w->keeper);
    uv_poll_init(loop, &w->poll, info->epoll_fd);
    uv_timer_init(loop, &w->timer);
    uv_timer_init(loop, &w->beat);
    w->handles = 3;
    w->poll.data = w->timer.data = w->beat.data = w;
    uv_poll_start(&w->poll, UV_READABLE, on_readable);
    uv_timer_start(&w->beat, on_beat, BEAT_MS, BEAT_MS);
    return true;
}

static void on_news(void *ctx)
{
    streams_news(ctx);
}

static void on_stop(void *ctx)
{
    web *w = ctx;
    w->stopping = true;
    MHD_socket fd = w->mhd->quiesce_daemon(w->server);
    if (fd != MHD_INVALID_SOCKET)
        close(fd);
    streams_end(w);
    web_pump(w);
}

static bool is_idle(void *ctx)
{
    return ((web *)ctx)->open == 0;
}

web *web_start(keeper *k, const char *listen, bool open, err *e)
{
    web *w = mem_zero(1, sizeof *w);
    w->keeper = k;
    w->address.fd = -1;
    w->started_ms = clock_monotonic_ms();
    w->mhd = mhd_load(e);
    if (!w->mhd || !address_listen(listen, keeper_home(k), open, &w->address, e) ||
        !start_server(w, e)) {
        address_close(&w->address);
        free(w);
        return NULL;
    }
    keeper_serve(k, &(keeper_server){.news = on_news, .stop = on_stop, .idle = is_idle, .ctx = w});
    web_pump(w);
    return w;
}

const char *web_address(const web *w)
{
    return buf_text(&w->address.shown);
}

static void on_closed(uv_handle_t *handle)
{
    ((web *)handle->data)->handles--;
}

void web_free(web *w)
{
    if (!w)
        return;
    uv_loop_t *loop = keeper_loop(w->keeper);
    keeper_serve(w->keeper, NULL);
    streams_end(w);
    pool_stop(keeper_pool(w->keeper));
    while (!pool_is_idle(keeper_pool(w->keeper))) /* whose jobs are for requests of ours */
        uv_run(loop, UV_RUN_ONCE);
    web_pump(w);
    uv_close((uv_handle_t *)&w->poll, on_closed);
    uv_close((uv_handle_t *)&w->timer, on_closed);
    uv_close((uv_handle_t *)&w->beat, on_closed);
    while (w->handles > 0)
        uv_run(loop, UV_RUN_ONCE);
    w->mhd->stop_daemon(w->server);
    address_close(&w->address);
    free(w);
}
