#include "host/dispatch.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "host/dispatch_chain.h"
#include "host/dispatch_order.h"
#include "host/loop.h"
#include "host/workspace.h"
#include "store/handler.h"

/* PATIENCE_MS: so long everybody waits for handlers in one go, so that as a rule each event is
 * dealt with by all, in order, before the next one comes; LEAST_MS for each when that is over.
 * SLOW_MS: who took longer isn't waited for the next time. */
enum { BATCH = 64, DELAY_MOST_MS = 360000, PATIENCE_MS = 200, LEAST_MS = 20, SLOW_MS = 50 };

struct dispatch {
    host *host;
    store *store;
    handler_turn *turns;
    size_t len;
    int64_t runs; /* so far */
    /* Of the dispatch_go that runs: */
    const dispatch_limits *limits;
    dispatch_report *report;
    int64_t end_ms, patience_ms;
};

/* A clock that was set back doesn't make it wait longer than it would have. */
bool dispatch_is_due(int64_t next_ms)
{
    int64_t left = next_ms - clock_now_ms();
    return left <= 0 || left > DELAY_MOST_MS;
}

static bool may_go_on(dispatch *d)
{
    const dispatch_limits *l = d->limits;
    if (d->report->runs < l->runs && clock_monotonic_ms() < d->end_ms &&
        !(l->stop && l->stop(l->ctx)))
        return true;
    d->report->more = true;
    return false;
}

/* false only when the store fails. */
static bool keep(dispatch *d, handler_turn *t, err *e)
{
    handler_end end = {0};
    bool ok = handler_run_keep(t->run, &end, e);
    t->run = NULL;
    if (!ok)
        return false;
    t->slow = end.took_ms > SLOW_MS;
    t->blocked = t->blocked || (end.failed && !end.parked && end.seq > t->cursor);
    if ((!end.failed || end.parked) && end.seq > t->cursor)
        t->cursor = end.seq;
    if (t->cursor > t->seen)
        t->seen = t->cursor;
    d->report->failures += end.failed;
    if (end.failed && d->limits->failed)
        d->limits->failed(d->limits->ctx, &end.failure);
    value_free(&end.failure);
    return true;
}

/* One turn of the loop; what plugins ask meanwhile is answered. */
static void wait_a_while(dispatch *d, uv_run_mode mode)
{
    uv_run(host_loop(d->host), mode);
    for (size_t i = 0; i < d->len; i++)
        if (d->turns[i].run)
            handler_run_step(d->turns[i].run);
}

static bool keep_ended(dispatch *d, bool *any, err *e)
{
    bool ok = true;
    for (size_t i = 0; ok && i < d->len; i++) {
        handler_turn *t = &d->turns[i];
        if (!t->run || !handler_run_step(t->run))
            continue;
        ok = keep(d, t, e);
        *any = true;
    }
    return ok;
}

/* One that takes longer than everybody's patience runs on; so does one that did the last time. */
static bool run_one(dispatch *d, handler_turn *t, int64_t seq, int64_t tried, err *e)
{
    int64_t patience_ms = d->patience_ms > LEAST_MS ? d->patience_ms : LEAST_MS;
    patience_ms = t->slow ? 0 : patience_ms;
    t->run = handler_run_begin(d->host, d->store, t->c, t->plugin, seq, tried);
    d->report->runs++;
    d->runs++;
    while (!handler_run_step(t->run) && handler_run_ms(t->run) < patience_ms)
        wait_a_while(d, UV_RUN_ONCE);
    if (handler_run_step(t->run))
        return keep(d, t, e);
    d->patience_ms -= patience_ms;
    t->behind = true;
    return true;
}

/* What was put off is due for who has the time. */
static bool is_due(const dispatch *d, int64_t next_ms)
{
    return next_ms < 0 ? d->limits->patient || dispatch_is_due(-next_ms) : dispatch_is_due(next_ms);
}

/* What waits before the cursor was parked, and is tried again because somebody asked for it: it
 * holds nothing up. */
static bool retry_one(dispatch *d, handler_turn *t, const value *row, err *e)
{
    int64_t seq = value_get_int(row, "event", 0), next_ms = value_get_int(row, "next_ms", 0);
    if (!is_due(d, next_ms) || !may_go_on(d)) {
        t->blocked = t->blocked || seq > t->cursor;
        t->put_off = t->put_off || (seq > t->cursor && next_ms < 0);
        return true;
    }
    return run_one(d, t, seq, value_get_int(row, "attempts", 0), e);
}

static bool retry_all(dispatch *d, err *e)
{
    bool ok = true;
    for (size_t i = 0; ok && i < d->len; i++) {
        handler_turn *t = &d->turns[i];
        while (ok && !t->run && t->retried < value_len(&t->retries))
            ok = retry_one(d, t, value_at(&t->retries, t->retried++), e);
    }
    return ok;
}

static bool is_free(const handler_turn *t)
{
    return !t->run && !t->blocked && t->retried == value_len(&t->retries);
}

static bool begin_turn(dispatch *d, handler_turn *t, err *e)
{
    if (t->run)
        return true;
    t->blocked = t->put_off = false;
    t->retried = 0;
    value_free(&t->retries);
    if (!handler_start(d->store, t->c->full, &t->cursor, e) ||
        !handler_waiting(d->store, t->c->full, &t->retries, e))
        return false;
    t->seen = t->cursor;
    return true;
}

/* Has one that it comes after still to do with an event up to this one? One that failed, and waits
 * for its next try, is not waited for. */
static bool has_to_wait(const dispatch *d, const handler_turn *t, int64_t seq)
{
    for (const handler_turn *other = d->turns; other < t; other++)
        if ((other->behind || other->seen < seq) && (!other->blocked || other->put_off) &&
            dispatch_comes_after(t->c, other->c))
            return true;
    return false;
}

static bool offer(dispatch *d, const value *event, err *e)
{
    int64_t seq = value_get_int(event, "seq", 0);
    for (size_t i = 0; i < d->len; i++) {
        handler_turn *t = &d->turns[i];
        if (t->behind || t->blocked || t->seen >= seq)
            continue;
        if (dispatch_wants(t->c, t->plugin, event)) {
            if (!may_go_on(d))
                return true;
            t->behind = has_to_wait(d, t, seq);
            if (!t->behind && !run_one(d, t, seq, 0, e))
                return false;
        }
        if (!t->behind && !t->blocked)
            t->seen = seq;
    }
    return true;
}

/* Those that can't go on get nothing of the whole batch: events come to them from where they are,
 * in order. */
static void find_those_behind(dispatch *d)
{
    for (size_t i = 0; i < d->len; i++) {
        handler_turn *t = &d->turns[i];
        t->done = false;
        t->behind = !is_free(t) || has_to_wait(d, t, t->seen);
    }
}

/* Where to go on: where the slowest is of those that can go on, have something left to do, and are
 * near the one that has come furthest. Who has more than a batch to catch up with keeps nobody
 * waiting. -1: there is none. */
static int64_t next_place(const dispatch *d)
{
    int64_t most = -1, least = -1;
    for (size_t i = 0; i < d->len; i++)
        if (!d->turns[i].behind && !d->turns[i].done && d->turns[i].seen > most)
            most = d->turns[i].seen;
    for (size_t i = 0; i < d->len; i++) {
        const handler_turn *t = &d->turns[i];
        if (!t->behind && !t->done && t->seen >= most - BATCH && (least < 0 || t->seen < least))
            least = t->seen;
    }
    return least;
}

/* The next events, for those that are as far as that; an empty list: there are none for anybody. */
static bool next_batch(dispatch *d, value *events, err *e)
{
    *events = value_list();
    find_those_behind(d);
    for (int64_t since; (since = next_place(d)) >= 0;) {
        value_free(events);
        if (!dispatch_events(d->store, since, BATCH, events, e))
            return false;
        bool any = value_len(events) > 0;
        for (size_t i = 0; i < d->len; i++) {
            handler_turn *t = &d->turns[i];
            t->done = t->done || (!any && t->seen >= since);
            t->behind = t->behind || (any && t->seen < since);
        }
        if (any)
            break;
    }
    return true;
}

static void tell_progress(dispatch *d)
{
    d->report->running = 0;
    d->report->slow[0] = '\0';
    for (size_t i = 0; i < d->len; i++)
        if (d->turns[i].run && d->report->running++ == 0)
            snprintf(d->report->slow, sizeof d->report->slow, "%s", d->turns[i].c->full);
    if (d->limits->progress)
        d->limits->progress(d->limits->ctx, d->runs, d->report->running ? d->report->slow : NULL);
}

static bool run_batch(dispatch *d, bool *more, err *e)
{
    value events = value_nil();
    if (!next_batch(d, &events, e))
        return false;
    bool ok = true;
    *more = value_len(&events) > 0;
    for (size_t i = 0; ok && !d->report->more && i < value_len(&events); i++) {
        ok = offer(d, value_at(&events, i), e);
        tell_progress(d);
    }
    value_free(&events);
    return ok;
}

/* Events that were none of a handler's are not looked at again. */
static bool keep_places(dispatch *d, err *e)
{
    bool begun = false, ok = true;
    for (size_t i = 0; ok && i < d->len; i++) {
        handler_turn *t = &d->turns[i];
        if (t->seen <= t->cursor)
            continue;
        ok = begun || store_begin(d->store, e);
        begun = begun || ok;
        ok = ok && handler_skip(d->store, t->c->full, t->seen, e);
    }
    if (begun && ok)
        return store_commit(d->store, e);
    if (begun)
        store_rollback(d->store);
    return ok;
}

dispatch *dispatch_open(host *h, err *e)
{
    store *st = workspace_store(host_workspace(h), e);
    if (!st)
        return NULL;
    dispatch *d = mem_zero(1, sizeof *d);
    d->host = h;
    d->store = st;
    d->len = dispatch_order(h, &d->turns);
    return d;
}

void dispatch_close(dispatch *d)
{
    if (!d)
        return;
    for (size_t i = 0; i < d->len; i++) {
        handler_run_cut(d->turns[i].run);
        value_free(&d->turns[i].retries);
    }
    free(d->turns);
    free(d);
}

bool dispatch_start(host *h, err *e)
{
    dispatch *d = dispatch_open(h, e);
    bool ok = d != NULL;
    for (size_t i = 0; ok && i < d->len; i++)
        ok = handler_start(d->store, d->turns[i].c->full, &d->turns[i].cursor, e);
    dispatch_close(d);
    return ok;
}

bool dispatch_go(dispatch *d, const dispatch_limits *l, dispatch_report *out, err *e)
{
    bool more = true, any = false;
    *out = (dispatch_report){0};
    d->limits = l;
    d->report = out;
    d->end_ms = clock_monotonic_ms() + l->wall_ms;
    d->patience_ms = PATIENCE_MS;
    bool ok = keep_ended(d, &any, e);
    for (size_t i = 0; ok && i < d->len; i++)
        ok = begin_turn(d, &d->turns[i], e);
    while (ok && more && !out->more) {
        any = false;
        ok = retry_all(d, e) && run_batch(d, &more, e) && keep_ended(d, &any, e);
        more = more || any;
    }
    ok = ok && keep_places(d, e);
    tell_progress(d);
    if (ok && out->running)
        wait_a_while(d, UV_RUN_ONCE);
    return ok;
}

static bool go_on(dispatch *d, const dispatch_limits *l, dispatch_report *out, err *e)
{
    int64_t end_ms = clock_monotonic_ms() + l->wall_ms;
    bool ok = true;
    do {
        dispatch_limits rest = *l;
        dispatch_report report;
        rest.runs = l->runs - out->runs;
        rest.wall_ms = end_ms - clock_monotonic_ms();
        ok = dispatch_go(d, &rest, &report, e);
        out->runs += report.runs;
        out->failures += report.failures;
        out->running = report.running;
        memcpy(out->slow, report.slow, sizeof out->slow);
        out->more = report.more;
    } while (ok && out->running && !l->leave && clock_monotonic_ms() < end_ms &&
             !(l->stop && l->stop(l->ctx)));
    out->more = out->more || (out->running && !l->leave);
    return ok;
}

static bool put_off(dispatch *d, int64_t wall_ms, err *e)
{
    bool any = false, ok = keep_ended(d, &any, e);
    for (size_t i = 0; ok && i < d->len; i++) {
        handler_turn *t = &d->turns[i];
        ok = !t->run || handler_run_put_off(t->run, wall_ms, e);
        t->run = NULL;
    }
    return ok;
}

bool dispatch_run(host *h, const dispatch_limits *l, dispatch_report *out, err *e)
{
    *out = (dispatch_report){0};
    dispatch *d = dispatch_open(h, e);
    bool ok = d && go_on(d, l, out, e) && (l->leave || put_off(d, l->wall_ms, e));
    dispatch_close(d);
    return ok;
}
