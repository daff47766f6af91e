#include "engine/scoring_in.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/pack_cell.h"
#include "engine/kept_points.h"
#include "engine/scoring_send.h"
#include "engine/scoring_take.h"
#include "engine/skipped.h"
#include "engine/workers.h"
#include "host/manifest.h"
#include "host/task.h"

/* QUEUED: bytes of solutions that wait for one worker while more are read. AHEAD_PAIRS: so many
 * wait for a worker, or one demand's; towards the end fewer, so that all end together. */
enum { LOST_MOST = 3, QUEUED = 256 << 10, AHEAD_PAIRS = 1 << 18 };

static void stop_all(crew *c)
{
    for (size_t i = 0; i < c->len; i++) {
        worker_stop(c->scorers[i].worker);
        c->scorers[i].worker = NULL;
    }
}

void scoring_give_up(crew *c)
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
    size_t rows = c->s->solutions->ids.len, most = AHEAD_PAIRS / (rows ? rows : 1),
           left = (c->all - c->next) / (2 * c->len);
    most = most < AHEAD_MOST ? most : AHEAD_MOST;
    most = most < left ? most : left;
    return most < 1 ? 1 : most;
}

/* Several at once, for each write wakes a worker; but of small ones, which it has soon done, each
 * as one comes back. The last few are given to whoever is free. */
static void give_demands(scorer *sc)
{
    crew *c = sc->crew;
    size_t most = ahead_most(c), from = c->next, few = most < AHEAD_MOST ? (most + 1) / 2 : most;
    if (c->failed || sc->given_len > few)
        return;
    while (c->next < c->all && sc->given_len <= most &&
           (sc->given_len == 0 || c->all - c->next >= c->len))
        sc->given[sc->given_len++] = c->next++;
    if (!scoring_send_demands(c->s, sc->worker, from, c->next, c->only, &c->error))
        scoring_give_up(c);
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
        scoring_give_up(c);
    }
    for (size_t i = 0; i < c->len && s->points && !c->failed; i++)
        if (!kept_points_rows(s->points, c->scorers[i].worker, &c->error))
            scoring_give_up(c);
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
            scoring_give_up(c);
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
        scoring_give_up(c);
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

static value *result_of(const scorer *sc)
{
    return &sc->crew->results->as.list.items[sc->given[0]];
}

static void take_part(const scorer *sc, bool taken)
{
    if (!taken)
        lost(sc->crew, "one sent a ranking that can't be");
}

/* Rankings are most of what comes, and nothing of them is made a value. */
static bool on_look(void *ctx, worker *w, const char *packed)
{
    const scorer *sc = ctx;
    const scoring *s = sc->crew->s;
    pack_cell op;
    (void)w;
    if (s->bare || !sc->given_len || !pack_field(packed, "op", &op) || !pack_is(&op, "ranked"))
        return false;
    take_part(sc, take_items(s, packed, result_of(sc)));
    return true;
}

static bool take_known(const scorer *sc, value *frame)
{
    const scoring *s = sc->crew->s;
    return !s->points || kept_points_take(s->points, value_at(s->demands, sc->given[0]), frame);
}

static void take_done(scorer *sc, value *frame)
{
    crew *c = sc->crew;
    if (!take_counts(c->s, frame, result_of(sc)) || !take_known(sc, frame)) {
        lost(c, "one sent counts that can't be");
        return;
    }
    if (c->s->taker)
        c->s->taker(c->s->taker_ctx, sc->given[0], result_of(sc));
    c->done++;
    if (c->s->clock)
        c->s->clock->ended = clock_monotonic_us();
    if (c->s->progress)
        c->s->progress(c->s->ctx, (int64_t)c->done, (int64_t)c->all);
    next_demand(sc);
    if (c->done == c->all && c->s->counted)
        scoring_ask_statistics(c);
}

static void give_up_statistics(crew *c)
{
    c->uncounted = true;
    stop_all(c);
}

/* One of its two answers may have come from what was kept. */
static void take_broken(crew *c, const value *frame)
{
    if (c->s->points && kept_points_forget(c->s->points)) {
        c->again = true;
        stop_all(c);
        return;
    }
    leave_out(c, (uint32_t)value_get_int(frame, "number", 0), value_get_str(frame, "reason", ""),
              "");
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
        take_part(sc, c->s->bare && take_points(c->s, frame, result_of(sc)));
    } else if (strcmp(op, "done") == 0 && sc->given_len) {
        take_done(sc, frame);
    } else if (strcmp(op, "statistics") == 0) {
        c->counted = c->counting && !take_statistics(c->s, frame);
    } else if (strcmp(op, "counted") == 0 && c->counting && !c->counted) {
        scoring_take_counted(c, frame);
    } else if (strcmp(op, "uncounted") == 0 && c->s->statistics) {
        give_up_statistics(c);
    } else if (strcmp(op, "broken") == 0 &&
               scoring_is_rule(c->s, value_get_int(frame, "number", 0))) {
        take_broken(c, frame);
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

static void forget_results(crew *c)
{
    value_free(c->results);
    *c->results = value_list_of(c->all);
    for (size_t i = 0; i < c->all; i++)
        value_push(c->results, value_map());
    c->next = c->done = 0;
    c->counting = c->counted = false;
}

/* The first time the solutions are open already. */
static void start(crew *c)
{
    const scoring *s = c->s;
    const worker_limits limits = {.call_ms = MANIFEST_CALL_MS, .memory_mb = MANIFEST_MEMORY_MB};
    c->failed = c->again && !solution_rows_open(s->solutions, s->log, &c->error);
    c->fed = c->again = false;
    for (size_t i = 0; i < c->len && !c->failed; i++) {
        scorer *sc = &c->scorers[i];
        worker_events events = {.look = on_look,
                                .frame = on_frame,
                                .gone = on_gone,
                                .sent = on_sent,
                                .limits = limits_of,
                                .ctx = sc};
        sc->crew = c;
        sc->given_len = 0;
        sc->ready = false;
        sc->worker = worker_start(&c->loop, host_program(s->on->host), &limits, &events, &c->error);
        if (!sc->worker)
            scoring_give_up(c);
    }
}

static bool is_ready(const crew *c)
{
    return c->done == c->all && (!c->s->counted || c->counted);
}

static void end_all(crew *c)
{
    stop_all(c);
    uv_run(&c->loop, UV_RUN_DEFAULT); /* until all are gone */
}

scoring_crew *scoring_open(const scoring *s, err *e)
{
    size_t len = workers_for(s, e);
    crew *c = len ? mem_zero(1, sizeof *c) : NULL;
    int status = c ? uv_loop_init(&c->loop) : 0;
    if (status != 0) {
        err_set(e, ERR_UNAVAILABLE, "can't make an event loop: %s", uv_strerror(status));
        free(c);
        return NULL;
    }
    if (c) {
        c->len = len;
        c->scorers = mem_zero(len, sizeof *c->scorers);
    }
    return c;
}

/* Those that have the solutions go on; else, and where one was lost or a rule was left out, all
 * begin anew. */
bool scoring_ask(scoring_crew *c, const scoring *s, value *out, err *e)
{
    value results = value_nil();
    c->s = s;
    c->results = &results;
    c->all = value_len(s->demands);
    do {
        forget_results(c);
        if (c->fed && !c->again)
            begin_demands(c);
        else
            start(c);
        while (!c->failed && !c->again && !c->uncounted && !is_ready(c))
            uv_run(&c->loop, UV_RUN_ONCE);
        if (c->again || c->failed || c->uncounted)
            end_all(c);
    } while (c->again && !c->failed);
    if (c->failed) {
        value_free(&results);
        return err_copy(e, &c->error);
    }
    if (s->uncounted)
        *s->uncounted = c->uncounted;
    *out = results;
    return true;
}

void scoring_close(scoring_crew *c)
{
    if (!c)
        return;
    end_all(c);
    uv_loop_close(&c->loop);
    value_free(&c->known);
    free(c->scorers);
    free(c);
}

bool scoring_run(const scoring *s, value *out, err *e)
{
    scoring_crew *c = scoring_open(s, e);
    bool ok = c && scoring_ask(c, s, out, e);
    scoring_close(c);
    return ok;
}
