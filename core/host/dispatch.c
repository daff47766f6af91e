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

/* PATIENCE_MS: so long everybody waits for a handler, so that as a rule each event is dealt with by
 * all, in order, before the next one comes. */
enum { BATCH = 64, DELAY_MOST_MS = 360000, PATIENCE_MS = 200 };

struct dispatch {
    host *host;
    store *store;
    handler_turn *turns;
    size_t len;
    int64_t runs; /* so far */
    /* Of the dispatch_go that runs: */
    const dispatch_limits *limits;
    dispatch_report *report;
    int64_t end_ms;
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
    handler_end end;
    bool ok = handler_run_keep(t->run, &end, e);
    t->run = NULL;
    if (!ok)
        return false;
    t->slow = end.took_ms > PATIENCE_MS;
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
static bool run_one(dispatch *d, handler_turn *t, const value *event, int64_t tried, err *e)
{
    int64_t patience_ms = t->slow ? 0 : PATIENCE_MS;
    t->run = handler_run_begin(d->host, d->store, t->c, t->plugin, value_copy(event), tried);
    d->report->runs++;
    d->runs++;
    while (!handler_run_step(t->run) && handler_run_ms(t->run) < patience_ms)
        wait_a_while(d, UV_RUN_ONCE);
    if (handler_run_step(t->run))
        return keep(d, t, e);
    t->behind = true;
    return true;
}

/* What was cut off has not failed. */
static bool is_due(const dispatch *d, const value *row)
{
    return (d->limits->patient && value_get_int(row, "attempts", 0) == 0) ||
           dispatch_is_due(value_get_int(row, "next_ms", 0));
}

/* What waits before the cursor was parked, and is tried again because somebody asked for it: it
 * holds nothing up. */
static bool retry_one(dispatch *d, handler_turn *t, const value *row, err *e)
{
    int64_t seq = value_get_int(row, "event", 0);
    value events = value_nil();
    if (!is_due(d, row) || !may_go_on(d)) {
        t->blocked = t->blocked || seq > t->cursor;
        return true;
    }
    if (!dispatch_events(d->store, seq - 1, 1, &events, e))
        return false;
    bool ok = run_one(d, t, value_at(&events, 0), value_get_int(row, "attempts", 0), e);
    value_free(&events);
    return ok;
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
    t->blocked = false;
    t->retried = 0;
    value_free(&t->retries);
    if (!handler_start(d->store, t->c->full, &t->cursor, e) ||
        !handler_waiting(d->store, t->c->full, &t->retries, e))
        return false;
    t->seen = t->cursor;
    return true;
}

/* Is one that it comes after still at an event of before? One that waits for its next try isn't. */
static bool has_to_wait(const dispatch *d, const handler_turn *t)
{
    for (const handler_turn *other = d->turns; other < t; other++)
        if (other->behind && !other->blocked && dispatch_comes_after(t->c, other->c))
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
            t->behind = has_to_wait(d, t);
            if (!t->behind && !run_one(d, t, event, 0, e))
                return false;
        }
        if (!t->behind && !t->blocked)
            t->seen = seq;
    }
    return true;
}

/* Where the slowest has come to of those that can go on; -1: there is none. Those that can't are
 * behind by now, for the whole batch: events come to them from there, in order. */
static int64_t slowest(dispatch *d)
{
    int64_t least = -1;
    for (size_t i = 0; i < d->len; i++) {
        handler_turn *t = &d->turns[i];
        t->behind = !is_free(t) || has_to_wait(d, t);
        if (!t->behind && (least < 0 || t->seen < least))
            least = t->seen;
    }
    return least;
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
    int64_t since = slowest(d);
    *more = since >= 0;
    if (!*more)
        return true;
    if (!dispatch_events(d->store, since, BATCH, &events, e))
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
    bool ok = true;
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
