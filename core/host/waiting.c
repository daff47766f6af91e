#include "host/waiting.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "host/dispatch.h"
#include "host/dispatch_order.h"
#include "host/reactions.h"
#include "store/event.h"
#include "store/handler.h"

/* One handler, registered or silent. */
typedef struct waiter {
    contribution c;
    const plugin *plugin;
    int64_t cursor, count, first;
    char since[CLOCK_TIME_TEXT];
    value failure; /* nil, or what is to be tried again: of those that hold it up, else the first */
} waiter;

typedef struct waiters {
    host *host;
    store *store;
    waiter *items;
    size_t len;
    value silent; /* owns the specs of some */
} waiters;

static void add_registered(waiters *w)
{
    const registry *r = host_registry(w->host);
    for (size_t i = 0; i < registry_len(r); i++)
        if (strcmp(registry_at(r, i)->type, "handler") == 0)
            w->items[w->len++].c = *registry_at(r, i);
}

static void add_silent(waiters *w)
{
    for (size_t i = 0; i < value_len(&w->silent); i++) {
        const value_entry *known = &w->silent.as.map.items[i];
        w->items[w->len++].c = (contribution){.type = "handler",
                                              .full = known->key,
                                              .file = value_get_str(&known->value, "file", ""),
                                              .line = (int)value_get_int(&known->value, "line", 0),
                                              .spec = &known->value};
    }
}

static int by_name(const void *a, const void *b)
{
    return strcmp(((const waiter *)a)->c.full, ((const waiter *)b)->c.full);
}

static void find_plugins(waiters *w)
{
    for (size_t i = 0; i < w->len; i++) {
        const char *full = w->items[i].c.full;
        char *name = mem_copy(full, strcspn(full, "/"));
        w->items[i].plugin = plugin_find(host_plugins(w->host), name, NULL);
        free(name);
    }
}

/* One that was never seen begins behind the newest event: nothing waits for it. */
static bool find_places(waiters *w, err *e)
{
    int64_t head = 0;
    bool ok = event_head(w->store, &head, e), found = false;
    for (size_t i = 0; ok && i < w->len; i++) {
        waiter *one = &w->items[i];
        ok = handler_at(w->store, one->c.full, &one->cursor, &found, e);
        one->cursor = found ? one->cursor : head;
    }
    return ok;
}

static void count(waiter *one, const value *event)
{
    int64_t seq = value_get_int(event, "seq", 0);
    one->count++;
    if (one->first && one->first <= seq)
        return;
    one->first = seq;
    snprintf(one->since, sizeof one->since, "%s", value_get_str(event, "time", ""));
}

static bool offer(void *ctx, const value *event, err *e)
{
    waiters *w = ctx;
    const char *subject = value_get_str(event, "subject", "");
    value mine = value_copy(event);
    (void)e;
    if (store_check_id(subject, NULL))
        value_add(&mine, "kind", value_bytes(subject, strcspn(subject, "/")));
    for (size_t i = 0; i < w->len; i++) {
        waiter *one = &w->items[i];
        if (value_get_int(event, "seq", 0) > one->cursor &&
            dispatch_wants(&one->c, one->plugin, &mine))
            count(one, event);
    }
    value_free(&mine);
    return true;
}

static bool count_events(waiters *w, err *e)
{
    event_filter f = {.since = INT64_MAX, .limit = -1, .brief = true};
    for (size_t i = 0; i < w->len; i++)
        if (w->items[i].cursor < f.since)
            f.since = w->items[i].cursor;
    return w->len == 0 || event_each(w->store, &f, offer, w, e);
}

static bool count_one(void *ctx, const value *event, err *e)
{
    (void)e;
    count(ctx, event);
    return true;
}

/* What waits before the cursor was parked, and somebody asked for another try. */
static bool count_failure(waiters *w, waiter *one, const value *failure, err *e)
{
    int64_t seq = value_get_int(failure, "event", 0);
    const event_filter f = {.since = seq - 1, .limit = 1, .brief = true};
    if (seq <= one->cursor && !event_each(w->store, &f, count_one, one, e))
        return false;
    if (value_is(&one->failure, VALUE_NIL) || seq > one->cursor) {
        value_free(&one->failure);
        one->failure = value_copy(failure);
    }
    return true;
}

static bool count_failures(waiters *w, err *e)
{
    bool ok = true;
    for (size_t i = 0; ok && i < w->len; i++) {
        value failures = value_nil();
        ok = handler_waiting(w->store, w->items[i].c.full, &failures, e);
        for (size_t f = 0; ok && f < value_len(&failures); f++)
            ok = count_failure(w, &w->items[i], value_at(&failures, f), e);
        value_free(&failures);
    }
    return ok;
}

static void add_failure(const value *failure, value *row)
{
    char next[CLOCK_TIME_TEXT];
    clock_time_text(value_get_int(failure, "next_ms", 0), next);
    value_add(row, "attempts", value_copy(value_get(failure, "attempts")));
    value_add(row, "next", value_text(next));
    value_add(row, "error", value_copy(value_get(failure, "message")));
    value_add(row, "where", value_copy(value_get(failure, "where")));
}

static void add_state(const waiter *one, value *row)
{
    const plugin *p = one->plugin;
    if (p->state != PLUGIN_ENABLED) {
        value_add(row, "state", value_text(plugin_state_name(p->state)));
        value_add(row, "error", value_text(p->error.message));
        if (p->error.where[0])
            value_add(row, "where", value_text(p->error.where));
    } else if (!dispatch_is_due(value_get_int(&one->failure, "next_ms", 0))) {
        value_add(row, "state", value_text("retry"));
        add_failure(&one->failure, row);
    } else {
        value_add(row, "state", value_text("due"));
    }
}

static value row_of(const waiter *one)
{
    value row = value_map();
    value_add(&row, "handler", value_text(one->c.full));
    value_add(&row, "plugin", value_text(one->plugin->name));
    value_add(&row, "file", value_text(one->c.file));
    value_add(&row, "line", value_int(one->c.line));
    value_add(&row, "event", value_text(value_get_str(one->c.spec, "event", "")));
    if (value_get(one->c.spec, "kind"))
        value_add(&row, "kind", value_copy(value_get(one->c.spec, "kind")));
    value_add(&row, "cursor", value_int(one->cursor));
    value_add(&row, "waiting", value_int(one->count));
    value_add(&row, "first", value_int(one->first));
    value_add(&row, "since", value_text(one->since));
    add_state(one, &row);
    return row;
}

static void waiters_free(waiters *w)
{
    for (size_t i = 0; i < w->len; i++)
        value_free(&w->items[i].failure);
    free(w->items);
    value_free(&w->silent);
}

static bool look(waiters *w, err *e)
{
    w->store = workspace_store(host_workspace(w->host), e);
    if (!w->store || !reactions_silent(w->host, &w->silent, e))
        return false;
    w->items = mem_zero(registry_len(host_registry(w->host)) + value_len(&w->silent) + 1,
                        sizeof *w->items);
    add_registered(w);
    add_silent(w);
    qsort(w->items, w->len, sizeof *w->items, by_name);
    find_plugins(w);
    return find_places(w, e) && count_events(w, e) && count_failures(w, e);
}

bool waiting_list(host *h, value *out, err *e)
{
    waiters w = {.host = h};
    bool ok = look(&w, e);
    if (ok)
        *out = value_list();
    for (size_t i = 0; ok && i < w.len; i++)
        if (w.items[i].count > 0)
            value_push(out, row_of(&w.items[i]));
    waiters_free(&w);
    return ok;
}
