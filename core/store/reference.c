#include "store/reference.h"

/* Rows of (record, field, target), of which the first `most` go into *out; with `fields`, a map,
 * those of its fields only. */
static bool take(query *q, const value *fields, int64_t most, int64_t *count, value *out, err *e)
{
    *out = value_list();
    *count = 0;
    while (query_step(q, e)) {
        if ((fields && !value_get(fields, query_text(q, 1))) || ++*count > most)
            continue;
        value *row = value_push(out, value_map());
        value_add(row, "record", value_text(query_text(q, 0)));
        value_add(row, "field", value_text(query_text(q, 1)));
        value_add(row, "target", value_text(query_text(q, 2)));
    }
    bool ok = !query_failed(q);
    query_free(q);
    if (!ok)
        value_free(out);
    return ok;
}

bool reference_missing(store *st, int64_t since, int64_t most, int64_t *count, value *out, err *e)
{
    query *q = db_prepare(store_db(st),
                          "select x.record, x.field, x.target from reference x"
                          " join record r on r.id = x.record where r.changed > ? and not exists"
                          " (select 1 from record t where t.id = x.target and t.deleted is null)"
                          " order by x.record, x.field, x.target",
                          e);
    if (!q)
        return false;
    query_bind_int64(q, 1, since);
    return take(q, NULL, most, count, out, e);
}

bool reference_missing_of(store *st, const char *record, const value *fields, int64_t most,
                          int64_t *count, value *out, err *e)
{
    query *q = db_prepare(store_db(st),
                          "select record, field, target from reference x where record = ? and not"
                          " exists (select 1 from record t where t.id = x.target"
                          " and t.deleted is null) order by field, target",
                          e);
    if (!q)
        return false;
    query_bind_text(q, 1, record);
    return take(q, fields, most, count, out, e);
}

bool reference_to(store *st, const char *target, int64_t most, int64_t *count, value *out, err *e)
{
    query *q = db_prepare(store_db(st),
                          "select x.record, x.field, x.target from reference x"
                          " join record r on r.id = x.record and r.deleted is null"
                          " where x.target = ?1 and x.record <> ?1 order by x.record, x.field",
                          e);
    if (!q)
        return false;
    query_bind_text(q, 1, target);
    return take(q, NULL, most, count, out, e);
}
