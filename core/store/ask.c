/* Whoever may refuse a change is asked before it is kept. */
#include <string.h>

#include "store/store_parts.h"

void store_set_check(store *st, store_check_fn *fn, void *ctx)
{
    st->check = fn;
    st->check_ctx = ctx;
}

void store_try_out(store *st, bool on)
{
    st->tries_out = on;
}

static value as_record(const char *id, const value *fields)
{
    if (!value_is(fields, VALUE_MAP))
        return value_nil();
    value record = value_map();
    value_add(&record, "id", value_text(id));
    value_add(&record, "kind", value_bytes(id, strcspn(id, "/")));
    for (size_t i = 0; i < fields->as.map.len; i++)
        value_add(&record, fields->as.map.items[i].key, value_copy(&fields->as.map.items[i].value));
    return record;
}

bool store_ask(store *st, const char *id, const value *before, const value *after,
               const char *source, err *e)
{
    if (!st->check || st->tries_out)
        return true;
    value change = value_map();
    value_add(&change, "id", value_text(id));
    value_add(&change, "kind", value_bytes(id, strcspn(id, "/")));
    value_add(&change, "before", as_record(id, before));
    value_add(&change, "after", as_record(id, after));
    value_add(&change, "source", value_text(source));
    bool ok = st->check(st->check_ctx, &change, e);
    value_free(&change);
    return ok;
}
