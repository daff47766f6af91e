#include "store/kinds.h"

#include <stdlib.h>
#include <string.h>

#include "store/event.h"
#include "store/index.h"
#include "store/kinds_fit.h"
#include "store/kinds_migrate.h"
#include "store/kinds_refused.h"
#include "store/store_parts.h"
#include "store/view.h"

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

/* Those of `kinds` that can be saved, each other one as it was before. *refused is about the first
 * of those; `e` only about the store. */
static bool accept(store *st, const value *before, const value *kinds, value *out, err *refused,
                   err *e)
{
    *out = value_list();
    for (size_t i = 0; i < value_len(kinds); i++) {
        const value *kind = value_at(kinds, i);
        const value *was = find(before, value_get_str(kind, "name", ""));
        err why = {0};
        bool same = was && value_equal(was, kind), known = false;
        if (!same && !kinds_refused(st, was, kind, &known, &why, e))
            return false;
        bool fits = !known && (same || (view_is_free(st, value_get_str(kind, "name", ""), &why) &&
                                        kinds_fit(st, was, kind, &why)));
        if (fits) {
            value_push(out, value_copy(kind));
            continue;
        }
        if (why.code != ERR_BAD_DATA)
            return err_copy(e, &why);
        if (!known)
            kinds_refuse(st, was, kind, &why);
        if (was)
            value_push(out, value_copy(was));
        if (refused->code == ERR_NONE)
            *refused = why;
    }
    return true;
}

/* Views, and what is found by the fields' types. */
static bool follow_changes(store *st, const value *changes, err *e)
{
    const value *changed = value_get(changes, "kinds"), *removed = value_get(changes, "removed");
    bool ok = true;
    schema_forget(st);
    for (size_t i = 0; ok && i < value_len(changed); i++)
        ok = view_make(st, value_at(changed, i), e) &&
             index_kind(st, value_get_str(value_at(changed, i), "name", ""), e);
    for (size_t i = 0; ok && i < value_len(removed); i++)
        ok = view_drop(st, value_str(value_at(removed, i), ""), e) &&
             index_kind(st, value_str(value_at(removed, i), ""), e);
    return ok;
}

/* Before views and indexes follow, which are of the values as they are then. */
static bool migrate_records(store *st, const value *before, const value *changed, err *e)
{
    bool ok = true;
    for (size_t i = 0; ok && i < value_len(changed); i++) {
        const value *kind = value_at(changed, i);
        const char *name = value_get_str(kind, "name", "");
        ok = kinds_migrate(st, find(before, name), kind, e) && kinds_refused_drop(st, name, e);
    }
    return ok;
}

static bool write_kind(store *st, const value *kind, err *e)
{
    char *schema = store_json(kind);
    const char *const texts[] = {value_get_str(kind, "name", ""), value_get_str(kind, "plugin", ""),
                                 schema};
    bool ok = store_run(st,
                        "insert into kind (name, plugin, schema) values (?, ?, ?)"
                        " on conflict (name) do update set plugin = excluded.plugin,"
                        " schema = excluded.schema",
                        texts, 3, e);
    free(schema);
    return ok;
}

static bool write_changes(store *st, const value *changes, err *e)
{
    value before = value_nil();
    bool ok =
        kinds_load(st, &before, e) && event_append(st, "kinds.changed", "kinds", changes, NULL, e);
    const value *changed = value_get(changes, "kinds"), *removed = value_get(changes, "removed");
    for (size_t i = 0; ok && i < value_len(changed); i++)
        ok = write_kind(st, value_at(changed, i), e);
    for (size_t i = 0; ok && i < value_len(removed); i++) {
        const char *name = value_str(value_at(removed, i), "");
        ok = store_run(st, "delete from kind where name = ?", &name, 1, e);
    }
    schema_forget(st);
    ok = ok && migrate_records(st, &before, changed, e) && follow_changes(st, changes, e);
    value_free(&before);
    return ok;
}

/* What is to be written now; *any: there is something. */
static bool compare(store *st, const value *kinds, value *changes, bool *any, err *refused, err *e)
{
    value before = value_nil(), accepted = value_nil();
    value_free(changes);
    *refused = (err){0};
    bool ok = kinds_load(st, &before, e) && accept(st, &before, kinds, &accepted, refused, e);
    if (ok)
        *any = difference(&before, &accepted, changes);
    value_free(&before);
    value_free(&accepted);
    return ok;
}

/* Whether each is written as it would be written now: the same text is the same kind. */
static bool are_saved(store *st, const value *kinds, bool *out, err *e)
{
    query *q = db_prepare(st->db, "select name, schema from kind", e);
    if (!q)
        return false;
    size_t count = 0;
    *out = true;
    while (*out && query_step(q, e)) {
        const value *kind = find(kinds, query_text(q, 0));
        char *schema = kind ? store_json(kind) : NULL;
        *out =
            schema && strlen(schema) == query_bytes(q, 1) && strcmp(schema, query_text(q, 1)) == 0;
        count++;
        free(schema);
    }
    bool ok = !query_failed(q);
    *out = *out && count == value_len(kinds);
    query_free(q);
    return ok;
}

/* Looks first without the write lock: commands that only read save the same kinds again and again.
 * `busy` NULL: waits for the lock. */
static bool save(store *st, const value *kinds, bool *busy, err *e)
{
    value changes = value_nil();
    err refused = {0};
    bool any = false, ok = false, saved = false;
    if (!check_kinds(kinds, e) || !are_saved(st, kinds, &saved, e))
        goto done;
    if (saved)
        return true;
    if (!compare(st, kinds, &changes, &any, &refused, e))
        goto done;
    ok = true;
    if (any && (ok = busy ? store_begin_at_once(st, busy, e) : store_begin(st, e))) {
        ok = compare(st, kinds, &changes, &any, &refused, e) &&
             (!any || write_changes(st, &changes, e));
        if (ok)
            ok = store_commit(st, e);
        else
            store_rollback(st);
    }
    ok = ok || (busy && *busy);
    if (ok && refused.code != ERR_NONE)
        ok = err_copy(e, &refused);
done:
    value_free(&changes);
    return ok;
}

bool kinds_save(store *st, const value *kinds, err *e)
{
    return save(st, kinds, NULL, e);
}

bool kinds_save_at_once(store *st, const value *kinds, bool *busy, err *e)
{
    *busy = false;
    return save(st, kinds, busy, e);
}

bool kinds_told(store *st, value *out, err *e)
{
    query *q =
        db_prepare(st->db, "select data from event where type = 'kinds.changed' order by seq", e);
    if (!q)
        return false;
    bool ok = true;
    *out = value_map();
    while (ok && query_step(q, e)) {
        value data = value_nil();
        ok = store_read_map(query_text(q, 0), query_bytes(q, 0), "kinds", &data, e);
        const value *changed = value_get(&data, "kinds"), *removed = value_get(&data, "removed");
        for (size_t i = 0; i < value_len(changed); i++)
            value_set(out, value_get_str(value_at(changed, i), "name", ""),
                      value_copy(value_at(changed, i)));
        for (size_t i = 0; i < value_len(removed); i++)
            value_drop(out, value_str(value_at(removed, i), ""));
        value_free(&data);
    }
    ok = ok && !query_failed(q);
    query_free(q);
    return ok;
}

bool kinds_again(store *st, err *e)
{
    value kinds = value_nil();
    schema_forget(st);
    bool ok = kinds_told(st, &kinds, e) && store_run(st, "delete from kind", NULL, 0, e);
    for (size_t i = 0; ok && i < value_len(&kinds); i++)
        ok = write_kind(st, &kinds.as.map.items[i].value, e);
    value_free(&kinds);
    return ok;
}
