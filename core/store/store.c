#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/mem.h"
#include "base/text.h"
#include "store/event.h"
#include "store/index.h"
#include "store/migrate.h"
#include "store/past.h"
#include "store/store_parts.h"

enum { NEAREST_IDS = 20000 }; /* looked at for a hint */

store *store_open(const char *path, bool create, err *e)
{
    db *d = db_open(path, create, e);
    if (!d)
        return NULL;
    if (!migrate(d, e)) {
        if (e && !e->where[0])
            err_where(e, "%s", path);
        db_close(d);
        return NULL;
    }
    store *st = mem_zero(1, sizeof *st);
    st->db = d;
    store_actor(st, "polder");
    if (past_ready(st, e) && index_open(st, e))
        return st;
    store_close(st);
    return NULL;
}

store *store_open_reader(const char *path, int64_t limit_ms, err *e)
{
    db *d = db_open_reader(path, limit_ms, e);
    if (!d)
        return NULL;
    store *st = mem_zero(1, sizeof *st);
    st->db = d;
    store_actor(st, "polder");
    return st;
}

void store_close(store *st)
{
    if (!st)
        return;
    db_rollback(st->db);
    db_close(st->db);
    free(st->actor);
    free(st->acts_for);
    free(st->handler);
    schema_forget(st);
    free(st);
}

db *store_db(store *st)
{
    return st->db;
}

/* The actor is a line of what the log hashes: it can't hold a newline. */
void store_actor(store *st, const char *actor)
{
    buf shown = {0};
    text_escape(&shown, actor, strlen(actor), 200);
    free(st->actor);
    st->actor = buf_take(&shown);
}

void store_act_for(store *st, const char *actor, const char *handler, int64_t seq)
{
    free(st->acts_for);
    free(st->handler);
    st->acts_for = mem_text(actor);
    st->handler = mem_text(handler);
    st->cause = seq;
}

/* `busy` NULL: waits. */
static bool begin(store *st, bool *busy, err *e)
{
    if (st->depth == 0) {
        if (!(busy ? db_begin_at_once(st->db, busy, e) : db_begin(st->db, e)))
            return false;
        if (!migrate_check(st->db, e)) {
            db_rollback(st->db);
            return false;
        }
    } else if (!db_in_transaction(st->db)) {
        /* A savepoint now would begin a transaction of its own. */
        return err_set(e, ERR_UNAVAILABLE, "nothing was kept: an earlier error undid the change");
    } else if (!store_run(st, "savepoint inner_change", NULL, 0, e)) {
        return false;
    }
    st->depth++;
    return true;
}

bool store_begin(store *st, err *e)
{
    return begin(st, NULL, e);
}

bool store_begin_at_once(store *st, bool *busy, err *e)
{
    *busy = false;
    return begin(st, busy, e);
}

bool store_commit(store *st, err *e)
{
    if (st->depth == 0)
        return err_set(e, ERR_BUG, "store_commit without store_begin");
    st->depth--;
    if (st->depth == 0)
        return db_commit(st->db, e);
    return store_run(st, "release inner_change", NULL, 0, e);
}

void store_rollback(store *st)
{
    if (st->depth == 0)
        return;
    st->depth--;
    schema_forget(st);
    if (st->depth == 0) {
        db_rollback(st->db);
    } else if (db_in_transaction(st->db)) {
        store_run(st, "rollback to inner_change", NULL, 0, NULL);
        store_run(st, "release inner_change", NULL, 0, NULL);
    }
}

bool store_run(store *st, const char *sql, const char *const *texts, size_t count, err *e)
{
    query *q = db_prepare(st->db, sql, e);
    for (size_t i = 0; q && i < count; i++)
        query_bind_text(q, (int)i + 1, texts[i]);
    bool ok = q && query_run(q, e);
    query_free(q);
    return ok;
}

char *store_json(const value *v)
{
    buf out = {0};
    json_write(&out, v);
    return buf_take(&out);
}

bool store_read_json(const char *text, size_t len, const char *about, value *out, err *e)
{
    err why = {0};
    if (text && json_read(text, len, NULL, out, &why))
        return true;
    err_set(e, ERR_UNAVAILABLE, "the store is damaged: %s can't be read: %s", about,
            text ? why.message : "its data is not there");
    return err_where(e, "%s", about);
}

bool store_read_map(const char *text, size_t len, const char *about, value *out, err *e)
{
    value v = value_nil();
    if (!store_read_json(text, len, about, &v, e))
        return false;
    if (value_is(&v, VALUE_MAP)) {
        *out = v;
        return true;
    }
    err_set(e, ERR_UNAVAILABLE, "the store is damaged: %s is no object but a %s", about,
            value_type_name(v.type));
    value_free(&v);
    return err_where(e, "%s", about);
}

bool store_read_named(store *st, const char *sql, const char *name, value *out, err *e)
{
    query *q = db_prepare(st->db, sql, e);
    if (!q)
        return false;
    query_bind_text(q, 1, name);
    bool ok = true;
    if (query_step(q, e))
        ok = store_read_map(query_text(q, 0), query_bytes(q, 0), name, out, e);
    ok = ok && !query_failed(q);
    query_free(q);
    return ok;
}

bool store_load(store *st, const char *id, stored *out, err *e)
{
    *out = (stored){0};
    query *q = db_prepare(st->db, "select version, data, deleted from record where id = ?", e);
    if (!q)
        return false;
    bool ok = false;
    query_bind_text(q, 1, id);
    if (!query_step(q, e)) {
        ok = !query_failed(q);
        goto done;
    }
    const char *text = query_text(q, 1);
    if (!store_read_map(text, query_bytes(q, 1), id, &out->data, e))
        goto done;
    out->found = true;
    out->version = query_int64(q, 0);
    out->deleted = !query_is_null(q, 2);
    ok = true;
done:
    query_free(q);
    return ok;
}

static value as_record(const char *id, const stored *s)
{
    value record = value_map();
    value_add(&record, "id", value_text(id));
    value_add(&record, "kind", value_bytes(id, strcspn(id, "/")));
    value_add(&record, "version", value_int(s->version));
    for (size_t i = 0; i < s->data.as.map.len; i++) {
        const value_entry *field = &s->data.as.map.items[i];
        value_add(&record, field->key, value_copy(&field->value));
    }
    return record;
}

bool store_get(store *st, const char *id, value *out, err *e)
{
    stored s;
    if (!store_load(st, id, &s, e))
        return false;
    bool ok = s.found && !s.deleted;
    if (ok)
        *out = as_record(id, &s);
    else
        store_missing(st, id, e);
    value_free(&s.data);
    return ok;
}

bool store_exists(store *st, const char *id, bool *out, err *e)
{
    query *q = db_prepare(st->db, "select 1 from record where id = ? and deleted is null", e);
    if (!q)
        return false;
    query_bind_text(q, 1, id);
    bool there = query_step(q, e);
    bool ok = there || !query_failed(q);
    if (ok)
        *out = there;
    query_free(q);
    return ok;
}

/* Ids that begin with `prefix`, as borrowed names; the list owns them. */
static const char **ids_like(store *st, const char *prefix, value *list, err *e)
{
    *list = value_list();
    query *q = db_prepare(st->db,
                          "select id from record where deleted is null and id >= ? and id < ?"
                          " order by id limit ?",
                          e);
    if (!q)
        return NULL;
    buf end = {0};
    buf_str(&end, prefix);
    buf_char(&end, '\x7f'); /* ids are ASCII */
    query_bind_text(q, 1, prefix);
    query_bind_text(q, 2, buf_text(&end));
    query_bind_int64(q, 3, NEAREST_IDS);
    while (query_step(q, e))
        value_push(list, value_text(query_text(q, 0)));
    query_free(q);
    buf_free(&end);
    const char **names = mem_zero(value_len(list) + 1, sizeof *names);
    for (size_t i = 0; i < value_len(list); i++)
        names[i] = value_str(value_at(list, i), "");
    return names;
}

/* The record of another kind that has this slug, where there is one only. Owned; NULL: none. */
static char *of_another_kind(store *st, const char *slug)
{
    char *found = NULL;
    query *q = db_prepare(st->db,
                          "select min(id), count(*) from record where deleted is null and id in"
                          " (select kind || '/' || ? from (select distinct kind from record))",
                          NULL);
    if (!q)
        return NULL;
    query_bind_text(q, 1, slug);
    if (query_step(q, NULL) && query_int64(q, 1) == 1)
        found = mem_text(query_text(q, 0));
    query_free(q);
    return found;
}

bool store_missing(store *st, const char *id, err *e)
{
    err_set(e, ERR_NOT_FOUND, "there is no record %s", id);
    err_where(e, "%s", id);
    value list = value_nil();
    const char *slash = strchr(id, '/');
    char *prefix = slash ? mem_copy(id, (size_t)(slash - id) + 1) : mem_text("");
    const char **names = ids_like(st, prefix, &list, NULL);
    const char *near = names ? text_nearest(id, names, value_len(&list)) : NULL;
    char *other = near ? NULL : of_another_kind(st, slash ? slash + 1 : id);
    if (near || other)
        err_hint(e, "did you mean %s?", near ? near : other);
    else if (!slash)
        err_hint(e, "an id is kind/slug, as in solution/avy-drone");
    free(other);
    free(names);
    free(prefix);
    value_free(&list);
    return false;
}

/* A source that others rest on can't go: what it states would have nobody who states it. Nor while
 * what it states ended with another source that is withdrawn, and comes back with that one. */
bool store_check_not_needed(store *st, const char *id, const char *what, err *e)
{
    query *q = db_prepare(
        st->db,
        "select count(distinct c.record), min(c.record), coalesce(sum(c.ended is null), 0)"
        " from claim c join record r on r.id = c.record"
        " where c.source = ?1 and c.record <> ?1 and (c.ended is null"
        " or (r.deleted is null and r.created <= c.event and (c.waits <> ?1 or c.ended in"
        "  (select event from withdrawal where ended is null and source <> ?1))))",
        e);
    if (!q)
        return false;
    query_bind_text(q, 1, id);
    bool ok = query_step(q, e);
    if (ok && query_int64(q, 0) > 0) {
        int64_t count = query_int64(q, 0);
        ok = err_set(e, ERR_NOT_ALLOWED, "%s can't be %s: %lld %s on it, %s%s", id, what,
                     (long long)count, text_plural(count, "record rests", "records rest"),
                     query_text(q, 1), count == 1 ? "" : " among them");
        err_where(e, "%s", id);
        if (query_int64(q, 2) == 0)
            err_hint(e, "what it states there comes back with a source that is withdrawn: "
                        "`polder withdraw SOURCE --undo` does that");
    }
    query_free(q);
    return ok;
}

static bool mark_deleted(store *st, const char *id, int64_t version, err *e)
{
    int64_t seq = 0;
    value data = value_map();
    value_add(&data, "version", value_int(version));
    bool ok = event_append(st, "record.deleted", id, &data, &seq, e);
    value_free(&data);
    static const char *const SQL[] = {
        "update claim set ended = ? where record = ? and ended is null",
        "update settlement set ended = ? where record = ? and ended is null",
        "update record set deleted = ?1, changed = ?1, version = version + 1 where id = ?2",
    };
    for (size_t i = 0; ok && i < 3; i++) {
        query *q = db_prepare(st->db, SQL[i], e);
        if (q) {
            query_bind_int64(q, 1, seq);
            query_bind_text(q, 2, id);
        }
        ok = q && query_run(q, e);
        query_free(q);
    }
    return ok && index_write(st, id, NULL, e);
}

bool store_delete(store *st, const char *id, err *e)
{
    if (!store_begin(st, e))
        return false;
    stored s;
    bool ok = store_load(st, id, &s, e);
    if (ok && (!s.found || s.deleted))
        ok = store_missing(st, id, e);
    ok = ok && store_check_not_needed(st, id, "deleted", e) &&
         store_ask(st, id, &s.data, NULL, NULL, e) && mark_deleted(st, id, s.version + 1, e);
    value_free(&s.data);
    if (ok)
        return store_commit(st, e);
    store_rollback(st);
    return false;
}
