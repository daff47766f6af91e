/* Records out as JSONL: what import reads back to the same records and claims. */
#include <string.h>

#include "base/json.h"
#include "store/claim.h"
#include "store/import.h"
#include "store/past.h"

/* A field whose one live claim is the actor's own word is told by its value alone. */
static bool is_plain(const claim_set *c, const claim *item)
{
    if (item->source || item->settled)
        return false;
    for (size_t i = 0; i < c->len; i++) {
        if (&c->items[i] != item && strcmp(c->items[i].field, item->field) == 0)
            return false;
    }
    return true;
}

/* The day is told also where the source has a date of its own, which decides then: that may change.
 */
static bool add_claim(value *list, const claim *c, const char *id, err *e)
{
    value stated = value_nil();
    if (!store_read_json(c->value, strlen(c->value), id, &stated, e))
        return false;
    value item = value_map();
    value_add(&item, "field", value_text(c->field));
    value_add(&item, "value", stated);
    if (c->source)
        value_add(&item, "source", value_text(c->source));
    if (c->place)
        value_add(&item, "place", value_text(c->place));
    if (c->date)
        value_add(&item, "date", value_text(c->date));
    if (c->settled)
        value_add(&item, "settled", value_text(c->why));
    if (c->withdrawn)
        value_add(&item, "withdrawn", value_text(c->withdrawn));
    value_push(list, item);
    return true;
}

/* That a source is withdrawn stands among its own claims: it is no field of the record. */
static bool add_withdrawal(store *st, const char *id, int64_t as_of, value *list, err *e)
{
    query *q = db_prepare(st->db,
                          "select why from withdrawal where source = ?1 and case when ?2 = 0"
                          " then ended is null"
                          " else event <= ?2 and (ended is null or ended > ?2) end",
                          e);
    if (!q)
        return false;
    query_bind_text(q, 1, id);
    query_bind_int64(q, 2, as_of);
    if (query_step(q, e)) {
        value item = value_map();
        value_add(&item, "withdrawn", value_text(query_text(q, 0)));
        value_push(list, item);
    }
    bool ok = !query_failed(q);
    query_free(q);
    return ok;
}

static bool add_claims(store *st, const char *id, int64_t as_of, value *record, err *e)
{
    claim_set claims = {0};
    value list = value_list();
    bool ok =
        as_of ? claim_set_load_at(st, id, as_of, &claims, e) : claim_set_load(st, id, &claims, e);
    ok = ok && claim_set_add_withdrawn(st, id, as_of, &claims, e);
    for (size_t i = 0; ok && i < claims.len; i++) {
        if (!is_plain(&claims, &claims.items[i]))
            ok = add_claim(&list, &claims.items[i], id, e);
    }
    claim_set_free(&claims);
    ok = ok && add_withdrawal(st, id, as_of, &list, e);
    if (ok && value_len(&list) > 0)
        value_add(record, "claims", list);
    else
        value_free(&list);
    return ok;
}

static bool write_record(store *st, query *q, int64_t as_of,
                         bool (*line)(void *ctx, const char *text, size_t len, err *e), void *ctx,
                         err *e)
{
    const char *id = query_text(q, 0), *text = query_text(q, 2);
    value data = value_nil(), record = value_map();
    buf out = {0};
    bool ok = store_read_map(text, query_bytes(q, 2), id, &data, e);
    if (!ok)
        goto done;
    value_add(&record, "id", value_text(id));
    value_add(&record, "kind", value_text(query_text(q, 1)));
    for (size_t i = 0; i < data.as.map.len; i++) {
        value_entry *field = &data.as.map.items[i];
        value_add(&record, field->key, field->value); /* moves it */
        field->value = value_nil();
    }
    ok = add_claims(st, id, as_of, &record, e);
    if (ok) {
        json_write(&out, &record);
        ok = line(ctx, buf_text(&out), out.len, e);
    }
done:
    buf_free(&out);
    value_free(&record);
    value_free(&data);
    return ok;
}

static bool is_wanted(const value *kinds, const char *kind)
{
    return value_len(kinds) == 0 || value_holds(kinds, kind);
}

/* Sources come first, so that whoever reads the lines in order knows each source before what rests
 * on it. */
bool export_records(store *st, const value *kinds, int64_t as_of,
                    bool (*line)(void *ctx, const char *text, size_t len, err *e), void *ctx,
                    err *e)
{
#define SOURCES_FIRST " order by case when kind = 'source' then 0 else 1 end, kind, id"
    query *q =
        db_prepare(st->db,
                   as_of ? "select id, kind, data from " PAST_RECORDS SOURCES_FIRST
                         : "select id, kind, data from record where deleted is null" SOURCES_FIRST,
                   e);
#undef SOURCES_FIRST
    if (!q)
        return false;
    if (as_of)
        query_bind_int64(q, 1, as_of);
    bool ok = true;
    while (ok && query_step(q, e)) {
        if (is_wanted(kinds, query_text(q, 1)))
            ok = write_record(st, q, as_of, line, ctx, e);
    }
    ok = ok && !query_failed(q);
    query_free(q);
    return ok;
}
