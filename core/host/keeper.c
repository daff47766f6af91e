#include "host/keeper.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/log.h"
#include "base/mem.h"
#include "host/served.h"
#include "host/workspace.h"

/* THREADS: libuv's; more than readers, so that a job that has a connection has a thread too.
 * STATEMENT_MS: of one statement that somebody asked for. DRAIN_MS: what was begun may take. */
enum { READERS = 5, STATEMENT_MS = 10000, DRAIN_MS = 15000, SIGNALS = 3 };
static const char THREADS[] = "8";
static const int STOPS[SIGNALS] = {SIGTERM, SIGINT, SIGHUP};

struct keeper {
    uv_loop_t loop;
    uv_signal_t signals[SIGNALS];
    uv_fs_event_t watch;
    uv_timer_t drain;
    char *home;
    int lock; /* the file whose lock says that the workspace is served; -1: none */
    pool *pool;
    writer *writer;
    keeper_server server;
    bool stopping, overdue;
};

static void on_change(uv_fs_event_t *watch, const char *name, int events, int status)
{
    keeper *d = watch->data;
    (void)events;
    if (status == 0 && (!name || strcmp(name, "polder.db-wal") == 0))
        writer_wake(d->writer);
}

static void on_signal(uv_signal_t *signal, int number)
{
    keeper *d = signal->data;
    (void)number;
    d->stopping = true;
}

static void on_overdue(uv_timer_t *timer)
{
    ((keeper *)timer->data)->overdue = true;
}

static void on_news(void *ctx)
{
    keeper *d = ctx;
    if (d->server.news)
        d->server.news(d->server.ctx);
}

static void init_handles(keeper *d)
{
    for (size_t i = 0; i < SIGNALS; i++) {
        uv_signal_init(&d->loop, &d->signals[i]);
        d->signals[i].data = d;
        uv_signal_start(&d->signals[i], on_signal, STOPS[i]);
    }
    uv_fs_event_init(&d->loop, &d->watch);
    uv_timer_init(&d->loop, &d->drain);
    d->watch.data = d->drain.data = d;
}

/* Where the kernel can't tell (some network file systems), the writer looks each second anyway. */
static void watch_store(keeper *d)
{
    int status = uv_fs_event_start(&d->watch, on_change, d->home, 0);
    if (status != 0)
        log_line(LOG_INFO, "changes are noticed within a second: %s", uv_strerror(status));
}

keeper *keeper_open(const char *home, err *e)
{
    keeper *d = mem_zero(1, sizeof *d);
    workspace *ws = workspace_open(home, e);
    char *path = NULL;
    bool ok = false;
    d->lock = -1;
    setenv("UV_THREADPOOL_SIZE", THREADS, 1);
    int status = uv_loop_init(&d->loop);
    if (status != 0) {
        err_set(e, ERR_UNAVAILABLE, "can't make an event loop: %s", uv_strerror(status));
        workspace_close(ws);
        free(d);
        return NULL;
    }
    init_handles(d);
    if (!ws)
        goto done;
    d->home = mem_text(workspace_home(ws));
    path = mem_text(workspace_path(ws, "polder.db"));
    d->lock = served_take(d->home, e);
    ok = d->lock >= 0 && (d->writer = writer_start(&d->loop, d->home, on_news, d, e)) &&
         (d->pool = pool_new(&d->loop, path, READERS, STATEMENT_MS, e));
    if (ok)
        watch_store(d);
done:
    free(path);
    workspace_close(ws);
    if (ok)
        return d;
    keeper_close(d);
    return NULL;
}

void keeper_serve(keeper *d, const keeper_server *server)
{
    d->server = server ? *server : (keeper_server){0};
}

static bool is_idle(const keeper *d)
{
    return pool_is_idle(d->pool) && (!d->server.idle || d->server.idle(d->server.ctx));
}

bool keeper_run(keeper *d, err *e)
{
    db_bar_thread(true); /* nobody waits for another's query */
    while (!d->stopping)
        uv_run(&d->loop, UV_RUN_ONCE);
    if (d->server.stop)
        d->server.stop(d->server.ctx);
    pool_stop(d->pool);
    uv_timer_start(&d->drain, on_overdue, DRAIN_MS, 0);
    while (!is_idle(d) && !d->overdue)
        uv_run(&d->loop, UV_RUN_ONCE);
    db_bar_thread(false);
    uv_timer_stop(&d->drain);
    uv_fs_event_stop(&d->watch); /* nobody is woken any more */
    writer_stop(d->writer);
    d->writer = NULL;
    return !d->overdue || err_set(e, ERR_PARTIAL, "some requests were not answered in time");
}

void keeper_close(keeper *d)
{
    if (!d)
        return;
    writer_stop(d->writer);
    for (size_t i = 0; i < SIGNALS; i++)
        uv_close((uv_handle_t *)&d->signals[i], NULL);
    uv_close((uv_handle_t *)&d->watch, NULL);
    uv_close((uv_handle_t *)&d->drain, NULL);
    while (uv_loop_close(&d->loop) == UV_EBUSY)
        uv_run(&d->loop, UV_RUN_ONCE);
    pool_free(d->pool);
    if (d->lock >= 0)
        close(d->lock);
    free(d->home);
    free(d);
}

uv_loop_t *keeper_loop(keeper *d)
{
    return &d->loop;
}

pool *keeper_pool(keeper *d)
{
    return d->pool;
}

writer *keeper_writer(keeper *d)
{
    return d->writer;
}

const char *keeper_home(const keeper *d)
{
    return d->home;
}
