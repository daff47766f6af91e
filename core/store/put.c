/* One change: claims in, the record resolved from them, one event, in one transaction. */
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/mem.h"
#include "store/change.h"
#include "store/event_parts.h"
#include "store/forget.h"
#include "store/index.h"
#include "store/schema.h"
#include "store/settle.h"

void change_free(change *c)
{
    value_free(&c->before.data);
    claim_set_free(&c->claims);
    value_free(&c->touched);
    value_free(&c->stated);
    value_free(&c->fields);
    value_free(&c->data);
}

bool change_begin(store *st, const char *id, change *c, err *e)
{
    *c = (change){.id = id};
    c->touched = value_map();
    c->stated = value_list();
    c->fields = value_map();
    if (!store_load(st, id, &c->before, e))
        return false;
    c->is_new = !c->before.found || c->before.deleted;
    c->data = c->is_new ? value_map() : value_copy(&c->before.data);
    return c->is_new || claim_set_load(st, id, &c->claims, e);
}

static bool load_source(store *st, const statement *s, bool sources_follow, claim_source *out,
                        err *e)
{
    *out = (claim_source){.reliability = OWN_WORD};
    if (!s->source)
        return true;
    out->reliability = 'C';
    bool found = strcmp(s->source, s->id) == 0; /* a source may speak of itself */
    if (found)
        return true;
    if (strncmp(s->source, "source/", 7) != 0) {
        err_set(e, ERR_BAD_DATA, "%s is not a source: a source is a record of kind source",
                s->source);
        if (!strchr(s->source, '/'))
            err_hint(e, "is it source/%s?", s->source);
        return err_where(e, "%s", s->id);
    }
    if (!withdraw_check(st, s->source, e))
        return err_where(e, "%s", s->id);
    if (!claim_source_load(st, s->source, &found, out, e))
        return false;
    if (found || sources_follow)
        return true;
    store_missing(st, s->source, e);
    err_where(e, "%s", s->id);
    return err_prefix(e, "the source isn't known: ");
}

static void note_stated(change *c, const statement *s, const char *field, const value *v)
{
    value item = value_map();
    value_add(&item, "field", value_text(field));
    value_add(&item, "value", value_copy(v));
    if (s->source)
        value_add(&item, "source", value_text(s->source));
    if (s->place)
        value_add(&item, "place", value_text(s->place));
    if (s->date)
        value_add(&item, "date", value_text(s->date));
    if (s->withdrawn)
        value_add(&item, "withdrawn", value_text(s->withdrawn));
    value_push(&c->stated, item);
}

static bool check_stated(store *st, const statement *s, err *e)
{
    const value *schema = NULL;
    char *kind = mem_copy(s->id, strcspn(s->id, "/"));
    bool ok = schema_load(st, kind, &schema, e);
    free(kind);
    for (size_t i = 0; ok && schema && i < s->fields->as.map.len; i++) {
        const value_entry *entry = &s->fields->as.map.items[i];
        const value *field = schema_field(schema, entry->key);
        ok = !field || schema_check(field, &entry->value, e) || err_where(e, "%s", s->id);
    }
    return ok;
}

/* What a source that is withdrawn stated: kept for when that is undone. Where it speaks still, it
 * just speaks: the withdrawal that comes ends it. */
static bool take_withdrawn(store *st, change *c, const statement *s, const char *today, bool *taken,
                           err *e)
{
    *taken = s->withdrawn && s->fields->as.map.len == 1;
    if (!*taken)
        return true;
    const value_entry *field = &s->fields->as.map.items[0];
    bool own = s->source && strcmp(s->source, s->withdrawn) == 0;
    if (own && claim_set_find(&c->claims, field->key, s->source)) {
        *taken = false;
        return true;
    }
    bool known = false;
    if (!forget_check(st, s->id, s->fields, e) || !claim_is_withdrawn(st, s, field->key, &known, e))
        return false;
    if (known)
        return true;
    char *json = store_json(&field->value);
    claim_set_push_withdrawn(&c->claims, s, field->key, json, today);
    note_stated(c, s, field->key, &field->value);
    free(json);
    return true;
}

static bool take_statement(store *st, change *c, const statement *s, bool sources_follow,
                           const char *today, err *e)
{
    claim_source source;
    bool taken = false;
    if (!take_withdrawn(st, c, s, today, &taken, e) || taken)
        return taken;
    if (!forget_check(st, s->id, s->fields, e) || !check_stated(st, s, e) ||
        !load_source(st, s, sources_follow, &source, e))
        return false;
    for (size_t i = 0; i < s->fields->as.map.len; i++) {
        const value_entry *field = &s->fields->as.map.items[i];
        char *json = store_json(&field->value);
        if (claim_set_add(&c->claims, s, &source, field->key, json, today)) {
            note_stated(c, s, field->key, &field->value);
            value_set(&c->touched, field->key, value_bool(true));
        }
        free(json);
    }
    free(source.date);
    return true;
}

static bool resolve_field(change *c, const char *field, err *e)
{
    claim_set_drop_nulls(&c->claims, field);
    const claim *winner = claim_set_winner(&c->claims, field);
    const value *before = value_get(&c->data, field);
    value now = value_nil();
    if (winner && !store_read_json(winner->value, strlen(winner->value), c->id, &now, e))
        return false;
    if (winner ? before && value_equal(before, &now) : !before) {
        value_free(&now);
        return true;
    }
    value_set(&c->fields, field, value_copy(&now));
    if (winner)
        value_set(&c->data, field, now);
    else
        value_drop(&c->data, field);
    return true;
}

static int by_key(const void *a, const void *b)
{
    return strcmp(((const value_entry *)a)->key, ((const value_entry *)b)->key);
}

static void sort_fields(value *map)
{
    if (map->as.map.len > 1)
        qsort(map->as.map.items, map->as.map.len, sizeof *map->as.map.items, by_key);
}

bool change_resolve(change *c, err *e)
{
    for (size_t i = 0; i < c->touched.as.map.len; i++) {
        if (!resolve_field(c, c->touched.as.map.items[i].key, e))
            return false;
    }
    sort_fields(&c->data);
    sort_fields(&c->fields);
    return true;
}

/* A claim that took nothing away (a null where there was none) is no change. */
static bool is_same(const change *c)
{
    if (c->is_new || c->fields.as.map.len > 0)
        return false;
    for (size_t i = 0; i < c->claims.len; i++) {
        const claim *item = &c->claims.items[i];
        if ((item->id == 0) != item->ended || (item->id == 0 && item->withdrawn))
            return false;
    }
    return true;
}

static bool write_record(store *st, const change *c, const char *data, int64_t seq, err *e)
{
    query *q = db_prepare(st->db,
                          "insert into record (id, kind, version, data, created, changed)"
                          " values (?, ?, ?, ?, ?, ?)"
                          " on conflict (id) do update set version = excluded.version,"
                          " data = excluded.data, changed = excluded.changed, deleted = null,"
                          " created = case when record.deleted is null then record.created"
                          " else excluded.created end",
                          e);
    if (!q)
        return false;
    query_bind_text(q, 1, c->id);
    query_bind_bytes(q, 2, c->id, strcspn(c->id, "/"));
    query_bind_int64(q, 3, c->before.version + 1);
    query_bind_text(q, 4, data);
    query_bind_int64(q, 5, seq);
    query_bind_int64(q, 6, seq);
    bool ok = query_run(q, e);
    query_free(q);
    return ok;
}

static bool append_event(store *st, const change *c, int64_t *seq, err *e)
{
    value data = value_map();
    value_add(&data, "version", value_int(c->before.version + 1));
    value_add(&data, "fields", value_copy(&c->fields));
    value_add(&data, "claims", value_copy(&c->stated));
    for (size_t i = 0; i < value_len(c->why); i++) {
        const value_entry *item = &c->why->as.map.items[i];
        value_add(&data, item->key, value_copy(&item->value));
    }
    const char *made = c->is_new ? "record.created" : "record.changed";
    bool ok = event_append(st, c->event ? c->event : made, c->id, &data, seq, e);
    value_free(&data);
    return ok;
}

bool change_write(store *st, const change *c, int64_t *seq, err *e)
{
    char *data = store_json(&c->data);
    int64_t at = 0;
    bool ok = strlen(data) <= STORE_RECORD_BYTES;
    if (!ok) {
        err_set(e, ERR_LIMIT, "the record is larger than %d MiB", STORE_RECORD_BYTES / 1048576);
        err_where(e, "%s", c->id);
    }
    const char *source = value_get_str(value_at(&c->stated, 0), "source", NULL);
    ok = ok && store_ask(st, c->id, c->is_new ? NULL : &c->before.data, &c->data, source, e) &&
         append_event(st, c, &at, e) && write_record(st, c, data, at, e) &&
         claim_set_write(st, c->id, &c->claims, at, e) && index_write(st, c->id, &c->data, e);
    free(data);
    if (ok && seq)
        *seq = at;
    return ok;
}

static bool check_statements(const statement *s, size_t count, err *e)
{
    if (count == 0)
        return err_set(e, ERR_BUG, "a change without a statement");
    if (!store_check_id(s[0].id, e))
        return false;
    for (size_t i = 0; i < count; i++) {
        if (strcmp(s[i].id, s[0].id) != 0)
            return err_set(e, ERR_BUG, "one change is of one record");
        if (!check_fields(s[i].id, s[i].fields, e) || !check_place(&s[i], e))
            return false;
    }
    return true;
}

/* A record that is brought with what was withdrawn of it may lack that. */
static bool may_lack(const change *c, const char *field)
{
    bool withdrawn = !c->is_new && !value_get(&c->fields, field); /* not this change's doing */
    for (size_t i = 0; i < c->claims.len && !withdrawn; i++)
        withdrawn = c->claims.items[i].withdrawn && strcmp(c->claims.items[i].field, field) == 0;
    return withdrawn;
}

/* A new record has what its kind requires, and no change takes that away. */
static bool check_required(store *st, const change *c, err *e)
{
    const value *schema = NULL;
    char *kind = mem_copy(c->id, strcspn(c->id, "/"));
    bool ok = schema_load(st, kind, &schema, e);
    const value *fields = value_get(schema, "fields");
    free(kind);
    for (size_t i = 0; ok && i < value_len(fields); i++) {
        const value *field = value_at(fields, i);
        const char *name = value_get_str(field, "name", "");
        if (!value_get_bool(field, "required", false) || schema_has(&c->data, name) ||
            may_lack(c, name))
            continue;
        err_set(e, ERR_BAD_DATA, "%s: expected a value, got nothing: every %s has one", name,
                value_get_str(schema, "name", "record"));
        return err_where(e, "%s", c->id);
    }
    return ok;
}

bool change_check(store *st, const change *c, err *e)
{
    return check_required(st, c, e) && index_check_unique(st, c->id, &c->fields, e);
}

static bool put_inside(store *st, const statement *s, size_t count, bool sources_follow,
                       put_outcome *outcome, err *e)
{
    change c;
    event_end last;
    bool ok = change_begin(st, s[0].id, &c, e) && event_last(st, &last, e);
    last.now[10] = '\0'; /* the day */
    for (size_t i = 0; ok && i < count; i++)
        ok = take_statement(st, &c, &s[i], sources_follow, last.now, e);
    ok = ok && change_resolve(&c, e);
    bool same = ok && is_same(&c);
    if (ok && !same)
        ok = change_check(st, &c, e) && change_write(st, &c, NULL, e) && change_follow(st, &c, e);
    if (ok && outcome)
        *outcome = same ? PUT_SAME : c.is_new ? PUT_CREATED : PUT_CHANGED;
    change_free(&c);
    return ok;
}

bool put_statements(store *st, const statement *s, size_t count, bool sources_follow,
                    put_outcome *outcome, err *e)
{
    if (!check_statements(s, count, e) || !store_begin(st, e))
        return false;
    if (put_inside(st, s, count, sources_follow, outcome, e))
        return store_commit(st, e);
    store_rollback(st);
    return false;
}

bool store_put(store *st, const statement *s, put_outcome *outcome, err *e)
{
    return put_statements(st, s, 1, false, outcome, e);
}
