#include "store/forget.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "store/event.h"
#include "store/forget_parts.h"
#include "store/handler.h"
#include "store/index.h"
#include "store/kinds_refused.h"
#include "store/schema.h"
#include "store/settle.h"

bool forget_has(const forgetting *f, const char *field)
{
    return f->whole || !value_get(&f->kept, field);
}

void forget_note(forgetting *f, const char *field, const value *v)
{
    value_set(&f->found, field, value_bool(true));
    forget_note_value(f, v);
}

bool forget_drop(forgetting *f, value *fields)
{
    bool any = false;
    for (size_t i = fields->as.map.len; i-- > 0;) {
        const value_entry *field = &fields->as.map.items[i];
        if (!forget_has(f, field->key))
            continue;
        forget_note(f, field->key, &field->value);
        char *name = mem_text(field->key);
        value_drop(fields, name);
        free(name);
        any = true;
    }
    return any;
}

static void forgetting_free(forgetting *f)
{
    value_free(&f->names);
    value_free(&f->kept);
    value_free(&f->found);
    value_free(&f->texts);
    value_free(&f->numbers);
    value_free(&f->words);
    free(f->causes.items);
    free(f->effects.items);
    value_free(&f->others);
    value_free(&f->before);
    value_free(&f->erased);
}

static bool read_names(store *st, forgetting *f, err *e)
{
    const value *schema = NULL;
    char *kind = mem_copy(f->id, strcspn(f->id, "/"));
    bool ok = schema_load(st, kind, &schema, e) && kinds_refused_drop(st, kind, e);
    const value *fields = value_get(schema, "fields");
    free(kind);
    for (size_t i = 0; ok && i < value_len(fields); i++) {
        const value *field = value_at(fields, i);
        bool personal = value_get_bool(field, "personal", false);
        value_set(personal ? &f->names : &f->kept, value_get_str(field, "name", ""),
                  value_bool(true));
    }
    f->whole = f->names.as.map.len == 0;
    return ok;
}

static bool delete_claim(store *st, int64_t id, err *e)
{
    query *q = db_prepare(st->db, "delete from claim where id = ?", e);
    if (q)
        query_bind_int64(q, 1, id);
    bool ok = q && query_run(q, e);
    query_free(q);
    return ok;
}

static bool erase_claims(store *st, forgetting *f, err *e)
{
    query *q =
        db_prepare(st->db, "select id, field, value from claim where record = ? order by id", e);
    if (!q)
        return false;
    query_bind_text(q, 1, f->id);
    bool ok = true;
    while (ok && query_step(q, e)) {
        value v = value_nil();
        if (!forget_has(f, query_text(q, 1)))
            continue;
        ok = store_read_json(query_text(q, 2), query_bytes(q, 2), f->id, &v, e);
        if (ok)
            forget_note(f, query_text(q, 1), &v);
        ok = ok && delete_claim(st, query_int64(q, 0), e);
        f->claims++;
        value_free(&v);
    }
    ok = ok && !query_failed(q);
    query_free(q);
    return ok;
}

static bool list_settled(store *st, const forgetting *f, value *fields, err *e)
{
    query *q = db_prepare(st->db, "select distinct field from settlement where record = ?", e);
    if (!q)
        return false;
    query_bind_text(q, 1, f->id);
    while (query_step(q, e))
        if (forget_has(f, query_text(q, 0)))
            value_push(fields, value_text(query_text(q, 0)));
    bool ok = !query_failed(q);
    query_free(q);
    return ok;
}

/* Reasons that people gave may repeat what was erased; so may the messages of handlers that failed.
 */
static bool erase_words(store *st, const forgetting *f, err *e)
{
    value fields = value_list();
    bool ok = handler_forget(st, f->id, e) && list_settled(st, f, &fields, e);
    for (size_t i = 0; ok && i < value_len(&fields); i++) {
        const char *const texts[] = {f->id, value_str(value_at(&fields, i), "")};
        ok = store_run(st, "delete from settlement where record = ? and field = ?", texts, 2, e);
    }
    value_free(&fields);
    return ok;
}

static bool write_version(store *st, int64_t id, const value *data, err *e)
{
    query *q = db_prepare(st->db, "update version set data = ? where id = ?", e);
    if (!q)
        return false;
    char *text = store_json(data);
    query_bind_text(q, 1, text);
    query_bind_int64(q, 2, id);
    bool ok = query_run(q, e);
    query_free(q);
    free(text);
    return ok;
}

static bool erase_versions(store *st, forgetting *f, int64_t *count, err *e)
{
    query *q = db_prepare(st->db, "select id, data from version where record = ? order by id", e);
    if (!q)
        return false;
    query_bind_text(q, 1, f->id);
    bool ok = true;
    while (ok && query_step(q, e)) {
        value data = value_nil();
        ok = store_read_map(query_text(q, 1), query_bytes(q, 1), f->id, &data, e);
        if (ok && forget_drop(f, &data)) {
            ok = write_version(st, query_int64(q, 0), &data, e);
            ++*count;
        }
        value_free(&data);
    }
    ok = ok && !query_failed(q);
    query_free(q);
    return ok;
}

/* The names of what may not come back, told by the log too; "*": all. */
static value barred_by(const forgetting *f)
{
    value names = value_list();
    if (f->whole)
        value_push(&names, value_text("*"));
    for (size_t i = 0; i < f->names.as.map.len; i++)
        value_push(&names, value_text(f->names.as.map.items[i].key));
    for (size_t i = 0; !f->whole && i < f->found.as.map.len; i++)
        if (!value_get(&f->names, f->found.as.map.items[i].key))
            value_push(&names, value_text(f->found.as.map.items[i].key));
    return names;
}

static bool append(store *st, const forgetting *f, const stored *s, int64_t *seq, err *e)
{
    value data = value_map(), fields = value_map();
    for (size_t i = 0; i < f->found.as.map.len; i++)
        value_add(&fields, f->found.as.map.items[i].key, value_nil());
    if (!s->deleted)
        value_add(&data, "version", value_int(s->version + 1));
    value_add(&data, "fields", fields);
    if (f->whole)
        value_add(&data, "deleted", value_bool(true));
    value_add(&data, "barred", barred_by(f));
    value_add(&data, "why", value_text(f->why));
    if (value_len(&f->others))
        value_add(&data, "others", value_copy(&f->others));
    value_add(&data, "erased", value_copy(&f->erased));
    bool ok = event_append(st, "record.forgotten", f->id, &data, seq, e);
    value_free(&data);
    return ok;
}

/* A deleted record stays as it was but for what is erased. */
static bool write_record(store *st, const forgetting *f, const stored *s, int64_t seq, err *e)
{
    query *q = db_prepare(st->db,
                          s->deleted ? "update record set data = ?1 where id = ?2"
                          : f->whole ? "update record set data = ?1, version = version + 1,"
                                       " changed = ?3, deleted = ?3 where id = ?2"
                                     : "update record set data = ?1, version = version + 1,"
                                       " changed = ?3 where id = ?2",
                          e);
    if (!q)
        return false;
    char *text = store_json(&s->data);
    query_bind_text(q, 1, text);
    query_bind_text(q, 2, f->id);
    if (!s->deleted)
        query_bind_int64(q, 3, seq);
    bool ok = query_run(q, e);
    query_free(q);
    free(text);
    return ok;
}

static bool note_forgotten(store *st, const forgetting *f, const char *field, int64_t seq, err *e)
{
    query *q = db_prepare(
        st->db, "insert or ignore into forgotten (record, field, event) values (?, ?, ?)", e);
    if (!q)
        return false;
    query_bind_text(q, 1, f->id);
    query_bind_text(q, 2, field);
    query_bind_int64(q, 3, seq);
    bool ok = query_run(q, e);
    query_free(q);
    return ok;
}

static bool bar(store *st, const forgetting *f, int64_t seq, err *e)
{
    value names = barred_by(f);
    bool ok = true;
    for (size_t i = 0; ok && i < value_len(&names); i++)
        ok = note_forgotten(st, f, value_str(value_at(&names, i), ""), seq, e);
    value_free(&names);
    return ok;
}

/* Written before its past is erased, for writing makes one state of it more. */
static bool write(store *st, forgetting *f, const stored *s, int64_t *seq, err *e)
{
    bool gone = f->whole || s->deleted;
    return append(st, f, s, seq, e) && write_record(st, f, s, *seq, e) &&
           erase_versions(st, f, &(int64_t){0}, e) && bar(st, f, *seq, e) &&
           index_write(st, f->id, gone ? NULL : &s->data, e) && index_scrub(st, e);
}

/* *seq stays 0 when there is nothing left to erase. */
static bool erase(store *st, forgetting *f, stored *s, int64_t *seq, err *e)
{
    if (!erase_claims(st, f, e) || !erase_words(st, f, e) ||
        !erase_versions(st, f, &f->versions, e))
        return false;
    bool had = forget_drop(f, &s->data);
    if (!forget_events(st, f, e) || !forget_others(st, f, e) || !forget_mentions(st, f, e))
        return false;
    bool any = had || f->claims || f->versions || f->runs || f->plugins || value_len(&f->erased) ||
               (f->whole && !s->deleted);
    return forget_list_before(st, f, e) && (!any || write(st, f, s, seq, e));
}

static bool check(store *st, const forgetting *f, const stored *s, err *e)
{
    static const char *const WEIGHTS[] = {"reliability", "date", "published"};
    bool weighs = f->whole;
    for (size_t i = 0; i < 3; i++)
        weighs = weighs || (forget_has(f, WEIGHTS[i]) && value_get(&s->data, WEIGHTS[i]));
    if (!s->found)
        return store_missing(st, f->id, e);
    return !weighs || s->deleted || store_check_not_needed(st, f->id, "forgotten", e);
}

static bool forget_inside(store *st, forgetting *f, int64_t *seq, value *related, err *e)
{
    stored s = {0};
    bool ok = store_load(st, f->id, &s, e) && read_names(st, f, e) && check(st, f, &s, e) &&
              erase(st, f, &s, seq, e) && forget_related(st, f, related, e);
    value_free(&s.data);
    return ok;
}

static value report(const forgetting *f, int64_t seq, value *related)
{
    value out = value_map(), fields = value_list();
    for (size_t i = 0; i < f->found.as.map.len; i++)
        value_push(&fields, value_text(f->found.as.map.items[i].key));
    value_add(&out, "id", value_text(f->id));
    value_add(&out, "whole", value_bool(f->whole));
    value_add(&out, "event", seq ? value_int(seq) : value_nil());
    value_add(&out, "fields", fields);
    value_add(&out, "events", value_int((int64_t)value_len(&f->erased)));
    value_add(&out, "versions", value_int(f->versions));
    value_add(&out, "claims", value_int(f->claims));
    value_add(&out, "runs", value_int(f->runs));
    value_add(&out, "plugins", value_int(f->plugins));
    value_add(&out, "subjects", value_int(f->subjects));
    value_add(&out, "others", value_copy(&f->others));
    value_add(&out, "others_before", value_copy(&f->before));
    value_add(&out, "related", *related); /* moves it */
    *related = value_nil();
    return out;
}

bool store_forget(store *st, const char *id, const char *why, value *out, err *e)
{
    forgetting f = {.id = id,
                    .why = why,
                    .names = value_map(),
                    .kept = value_map(),
                    .found = value_map(),
                    .texts = value_map(),
                    .numbers = value_map(),
                    .words = value_map(),
                    .others = value_list(),
                    .before = value_list(),
                    .erased = value_list()};
    int64_t seq = 0;
    value related = value_list();
    bool ok = store_check_id(id, e) && settle_check_why(why, e) && store_begin(st, e);
    if (!ok)
        goto done;
    ok = forget_inside(st, &f, &seq, &related, e);
    if (ok)
        ok = store_commit(st, e);
    else
        store_rollback(st);
    if (!ok)
        goto done;
    *out = report(&f, seq, &related);
    err why_not = {0};
    if (!db_rewrite(st->db, &why_not)) {
        ok = err_set(e, ERR_PARTIAL,
                     "it is erased, but traces may be left in the file, for that could not be "
                     "written anew: %s",
                     why_not.message);
        err_where(e, "%s", id);
        err_hint(e, "do it again when nobody else has the store open and there is room for it");
    }
done:
    value_free(&related);
    forgetting_free(&f);
    return ok;
}
