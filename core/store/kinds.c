#include "store/kinds.h"

#include <stdlib.h>
#include <string.h>

#include "store/event.h"
#include "store/store_parts.h"

bool kinds_load(store *st, value *out, err *e)
{
    query *q = db_prepare(st->db, "select name, schema from kind order by name", e);
    if (!q)
        return false;
    value kinds = value_list(), kind = value_nil();
    bool ok = true;
    while (ok && query_step(q, e)) {
        const char *text = query_text(q, 1);
        ok = store_read_json(text, query_bytes(q, 1), query_text(q, 0), &kind, e);
        if (ok)
            value_push(&kinds, kind);
    }
    ok = ok && !query_failed(q);
    query_free(q);
    if (ok)
        *out = kinds;
    else
        value_free(&kinds);
    return ok;
}

static const value *find(const value *kinds, const char *name)
{
    for (size_t i = 0; i < value_len(kinds); i++) {
        const value *kind = value_at(kinds, i);
        if (strcmp(value_get_str(kind, "name", ""), name) == 0)
            return kind;
    }
    return NULL;
}

/* {"kinds": [those that are new or changed], "removed": [names]}; true when either holds any. */
static bool difference(const value *before, const value *after, value *out)
{
    value changed = value_list(), removed = value_list();
    for (size_t i = 0; i < value_len(after); i++) {
        const value *kind = value_at(after, i);
        const value *was = find(before, value_get_str(kind, "name", ""));
        if (!was || !value_equal(was, kind))
            value_push(&changed, value_copy(kind));
    }
    for (size_t i = 0; i < value_len(before); i++) {
        const char *name = value_get_str(value_at(before, i), "name", "");
        if (!find(after, name))
            value_push(&removed, value_text(name));
    }
    bool any = value_len(&changed) > 0 || value_len(&removed) > 0;
    *out = value_map();
    value_add(out, "kinds", changed);
    value_add(out, "removed", removed);
    return any;
}

static bool check_kinds(const value *kinds, err *e)
{
    for (size_t i = 0; i < value_len(kinds); i++) {
        const char *name = value_get_str(value_at(kinds, i), "name", NULL);
        if (!name || find(kinds, name) != value_at(kinds, i))
            return err_set(e, ERR_BAD_DATA, "the kind \"%s\" is declared twice", name ? name : "");
    }
    return value_is(kinds, VALUE_LIST) || err_set(e, ERR_BUG, "kinds are a list");
}

static bool write_changes(store *st, const value *changes, err *e)
{
    bool ok = event_append(st, "kinds.changed", "kinds", changes, NULL, e);
    const value *changed = value_get(changes, "kinds"), *removed = value_get(changes, "removed");
    for (size_t i = 0; ok && i < value_len(changed); i++) {
        const value *kind = value_at(changed, i);
        char *schema = store_json(kind);
        const char *const texts[] = {value_get_str(kind, "name", ""),
                                     value_get_str(kind, "plugin", ""), schema};
        ok = store_run(st,
                       "insert into kind (name, plugin, schema) values (?, ?, ?)"
                       " on conflict (name) do update set plugin = excluded.plugin,"
                       " schema = excluded.schema",
                       texts, 3, e);
        free(schema);
    }
    for (size_t i = 0; ok && i < value_len(removed); i++) {
        const char *name = value_str(value_at(removed, i), "");
        ok = store_run(st, "delete from kind where name = ?", &name, 1, e);
    }
    return ok;
}

/* Looks first without the write lock: commands that only read save the same kinds again and again.
 */
bool kinds_save(store *st, const value *kinds, err *e)
{
    value before = value_nil(), changes = value_nil();
    bool begun = false, ok = false;
    if (!check_kinds(kinds, e) || !kinds_load(st, &before, e))
        goto done;
    if (!difference(&before, kinds, &changes)) {
        ok = true;
        goto done;
    }
    value_free(&before);
    value_free(&changes);
    begun = store_begin(st, e);
    if (!begun || !kinds_load(st, &before, e))
        goto done;
    ok = !difference(&before, kinds, &changes) || write_changes(st, &changes, e);
    if (ok) {
        begun = false;
        ok = store_commit(st, e);
    }
done:
    if (begun)
        store_rollback(st);
    value_free(&before);
    value_free(&changes);
    return ok;
}
