#include "host/dispatch.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/fault.h"
#include "base/hash.h"
#include "host/broker.h"
#include "host/broker_tell.h"
#include "host/dispatch_order.h"
#include "host/guest.h"
#include "host/workspace.h"
#include "store/event.h"
#include "store/handler.h"

/* CHAIN_TOLD: a loop that was tried again grows from where it was parked. */
enum { BATCH = 64, DELAY_MOST_MS = 360000, CHAIN_TOLD = 4 * DISPATCH_CHAIN };

typedef struct dispatch {
    host *host;
    store *store;
    const dispatch_limits *limits;
    dispatch_report *report;
    int64_t end_ms;
    handler_turn *turns;
    size_t len;
} dispatch;

static bool add_event(void *ctx, const value *event, err *e)
{
    static const char *const KEPT[] = {"seq", "time", "actor", "type", "subject"};
    const char *subject = value_get_str(event, "subject", "");
    value mine = value_map();
    (void)e;
    for (size_t i = 0; i < sizeof KEPT / sizeof KEPT[0]; i++)
        value_add(&mine, KEPT[i], value_copy(value_get(event, KEPT[i])));
    if (store_check_id(subject, NULL))
        value_add(&mine, "kind", value_bytes(subject, strcspn(subject, "/")));
    const value *data = value_get(event, "data");
    value_add(&mine, "data", value_is(data, VALUE_MAP) ? value_copy(data) : value_map());
    value_push(ctx, mine);
    return true;
}

/* At most `limit` events later than `since`. */
static bool read_events(store *st, int64_t since, int64_t limit, value *out, err *e)
{
    const event_filter f = {.since = since, .limit = limit};
    *out = value_list();
    if (event_each(st, &f, add_event, out, e))
        return true;
    value_free(out);
    return false;
}

/* "41 ship.seen ship/a by alpha/see"; events of before there were names have the plugin's. */
static void add_link(buf *out, const value *event)
{
    const value *data = value_get(event, "data");
    buf_fmt(out, "%lld %s %s by %s", (long long)value_get_int(event, "seq", 0),
            value_get_str(event, "type", ""), value_get_str(event, "subject", ""),
            value_get_str(value_get(data, "cause") ? data : NULL, "handler",
                          value_get_str(event, "actor", "")));
}

/* The events that led to this one, newest first, each with the handler that made it because of the
 * one before, to what no handler made. *len counts the handlers. */
static bool read_chain(store *st, const value *event, buf *out, int *len, err *e)
{
    value at = value_copy(event), list = value_nil();
    bool ok = true;
    for (*len = 0; ok && *len <= CHAIN_TOLD; (*len)++) {
        int64_t cause = value_get_int(value_get(&at, "data"), "cause", 0);
        buf_str(out, *len ? " < " : "");
        add_link(out, &at);
        if (cause <= 0)
            break;
        ok = read_events(st, cause - 1, 1, &list, e);
        value_free(&at);
        at = value_copy(value_at(&list, 0));
        value_free(&list);
    }
    value_free(&at);
    return ok;
}

/* Into `loop` what is wrong, with the whole chain, for which an err has no room; nothing where
 * there is no loop. A loop is a mistake of somebody's: trying again would not end it. */
static bool check_chain(dispatch *d, const value *event, buf *loop, err *e)
{
    buf chain = {0};
    int len = 0;
    if (!value_get(value_get(event, "data"), "cause"))
        return true;
    bool ok = read_chain(d->store, event, &chain, &len, e);
    if (ok && len > DISPATCH_CHAIN)
        buf_fmt(loop, "handlers wake each other in a loop, %d in a row: %s", len, buf_text(&chain));
    buf_free(&chain);
    return ok;
}

/* 1 s, 5 s, 30 s, 5 min, give or take a fifth, so that what failed together is not tried together.
 */
static int64_t delay_ms(int64_t attempts)
{
    static const int64_t DELAYS[] = {1000, 5000, 30000, 300000};
    char random[9];
    int64_t base = DELAYS[attempts < 4 ? attempts - 1 : 3];
    hash_random(4, random);
    return base * 4 / 5 + (int64_t)(strtoul(random, NULL, 16) % (uint64_t)(base * 2 / 5));
}

/* A clock that was set back doesn't make it wait longer than it would have. */
bool dispatch_is_due(int64_t next_ms)
{
    int64_t left = next_ms - clock_now_ms();
    return left <= 0 || left > DELAY_MOST_MS;
}

static void tell_failure(dispatch *d, const handler_failure *f, const value *event)
{
    value row = value_map();
    d->report->failures++;
    value_add(&row, "handler", value_text(f->handler));
    value_add(&row, "event", value_int(f->seq));
    value_add(&row, "type", value_text(value_get_str(event, "type", "")));
    value_add(&row, "subject", value_text(value_get_str(event, "subject", "")));
    value_add(&row, "attempts", value_int(f->attempts));
    value_add(&row, "parked", value_bool(f->parked));
    value_add(&row, "next_ms", value_int(f->next_ms));
    value_add(&row, "message", value_text(f->message));
    value_add(&row, "where", value_text(f->where));
    if (d->limits->failed)
        d->limits->failed(d->limits->ctx, &row);
    value_free(&row);
}

static bool keep_failure(dispatch *d, handler_turn *t, const value *event, handler_failure *f,
                         err *e)
{
    f->next_ms = f->parked ? 0 : clock_now_ms() + delay_ms(f->attempts);
    if (!handler_fail(d->store, f, e))
        return false;
    if (f->parked && f->seq > t->cursor)
        t->cursor = f->seq;
    t->blocked = t->blocked || (!f->parked && f->seq > t->cursor);
    tell_failure(d, f, event);
    return true;
}

/* `tried`: how often before. */
static bool note_failure(dispatch *d, handler_turn *t, const value *event, int64_t tried,
                         const err *why, err *e)
{
    handler_failure f = {.handler = t->c->full,
                         .seq = value_get_int(event, "seq", 0),
                         .attempts = tried + 1,
                         .parked = tried + 1 >= DISPATCH_ATTEMPTS,
                         .message = why->message,
                         .where = why->where};
    return keep_failure(d, t, event, &f, e);
}

static bool note_loop(dispatch *d, handler_turn *t, const value *event, int64_t tried,
                      const char *loop, err *e)
{
    buf where = {0};
    buf_fmt(&where, "%s/%s:%d", t->c->plugin, t->c->file, t->c->line);
    handler_failure f = {.handler = t->c->full,
                         .seq = value_get_int(event, "seq", 0),
                         .attempts = tried + 1,
                         .parked = true,
                         .message = loop,
                         .where = buf_text(&where)};
    bool ok = keep_failure(d, t, event, &f, e);
    buf_free(&where);
    return ok;
}
/* false with e->code set: the store; false without: the handler's own doing, *why. */
static bool commit(dispatch *d, handler_turn *t, broker *b, int64_t seq, err *why, err *e)
{
    bool first = false;
    if (!store_begin(d->store, e))
        return false;
    FAULT_POINT("handler-begun");
    if (!handler_done(d->store, t->c->full, seq, &first, e) ||
        (first && !(broker_commit(b, seq, why) && broker_tell(b, why)))) {
        store_rollback(d->store);
        return false;
    }
    FAULT_POINT("handler-written");
    if (!first) {
        store_rollback(d->store); /* another process was faster */
        return true;
    }
    bool ok = store_commit(d->store, e);
    FAULT_POINT("handler-kept");
    return ok;
}

static bool run_handler(dispatch *d, handler_turn *t, const value *event, broker *b, err *why)
{
    value answer = value_nil();
    guest *g = guest_of(d->host, t->plugin, why);
    bool ok = g && guest_ask(g, "handle", t->c->name, event, value_get_int(event, "seq", 0),
                             broker_serve, b, &answer, why);
    FAULT_POINT("handler-ended");
    value_free(&answer);
    return ok;
}

/* false only when the store fails. */
static bool run_one(dispatch *d, handler_turn *t, const value *event, int64_t tried, err *e)
{
    broker b = {.store = d->store, .plugin = t->plugin, .handler = t->c->full, .writes = true};
    int64_t seq = value_get_int(event, "seq", 0);
    buf loop = {0};
    err why = {0}, broken = {0};
    bool ok = check_chain(d, event, &loop, e);
    d->report->runs += ok;
    if (ok && loop.len)
        ok = note_loop(d, t, event, tried, buf_text(&loop), e);
    bool over = !ok || loop.len > 0;
    buf_free(&loop);
    if (over)
        return ok;
    ok = run_handler(d, t, event, &b, &why) && commit(d, t, &b, seq, &why, &broken);
    broker_free(&b);
    if (broken.code != ERR_NONE)
        return err_copy(e, &broken);
    if (!ok && why.code == ERR_UNAVAILABLE) /* no process, no store: not the handler's doing */
        return err_copy(e, &why);
    if (!ok)
        return note_failure(d, t, event, tried, &why, e);
    if (seq > t->cursor)
        t->cursor = seq;
    return true;
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

/* What waits before the cursor was parked, and is tried again because somebody asked for it: it
 * holds nothing up. */
static bool retry_one(dispatch *d, handler_turn *t, const value *row, err *e)
{
    int64_t seq = value_get_int(row, "event", 0);
    value events = value_nil();
    if (!dispatch_is_due(value_get_int(row, "next_ms", 0)) || !may_go_on(d)) {
        t->blocked = t->blocked || seq > t->cursor;
        return true;
    }
    if (!read_events(d->store, seq - 1, 1, &events, e))
        return false;
    bool ok = run_one(d, t, value_at(&events, 0), value_get_int(row, "attempts", 0), e);
    value_free(&events);
    return ok;
}

static bool begin_turn(dispatch *d, handler_turn *t, err *e)
{
    value waiting = value_nil();
    bool ok = handler_start(d->store, t->c->full, &t->cursor, e) &&
              handler_waiting(d->store, t->c->full, &waiting, e);
    for (size_t i = 0; ok && i < value_len(&waiting); i++)
        ok = retry_one(d, t, value_at(&waiting, i), e);
    t->seen = t->cursor;
    value_free(&waiting);
    return ok;
}

static bool offer(dispatch *d, const value *event, err *e)
{
    int64_t seq = value_get_int(event, "seq", 0);
    for (size_t i = 0; i < d->len; i++) {
        handler_turn *t = &d->turns[i];
        if (t->blocked || t->seen >= seq)
            continue;
        if (dispatch_wants(t->c, t->plugin, event)) {
            if (!may_go_on(d))
                return true;
            if (!run_one(d, t, event, 0, e))
                return false;
        }
        if (!t->blocked)
            t->seen = seq;
    }
    return true;
}

/* Where the slowest that doesn't wait has come to; -1: all wait. */
static int64_t slowest(const dispatch *d)
{
    int64_t least = -1;
    for (size_t i = 0; i < d->len; i++)
        if (!d->turns[i].blocked && (least < 0 || d->turns[i].seen < least))
            least = d->turns[i].seen;
    return least;
}

static bool run_batch(dispatch *d, bool *more, err *e)
{
    value events = value_nil();
    int64_t since = slowest(d);
    *more = since >= 0;
    if (!*more)
        return true;
    if (!read_events(d->store, since, BATCH, &events, e))
        return false;
    bool ok = true;
    *more = value_len(&events) > 0;
    for (size_t i = 0; ok && !d->report->more && i < value_len(&events); i++) {
        ok = offer(d, value_at(&events, i), e);
        if (d->limits->progress)
            d->limits->progress(d->limits->ctx, d->report->runs);
    }
    value_free(&events);
    return ok;
}

/* Events that were none of a handler's are not looked at again. */
static bool keep_places(dispatch *d, err *e)
{
    bool begun = false, ok = true;
    for (size_t i = 0; ok && i < d->len; i++) {
        const handler_turn *t = &d->turns[i];
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

static bool open_turns(host *h, dispatch *d, err *e)
{
    d->host = h;
    d->store = workspace_store(host_workspace(h), e);
    d->len = d->store ? dispatch_order(h, &d->turns) : 0;
    return d->store != NULL;
}

bool dispatch_start(host *h, err *e)
{
    dispatch d = {0};
    bool ok = open_turns(h, &d, e);
    for (size_t i = 0; ok && i < d.len; i++)
        ok = handler_start(d.store, d.turns[i].c->full, &d.turns[i].cursor, e);
    free(d.turns);
    return ok;
}

bool dispatch_run(host *h, const dispatch_limits *l, dispatch_report *out, err *e)
{
    dispatch d = {.limits = l, .report = out, .end_ms = clock_monotonic_ms() + l->wall_ms};
    bool ok = open_turns(h, &d, e), more = ok;
    *out = (dispatch_report){0};
    for (size_t i = 0; ok && i < d.len; i++)
        ok = begin_turn(&d, &d.turns[i], e);
    while (ok && more && !out->more)
        ok = run_batch(&d, &more, e);
    ok = ok && keep_places(&d, e);
    free(d.turns);
    return ok;
}
