#include "store/index.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "store/change.h"
#include "store/kinds.h"
#include "store/past.h"
#include "store/schema_parts.h"
#include "store/search.h"
#include "store/search_parts.h"
#include "store/tables.h"
#include "store/view.h"

/* Of what this file and view.c make; a store made by another is gone over once when it is opened.
 */
static const char GENERATION[] = "2";

static bool tell_item(const value *field, const value *v, index_row_fn *row, void *ctx, err *e)
{
    const char *name = value_get_str(field, "name", "");
    bool ok = true;
    if (value_is(v, VALUE_TEXT) && strcmp(value_get_str(field, "type", ""), "reference") == 0)
        ok = row(ctx, INDEX_REFERENCE, name, v->as.text.bytes, e);
    if (ok && value_get_bool(field, "unique", false)) {
        char *json = store_json(v);
        ok = row(ctx, INDEX_UNIQUE, name, json, e);
        free(json);
    }
    return ok;
}

static bool is_kept(const value *field)
{
    return value_get_bool(field, "unique", false) ||
           strcmp(value_get_str(field, "type", ""), "reference") == 0;
}

bool index_rows(const value *schema, const value *data, index_row_fn *row, void *ctx, err *e)
{
    const value *fields = value_get(schema, "fields");
    bool ok = true;
    for (size_t i = 0; ok && i < value_len(fields); i++) {
        const value *field = value_at(fields, i);
        const value *v = is_kept(field) ? value_get(data, value_get_str(field, "name", "")) : NULL;
        if (v && !value_is(v, VALUE_LIST))
            ok = tell_item(field, v, row, ctx, e);
        for (size_t k = 0; ok && value_is(v, VALUE_LIST) && k < value_len(v); k++)
            ok = tell_item(field, value_at(v, k), row, ctx, e);
    }
    return ok;
}

typedef struct adding {
    store *st;
    const char *id;
} adding;

static bool add_row(void *ctx, index_table table, const char *field, const char *text, err *e)
{
    static const char *const SQL[] = {
        [INDEX_REFERENCE] =
            "insert or ignore into reference (record, field, target) values (?, ?, ?)",
        [INDEX_UNIQUE] =
            "insert or ignore into unique_value (record, field, value) values (?, ?, ?)"};
    const adding *a = ctx;
    const char *const texts[] = {a->id, field, text};
    return store_run(a->st, SQL[table], texts, 3, e);
}

static char *kind_of(const char *id)
{
    return mem_copy(id, strcspn(id, "/"));
}

bool index_write(store *st, const char *id, const value *data, err *e)
{
    const value *schema = NULL;
    char *kind = kind_of(id);
    bool ok = schema_load(st, kind, &schema, e) &&
              store_run(st, "delete from reference where record = ?", &id, 1, e) &&
              store_run(st, "delete from unique_value where record = ?", &id, 1, e) &&
              index_rows(schema, data, add_row, &(adding){st, id}, e) &&
              search_write(st, id, schema, data, e);
    free(kind);
    return ok;
}

/* The other record of this kind that has the value, in *out (owned), NULL when none has. */
static bool find_other(store *st, const char *id, const char *field, const value *v, char **out,
                       err *e)
{
    query *q = db_prepare(st->db,
                          "select record from unique_value where field = ?1 and value = ?2 and"
                          " record >= ?3 and record < ?4 and record <> ?5 limit 1",
                          e);
    if (!q)
        return false;
    size_t len = strcspn(id, "/") + 1;
    char *json = store_json(v), *first = mem_copy(id, len), *end = mem_copy(id, len);
    end[len - 1]++; /* what comes after the slash */
    const char *const texts[] = {field, json, first, end, id};
    for (int i = 0; i < 5; i++)
        query_bind_text(q, i + 1, texts[i]);
    *out = query_step(q, e) ? mem_text(query_text(q, 0)) : NULL;
    bool ok = !query_failed(q);
    query_free(q);
    free(json);
    free(first);
    free(end);
    return ok;
}

static bool check_item(store *st, const char *id, const value *field, const value *v, err *e)
{
    const char *name = value_get_str(field, "name", "");
    char *other = NULL;
    if (!find_other(st, id, name, v, &other, e))
        return false;
    if (!other)
        return true;
    buf got = {0};
    schema_show(field, v, &got);
    err_set(e, ERR_BAD_DATA, "%s: expected a value that no other record has, got %s, which %s has",
            name, buf_text(&got), other);
    err_where(e, "%s", id);
    err_hint(e, "is this the same as %s?", other);
    buf_free(&got);
    free(other);
    return false;
}

bool index_check_unique(store *st, const char *id, const value *changed, err *e)
{
    const value *schema = NULL;
    char *kind = kind_of(id);
    bool ok = schema_load(st, kind, &schema, e);
    free(kind);
    for (size_t i = 0; ok && schema && i < value_len(changed); i++) {
        const value_entry *entry = &changed->as.map.items[i];
        const value *v = &entry->value;
        const value *field = schema_field(schema, entry->key);
        if (value_is(v, VALUE_NIL) || !value_get_bool(field, "unique", false))
            continue;
        if (!value_is(v, VALUE_LIST))
            ok = check_item(st, id, field, v, e);
        for (size_t k = 0; ok && value_is(v, VALUE_LIST) && k < value_len(v); k++)
            ok = check_item(st, id, field, value_at(v, k), e);
    }
    return ok;
}

bool index_kind(store *st, const char *kind, err *e)
{
    query *q =
        db_prepare(st->db, "select id, data, deleted from record where kind = ? order by id", e);
    if (!q)
        return false;
    query_bind_text(q, 1, kind);
    bool ok = true;
    while (ok && query_step(q, e)) {
        const char *id = query_text(q, 0);
        value data = value_nil();
        bool gone = !query_is_null(q, 2);
        ok = (gone || store_read_map(query_text(q, 1), query_bytes(q, 1), id, &data, e)) &&
             index_write(st, id, gone ? NULL : &data, e);
        value_free(&data);
    }
    ok = ok && !query_failed(q);
    query_free(q);
    return ok;
}

static bool read_generation(store *st, bool *newest, err *e)
{
    query *q = db_prepare(st->db, "select value from meta where key = 'index'", e);
    if (!q)
        return false;
    *newest = query_step(q, e) && strcmp(query_text(q, 0), GENERATION) == 0;
    bool ok = !query_failed(q);
    query_free(q);
    return ok;
}

/* Names of the kinds that have records, also deleted ones. */
static bool list_kinds(store *st, value *out, err *e)
{
    query *q = db_prepare(st->db, "select distinct kind from record order by kind", e);
    if (!q)
        return false;
    *out = value_list();
    while (query_step(q, e))
        value_push(out, value_text(query_text(q, 0)));
    bool ok = !query_failed(q);
    query_free(q);
    return ok;
}

static bool make_all(store *st, err *e)
{
    value names = value_nil(), kinds = value_nil();
    const char *generation = GENERATION;
    bool ok = list_kinds(st, &names, e) && kinds_load(st, &kinds, e);
    ok = ok && view_make_all(st, &kinds, e);
    for (size_t i = 0; ok && i < value_len(&names); i++)
        ok = index_kind(st, value_str(value_at(&names, i), ""), e);
    ok = ok && change_regrade(st, e) &&
         store_run(st,
                   "insert into meta (key, value) values ('index', ?)"
                   " on conflict (key) do update set value = excluded.value",
                   &generation, 1, e);
    value_free(&names);
    value_free(&kinds);
    return ok;
}

bool index_open(store *st, err *e)
{
    bool newest = false;
    if (!read_generation(st, &newest, e))
        return false;
    if (newest)
        return true;
    if (!store_begin(st, e))
        return false;
    /* Another process may have been first. */
    if (read_generation(st, &newest, e) && (newest || make_all(st, e)))
        return store_commit(st, e);
    store_rollback(st);
    return false;
}

#define CREATE_SEARCH                                                                              \
    "create virtual table search using fts5"                                                       \
    " (id unindexed, kind unindexed, title, body, tokenize = 'polder')"

/* All of it, for what is damaged can't be told from what is not. */
static bool empty(store *st, err *e)
{
    static const char *const SQL[] = {"delete from reference", "delete from unique_value",
                                      "delete from search_record", "drop table if exists search",
                                      CREATE_SEARCH};
    bool ok = true;
    for (size_t i = 0; ok && i < sizeof SQL / sizeof *SQL; i++)
        ok = store_run(st, SQL[i], NULL, 0, e);
    return ok;
}

bool store_reindex(store *st, err *e)
{
    if (!store_begin(st, e))
        return false;
    if (tables_mend(st->db, e) && kinds_again(st, e) && past_again(st, e) && empty(st, e) &&
        make_all(st, e))
        return store_commit(st, e);
    store_rollback(st);
    return false;
}

bool index_scrub(store *st, err *e)
{
    return store_run(st, "insert into search (search) values ('optimize')", NULL, 0, e);
}
