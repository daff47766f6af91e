#include "store/kinds_migrate.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/mem.h"
#include "store/change.h"
#include "store/schema.h"

static const double WHOLE_MOST = 9007199254740992; /* 2^53 */

static bool is_written(const value *v, const char *text)
{
    char *again = store_json(v);
    bool same = strcmp(again, text) == 0;
    free(again);
    return same;
}

static bool read_text(const char *type, const char *text, value *out)
{
    char *end = NULL;
    if (strcmp(type, "boolean") == 0)
        *out = value_bool(strcmp(text, "true") == 0);
    else if (strcmp(type, "integer") == 0 || !strpbrk(text, ".eE"))
        *out = value_int(strtoll(text, &end, 10));
    else
        *out = value_double(strtod(text, &end));
    return is_written(out, text);
}

static bool convert_item(const value *field, const value *v, value *out)
{
    const char *type = value_get_str(field, "type", "");
    bool number = strcmp(type, "integer") == 0 || strcmp(type, "decimal") == 0;
    if (schema_check_item(field, v, NULL)) {
        *out = value_copy(v);
        return true;
    }
    if (value_is(v, VALUE_TEXT) && (number || strcmp(type, "boolean") == 0)) {
        if (!read_text(type, v->as.text.bytes, out))
            return false;
    } else if (value_is(v, VALUE_DOUBLE) && strcmp(type, "integer") == 0) {
        double d = value_as_double(v, 0);
        if (trunc(d) != d || fabs(d) > WHOLE_MOST)
            return false;
        *out = value_int((int64_t)d);
    } else if (strcmp(type, "text") == 0 &&
               (value_is(v, VALUE_INT) || value_is(v, VALUE_DOUBLE) || value_is(v, VALUE_BOOL))) {
        char *text = store_json(v);
        *out = value_text(text);
        free(text);
    } else {
        return false;
    }
    if (schema_check_item(field, out, NULL))
        return true;
    value_free(out);
    return false;
}

static bool convert_list(const value *field, const value *v, value *out)
{
    value list = value_list();
    for (size_t i = 0; i < value_len(v); i++) {
        value item = value_nil();
        if (!convert_item(field, value_at(v, i), &item)) {
            value_free(&list);
            return false;
        }
        value_push(&list, item);
    }
    *out = list;
    return true;
}

bool kinds_convert(const value *field, const value *v, value *out)
{
    bool many = value_get_bool(field, "many", false);
    *out = value_nil();
    if (many && value_is(v, VALUE_LIST))
        return convert_list(field, v, out);
    if (many) {
        value item = value_nil();
        if (!convert_item(field, v, &item))
            return false;
        *out = value_list();
        value_push(out, item);
        return true;
    }
    if (!value_is(v, VALUE_LIST))
        return convert_item(field, v, out);
    return value_len(v) == 0 || (value_len(v) == 1 && convert_item(field, value_at(v, 0), out));
}

/* {record: true} of those that have a live claim on the field. */
static bool collect(store *st, const char *kind, const value *field, value *records, err *e)
{
    query *q = db_prepare(st->db,
                          "select distinct c.record from record r join claim c on c.record = r.id"
                          " where r.kind = ? and r.deleted is null and c.ended is null"
                          " and c.field = ? order by c.record",
                          e);
    if (!q)
        return false;
    query_bind_text(q, 1, kind);
    query_bind_text(q, 2, value_get_str(field, "name", ""));
    while (query_step(q, e))
        value_set(records, query_text(q, 0), value_bool(true));
    bool ok = !query_failed(q);
    query_free(q);
    return ok;
}

/* Its place in the order stays, and so does a decision on it. */
static bool replace(store *st, const claim *c, int64_t event, err *e)
{
    static const char *const SQL[] = {
        "insert into claim (record, field, value, source, place, date, event, first)"
        " select record, field, ?3, source, place, date, ?1, coalesce(first, id) from claim"
        " where id = ?2 and ended is null",
        "update claim set ended = ?1 where id = ?2 and ended is null",
    };
    bool ok = true;
    for (size_t i = 0; ok && i < 2; i++) {
        query *q = db_prepare(st->db, SQL[i], e);
        if (q) {
            query_bind_int64(q, 1, event);
            query_bind_int64(q, 2, c->id);
        }
        if (q && i == 0)
            query_bind_text(q, 3, c->value);
        ok = q && query_run(q, e);
        query_free(q);
    }
    return ok;
}

static void note(change *c, const claim *item, const value *v, value *was)
{
    value stated = value_map();
    const value *before = value_get(&c->before.data, item->field);
    value_add(&stated, "field", value_text(item->field));
    value_add(&stated, "value", value_copy(v));
    if (item->source)
        value_add(&stated, "source", value_text(item->source));
    if (item->place)
        value_add(&stated, "place", value_text(item->place));
    value_push(&c->stated, stated);
    value_set(&c->touched, item->field, value_bool(true));
    if (before)
        value_set(was, item->field, value_copy(before));
}

/* Gives each claim that must change its new value; which[i] says whether. */
static bool convert_claims(change *c, const value *fields, bool *which, value *was, err *e)
{
    for (size_t i = 0; i < c->claims.len; i++) {
        claim *item = &c->claims.items[i];
        const value *field = value_get(fields, item->field);
        value v = value_nil(), now = value_nil();
        if (!field)
            continue;
        if (!store_read_json(item->value, strlen(item->value), c->id, &v, e))
            return false;
        which[i] = !schema_check(field, &v, NULL) && kinds_convert(field, &v, &now);
        if (which[i]) {
            free(item->value);
            item->value = store_json(&now);
            note(c, item, &now, was);
        }
        value_free(&v);
        value_free(&now);
    }
    return true;
}

static bool migrate_record(store *st, const char *id, const char *kind, const value *fields, err *e)
{
    change c;
    value why = value_map(), was = value_map();
    int64_t seq = 0;
    bool ok = change_begin(st, id, &c, e);
    bool *which = mem_zero(c.claims.len + 1, sizeof *which);
    ok = ok && convert_claims(&c, fields, which, &was, e);
    if (ok && value_len(&c.stated) > 0) {
        value_add(&why, "migrated", value_text(kind));
        value_add(&why, "was", value_copy(&was));
        c.why = &why;
        ok = change_resolve(&c, e) && change_write(st, &c, &seq, e);
        for (size_t i = 0; ok && i < c.claims.len; i++)
            ok = !which[i] || replace(st, &c.claims.items[i], seq, e);
        ok = ok && change_follow(st, &c, e);
    }
    change_free(&c);
    value_free(&why);
    value_free(&was);
    free(which);
    return ok;
}

bool kinds_migrate(store *st, const value *before, const value *after, err *e)
{
    const char *kind = value_get_str(after, "name", "");
    const value *declared = value_get(after, "fields");
    value records = value_map(), fields = value_map();
    bool ok = true;
    for (size_t i = 0; ok && before && i < value_len(declared); i++) {
        const value *field = value_at(declared, i);
        const char *name = value_get_str(field, "name", "");
        const value *was = schema_field(before, name);
        if (was && schema_same(was, field))
            continue;
        value_add(&fields, name, value_copy(field));
        ok = collect(st, kind, field, &records, e);
    }
    for (size_t i = 0; ok && i < value_len(&records); i++)
        ok = migrate_record(st, records.as.map.items[i].key, kind, &fields, e);
    value_free(&records);
    value_free(&fields);
    return ok;
}
