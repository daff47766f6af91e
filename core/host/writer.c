#include "host/writer.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/json.h"
#include "base/log.h"
#include "base/mem.h"
#include "host/dispatch.h"
#include "host/failure_log.h"
#include "host/reactions.h"
#include "host/signing.h"
#include "store/event.h"
#include "store/handler.h"

/* POLL_MS: how long a write of another process goes unnoticed at most, where the kernel doesn't
 * tell. TURN_*: bounds of one go, after which it looks whether it should stop. */
enum { POLL_MS = 1000, LOOK_MS = 2000, TURN_RUNS = 500, TURN_MS = 2000 };

struct writer {
    uv_thread_t thread;
    uv_async_t async;
    uv_sem_t opened;
    uv_mutex_t lock; /* for what stands below, up to `registry` */
    uv_cond_t woken;
    bool wake;
    writer_news news;
    buf registry;
    atomic_bool stopping;
    void (*tell)(void *ctx);
    void *ctx;
    char *home;
    err error; /* of opening */
    /* Of the thread alone: */
    workspace *ws;
    store *store;
    host *host;                 /* NULL: plugins can't be loaded now */
    dispatch *dispatch;         /* of its handlers; NULL: not yet */
    size_t running;             /* of these, that take long */
    char print[HASH_TEXT];      /* of plugins and polder.lua as they were when it looked last */
    int64_t looked_ms, handled; /* the log up to there needs no handler */
    int64_t sign_ms; /* when to look whether to sign; below 0: when the log is past `sign_log` */
    int64_t sign_log;
    bool troubled; /* the last turn failed, and it was said */
};

static void publish(writer *w, const writer_news *news)
{
    uv_mutex_lock(&w->lock);
    w->news = *news;
    uv_mutex_unlock(&w->lock);
    uv_async_send(&w->async);
}

static void note_registry(writer *w)
{
    const registry *r = w->host ? host_registry(w->host) : NULL;
    value list = value_list();
    for (size_t i = 0; r && i < registry_len(r); i++)
        value_push(&list, host_contribution(w->host, registry_at(r, i)));
    uv_mutex_lock(&w->lock);
    buf_clear(&w->registry);
    json_write(&w->registry, &list);
    uv_mutex_unlock(&w->lock);
    value_free(&list);
}

static void warn(const char *what, const err *why)
{
    log_line(LOG_WARN, "%s%s%s%s%s%s%s", what, why->message, *why->where ? " at " : "", why->where,
             *why->hint ? " (" : "", why->hint, *why->hint ? ")" : "");
}

/* Plugins and polder.lua as they are now; when they can't be loaded, those from before stay. */
static void load(writer *w)
{
    err why = {0};
    host *h = host_open(w->ws, false, &why);
    if (h && host_load(h, &why)) {
        dispatch_close(w->dispatch);
        host_close(w->host); /* before: it lets go of the store's checks */
        w->host = h;
        w->running = 0;
        w->dispatch = NULL;
        w->handled = -1;
        w->sign_ms = 0;
    } else {
        host_close(h);
        warn(w->host ? "plugins stay as they were: " : "plugins are not loaded: ", &why);
    }
    note_registry(w);
}

static void look_at_plugins(writer *w)
{
    char now[HASH_TEXT] = "";
    int64_t ms = clock_monotonic_ms();
    if (w->looked_ms && ms - w->looked_ms < LOOK_MS)
        return;
    if (!reactions_fingerprint(w->ws, now, NULL) || strcmp(now, w->print) == 0) {
        w->looked_ms = ms;
        return;
    }
    if (w->looked_ms)
        log_line(LOG_INFO, "plugins or polder.lua changed: loading them again");
    memcpy(w->print, now, sizeof now);
    w->looked_ms = ms;
    load(w);
}

/* Again at the next turn, where another process writes for so long that it can't be done now. */
static bool attach(writer *w, err *e)
{
    if (w->host && !w->dispatch)
        w->dispatch = reactions_attach(w->host, e) ? dispatch_open(w->host, e) : NULL;
    return !w->host || w->dispatch || err_prefix(e, "plugins don't react yet: ");
}

static bool should_stop(void *ctx)
{
    return atomic_load(&((writer *)ctx)->stopping);
}

/* Whether one that failed is to be tried again now. */
static bool retry_due(writer *w, bool *due, err *e)
{
    value waiting = value_nil();
    bool ok = handler_waiting(w->store, NULL, &waiting, e);
    *due = false;
    for (size_t i = 0; ok && i < value_len(&waiting); i++)
        *due = *due || dispatch_is_due(value_get_int(value_at(&waiting, i), "next_ms", 0));
    value_free(&waiting);
    return ok;
}

static bool differ(const writer_news *a, const writer_news *b)
{
    return a->log != b->log || a->runs != b->runs || a->failures != b->failures ||
           a->signed_log != b->signed_log || a->plugins != b->plugins;
}

static void tell(writer *w, const writer_news *news)
{
    const writer_news before = writer_look(w);
    if (differ(&before, news))
        publish(w, news);
}

/* *more: there is more to do at once. */
static bool handle(writer *w, writer_news *news, bool *more, err *e)
{
    const dispatch_limits limits = {.runs = TURN_RUNS,
                                    .wall_ms = TURN_MS,
                                    .patient = true,
                                    .failed = failure_log,
                                    .stop = should_stop,
                                    .ctx = w};
    dispatch_report report = {0};
    int64_t head = 0;
    bool due = false;
    *more = false;
    if (!event_head(w->store, &head, e))
        return false;
    news->log = head;
    tell(w, news); /* before anything that another process which writes may hold up */
    if (!attach(w, e) || !retry_due(w, &due, e))
        return false;
    if (w->dispatch && (head != w->handled || due || w->running) && reactions_handlers(w->host)) {
        bool ok = dispatch_go(w->dispatch, &limits, &report, e);
        news->runs += report.runs;
        news->failures += report.failures;
        w->running = report.running;
        if (!ok)
            return false;
    }
    w->handled = head;
    *more = report.more || report.running;
    return event_head(w->store, &news->log, e);
}

static bool sign(writer *w, writer_news *news, err *e)
{
    int64_t seq = 0, wait = 0, now = clock_monotonic_ms();
    if (!w->host || (w->sign_ms >= 0 ? now < w->sign_ms : news->log == w->sign_log))
        return true;
    if (!signing_run(w->ws, w->store, host_config(w->host), &seq, &wait, e))
        return false;
    w->sign_log = news->log;
    w->sign_ms = wait < 0 ? -1 : now + wait;
    if (seq)
        news->signed_log = seq;
    return true;
}

static bool turn(writer *w)
{
    writer_news news = writer_look(w);
    err why = {0};
    bool more = false;
    look_at_plugins(w);
    news.plugins = w->host != NULL;
    bool ok = handle(w, &news, &more, &why) && sign(w, &news, &why);
    if (!ok && !w->troubled)
        warn("", &why);
    if (!ok) /* a key that isn't there won't be in a second either */
        w->sign_ms = clock_monotonic_ms() + (int64_t)60 * POLL_MS;
    w->troubled = !ok;
    tell(w, &news);
    return ok && more;
}

static void take_rest(writer *w)
{
    uv_mutex_lock(&w->lock);
    if (!w->wake && !atomic_load(&w->stopping))
        uv_cond_timedwait(&w->woken, &w->lock, (uint64_t)POLL_MS * 1000000);
    w->wake = false;
    uv_mutex_unlock(&w->lock);
}

static bool open_all(writer *w, err *e)
{
    w->ws = workspace_open(w->home, e);
    w->store = w->ws ? workspace_store(w->ws, e) : NULL;
    if (!w->store)
        return false;
    store_actor(w->store, "daemon");
    look_at_plugins(w);
    attach(w, &(err){0}); /* so that new handlers get all that comes from now on */
    w->news.plugins = w->host != NULL;
    return event_head(w->store, &w->news.log, e);
}

static void run(void *ctx)
{
    writer *w = ctx;
    bool ok = open_all(w, &w->error);
    uv_sem_post(&w->opened);
    while (ok && !atomic_load(&w->stopping))
        if (!turn(w))
            take_rest(w);
    dispatch_close(w->dispatch);
    host_close(w->host);
    workspace_close(w->ws);
}

static void on_async(uv_async_t *async)
{
    writer *w = async->data;
    w->tell(w->ctx);
}

static void on_closed(uv_handle_t *handle)
{
    writer *w = handle->data;
    uv_sem_destroy(&w->opened);
    uv_mutex_destroy(&w->lock);
    uv_cond_destroy(&w->woken);
    buf_free(&w->registry);
    free(w->home);
    free(w);
}

writer *writer_start(uv_loop_t *loop, const char *home, void (*news)(void *ctx), void *ctx, err *e)
{
    writer *w = mem_zero(1, sizeof *w);
    *w = (writer){.tell = news, .ctx = ctx, .home = mem_text(home), .handled = -1};
    w->async.data = w;
    uv_async_init(loop, &w->async, on_async);
    uv_sem_init(&w->opened, 0);
    uv_mutex_init(&w->lock);
    uv_cond_init(&w->woken);
    int status = uv_thread_create(&w->thread, run, w);
    if (status != 0) {
        uv_close((uv_handle_t *)&w->async, on_closed);
        err_set(e, ERR_UNAVAILABLE, "can't make a thread: %s", uv_strerror(status));
        return NULL;
    }
    uv_sem_wait(&w->opened);
    if (w->error.code == ERR_NONE)
        return w;
    err_copy(e, &w->error);
    writer_stop(w);
    return NULL;
}

void writer_wake(writer *w)
{
    uv_mutex_lock(&w->lock);
    w->wake = true;
    uv_cond_signal(&w->woken);
    uv_mutex_unlock(&w->lock);
}

writer_news writer_look(writer *w)
{
    uv_mutex_lock(&w->lock);
    writer_news news = w->news;
    uv_mutex_unlock(&w->lock);
    return news;
}

void writer_registry(writer *w, buf *out)
{
    uv_mutex_lock(&w->lock);
    buf_add(out, buf_text(&w->registry), w->registry.len);
    uv_mutex_unlock(&w->lock);
}

void writer_stop(writer *w)
{
    if (!w)
        return;
    atomic_store(&w->stopping, true);
    writer_wake(w);
    uv_thread_join(&w->thread);
    uv_close((uv_handle_t *)&w->async, on_closed);
}
