#include "host/checks.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "host/broker.h"
#include "host/guest.h"
#include "host/host_in.h"

enum { REASON_BYTES = 400 };

static bool refuse(const contribution *c, const char *id, const value *answer, err *e)
{
    const value *said = value_get(answer, "reason");
    buf reason = {0};
    text_escape(&reason, value_str(said, ""), value_len(said), REASON_BYTES);
    err_set(e, ERR_NOT_ALLOWED, "the check %s refuses this%s%s", c->full, reason.len ? ": " : "",
            buf_text(&reason));
    buf_free(&reason);
    return err_where(e, "%s", id);
}

/* Safe side: what can't be checked is not kept. */
static bool refuse_failed(const contribution *c, const char *id, const err *why, err *e)
{
    err_set(e, ERR_NOT_ALLOWED, "the check %s failed, so this is not kept: %s%s%s%s", c->full,
            why->message, *why->where ? " (" : "", why->where, *why->where ? ")" : "");
    err_where(e, "%s", id);
    return err_hint(e, "mend the plugin, or disable it in polder.lua: disabled = { \"%s\" }",
                    c->plugin);
}

/* Its plugin worked at the last change, and doesn't now. */
static bool refuse_missing(const host *h, const char *check, const value *change, err *e)
{
    char *name = mem_copy(check, strcspn(check, "/"));
    const plugin *p = plugin_find(&h->plugins, name, e);
    if (p) {
        err_set(e, ERR_NOT_ALLOWED, "the check %s can't be asked, so this is not kept: %s", check,
                p->error.message);
        err_where(e, "%s", value_get_str(change, "id", ""));
        err_hint(e, "mend the plugin, or disable it in polder.lua: disabled = { \"%s\" }", name);
    }
    free(name);
    return false;
}

static bool ask(host *h, const contribution *c, const value *change, err *e)
{
    const plugin *p = plugin_find(&h->plugins, c->plugin, e);
    const char *id = value_get_str(change, "id", "");
    value answer = value_nil();
    err why = {0};
    if (!p)
        return false;
    broker b = {.store = h->checked, .plugin = p};
    guest *g = guest_of(h, p);
    if (!guest_ask(g, "check", c->name, change, 0, broker_serve, &b, &answer, &why))
        return refuse_failed(c, id, &why, e);
    bool ok = value_get_bool(&answer, "allowed", false) || refuse(c, id, &answer, e);
    value_free(&answer);
    return ok;
}

bool checks_ask(host *h, const value *change, err *e)
{
    const char *kind = value_get_str(change, "kind", "");
    for (size_t i = 0; i < value_len(&h->missing); i++)
        if (strcmp(value_str(&h->missing.as.map.items[i].value, ""), kind) == 0)
            return refuse_missing(h, h->missing.as.map.items[i].key, change, e);
    for (size_t i = 0; i < registry_len(h->registry); i++) {
        const contribution *c = registry_at(h->registry, i);
        if (strcmp(c->type, "check") == 0 &&
            strcmp(value_get_str(c->spec, "kind", ""), kind) == 0 && !ask(h, c, change, e))
            return false;
    }
    return true;
}

static bool on_change(void *ctx, const value *change, err *e)
{
    return checks_ask(ctx, change, e);
}

bool checks_attach(host *h, err *e)
{
    h->checked = workspace_store(h->ws, e);
    if (h->checked)
        store_set_check(h->checked, on_change, h);
    return h->checked != NULL;
}
