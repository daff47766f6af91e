#include "host/worker.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/fault.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/pack.h"
#include "base/pack_cell.h"
#include "base/text.h"
#include "base/wire.h"
#include "host/call_clock.h"
#include "host/shared_page.h"

/* LOG_MOST: an honest worker stops at 100 lines a plugin by itself. */
enum { READ_BYTES = 1 << 16, LOG_MOST = 2000 };

struct worker {
    uv_process_t process;
    uv_pipe_t pipe;
    uv_timer_t timer;
    int handles; /* open; the last one to close frees the worker */
    wire_page *page;
    call_clock call;
    worker_limits limits;
    worker_events events;
    buf in;
    value sandbox;
    worker_death death;
    bool greeted, stopping, exited, closed, lost; /* lost: its stream has ended, or is nonsense */
    int lines;                                    /* logged */
};

static void free_all(worker *w)
{
    shared_page_free(w->page);
    buf_free(&w->in);
    value_free(&w->sandbox);
    free(w->death.traceback);
    free(w);
}

static void handle_closed(uv_handle_t *handle)
{
    worker *w = handle->data;
    if (--w->handles == 0)
        free_all(w);
}

static void close_all(worker *w)
{
    if (w->closed)
        return;
    w->closed = true;
    uv_close((uv_handle_t *)&w->pipe, handle_closed);
    uv_close((uv_handle_t *)&w->timer, handle_closed);
    uv_close((uv_handle_t *)&w->process, handle_closed);
}

static void say(worker_death *d, const char *kind, const char *message)
{
    if (d->kind[0])
        return;
    snprintf(d->kind, sizeof d->kind, "%s", kind);
    snprintf(d->message, sizeof d->message, "%.*s", (int)sizeof d->message - 1, message);
}

/* Once it was waited for, its number may be another process's. */
static void signal_to(worker *w, int signal)
{
    if (!w->exited)
        uv_process_kill(&w->process, signal);
}

static void lose(worker *w, const char *message)
{
    say(&w->death, "nonsense", message);
    w->lost = true;
    signal_to(w, SIGKILL);
}

/* Text of a worker's: escaped here, whatever it says of itself. */
static void take_place(worker_death *d, const char *place, int line)
{
    buf safe = {0};
    text_escape(&safe, place, strlen(place), WIRE_PLACE);
    if (line)
        buf_fmt(&safe, ":%d", line);
    snprintf(d->where, sizeof d->where, "%.*s", (int)sizeof d->where - 1, buf_text(&safe));
    buf_free(&safe);
}

/* The page is written by the worker: its text is copied with an end of ours. */
static void read_page(worker *w)
{
    int32_t line = atomic_load_explicit(&w->page->line, memory_order_acquire);
    w->death.contribution = atomic_load_explicit(&w->page->contribution, memory_order_relaxed);
    if (w->death.where[0] || line <= 0)
        return;
    char place[WIRE_PLACE + 1] = "";
    memcpy(place, w->page->place, WIRE_PLACE);
    take_place(&w->death, place, line);
}

/* Both its end and the end of its stream must have come: the last frames hold the reason. */
static void finish(worker *w)
{
    read_page(w);
    say(&w->death, "ended", "the worker process ended");
    if (!w->stopping)
        w->events.gone(w->events.ctx, w, &w->death);
    close_all(w);
}

static void on_ended(uv_process_t *process, int64_t status, int signal)
{
    worker *w = process->data;
    char message[120];
    w->exited = true;
    uv_timer_stop(&w->timer);
    if (signal) {
        snprintf(message, sizeof message, "the worker was ended by signal %d (%s)%s", signal,
                 strsignal(signal), signal == SIGSYS ? ": a system call that is not allowed" : "");
        say(&w->death, "killed", message);
    } else if (status != 0 && status != WIRE_EXIT_LIMIT) {
        snprintf(message, sizeof message, "the worker ended with status %lld", (long long)status);
        say(&w->death, "ended", message);
    }
    if (w->lost || w->stopping)
        finish(w);
}

static worker_limits limits_now(const worker *w)
{
    uint32_t running = atomic_load_explicit(&w->page->contribution, memory_order_relaxed);
    if (!w->events.limits || running == WIRE_NOBODY)
        return w->limits;
    return w->events.limits(w->events.ctx, running);
}

static void take_limit(worker *w, const value *frame)
{
    bool memory = strcmp(value_get_str(frame, "kind", ""), "memory") == 0;
    worker_limits limits = limits_now(w);
    char message[160];
    snprintf(message, sizeof message,
             memory ? "needs more than %lld MB of memory" : "used more than %lld ms in one call",
             (long long)(memory ? limits.memory_mb : limits.call_ms));
    say(&w->death, memory ? "memory" : "time", message);
    take_place(&w->death, value_get_str(frame, "where", ""), 0);
    free(w->death.traceback);
    w->death.traceback = mem_text(value_get_str(frame, "traceback", ""));
}

static void take_hello(worker *w, value *frame)
{
    const value *sandbox = value_get(frame, "sandbox");
    if (value_get_int(frame, "wire", 0) != WIRE_VERSION) {
        lose(w, "polder-worker is of another version than polder");
        return;
    }
    w->greeted = true;
    w->sandbox = sandbox ? value_copy(sandbox) : value_list();
    w->events.frame(w->events.ctx, w, frame);
}

static void take_log(worker *w, const value *frame)
{
    if (w->lines++ < LOG_MOST)
        log_line(LOG_INFO, "%s: %s", value_get_str(frame, "plugin", "?"),
                 value_get_str(frame, "text", ""));
}

/* Its hello comes first and once: what it says of its sandbox can't change when plugin code has run
 * in it. */
static void take(worker *w, value *frame)
{
    const char *op = value_get_str(frame, "op", "");
    bool hello = strcmp(op, "hello") == 0;
    FAULT_POINT_OF("frame-come", op);
    if (hello == w->greeted)
        lose(w, hello ? "the worker said hello twice" : "the worker did not begin with hello");
    else if (hello)
        take_hello(w, frame);
    else if (strcmp(op, "log") == 0)
        take_log(w, frame);
    else if (strcmp(op, "limit") == 0)
        take_limit(w, frame);
    else
        w->events.frame(w->events.ctx, w, frame);
    FAULT_POINT("frame-taken");
}

static bool looked_at(worker *w, const char *packed)
{
    if (!w->greeted || !w->events.look)
        return false;
    FAULT_POINT_OF("frame-come", "looked at");
    bool taken = w->events.look(w->events.ctx, w, packed);
    if (taken)
        FAULT_POINT("frame-taken");
    return taken;
}

static void take_packed(worker *w, const char *packed)
{
    value frame = value_nil();
    err e = {0};
    if (pack_make(packed, &frame, &e))
        take(w, &frame);
    else
        lose(w, e.message);
    value_free(&frame);
}

static void take_frames(worker *w)
{
    size_t done = 0;
    while (!w->stopping && !w->lost && done < w->in.len) {
        const char *packed;
        size_t used = 0;
        err e = {0};
        if (!pack_next(w->in.data + done, w->in.len - done, &PACK_FROM_WORKER, &packed, &used,
                       &e)) {
            lose(w, e.message);
            break;
        }
        if (!used)
            break;
        done += used;
        if (!looked_at(w, packed))
            take_packed(w, packed);
    }
    if (done) {
        w->in.len -= done;
        memmove(w->in.data, w->in.data + done, w->in.len);
    }
}

static void on_room(uv_handle_t *handle, size_t suggested, uv_buf_t *out)
{
    worker *w = handle->data;
    (void)suggested;
    *out = uv_buf_init(buf_room(&w->in, READ_BYTES), READ_BYTES);
}

static void on_read(uv_stream_t *stream, ssize_t got, const uv_buf_t *bytes)
{
    worker *w = stream->data;
    (void)bytes;
    if (got > 0 && !w->lost) {
        w->in.len += (size_t)got;
        take_frames(w);
    } else if (got < 0) {
        uv_read_stop(stream);
        w->lost = true;
        signal_to(w, SIGKILL); /* it may have closed its end and live on */
        if (w->exited)
            finish(w);
    }
}

static void on_tick(uv_timer_t *timer)
{
    worker *w = timer->data;
    int64_t call_ms = limits_now(w).call_ms;
    call_state state = call_clock_look(&w->call, w->page, call_ms);
    if (state == CALL_LATE) {
        atomic_store_explicit(&w->page->overdue, w->call.call, memory_order_release);
        signal_to(w, SIGUSR1);
    } else if (state == CALL_HANGS) {
        char message[160];
        snprintf(message, sizeof message,
                 "used more than %lld ms in one call and did not react to the end of its time",
                 (long long)call_ms);
        say(&w->death, "time", message);
        signal_to(w, SIGKILL);
    }
}

static int spawn(worker *w, uv_loop_t *loop, const char *program, int page_fd)
{
    char host[24];
    char *arguments[] = {(char *)"polder-worker", host, NULL};
    char *nothing[] = {NULL};
    snprintf(host, sizeof host, "%d", (int)getpid());
    uv_stdio_container_t descriptors[5] = {
        {.flags = UV_IGNORE},
        {.flags = UV_IGNORE},
        {.flags = UV_IGNORE},
        {.flags = UV_CREATE_PIPE | UV_READABLE_PIPE | UV_WRITABLE_PIPE,
         .data.stream = (uv_stream_t *)&w->pipe},
        {.flags = UV_INHERIT_FD, .data.fd = page_fd},
    };
#ifdef POLDER_SANITIZED /* a report must reach somebody */
    descriptors[2].flags = UV_INHERIT_FD;
    descriptors[2].data.fd = STDERR_FILENO;
#endif
    uv_process_options_t options = {
        .exit_cb = on_ended,
        .file = program,
        .args = arguments,
        .env = nothing,
        .stdio_count = 5,
        .stdio = descriptors,
    };
    return uv_spawn(loop, &w->process, &options);
}

static void init_handles(worker *w, uv_loop_t *loop)
{
    uv_pipe_init(loop, &w->pipe, 0);
    uv_timer_init(loop, &w->timer);
    w->process.data = w->pipe.data = w->timer.data = w;
    w->handles = 3;
}

worker *worker_start(uv_loop_t *loop, const char *program, const worker_limits *limits,
                     const worker_events *events, err *e)
{
    int page_fd = -1;
    worker *w = mem_zero(1, sizeof *w);
    w->limits = *limits;
    w->events = *events;
    w->page = shared_page_new(&page_fd);
    if (!w->page) {
        err_set(e, ERR_UNAVAILABLE, "can't share memory with a worker: %s", strerror(errno));
        free(w);
        return NULL;
    }
    init_handles(w, loop);
    int status = spawn(w, loop, program, page_fd);
    close(page_fd);
    if (status != 0) {
        err_set(e, ERR_UNAVAILABLE, "can't start a worker: %s", uv_strerror(status));
        err_where(e, "%s", program);
        w->stopping = true;
        close_all(w);
        return NULL;
    }
    call_clock_start(&w->call, w->process.pid);
    uv_read_start((uv_stream_t *)&w->pipe, on_room, on_read);
    uv_timer_start(&w->timer, on_tick, CALL_TICK_MS, CALL_TICK_MS);
    return w;
}

void worker_stop(worker *w)
{
    if (!w || w->stopping)
        return;
    w->stopping = true;
    uv_read_stop((uv_stream_t *)&w->pipe);
    uv_timer_stop(&w->timer);
    if (w->exited)
        close_all(w);
    else
        uv_process_kill(&w->process, SIGKILL);
}

static void on_sent(void *ctx)
{
    worker *w = ctx;
    if (!w->stopping && w->events.sent)
        w->events.sent(w->events.ctx, w);
}

bool worker_send_shared(worker *w, shared_bytes *shared, err *e)
{
    FAULT_POINT("frame-ready");
    bool ok = send_shared((uv_stream_t *)&w->pipe, shared, on_sent, w, e);
    FAULT_POINT("frame-sent");
    return ok;
}

bool worker_send_packed(worker *w, buf *frames, err *e)
{
    if (!frames->len)
        return true;
    shared_bytes *shared = shared_bytes_new(frames);
    bool ok = worker_send_shared(w, shared, e);
    shared_bytes_drop(shared);
    return ok;
}

bool worker_send(worker *w, const value *frame, err *e)
{
    buf bytes = {0};
    if (!pack_write(&bytes, frame, &PACK_TO_WORKER, e)) {
        buf_free(&bytes);
        return false;
    }
    return worker_send_packed(w, &bytes, e);
}

size_t worker_queued(const worker *w)
{
    return uv_stream_get_write_queue_size((const uv_stream_t *)&w->pipe);
}

void worker_waited(worker *w, int64_t ms)
{
    w->call.wall_start_ms += ms;
}

bool worker_logged(const worker *w)
{
    return w->lines > 0;
}

const value *worker_sandbox(const worker *w)
{
    return &w->sandbox;
}
