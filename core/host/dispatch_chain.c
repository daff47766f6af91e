#include "host/dispatch_chain.h"

#include <string.h>

#include "store/event.h"

/* A loop that was tried again grows from where it was parked. */
enum { CHAIN_TOLD = 4 * DISPATCH_CHAIN };

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

bool dispatch_events(store *st, int64_t since, int64_t limit, value *out, err *e)
{
    const event_filter f = {.since = since, .limit = limit};
    *out = value_list();
    if (event_each(st, &f, add_event, out, e))
        return true;
    value_free(out);
    return false;
}

/* "41 ship.seen ship/a by alpha/see"; events of before there were names have the plugin's. */
static const char *maker_of(const value *event)
{
    const value *data = value_get(event, "data");
    return value_get_str(value_get(data, "cause") ? data : NULL, "handler",
                         value_get_str(event, "actor", ""));
}

static void add_link(buf *out, const value *event)
{
    buf_fmt(out, "%lld %s %s by %s", (long long)value_get_int(event, "seq", 0),
            value_get_str(event, "type", ""), value_get_str(event, "subject", ""), maker_of(event));
}

typedef struct chain {
    buf text;
    int len, own; /* handlers in it, and how often the one that is to get the event */
} chain;

/* The events that led to this one, newest first, each with the handler that made it because of the
 * one before, to what no handler made. */
static bool read_chain(store *st, const value *event, const char *handler, chain *out, err *e)
{
    value at = value_copy(event), list = value_nil();
    bool ok = true;
    for (out->len = 0; ok && out->len <= CHAIN_TOLD; out->len++) {
        int64_t cause = value_get_int(value_get(&at, "data"), "cause", 0);
        buf_str(&out->text, out->len ? " < " : "");
        add_link(&out->text, &at);
        out->own += strcmp(maker_of(&at), handler) == 0;
        if (cause <= 0)
            break;
        ok = dispatch_events(st, cause - 1, 1, &list, e);
        value_free(&at);
        at = value_copy(value_at(&list, 0));
        value_free(&list);
    }
    value_free(&at);
    return ok;
}

bool dispatch_check_chain(store *st, const value *event, const char *handler, buf *loop, err *e)
{
    chain c = {0};
    if (!value_get(value_get(event, "data"), "cause"))
        return true;
    bool ok = read_chain(st, event, handler, &c, e);
    if (ok && (c.len > DISPATCH_CHAIN || c.own > DISPATCH_OWN))
        buf_fmt(loop, "handlers wake each other in a loop, %d in a row: %s", c.len,
                buf_text(&c.text));
    buf_free(&c.text);
    return ok;
}
