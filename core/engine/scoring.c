#include "engine/scoring.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/wire.h"
#include "engine/checked.h"
#include "engine/scoring_send.h"
#include "engine/skipped.h"
#include "engine/workers.h"
#include "host/loop.h"
#include "host/manifest.h"
#include "host/task.h"
#include "host/worker.h"

/* QUEUED: bytes of solutions that wait for one worker while more are read. STATISTICS_BYTES: of
 * texts, more than that are not kept. AHEAD_PAIRS: so many wait for a worker, or one demand's. */
enum {
    LOST_MOST = 3,
    QUEUED = 256 << 10,
    STATISTICS_BYTES = 32 << 20,
    AHEAD_PAIRS = 1 << 16,
    AHEAD_MOST = 64
};

typedef struct crew crew;

typedef struct scorer {
    crew *crew;
    worker *worker;               /* NULL: gone */
    size_t given[AHEAD_MOST + 1]; /* demands: at work on the first; the others were sent as well,
                                     so that it needn't wait for us between two */
    size_t given_len;
    bool ready; /* has the plugins and the plan */
} scorer;

struct crew {
    const scoring *s;
    uv_loop_t loop; /* its own: a command of a plugin may wait on the host's for this to end */
    value *results; /* list, one map a demand */
    size_t next, done, all;
    scorer *scorers;
    size_t len;
    int64_t only;           /* index of the solution to explain; below 0: rank */
    bool fed;               /* all solutions are on their way */
    bool counting, counted; /* one was asked for the statistics of texts; has told all of them */
    bool uncounted;         /* those that were given are not enough */
    bool again;             /* a rule was left out: start over */
    bool failed;            /* `error` says why */
    int lost;               /* workers that ended outside plugin code */
    err error;
};

static void stop_all(crew *c)
{
    for (size_t i = 0; i < c->len; i++) {
        worker_stop(c->scorers[i].worker);
        c->scorers[i].worker = NULL;
    }
}

static void give_up(crew *c)
{
    c->failed = true;
    stop_all(c);
}

static void leave_out(crew *c, uint32_t number, const char *reason, const char *where)
{
    skip_stopped(c->s->plan, number - 1, reason, where);
    c->again = true;
    stop_all(c);
}

static void leave_out_plugin(crew *c, size_t plugin, const char *reason, const char *where)
{
    skip_unloaded(c->s->plan, plugin, reason, where);
    c->again = true;
    stop_all(c);
}

static size_t ahead_most(const crew *c)
{
    size_t rows = c->s->solutions->ids.len, most = AHEAD_PAIRS / (rows ? rows : 1);
    return most < 1 ? 1 : most < AHEAD_MOST ? most : AHEAD_MOST;
}

/* The last few are given to whoever is free. */
static void give_demands(scorer *sc)
{
    crew *c = sc->crew;
    size_t most = ahead_most(c);
    while (!c->failed && c->next < c->all && sc->given_len <= most &&
           (sc->given_len == 0 || c->all - c->next >= c->len)) {
        if (!scoring_send_demand(c->s, sc->worker, c->next, c->only, &c->error))
            give_up(c);
        sc->given[sc->given_len++] = c->next++;
    }
}

static void next_demand(scorer *sc)
{
    sc->given_len--;
    memmove(sc->given, sc->given + 1, sc->given_len * sizeof *sc->given);
    give_demands(sc);
}

static bool send_all(crew *c, buf *frame)
{
    shared_bytes *shared = shared_bytes_new(frame);
    bool ok = true;
    for (size_t i = 0; ok && i < c->len; i++)
        ok = worker_send_shared(c->scorers[i].worker, shared, &c->error);
    shared_bytes_drop(shared);
    return ok;
}

static bool all_want_more(const crew *c)
{
    if (c->again || c->failed || c->uncounted)
        return false;
    for (size_t i = 0; i < c->len; i++)
        if (!c->scorers[i].ready || worker_queued(c->scorers[i].worker) >= QUEUED)
            return false;
    return true;
}

static void begin_demands(crew *c)
{
    const scoring *s = c->s;
    c->fed = true;
    solution_rows_close(s->solutions);
    c->only = s->only ? solution_rows_find(s->solutions, s->only) : -1;
    if (s->only && c->only < 0) {
        err_set(&c->error, ERR_NOT_FOUND, "%s is not there any more", s->only);
        give_up(c);
    }
    if (s->clock)
        s->clock->began = clock_monotonic_us();
    for (size_t i = 0; i < c->len && !c->failed; i++)
        give_demands(&c->scorers[i]);
}

/* Reads and sends as long as no worker has much waiting: the slowest sets the pace. */
static void feed(crew *c)
{
    while (!c->fed && all_want_more(c)) {
        buf frame = {0};
        if (!solution_rows_next(c->s->solutions, &frame, &c->error) ||
            (frame.len > 0 && !send_all(c, &frame)))
            give_up(c);
        else if (!c->s->solutions->more)
            begin_demands(c);
        buf_free(&frame);
    }
}

static void set_up(scorer *sc)
{
    crew *c = sc->crew;
    if (!sandbox_enough(worker_sandbox(sc->worker), host_config(c->s->on->host), &c->error) ||
        !scoring_send(c->s, sc->worker, &c->error))
        give_up(c);
    sc->ready = !c->failed;
    feed(c);
}

static void on_sent(void *ctx, worker *w)
{
    (void)w;
    feed(((scorer *)ctx)->crew);
}

/* Outside plugin code a worker ends when the machine is out of memory or somebody killed it, and
 * what it says is wrong only when a plugin broke its Lua: the work is given out again, a few times.
 */
static void lost(crew *c, const char *why)
{
    c->again = true;
    if (++c->lost >= LOST_MOST) {
        err_set(&c->error, ERR_UNAVAILABLE, "scoring workers keep failing: %s", why);
        c->failed = true;
    }
    stop_all(c);
}

static void take_items(scorer *sc, value *frame)
{
    const scoring *s = sc->crew->s;
    value *result = (value *)value_at(sc->crew->results, sc->given[0]);
    value *kept = (value *)value_get(result, "items");
    value *items = (value *)value_get(frame, "items");
    for (size_t i = 0; value_is(items, VALUE_LIST) && i < value_len(items); i++) {
        if ((int64_t)value_len(kept) >= s->top ||
            !checked_item(s->plan, value_at(items, i), s->solutions, s->only != NULL)) {
            lost(sc->crew, "one sent a ranking that can't be");
            return;
        }
        value *item = &items->as.list.items[i];
        int64_t index = value_get_int(item, "solution", -1);
        value_set(item, "solution", value_text(texts_at(&s->solutions->ids, (size_t)index)));
        value_push(kept, *item);
        *item = value_nil();
    }
}

/* The one that ended last has met every collection that a rule asks for always. */
static void ask_statistics(scorer *sc)
{
    crew *c = sc->crew;
    c->counting = true;
    value_free(c->s->counted);
    *c->s->counted = value_list();
    if (!scoring_send_count(sc->worker, &c->error))
        give_up(c);
}

static int64_t reserve_most(const scoring *s)
{
    return s->floors ? s->top + s->reserve : s->reserve;
}

static value reserve_of(const scoring *s, const value *told)
{
    value list = value_list();
    for (size_t i = 0; i < value_len(told); i++) {
        const value *index = value_at(value_at(told, i), 0),
                    *score = value_at(value_at(told, i), 1);
        value *item = value_push(&list, value_list());
        value_push(item, value_text(texts_at(&s->solutions->ids, (size_t)index->as.integer)));
        value_push(item, score ? value_copy(score) : value_nil());
    }
    return list;
}

static void take_done(scorer *sc, const value *frame)
{
    crew *c = sc->crew;
    value *result = (value *)value_at(c->results, sc->given[0]);
    const value *failures = value_get(frame, "failures");
    if (!checked_done(c->s->plan, frame, c->s->solutions, reserve_most(c->s))) {
        lost(c, "one sent counts that can't be");
        return;
    }
    value_set(result, "scored", value_int(value_get_int(frame, "scored", 0)));
    value_set(result, "excluded", value_int(value_get_int(frame, "excluded", 0)));
    value_set(result, "failures", value_copy(failures));
    value_set(result, "dated", value_bool(value_get_bool(frame, "dated", true)));
    value_set(result, "gone", value_int(value_get_int(frame, "gone", 0)));
    if (c->s->reserve)
        value_set(result, "reserve", reserve_of(c->s, value_get(frame, "reserve")));
    if (c->s->plan_told)
        value_set(result, "steps", value_copy(value_get(frame, "steps")));
    c->done++;
    if (c->s->clock)
        c->s->clock->ended = clock_monotonic_us();
    if (c->s->progress)
        c->s->progress(c->s->ctx, (int64_t)c->done, (int64_t)c->all);
    next_demand(sc);
    if (c->done == c->all && c->s->counted)
        ask_statistics(sc);
}

/* More than can be sent again is as good as none. */
static void take_statistics(crew *c, const value *frame)
{
    const value *bytes = value_get(frame, "bytes");
    size_t most = STATISTICS_BYTES;
    if (!c->counting || !value_is(bytes, VALUE_TEXT))
        return;
    for (size_t i = 0; i < value_len(c->s->counted); i++)
        most -= value_len(value_at(c->s->counted, i));
    if (value_len(bytes) <= most) {
        value_push(c->s->counted, value_copy(bytes));
        return;
    }
    value_free(c->s->counted);
    *c->s->counted = value_nil();
    c->counted = true;
}

static void give_up_statistics(crew *c)
{
    c->uncounted = true;
    stop_all(c);
}

static void on_frame(void *ctx, worker *w, value *frame)
{
    scorer *sc = ctx;
    crew *c = sc->crew;
    const char *op = value_get_str(frame, "op", "");
    (void)w;
    if (strcmp(op, "hello") == 0) {
        set_up(sc);
    } else if (strcmp(op, "ranked") == 0 && sc->given_len) {
        take_items(sc, frame);
    } else if (strcmp(op, "done") == 0 && sc->given_len) {
        take_done(sc, frame);
    } else if (strcmp(op, "statistics") == 0) {
        take_statistics(c, frame);
    } else if (strcmp(op, "counted") == 0 && c->counting) {
        c->counted = true;
    } else if (strcmp(op, "uncounted") == 0 && c->s->statistics) {
        give_up_statistics(c);
    } else if (strcmp(op, "broken") == 0 &&
               scoring_is_rule(c->s, value_get_int(frame, "number", 0))) {
        leave_out(c, (uint32_t)value_get_int(frame, "number", 0),
                  value_get_str(frame, "reason", ""), "");
    } else if (strcmp(op, "failed") == 0 || strcmp(op, "too_large") == 0) {
        lost(c, value_get_str(frame, "message", "one sent more than it may"));
    }
}

static void on_gone(void *ctx, worker *w, const worker_death *death)
{
    scorer *sc = ctx;
    crew *c = sc->crew;
    (void)w;
    sc->worker = NULL;
    if (scoring_is_rule(c->s, death->contribution))
        leave_out(c, death->contribution, death->message, death->where);
    else if (scoring_is_loading(c->s, death->contribution))
        leave_out_plugin(c, death->contribution - SCORING_LOADING, death->message, death->where);
    else
        lost(c, death->message);
}

static worker_limits limits_of(void *ctx, uint32_t number)
{
    const scorer *sc = ctx;
    return scoring_limits(sc->crew->s, number);
}

/* The first time the solutions are open already. */
static void start(crew *c)
{
    const scoring *s = c->s;
    const worker_limits limits = {.call_ms = MANIFEST_CALL_MS, .memory_mb = MANIFEST_MEMORY_MB};
    value_free(c->results);
    *c->results = value_list();
    for (size_t i = 0; i < c->all; i++)
        value_add(value_push(c->results, value_map()), "items", value_list());
    c->next = c->done = 0;
    c->failed = c->again && !solution_rows_open(s->solutions, s->log, &c->error);
    c->fed = c->again = c->counting = c->counted = false;
    for (size_t i = 0; i < c->len && !c->failed; i++) {
        scorer *sc = &c->scorers[i];
        worker_events events = {
            .frame = on_frame, .gone = on_gone, .sent = on_sent, .limits = limits_of, .ctx = sc};
        sc->crew = c;
        sc->given_len = 0;
        sc->ready = false;
        sc->worker = worker_start(&c->loop, host_program(s->on->host), &limits, &events, &c->error);
        if (!sc->worker)
            give_up(c);
    }
}

static bool is_ready(const crew *c)
{
    return c->done == c->all && (!c->s->counted || c->counted);
}

bool scoring_run(const scoring *s, value *out, err *e)
{
    value results = value_list();
    crew c = {.s = s, .results = &results, .all = value_len(s->demands)};

    c.len = workers_for(s, e);
    if (!c.len)
        return false;
    int status = uv_loop_init(&c.loop);
    if (status != 0)
        return err_set(e, ERR_UNAVAILABLE, "can't make an event loop: %s", uv_strerror(status));
    c.scorers = mem_zero(c.len + 1, sizeof *c.scorers);
    do {
        start(&c);
        while (!c.failed && !c.again && !c.uncounted && !is_ready(&c))
            uv_run(&c.loop, UV_RUN_ONCE);
        stop_all(&c);
        uv_run(&c.loop, UV_RUN_DEFAULT); /* until all are gone */
    } while (c.again && !c.failed);
    uv_loop_close(&c.loop);
    free(c.scorers);
    if (c.failed) {
        value_free(&results);
        return err_copy(e, &c.error);
    }
    if (s->uncounted)
        *s->uncounted = c.uncounted;
    *out = results;
    return true;
}
