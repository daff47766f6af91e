#include "store/schema.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "store/schema_parts.h"
#include "store/store_parts.h"

/* A kind as it was read from the table. */
struct known_kind {
    char *name;
    value schema; /* nil: not declared */
    known_kind *next;
};

void schema_forget(store *st)
{
    while (st->known) {
        known_kind *gone = st->known;
        st->known = gone->next;
        free(gone->name);
        value_free(&gone->schema);
        free(gone);
    }
}

/* Another process may have changed the kinds. Within a transaction nobody can. */
static bool notice_others(store *st, err *e)
{
    query *q = db_prepare(st->db, "pragma data_version", e);
    bool ok = q && query_step(q, e);
    int64_t version = ok ? query_int64(q, 0) : 0;
    query_free(q);
    if (ok && version != st->known_at)
        schema_forget(st);
    st->known_at = version;
    return ok;
}

static bool read_kind(store *st, const char *kind, value *out, err *e)
{
    return store_read_named(st, "select schema from kind where name = ?", kind, out, e);
}

bool schema_load(store *st, const char *kind, const value **out, err *e)
{
    if (!notice_others(st, e))
        return false;
    known_kind *k = st->known;
    while (k && strcmp(k->name, kind) != 0)
        k = k->next;
    if (!k) {
        value schema = value_nil();
        if (!read_kind(st, kind, &schema, e))
            return false;
        k = mem_zero(1, sizeof *k);
        *k = (known_kind){mem_text(kind), schema, st->known};
        st->known = k;
    }
    *out = value_is(&k->schema, VALUE_MAP) ? &k->schema : NULL;
    return true;
}

const value *schema_field(const value *schema, const char *name)
{
    const value *fields = value_get(schema, "fields");
    for (size_t i = 0; i < value_len(fields); i++) {
        const value *field = value_at(fields, i);
        if (strcmp(value_get_str(field, "name", ""), name) == 0)
            return field;
    }
    return NULL;
}

const char *schema_nearest(const value *schema, const char *name)
{
    const value *fields = value_get(schema, "fields");
    size_t count = value_len(fields);
    const char **names = mem_zero(count + 1, sizeof *names);
    for (size_t i = 0; i < count; i++)
        names[i] = value_get_str(value_at(fields, i), "name", "");
    const char *near = text_nearest(name, names, count);
    free(names);
    return near;
}

bool schema_check(const value *field, const value *v, err *e)
{
    const char *name = value_get_str(field, "name", "");
    if (!v || value_is(v, VALUE_NIL))
        return true;
    if (!value_get_bool(field, "many", false))
        return schema_check_item(field, v, e) || err_prefix(e, "%s: ", name);
    if (!value_is(v, VALUE_LIST))
        return schema_refuse_single(field, v, e) || err_prefix(e, "%s: ", name);
    for (size_t i = 0; i < value_len(v); i++) {
        if (!schema_check_item(field, value_at(v, i), e))
            return err_prefix(e, "%s: item %zu: ", name, i + 1);
    }
    return true;
}

bool schema_has(const value *fields, const char *name)
{
    const value *v = value_get(fields, name);
    if (value_is(v, VALUE_TEXT) || value_is(v, VALUE_LIST))
        return value_len(v) > 0;
    return v && !value_is(v, VALUE_NIL);
}

bool schema_same(const value *field, const value *other)
{
    static const char *const COUNT[] = {"type",   "many", "minimum", "maximum", "required",
                                        "unique", "kind", "open",    "unit"};
    for (size_t i = 0; i < sizeof COUNT / sizeof *COUNT; i++) {
        static const value NIL = {0};
        const value *a = value_get(field, COUNT[i]), *b = value_get(other, COUNT[i]);
        bool off = (!a || value_is(a, VALUE_BOOL)) && (!b || value_is(b, VALUE_BOOL));
        if (off ? value_as_bool(a, false) != value_as_bool(b, false)
                : !value_equal(a ? a : &NIL, b ? b : &NIL))
            return false;
    }
    const value *terms = value_get(field, "terms"), *others = value_get(other, "terms");
    return terms && others ? value_equal(terms, others) : terms == others;
}
