#include "host/worker.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#include "base/log.h"
#include "base/mem.h"
#include "base/pack.h"
#include "base/text.h"
#include "base/wire.h"

/* TICK_MS: how often a call's time is looked at. GRACE_MS: from the signal, at which Lua code ends itself and tells its line, to SIGKILL, which
 * ends a loop inside C too. WALL_FACTOR: a call that neither computes nor returns. */
enum { TICK_MS = 25, GRACE_MS = 250, WALL_FACTOR = 10, READ_BYTES = 1 << 16 };

struct worker {
    uv_process_t process;
    uv_pipe_t pipe;
    uv_timer_t timer;
    int handles; /* open; the last one to close frees the worker */
    wire_page *page;
    clockid_t cpu;
    worker_limits limits;
    worker_events events;
    buf in;
    value sandbox;
    worker_death death;
    bool stopping, exited, closed, lost; /* lost: its stream is nonsense */
    uint32_t seen_calls;                 /* the call that is timed */
    int64_t cpu_start, wall_start;       /* ms, when it was first seen */
    bool timing, signalled;
    int64_t signalled_at;
};

typedef struct sending {
    uv_write_t request;
    buf bytes; /* empty when shared */
} sending;

static wire_page *page_new(int *out_fd)
{
    int fd = memfd_create("polder-worker", MFD_CLOEXEC);
    if (fd < 0)
        return NULL;
    void *page = ftruncate(fd, sizeof(wire_page)) == 0
                     ? mmap(NULL, sizeof(wire_page), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0)
                     : MAP_FAILED;
    if (page == MAP_FAILED) {
        close(fd);
        return NULL;
    }
    *out_fd = fd;
    return page;
}

static void free_all(worker *w)
{
    munmap(w->page, sizeof *w->page);
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

/* The page is written by the worker: its text is copied with an end of ours and escaped. */
static void read_page(worker *w)
{
    int32_t line = atomic_load_explicit(&w->page->line, memory_order_acquire);
    w->death.contribution = atomic_load_explicit(&w->page->contribution, memory_order_relaxed);
    if (w->death.where[0] || line <= 0)
        return;
    char place[WIRE_PLACE + 1] = "";
    memcpy(place, w->page->place, WIRE_PLACE);
    buf safe = {0};
    text_escape(&safe, place, strlen(place), WIRE_PLACE);
    snprintf(w->death.where, sizeof w->death.where, "%.*s:%d", WIRE_PLACE, buf_text(&safe), line);
    buf_free(&safe);
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
    if (signal) {
        snprintf(message, sizeof message, "the worker was ended by signal %d (%s)%s", signal,
                 strsignal(signal), signal == SIGSYS ? ": a system call that is not allowed" : "");
        say(&w->death, "killed", message);
    } else if (status != 0 && status != 6) {
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
    const char *kind = value_get_str(frame, "kind", "");
    char message[160];
    if (strcmp(kind, "memory") == 0)
        snprintf(message, sizeof message, "needs more than %lld MB of memory",
                 (long long)limits_now(w).memory_mb);
    else
        snprintf(message, sizeof message, "used more than %lld ms in one call",
                 (long long)limits_now(w).call_ms);
    say(&w->death, strcmp(kind, "memory") == 0 ? "memory" : "time", message);
    snprintf(w->death.where, sizeof w->death.where, "%s", value_get_str(frame, "where", ""));
    free(w->death.traceback);
    w->death.traceback = mem_text(value_get_str(frame, "traceback", ""));
}

static void take(worker *w, value *frame)
{
    const char *op = value_get_str(frame, "op", "");
    if (strcmp(op, "hello") == 0) {
        const value *sandbox = value_get(frame, "sandbox");
        value_free(&w->sandbox);
        w->sandbox = sandbox ? value_copy(sandbox) : value_list();
        if (value_get_int(frame, "wire", 0) == WIRE_VERSION)
            w->events.frame(w->events.ctx, w, frame);
        else
            say(&w->death, "nonsense", "polder-worker is of another version than polder");
    } else if (strcmp(op, "log") == 0) {
        log_line(LOG_WARN, "%s: %s", value_get_str(frame, "plugin", "?"),
                 value_get_str(frame, "text", ""));
    } else if (strcmp(op, "limit") == 0) {
        take_limit(w, frame);
    } else {
        w->events.frame(w->events.ctx, w, frame);
    }
}

static void lose(worker *w, const char *message)
{
    say(&w->death, "nonsense", message);
    w->lost = true;
    uv_process_kill(&w->process, SIGKILL);
}

static void take_frames(worker *w)
{
    size_t done = 0;
    while (!w->stopping && !w->lost) {
        value frame = value_nil();
        size_t used = 0;
        err e = {0};
        if (done == w->in.len)
            break;
        if (!pack_read(w->in.data + done, w->in.len - done, &PACK_FROM_WORKER, &frame, &used, &e)) {
            lose(w, e.message);
            break;
        }
        if (!used)
            break;
        done += used;
        take(w, &frame);
        value_free(&frame);
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
    if (got > 0) {
        w->in.len += (size_t)got;
        take_frames(w);
    } else if (got < 0) {
        uv_read_stop(stream);
        w->lost = true;
        if (w->exited)
            finish(w);
    }
}

static int64_t cpu_ms(const worker *w)
{
    struct timespec t;
    if (clock_gettime(w->cpu, &t) != 0)
        return 0;
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static int64_t now_ms(void)
{
    return (int64_t)(uv_hrtime() / 1000000);
}

static void past_deadline(worker *w)
{
    if (!w->signalled) {
        w->signalled = true;
        w->signalled_at = now_ms();
        atomic_store_explicit(&w->page->overdue, w->seen_calls, memory_order_release);
        uv_process_kill(&w->process, SIGUSR1);
    } else if (now_ms() - w->signalled_at >= GRACE_MS) {
        char message[160];
        snprintf(message, sizeof message,
                 "used more than %lld ms in one call and did not react to the end of its time",
                 (long long)limits_now(w).call_ms);
        say(&w->death, "time", message);
        uv_process_kill(&w->process, SIGKILL);
    }
}

/* Processor time, so that a busy machine makes no rule fail; wall time ten times as long, so that nothing hangs. */
static void on_tick(uv_timer_t *timer)
{
    worker *w = timer->data;
    uint32_t calls = atomic_load_explicit(&w->page->calls, memory_order_relaxed);
    uint32_t running = atomic_load_explicit(&w->page->contribution, memory_order_relaxed);
    if (running == WIRE_NOBODY || !w->timing || calls != w->seen_calls) {
        w->timing = running != WIRE_NOBODY;
        w->signalled = false;
        w->seen_calls = calls;
        w->cpu_start = cpu_ms(w);
        w->wall_start = now_ms();
        return;
    }
    int64_t most = limits_now(w).call_ms;
    if (cpu_ms(w) - w->cpu_start >= most || now_ms() - w->wall_start >= WALL_FACTOR * most)
        past_deadline(w);
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
    w->page = page_new(&page_fd);
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
    if (clock_getcpuclockid(w->process.pid, &w->cpu) != 0)
        w->cpu = CLOCK_MONOTONIC;
    uv_read_start((uv_stream_t *)&w->pipe, on_room, on_read);
    uv_timer_start(&w->timer, on_tick, TICK_MS, TICK_MS);
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

static void on_sent(uv_write_t *request, int status)
{
    sending *s = (sending *)request;
    (void)status; /* a worker that is gone says so itself */
    buf_free(&s->bytes);
    free(s);
}

static bool send_bytes(worker *w, sending *s, const buf *bytes, err *e)
{
    uv_buf_t out = uv_buf_init(bytes->data, (unsigned)bytes->len);
    int status = uv_write(&s->request, (uv_stream_t *)&w->pipe, &out, 1, on_sent);
    if (status == 0)
        return true;
    buf_free(&s->bytes);
    free(s);
    return err_set(e, ERR_UNAVAILABLE, "can't speak to a worker: %s", uv_strerror(status));
}

bool worker_send(worker *w, const value *frame, err *e)
{
    sending *s = mem_zero(1, sizeof *s);
    if (!pack_write(&s->bytes, frame, &PACK_TO_WORKER, e)) {
        free(s);
        return false;
    }
    return send_bytes(w, s, &s->bytes, e);
}

bool worker_send_shared(worker *w, const buf *shared, err *e)
{
    return send_bytes(w, mem_zero(1, sizeof(sending)), shared, e);
}

void worker_set_call_ms(worker *w, int64_t call_ms)
{
    w->limits.call_ms = call_ms;
}

const value *worker_sandbox(const worker *w)
{
    return &w->sandbox;
}

int worker_pid(const worker *w)
{
    return w->process.pid;
}
