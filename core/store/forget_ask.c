/* What was erased is not taken again; and what else there is of whom it was about. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "store/forget_parts.h"
#include "store/schema.h"

/* Of a record's fields, the first that forgetting it would erase; NULL when its kind marks none as
 * personal or all of those are empty. Borrowed. */
static const char *would_erase(const value *schema, const value *data)
{
    const value *fields = value_get(schema, "fields");
    bool marks = false;
    for (size_t i = 0; !marks && i < value_len(fields); i++)
        marks = value_get_bool(value_at(fields, i), "personal", false);
    for (size_t i = 0; marks && i < value_len(data); i++) {
        const char *name = data->as.map.items[i].key;
        const value *field = schema_field(schema, name);
        if (schema_has(data, name) && (!field || value_get_bool(field, "personal", false)))
            return name;
    }
    return NULL;
}

static bool note_related(store *st, query *q, value *out, err *e)
{
    const char *id = query_text(q, 0);
    const value *schema = NULL, *last = value_at(out, value_len(out) - 1);
    value data = value_nil();
    if (value_len(out) && strcmp(value_get_str(last, "id", ""), id) == 0)
        return true; /* it points there by two fields */
    char *kind = mem_copy(id, strcspn(id, "/"));
    bool ok = schema_load(st, kind, &schema, e) &&
              store_read_map(query_text(q, 2), query_bytes(q, 2), id, &data, e);
    if (ok && would_erase(schema, &data)) {
        value *row = value_push(out, value_map());
        value_add(row, "id", value_text(id));
        value_add(row, "by", value_text(query_text(q, 1)));
    }
    free(kind);
    value_free(&data);
    return ok;
}

/* Only of a record that stands for somebody: a kind without personal fields is of things. */
bool forget_related(store *st, const forgetting *f, value *out, err *e)
{
    query *q = db_prepare(st->db,
                          "select x.record, x.field, r.data from reference x"
                          " join record r on r.id = x.record and r.deleted is null"
                          " where x.target = ?1 and x.record <> ?1 order by x.record, x.field",
                          e);
    if (!q)
        return false;
    query_bind_text(q, 1, f->id);
    bool ok = true;
    while (ok && !f->whole && query_step(q, e))
        ok = note_related(st, q, out, e);
    ok = ok && !query_failed(q);
    query_free(q);
    return ok;
}

bool forget_list_before(store *st, forgetting *f, err *e)
{
    query *q = db_prepare(
        st->db,
        "select distinct r.id from event v, json_each(v.data, '$.others') o"
        " join record r on r.id = o.value and r.deleted is null"
        " where v.subject = ?1 and v.type = 'record.forgotten' and r.id <> ?1 order by r.id",
        e);
    if (!q)
        return false;
    query_bind_text(q, 1, f->id);
    while (query_step(q, e))
        value_push(&f->before, value_text(query_text(q, 0)));
    bool ok = !query_failed(q);
    query_free(q);
    return ok;
}

bool forget_check(store *st, const char *id, const value *fields, err *e)
{
    query *q = db_prepare(st->db,
                          "select f.field, f.event, substr(v.time, 1, 10) from forgotten f"
                          " join event v on v.seq = f.event where f.record = ? order by f.field",
                          e);
    if (!q)
        return false;
    bool ok = true;
    query_bind_text(q, 1, id);
    while (ok && query_step(q, e)) {
        const char *field = query_text(q, 0);
        bool whole = strcmp(field, "*") == 0;
        const value *v = value_get(fields, field);
        if (!whole && (!v || value_is(v, VALUE_NIL)))
            continue;
        ok = err_set(e, ERR_NOT_ALLOWED, "%s%swas erased on %s (event %lld) and is not taken again",
                     whole ? "this record " : field, whole ? "" : " ", query_text(q, 2),
                     (long long)query_int64(q, 1));
        err_where(e, "%s", id);
        err_hint(e, "who wants to be known again gets a new id");
    }
    ok = ok && !query_failed(q);
    query_free(q);
    return ok;
}

bool forget_check_read(store *st, int64_t from, err *e)
{
    if (from == 0)
        return true;
    query *q = db_prepare(st->db,
                          "select subject from event where seq >= ? and type = 'record.forgotten'"
                          " order by seq desc limit 1",
                          e);
    if (!q)
        return false;
    query_bind_int64(q, 1, from);
    bool found = query_step(q, e), ok = !found && !query_failed(q);
    if (found) {
        err_set(e, ERR_NOT_ALLOWED, "%s was forgotten meanwhile, and may be in what was read",
                query_text(q, 0));
        err_where(e, "%s", query_text(q, 0));
        err_hint(e, "ask again");
    }
    query_free(q);
    return ok;
}

bool forget_since(store *st, const char *kind, int64_t seq, value *ids, err *e)
{
    query *q =
        db_prepare(st->db,
                   "select distinct f.record from forgotten f join record r on r.id = f.record"
                   " where r.kind = ? and f.event > ? order by f.record",
                   e);
    if (!q)
        return false;
    *ids = value_list();
    query_bind_text(q, 1, kind);
    query_bind_int64(q, 2, seq);
    while (query_step(q, e))
        value_push(ids, value_text(query_text(q, 0)));
    bool ok = !query_failed(q);
    query_free(q);
    return ok;
}

bool forget_newest(store *st, const char *kind, int64_t *seq, err *e)
{
    query *q = db_prepare(st->db,
                          "select coalesce(max(f.event), 0) from forgotten f"
                          " cross join record r on r.id = f.record where r.kind = ?",
                          e);
    if (!q)
        return false;
    query_bind_text(q, 1, kind);
    bool ok = query_step(q, e);
    if (ok)
        *seq = query_int64(q, 0);
    query_free(q);
    return ok;
}
