/* What a change of one record brings about in others. */
#include <string.h>

#include "store/change.h"
#include "store/index.h"

/* What decides between claims was changed: the records that rest on this source are resolved again.
 */
static bool follow_source(store *st, const char *source, int depth, value *changed, err *e);

static bool weighs(const change *c)
{
    return strncmp(c->id, "source/", 7) == 0 &&
           (c->is_new || value_get(&c->fields, "reliability") || value_get(&c->fields, "date") ||
            value_get(&c->fields, "published"));
}

static bool resolve_again(store *st, const char *id, const char *source, int depth, value *changed,
                          err *e)
{
    change c;
    bool ok = change_begin(st, id, &c, e);
    for (size_t i = 0; ok && i < c.claims.len; i++) {
        const claim *item = &c.claims.items[i];
        if (item->source && strcmp(item->source, source) == 0)
            value_set(&c.touched, item->field, value_bool(true));
    }
    ok = ok && change_resolve(&c, e) && (c.fields.as.map.len == 0 || change_write(st, &c, NULL, e));
    change_note(&c, changed);
    if (ok && c.fields.as.map.len > 0 && weighs(&c))
        ok = follow_source(st, id, depth + 1, changed, e);
    change_free(&c);
    return ok;
}

static bool follow_source(store *st, const char *source, int depth, value *changed, err *e)
{
    if (depth > 8) /* sources that judge each other in a circle: the last word stands */
        return true;
    query *q =
        db_prepare(st->db,
                   "select distinct record from claim"
                   " where source = ? and ended is null and record <> source order by record",
                   e);
    if (!q)
        return false;
    query_bind_text(q, 1, source);
    value records = value_list();
    while (query_step(q, e))
        value_push(&records, value_text(query_text(q, 0)));
    bool ok = !query_failed(q);
    query_free(q);
    for (size_t i = 0; ok && i < records.as.list.len; i++)
        ok = resolve_again(st, value_str(&records.as.list.items[i], ""), source, depth, changed, e);
    value_free(&records);
    return ok;
}

/* One record, unless that gives it a value that only another may have: then it waits until the
 * field is changed. */
static bool resolve_own(store *st, const char *id, err *e)
{
    change c;
    value why = value_map();
    value_add(&why, "resolved_again", value_text("own words have grade C"));
    bool ok = change_begin(st, id, &c, e);
    for (size_t i = 0; ok && i < c.claims.len; i++)
        if (!c.claims.items[i].source)
            value_set(&c.touched, c.claims.items[i].field, value_bool(true));
    c.why = &why;
    ok = ok && change_resolve(&c, e);
    if (ok && c.fields.as.map.len > 0 && index_check_unique(st, id, &c.fields, NULL))
        ok = change_write(st, &c, NULL, e);
    change_free(&c);
    value_free(&why);
    return ok;
}

bool change_regrade(store *st, err *e)
{
    query *q = db_prepare(st->db,
                          "select distinct o.record from claim o join claim s"
                          " on s.record = o.record and s.field = o.field and s.source is not null"
                          " and s.ended is null join record r on r.id = o.record"
                          " and r.deleted is null where o.source is null and o.ended is null"
                          " order by o.record",
                          e);
    if (!q)
        return false;
    value records = value_list();
    while (query_step(q, e))
        value_push(&records, value_text(query_text(q, 0)));
    bool ok = !query_failed(q);
    query_free(q);
    for (size_t i = 0; ok && i < value_len(&records); i++)
        ok = resolve_own(st, value_str(value_at(&records, i), ""), e);
    value_free(&records);
    return ok;
}

void change_note(const change *c, value *changed)
{
    if (c->fields.as.map.len == 0)
        return;
    value *fields = value_get(changed, c->id) ? NULL : value_add(changed, c->id, value_map());
    if (!fields)
        fields = (value *)value_get(changed, c->id); /* ours to change: `changed` is */
    for (size_t i = 0; i < c->fields.as.map.len; i++)
        value_set(fields, c->fields.as.map.items[i].key,
                  value_copy(&c->fields.as.map.items[i].value));
}

bool change_follow_in(store *st, const change *c, value *changed, err *e)
{
    return !weighs(c) || follow_source(st, c->id, 0, changed, e);
}

bool change_check_unique(store *st, const value *changed, err *e)
{
    bool ok = true;
    for (size_t i = 0; ok && i < value_len(changed); i++) {
        const value_entry *record = &changed->as.map.items[i];
        ok = index_check_unique(st, record->key, &record->value, e);
        if (!ok && e && e->code == ERR_BAD_DATA)
            err_hint(e, "this would give it that value (back); put or settle another on one of the "
                        "two first");
    }
    return ok;
}

bool change_follow(store *st, const change *c, err *e)
{
    value changed = value_map();
    bool ok = change_follow_in(st, c, &changed, e) && change_check_unique(st, &changed, e);
    value_free(&changed);
    return ok;
}
