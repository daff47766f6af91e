#include "host/handler_run.h"

#include <stdlib.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/fault.h"
#include "base/hash.h"
#include "base/mem.h"
#include "host/broker.h"
#include "host/broker_tell.h"
#include "host/dispatch_chain.h"
#include "host/guest.h"
#include "store/handler.h"

enum { PUT_OFF_MS = 300000 };

struct handler_run {
    host *host;
    store *store;
    const contribution *c;
    const plugin *plugin;
    value event;
    int64_t seq, tried, asked_ms, took_ms;
    guest *guest; /* NULL: nothing was asked */
    bool ended;
    broker broker;
    buf loop;   /* what is wrong with the chain that led here; empty: nothing */
    err broken; /* of the store */
};

/* Its event as it is by now: what was read with a batch of others may have lost values since. */
static bool read_event(handler_run *r, err *e)
{
    value events = value_nil();
    if (!broker_reads(&r->broker, e) || !dispatch_events(r->store, r->seq - 1, 1, &events, e))
        return false;
    r->event = value_copy(value_at(&events, 0));
    value_free(&events);
    return true;
}

handler_run *handler_run_begin(host *h, store *st, const contribution *c, const plugin *p,
                               int64_t seq, int64_t tried)
{
    handler_run *r = mem_zero(1, sizeof *r);
    *r = (handler_run){.host = h, .store = st, .c = c, .plugin = p, .seq = seq, .tried = tried};
    r->broker = (broker){.store = st, .plugin = p, .handler = c->full, .writes = true};
    if (!read_event(r, &r->broken) ||
        !dispatch_check_chain(st, &r->event, c->full, &r->loop, &r->broken) || r->loop.len) {
        r->ended = true;
        return r;
    }
    r->guest = guest_of(h, p);
    guest_begin(r->guest, "handle", c->name, &r->event, r->seq, broker_serve, &r->broker);
    return r;
}

bool handler_run_step(handler_run *r)
{
    if (r->ended)
        return true;
    bool ended = guest_step(r->guest);
    if (!r->asked_ms && guest_asked(r->guest))
        r->asked_ms = clock_monotonic_ms();
    if (!ended)
        return false;
    r->took_ms = handler_run_ms(r);
    FAULT_POINT("handler-ended");
    return r->ended = true;
}

int64_t handler_run_ms(const handler_run *r)
{
    return r->asked_ms ? clock_monotonic_ms() - r->asked_ms : 0;
}

static void free_run(handler_run *r)
{
    broker_free(&r->broker);
    buf_free(&r->loop);
    value_free(&r->event);
    free(r);
}

void handler_run_cut(handler_run *r)
{
    if (!r)
        return;
    if (r->guest)
        guest_cut(r->guest);
    free_run(r);
}

bool handler_run_put_off(handler_run *r, int64_t wall_ms, err *e)
{
    buf message = {0}, where = {0};
    buf_fmt(&message, "cut off after %lld s, which is all that a command waits",
            (long long)(wall_ms / 1000));
    buf_fmt(&where, "%s/%s:%d", r->c->plugin, r->c->file, r->c->line);
    const handler_failure f = {.handler = r->c->full,
                               .seq = r->seq,
                               .next_ms = -(clock_now_ms() + PUT_OFF_MS),
                               .message = buf_text(&message),
                               .where = buf_text(&where)};
    bool ok = handler_put_off(r->store, &f, e);
    buf_free(&message);
    buf_free(&where);
    handler_run_cut(r);
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

static value failure_of(const handler_run *r, const handler_failure *f)
{
    value row = value_map();
    value_add(&row, "handler", value_text(f->handler));
    value_add(&row, "event", value_int(f->seq));
    value_add(&row, "type", value_text(value_get_str(&r->event, "type", "")));
    value_add(&row, "subject", value_text(value_get_str(&r->event, "subject", "")));
    value_add(&row, "attempts", value_int(f->attempts));
    value_add(&row, "parked", value_bool(f->parked));
    value_add(&row, "next_ms", value_int(f->next_ms));
    value_add(&row, "message", value_text(f->message));
    value_add(&row, "where", value_text(f->where));
    return row;
}

/* A failure may quote what it read. Of one who was forgotten meanwhile nothing is kept: it has not
 * failed, and is tried again. */
static bool write_failure(const handler_run *r, handler_failure *f, err *forgotten, err *e)
{
    if (!store_begin(r->store, e))
        return false;
    bool stands = broker_check_read(&r->broker, forgotten);
    if (!stands && forgotten->code != ERR_NOT_ALLOWED) {
        store_rollback(r->store);
        return err_copy(e, forgotten);
    }
    if (!stands) {
        f->attempts = r->tried;
        f->parked = false;
        f->message = forgotten->message;
    }
    f->next_ms = f->parked ? 0 : clock_now_ms() + (stands ? delay_ms(f->attempts) : 0);
    if (handler_fail(r->store, f, e))
        return store_commit(r->store, e);
    store_rollback(r->store);
    return false;
}

static bool keep_failure(const handler_run *r, bool parked, const char *message, const char *where,
                         handler_end *out, err *e)
{
    err forgotten = {0};
    handler_failure f = {.handler = r->c->full,
                         .seq = r->seq,
                         .attempts = r->tried + 1,
                         .parked = parked || r->tried + 1 >= DISPATCH_ATTEMPTS,
                         .message = message,
                         .where = where};
    if (!write_failure(r, &f, &forgotten, e))
        return false;
    out->failed = true;
    out->parked = f.parked;
    out->failure = failure_of(r, &f);
    return true;
}

static bool keep_loop(const handler_run *r, handler_end *out, err *e)
{
    buf where = {0};
    buf_fmt(&where, "%s/%s:%d", r->c->plugin, r->c->file, r->c->line);
    bool ok = keep_failure(r, true, buf_text(&r->loop), buf_text(&where), out, e);
    buf_free(&where);
    return ok;
}

/* false with e->code set: the store; false without: the handler's own doing, *why. */
static bool commit(handler_run *r, err *why, err *e)
{
    bool first = false;
    if (!store_begin(r->store, e))
        return false;
    FAULT_POINT("handler-begun");
    if (!handler_done(r->store, r->c->full, r->seq, &first, e) ||
        (first && !(broker_check_read(&r->broker, why) && broker_commit(&r->broker, r->seq, why) &&
                    broker_tell(&r->broker, why)))) {
        store_rollback(r->store);
        return false;
    }
    FAULT_POINT("handler-written");
    if (!first) {
        store_rollback(r->store); /* another process was faster */
        return true;
    }
    bool ok = store_commit(r->store, e);
    FAULT_POINT("handler-kept");
    return ok;
}

static bool keep(handler_run *r, handler_end *out, err *e)
{
    err why = {0}, broken = {0};
    value answer = value_nil();
    if (r->broken.code != ERR_NONE)
        return err_copy(e, &r->broken);
    if (r->loop.len)
        return keep_loop(r, out, e);
    bool ok = guest_end(r->guest, &answer, &why) && commit(r, &why, &broken);
    value_free(&answer);
    if (broken.code != ERR_NONE)
        return err_copy(e, &broken);
    if (!ok && why.code == ERR_UNAVAILABLE) /* no process, no store: not the handler's doing */
        return err_copy(e, &why);
    return ok || keep_failure(r, false, why.message, why.where, out, e);
}

bool handler_run_keep(handler_run *r, handler_end *out, err *e)
{
    *out = (handler_end){.seq = r->seq, .took_ms = r->took_ms};
    bool ok = keep(r, out, e);
    free_run(r);
    return ok;
}
