/* A source that was wrong: what it states ends, in one transaction, and may come back. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "store/change.h"
#include "store/event.h"
#include "store/schema.h"
#include "store/settle.h"

/* One source taken out, or back in. */
typedef struct withdrawal {
    const char *source, *why;
    withdraw_progress *progress;
    void *ctx;
    value fields;  /* {record: {field: true, …}}: what its claims are about */
    value records; /* what came of it, for the caller */
    int64_t seq;   /* of the event that says so */
} withdrawal;

static void withdrawal_free(withdrawal *w)
{
    value_free(&w->fields);
    value_free(&w->records);
}

/* The live withdrawal's event, 0 when there is none; `about` (may be NULL) says who, when and why.
 */
static bool find(store *st, const char *source, int64_t *event, buf *about, err *e)
{
    query *q = db_prepare(st->db,
                          "select w.event, substr(v.time, 1, 10), w.actor, w.why from withdrawal w"
                          " join event v on v.seq = w.event where w.source = ? and w.ended is null",
                          e);
    if (!q)
        return false;
    *event = 0;
    query_bind_text(q, 1, source);
    if (query_step(q, e)) {
        *event = query_int64(q, 0);
        if (about)
            buf_fmt(about, "on %s by %s (%.300s)", query_text(q, 1), query_text(q, 2),
                    query_text(q, 3));
    }
    bool ok = !query_failed(q);
    query_free(q);
    return ok;
}

bool withdraw_is(store *st, const char *source, bool *out, err *e)
{
    int64_t event = 0;
    bool ok = find(st, source, &event, NULL, e);
    *out = event != 0;
    return ok;
}

bool withdraw_check(store *st, const char *source, err *e)
{
    buf about = {0};
    int64_t event = 0;
    bool ok = find(st, source, &event, &about, e);
    if (ok && event) {
        ok = err_set(e, ERR_NOT_ALLOWED, "%s was withdrawn %s: nothing is taken from it", source,
                     buf_text(&about));
        err_hint(e, "`polder withdraw %s --undo --why TEXT` takes that back", source);
    }
    buf_free(&about);
    return ok;
}

/* Runs a statement on one text and up to two numbers. */
static bool run(store *st, const char *sql, const char *text, int64_t one, int64_t two, err *e)
{
    query *q = db_prepare(st->db, sql, e);
    if (!q)
        return false;
    query_bind_int64(q, 1, one);
    if (two)
        query_bind_int64(q, 2, two);
    else
        query_bind_text(q, 2, text);
    bool ok = query_run(q, e);
    query_free(q);
    return ok;
}

/* Rows of (record, field), by record. */
static bool collect(withdrawal *w, query *q, err *e)
{
    w->fields = value_map();
    value *last = NULL;
    const char *record = "";
    while (query_step(q, e)) {
        if (strcmp(record, query_text(q, 0)) != 0) {
            last = value_add(&w->fields, query_text(q, 0), value_map());
            record = w->fields.as.map.items[w->fields.as.map.len - 1].key;
        }
        value_set(last, query_text(q, 1), value_bool(true));
    }
    return !query_failed(q);
}

/* Of itself a source may speak on, withdrawn or not. */
static bool collect_live(store *st, withdrawal *w, err *e)
{
    query *q = db_prepare(st->db,
                          "select record, field from claim where source = ? and ended is null"
                          " and record <> source order by record, field",
                          e);
    if (q)
        query_bind_text(q, 1, w->source);
    bool ok = q && collect(w, q, e);
    query_free(q);
    return ok;
}

/* Records that are still what they were. */
static bool collect_ended(store *st, withdrawal *w, int64_t event, err *e)
{
    query *q = db_prepare(st->db,
                          "select c.record, c.field from claim c join record r on r.id = c.record"
                          " where c.ended = ?1 and r.deleted is null and r.created <= c.event"
                          " order by c.record, c.field",
                          e);
    if (q)
        query_bind_int64(q, 1, event);
    bool ok = q && collect(w, q, e);
    query_free(q);
    return ok;
}

static bool append(store *st, withdrawal *w, const char *type, err *e)
{
    value data = value_map(), records = value_list();
    for (size_t i = 0; i < w->fields.as.map.len; i++)
        value_push(&records, value_text(w->fields.as.map.items[i].key));
    value_add(&data, "why", value_text(w->why));
    value_add(&data, "records", records);
    bool ok = event_append(st, type, w->source, &data, &w->seq, e);
    value_free(&data);
    return ok;
}

static bool report(store *st, withdrawal *w, const change *c, err *e)
{
    const value *schema = NULL;
    char *kind = mem_copy(c->id, strcspn(c->id, "/"));
    bool ok = schema_load(st, kind, &schema, e);
    value row = value_map(), lost = value_list();
    for (size_t i = 0; i < c->fields.as.map.len; i++) {
        const value_entry *field = &c->fields.as.map.items[i];
        if (value_is(&field->value, VALUE_NIL) &&
            value_get_bool(schema_field(schema, field->key), "required", false))
            value_push(&lost, value_text(field->key));
    }
    value_add(&row, "id", value_text(c->id));
    value_add(&row, "fields", value_copy(&c->fields));
    value_add(&row, "lost", lost);
    value_push(&w->records, row);
    free(kind);
    return ok;
}

/* Claims that end because nobody says more than "there is none" end with the source: so they come
 * back with it. */
static bool resolve_record(store *st, withdrawal *w, const char *id, const value *fields,
                           const value *why, err *e)
{
    change c;
    bool ok = change_begin(st, id, &c, e);
    if (ok) {
        value_free(&c.touched);
        c.touched = value_copy(fields);
        c.why = why;
    }
    ok = ok && change_resolve(&c, e) && claim_set_write(st, id, &c.claims, w->seq, e);
    claim_set_prune(&c.claims);
    if (ok && c.fields.as.map.len > 0)
        ok = change_write(st, &c, NULL, e);
    ok = ok && report(st, w, &c, e);
    change_free(&c);
    return ok;
}

/* Only now, when every claim that ends with the source has ended by its event, and not by that of a
 * change that follows. */
static bool follow_all(store *st, const withdrawal *w, err *e)
{
    value changed = value_map();
    bool ok = true;
    for (size_t i = 0; ok && i < value_len(&w->records); i++) {
        const value *row = value_at(&w->records, i);
        const change c = {.id = value_get_str(row, "id", ""), .fields = *value_get(row, "fields")};
        change_note(&c, &changed);
        ok = change_follow_in(st, &c, &changed, e);
    }
    ok = ok && change_check_unique(st, &changed, e);
    value_free(&changed);
    return ok;
}

static bool resolve_all(store *st, withdrawal *w, const char *key, err *e)
{
    value why = value_map();
    value_add(&why, key, value_text(w->source));
    w->records = value_list();
    int64_t count = (int64_t)w->fields.as.map.len;
    bool ok = true;
    for (int64_t i = 0; ok && i < count; i++) {
        const value_entry *entry = &w->fields.as.map.items[i];
        ok = resolve_record(st, w, entry->key, &entry->value, &why, e);
        if (w->progress)
            w->progress(w->ctx, i + 1, count);
    }
    value_free(&why);
    return ok && follow_all(st, w, e);
}

static bool check(store *st, const withdrawal *w, err *e)
{
    bool there = false;
    if (!store_check_id(w->source, e) || !settle_check_why(w->why, e))
        return false;
    if (strncmp(w->source, "source/", 7) != 0) {
        err_set(e, ERR_USAGE, "%.160s is not a source", w->source);
        return err_hint(e, "a source is a record of kind source, as in source/defensie-2026-02");
    }
    return store_exists(st, w->source, &there, e) && (there || store_missing(st, w->source, e));
}

static bool note(store *st, const withdrawal *w, err *e)
{
    query *q = db_prepare(
        st->db, "insert into withdrawal (source, why, actor, event) values (?, ?, ?, ?)", e);
    if (!q)
        return false;
    const char *const texts[] = {w->source, w->why, st->actor};
    for (int i = 0; i < 3; i++)
        query_bind_text(q, i + 1, texts[i]);
    query_bind_int64(q, 4, w->seq);
    bool ok = query_run(q, e);
    query_free(q);
    return ok;
}

/* Also those that an import brought as withdrawn. */
static bool end_claims(store *st, const withdrawal *w, err *e)
{
    return run(st, "update settlement set event = ?1, ended = ?1, waits = null where waits = ?2",
               w->source, w->seq, 0, e) &&
           run(st, "update claim set event = ?1, ended = ?1, waits = null where waits = ?2",
               w->source, w->seq, 0, e) &&
           run(st,
               "update settlement set ended = ? where source = ? and record <> source"
               " and ended is null",
               w->source, w->seq, 0, e) &&
           run(st,
               "update claim set ended = ? where source = ? and record <> source"
               " and ended is null",
               w->source, w->seq, 0, e);
}

static bool withdraw_inside(store *st, withdrawal *w, err *e)
{
    return check(st, w, e) && withdraw_check(st, w->source, e) && collect_live(st, w, e) &&
           append(st, w, "source.withdrawn", e) && note(st, w, e) && end_claims(st, w, e) &&
           resolve_all(st, w, "withdrawn", e);
}

/* Said again as it was said first, with its day and its place in the order: but the past keeps that
 * it was away. What another source said, and was withdrawn since, comes back with that one, unless
 * that one had said something else in its place by then. */
static bool revive(store *st, const withdrawal *w, int64_t event, err *e)
{
    return run(st,
               "insert into claim (record, field, value, source, place, date, event, first, ended)"
               " select c.record, c.field, c.value, c.source, c.place, c.date, ?2,"
               " coalesce(c.first, c.id), w.event"
               " from claim c join record r on r.id = c.record left join withdrawal w"
               "  on w.source = c.source and w.source <> c.record and w.ended is null"
               " where c.ended = ?1 and r.deleted is null and r.created <= c.event and not exists"
               " (select 1 from claim o where o.record = c.record and o.field = c.field"
               "  and o.source is c.source and o.ended is w.event) order by c.id",
               NULL, event, w->seq, e) &&
           run(st,
               "insert into settlement (record, field, source, why, actor, event)"
               " select s.record, s.field, s.source, s.why, s.actor, ?2 from settlement s"
               " where s.ended = ?1 and exists"
               " (select 1 from claim c where c.record = s.record and c.field = s.field"
               "  and c.source is s.source and c.ended is null and c.event = ?2)"
               " and not exists (select 1 from settlement o where o.record = s.record"
               "  and o.field = s.field and o.ended is null)",
               NULL, event, w->seq, e);
}

static bool restore_inside(store *st, withdrawal *w, err *e)
{
    int64_t event = 0;
    if (!check(st, w, e) || !find(st, w->source, &event, NULL, e))
        return false;
    if (!event) {
        err_set(e, ERR_NOT_FOUND, "%s is not withdrawn", w->source);
        return err_where(e, "%s", w->source);
    }
    return collect_ended(st, w, event, e) && append(st, w, "source.restored", e) &&
           run(st, "update withdrawal set ended = ? where source = ? and ended is null", w->source,
               w->seq, 0, e) &&
           revive(st, w, event, e) && resolve_all(st, w, "restored", e);
}

static bool change_source(store *st, withdrawal *w, bool (*inside)(store *, withdrawal *, err *),
                          value *out, err *e)
{
    if (!store_begin(st, e))
        return false;
    bool ok = inside(st, w, e);
    if (!ok)
        store_rollback(st);
    else
        ok = store_commit(st, e);
    if (ok && out) {
        *out = value_map();
        value_add(out, "source", value_text(w->source));
        value_add(out, "event", value_int(w->seq));
        value_add(out, "records", w->records);
        w->records = value_nil();
    }
    withdrawal_free(w);
    return ok;
}

bool store_withdraw(store *st, const char *source, const char *why, withdraw_progress *progress,
                    void *ctx, value *out, err *e)
{
    withdrawal w = {.source = source, .why = why, .progress = progress, .ctx = ctx};
    return change_source(st, &w, withdraw_inside, out, e);
}

bool store_restore(store *st, const char *source, const char *why, withdraw_progress *progress,
                   void *ctx, value *out, err *e)
{
    withdrawal w = {.source = source, .why = why, .progress = progress, .ctx = ctx};
    return change_source(st, &w, restore_inside, out, e);
}
