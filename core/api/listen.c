/* listen.c: live subscriptions: what the log has that a listener was not told yet. Floor: api. */
#include <stdlib.h>
#include <string.h>

#include "api/polder_in.h"
#include "base/buf.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/text.h"
#include "store/event.h"

enum { EVENTS_AT_ONCE = 256 };

struct polder_subscription {
    polder *polder;
    polder_subscription *next;
    char *type, *kind;   /* glob; kind NULL: all */
    polder_event_fn *fn; /* NULL: it has left, and is freed when nobody walks the list */
    void *ctx;
    int64_t since;
};

static void subscription_free(polder_subscription *s)
{
    free(s->type);
    free(s->kind);
    free(s);
}

static void sweep(polder *p)
{
    polder_subscription **at = &p->listeners;
    while (*at) {
        polder_subscription *s = *at;
        if (s->fn) {
            at = &s->next;
            continue;
        }
        *at = s->next;
        subscription_free(s);
    }
}

/* What a listener is told: the event without its place in the chain, as handlers of plugins are. */
static bool keep(void *ctx, const value *event, err *e)
{
    static const char *const KEPT[] = {"seq", "time", "actor", "type", "subject"};
    const char *subject = value_get_str(event, "subject", "");
    const value *data = value_get(event, "data");
    value mine = value_map();
    (void)e;
    for (size_t i = 0; i < sizeof KEPT / sizeof KEPT[0]; i++)
        value_add(&mine, KEPT[i], value_copy(value_get(event, KEPT[i])));
    if (store_check_id(subject, NULL))
        value_add(&mine, "kind", value_bytes(subject, strcspn(subject, "/")));
    value_add(&mine, "data", value_is(data, VALUE_MAP) ? value_copy(data) : value_map());
    value_push(ctx, mine);
    return true;
}

static bool wants(const polder_subscription *s, const value *event)
{
    return s->fn && value_get_int(event, "seq", 0) > s->since &&
           text_glob(s->type, value_get_str(event, "type", "")) &&
           (!s->kind || strcmp(s->kind, value_get_str(event, "kind", "")) == 0);
}

static void tell(polder *p, const value *event)
{
    buf text = {0};
    json_write(&text, event);
    for (polder_subscription *s = p->listeners; s; s = s->next)
        if (wants(s, event))
            s->fn(s->ctx, buf_text(&text), text.len);
    buf_free(&text);
}

/* Events are read first and told then, so that no statement is open while the program writes. */
bool listen_deliver(polder *p, bool *more, err *e)
{
    *more = p->delivering;
    if (!p->listeners || p->delivering)
        return true;
    value events = value_list();
    const event_filter f = {.since = p->seen, .limit = EVENTS_AT_ONCE};
    bool ok = event_each(p->store, &f, keep, &events, e);
    p->delivering = true;
    for (size_t i = 0; ok && i < value_len(&events); i++) {
        p->seen = value_get_int(value_at(&events, i), "seq", p->seen);
        tell(p, value_at(&events, i));
    }
    p->delivering = false;
    sweep(p);
    *more = value_len(&events) == EVENTS_AT_ONCE;
    value_free(&events);
    return ok;
}

bool polder_poll(polder *p, bool *more, polder_error *error)
{
    err *e = api_fresh(error);
    bool left = false;
    if (!api_may_act(p, e) || !listen_deliver(p, &left, e))
        return false;
    if (more)
        *more = left;
    return true;
}

polder_subscription *polder_subscribe(polder *p, const char *type, const char *kind,
                                      polder_event_fn *fn, void *ctx, polder_error *error)
{
    err *e = api_fresh(error);
    int64_t head = 0;
    if (!fn)
        err_set(e, ERR_USAGE, "a subscription needs a function to call");
    if (!fn || !api_may_act(p, e) || !event_head(p->store, &head, e))
        return NULL;
    polder_subscription *s = mem_zero(1, sizeof *s), **at = &p->listeners;
    *s = (polder_subscription){.polder = p,
                               .type = mem_text(type ? type : "*"),
                               .kind = kind ? mem_text(kind) : NULL,
                               .fn = fn,
                               .ctx = ctx,
                               .since = head};
    if (!p->listeners)
        p->seen = head;
    while (*at)
        at = &(*at)->next;
    *at = s;
    return s;
}

void polder_unsubscribe(polder_subscription *s)
{
    if (!s)
        return;
    s->fn = NULL;
    if (!s->polder->delivering)
        sweep(s->polder);
}

void listen_free(polder *p)
{
    for (polder_subscription *s = p->listeners; s; s = s->next)
        s->fn = NULL;
    sweep(p);
}
