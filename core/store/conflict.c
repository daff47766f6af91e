#include "store/conflict.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "store/claim.h"
#include "store/schema.h"

typedef struct search {
    store *st;
    bool (*row)(void *ctx, const value *conflict, err *e);
    void *ctx;
} search;

static bool all_lists(const value *claims)
{
    for (size_t i = 0; i < value_len(claims); i++) {
        const value *stated = value_get(value_at(claims, i), "value");
        if (!value_is(stated, VALUE_LIST) && !value_is(stated, VALUE_NIL))
            return false;
    }
    return true;
}

static bool disagree(const value *claims)
{
    const value *first = value_get(value_at(claims, 0), "value");
    for (size_t i = 1; i < value_len(claims); i++) {
        if (!value_equal(first, value_get(value_at(claims, i), "value")))
            return true;
    }
    return false;
}

/* The live claims on one field. */
static bool claims_on(const claim_set *c, const char *id, const char *field, value *out,
                      bool *settled, err *e)
{
    const claim *winner = claim_set_winner(c, field);
    value list = value_list(), item = value_nil();
    bool ok = true;
    *settled = false;
    for (size_t i = 0; ok && i < c->len; i++) {
        if (strcmp(c->items[i].field, field) != 0)
            continue;
        ok = claim_value(&c->items[i], id, &item, e);
        if (ok) {
            value_drop(&item, "field");
            value_add(&item, "stands", value_bool(&c->items[i] == winner));
            value_push(&list, item);
            *settled = *settled || c->items[i].settled;
        }
    }
    *out = list;
    return ok;
}

static value standing(const value *claims)
{
    for (size_t i = 0; i < value_len(claims); i++) {
        if (value_get_bool(value_at(claims, i), "stands", false))
            return value_copy(value_get(value_at(claims, i), "value"));
    }
    return value_nil();
}

static bool tell(const search *s, const claim_set *c, const char *id, const value *schema,
                 const char *field, err *e)
{
    const value *declaration = schema_field(schema, field);
    value claims = value_nil();
    bool settled = false;
    bool ok = claims_on(c, id, field, &claims, &settled, e);
    bool many = declaration ? value_get_bool(declaration, "many", false) : all_lists(&claims);
    if (!ok || many || !disagree(&claims)) {
        value_free(&claims);
        return ok;
    }
    value conflict = value_map();
    value_add(&conflict, "record", value_text(id));
    value_add(&conflict, "field", value_text(field));
    value_add(&conflict, "value", standing(&claims));
    value_add(&conflict, "settled", value_bool(settled));
    value_add(&conflict, "claims", claims);
    ok = s->row(s->ctx, &conflict, e);
    value_free(&conflict);
    return ok;
}

static bool tell_record(const search *s, const char *id, const value *fields, err *e)
{
    claim_set claims = {0};
    const value *schema = NULL;
    char *kind = mem_copy(id, strcspn(id, "/"));
    bool ok = schema_load(s->st, kind, &schema, e) && claim_set_load(s->st, id, &claims, e);
    for (size_t i = 0; ok && i < value_len(fields); i++)
        ok = tell(s, &claims, id, schema, value_str(value_at(fields, i), ""), e);
    claim_set_free(&claims);
    free(kind);
    return ok;
}

/* {record: [fields]} where the claims' texts differ, both in order. */
static bool candidates(store *st, const char *id, value *out, err *e)
{
    query *q = db_prepare(st->db,
                          id ? "select record, field from claim where ended is null and record = ?"
                               " group by record, field having count(distinct value) > 1"
                               " order by record, field"
                             : "select record, field from claim where ended is null"
                               " group by record, field having count(distinct value) > 1"
                               " order by record, field",
                          e);
    *out = value_map();
    if (!q)
        return false;
    if (id)
        query_bind_text(q, 1, id);
    value *fields = NULL;
    const char *record = "";
    while (query_step(q, e)) {
        if (strcmp(record, query_text(q, 0)) != 0) {
            fields = value_add(out, query_text(q, 0), value_list());
            record = out->as.map.items[out->as.map.len - 1].key;
        }
        value_push(fields, value_text(query_text(q, 1)));
    }
    bool ok = !query_failed(q);
    query_free(q);
    return ok;
}

bool store_conflicts(store *st, const char *id,
                     bool (*row)(void *ctx, const value *conflict, err *e), void *ctx, err *e)
{
    search s = {.st = st, .row = row, .ctx = ctx};
    value found = value_map();
    bool there = true;
    bool ok = !id || store_exists(st, id, &there, e);
    if (ok && !there)
        ok = store_missing(st, id, e);
    ok = ok && candidates(st, id, &found, e);
    for (size_t i = 0; ok && i < found.as.map.len; i++)
        ok = tell_record(&s, found.as.map.items[i].key, &found.as.map.items[i].value, e);
    value_free(&found);
    return ok;
}

bool store_outweighed(store *st, int64_t since, int64_t *count, char **record, err *e)
{
    query *q = db_prepare(st->db,
                          "select count(*), min(c.record) from record r join claim c"
                          " on c.record = r.id and c.ended is null and c.event > ?1"
                          " and c.source is null and instr(c.field, '\"') = 0"
                          " where r.changed > ?1 and r.deleted is null and c.value <>"
                          " coalesce(r.data -> ('$.\"' || c.field || '\"'), 'null')",
                          e);
    if (!q)
        return false;
    query_bind_int64(q, 1, since);
    bool ok = query_step(q, e);
    if (ok) {
        *count = query_int64(q, 0);
        *record = mem_text(query_text(q, 1));
    }
    query_free(q);
    return ok;
}
