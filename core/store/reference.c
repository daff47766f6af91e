#include "store/reference.h"

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
    *out = value_list();
    for (*count = 0; query_step(q, e); ++*count) {
        if (*count >= most)
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
