#include "host/declared.h"

#include <string.h>

#include "base/log.h"
#include "host/host_in.h"
#include "store/kinds.h"

value declared_kinds(const host *h)
{
    value kinds = value_list();
    for (size_t i = 0; i < registry_len(h->registry); i++) {
        const contribution *c = registry_at(h->registry, i);
        if (strcmp(c->type, "kind") != 0)
            continue;
        value *kind = value_push(&kinds, value_copy(c->spec));
        value_set(kind, "name", value_text(c->name));
        value_set(kind, "plugin", value_text(c->plugin));
    }
    return kinds;
}

static bool holds(const value *kinds, const char *name)
{
    for (size_t i = 0; i < value_len(kinds); i++)
        if (strcmp(value_get_str(value_at(kinds, i), "name", ""), name) == 0)
            return true;
    return false;
}

static bool any_failed(const plugin_list *plugins)
{
    for (size_t i = 0; i < plugins->len; i++)
        if (plugins->items[i].state == PLUGIN_FAILED)
            return true;
    return false;
}

/* A plugin that failed keeps the kinds that the store knows from it: their records are still there.
 */
static bool keep_failed(const host *h, store *st, value *kinds, err *e)
{
    value known = value_nil();
    if (!any_failed(&h->plugins))
        return true;
    if (!kinds_load(st, &known, e))
        return false;
    for (size_t i = 0; i < value_len(&known); i++) {
        const value *kind = value_at(&known, i);
        const plugin *p = plugin_find(&h->plugins, value_get_str(kind, "plugin", ""), NULL);
        if (p && p->state == PLUGIN_FAILED && !holds(kinds, value_get_str(kind, "name", "")))
            value_push(kinds, value_copy(kind));
    }
    value_free(&known);
    return true;
}

/* `busy` NULL: waits. */
static bool save(host *h, bool *busy, err *e)
{
    value kinds = declared_kinds(h);
    store *st = workspace_store(h->ws, e);
    bool ok = st && keep_failed(h, st, &kinds, e) &&
              (busy ? kinds_save_at_once(st, &kinds, busy, e) : kinds_save(st, &kinds, e));
    value_free(&kinds);
    return ok;
}

static void warn(const err *why)
{
    log_line(LOG_WARN, "%s%s%s", why->message, *why->hint ? "; " : "", why->hint);
}

void declared_offer(host *h)
{
    err why = {0};
    h->unsaved = false;
    if (!h->safe && !save(h, &h->unsaved, &why))
        warn(&why);
}

bool declared_save(host *h, err *e)
{
    err why = {0};
    if (!h->unsaved)
        return true;
    if (!save(h, NULL, &why)) {
        if (why.code != ERR_BAD_DATA) /* else records stand in the way of one, and all others are */
            return err_copy(e, &why);
        warn(&why);
    }
    h->unsaved = false;
    return true;
}

bool declared_known(host *h, value *out, err *e)
{
    store *st = workspace_store(h->ws, e);
    if (!st || !kinds_load(st, out, e))
        return false;
    value kinds = h->unsaved ? declared_kinds(h) : value_list();
    for (size_t i = 0; i < value_len(&kinds); i++)
        if (!holds(out, value_get_str(value_at(&kinds, i), "name", "")))
            value_push(out, value_copy(value_at(&kinds, i)));
    value_free(&kinds);
    return true;
}
