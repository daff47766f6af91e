#include "store/handler.h"

#include <stdlib.h>

#include "store/event.h"
#include "store/store_parts.h"

/* Runs a statement about (seq, handler). *touched: it returned a row. */
static bool run(store *st, const char *sql, const char *handler, int64_t seq, bool *touched, err *e)
{
    query *q = db_prepare(st->db, sql, e);
    if (!q)
        return false;
    query_bind_int64(q, 1, seq);
    query_bind_text(q, 2, handler);
    *touched = false;
    while (query_step(q, e))
        *touched = true;
    bool ok = !query_failed(q);
    query_free(q);
    return ok;
}

bool handler_at(store *st, const char *handler, int64_t *out, bool *found, err *e)
{
    query *q = db_prepare(st->db, "select seq from handler_cursor where handler = ?", e);
    if (!q)
        return false;
    query_bind_text(q, 1, handler);
    *found = query_step(q, e);
    if (*found)
        *out = query_int64(q, 0);
    bool ok = !query_failed(q);
    query_free(q);
    return ok;
}

bool handler_start(store *st, const char *handler, int64_t *out, err *e)
{
    bool found = false, made = false;
    int64_t head = 0;
    if (!handler_at(st, handler, out, &found, e))
        return false;
    if (found)
        return true;
    if (!event_head(st, &head, e) || !run(st,
                                          "insert into handler_cursor (seq, handler) values (?, ?)"
                                          " on conflict (handler) do nothing",
                                          handler, head, &made, e))
        return false;
    return handler_at(st, handler, out, &found, e);
}

/* A failure on record is what is left of an event that the cursor has passed; else the cursor
 * tells. */
bool handler_done(store *st, const char *handler, int64_t seq, bool *first, err *e)
{
    bool moved = false, mended = false;
    if (!run(st, "update handler_cursor set seq = ?1 where handler = ?2 and seq < ?1 returning 1",
             handler, seq, &moved, e) ||
        !run(st,
             "delete from handler_failure where event = ?1 and handler = ?2 and parked = 0"
             " returning 1",
             handler, seq, &mended, e))
        return false;
    *first = moved || mended;
    return true;
}

bool handler_skip(store *st, const char *handler, int64_t seq, err *e)
{
    bool moved = false;
    return run(st, "update handler_cursor set seq = ?1 where handler = ?2 and seq < ?1", handler,
               seq, &moved, e);
}

static bool is_open(store *st, const handler_failure *f, bool *out, err *e)
{
    bool ahead = false, waits = false;
    bool ok =
        run(st, "select 1 from handler_cursor where seq < ?1 and handler = ?2", f->handler, f->seq,
            &ahead, e) &&
        run(st, "select 1 from handler_failure where event = ?1 and handler = ?2 and parked = 0",
            f->handler, f->seq, &waits, e);
    *out = ahead || waits;
    return ok;
}

/* `again`: what is new where it is there already. */
static bool write_failure(store *st, const handler_failure *f, const char *again, err *e)
{
    buf sql = {0};
    buf_fmt(
        &sql,
        "insert into handler_failure (handler, event, attempts, next_ms, parked, message, place)"
        " values (?, ?, ?, ?, ?, ?, ?) on conflict (handler, event) do update set %s",
        again);
    query *q = db_prepare(st->db, buf_text(&sql), e);
    buf_free(&sql);
    if (!q)
        return false;
    query_bind_text(q, 1, f->handler);
    query_bind_int64(q, 2, f->seq);
    query_bind_int64(q, 3, f->attempts);
    query_bind_int64(q, 4, f->next_ms);
    query_bind_int64(q, 5, f->parked);
    query_bind_text(q, 6, f->message);
    query_bind_text(q, 7, f->where);
    bool ok = query_run(q, e);
    query_free(q);
    return ok;
}

static bool keep_failure(store *st, const handler_failure *f, const char *again, err *e)
{
    bool open = false;
    if (!store_begin(st, e))
        return false;
    bool ok = is_open(st, f, &open, e) && (!open || write_failure(st, f, again, e)) &&
              (!open || !f->parked || handler_skip(st, f->handler, f->seq, e));
    if (ok)
        return store_commit(st, e);
    store_rollback(st);
    return false;
}

bool handler_fail(store *st, const handler_failure *f, err *e)
{
    return keep_failure(st, f,
                        "attempts = excluded.attempts, next_ms = excluded.next_ms,"
                        " parked = excluded.parked, message = excluded.message,"
                        " place = excluded.place",
                        e);
}

bool handler_put_off(store *st, const handler_failure *f, err *e)
{
    return keep_failure(st, f, "next_ms = excluded.next_ms", e);
}

static value as_value(query *q)
{
    static const struct {
        const char *name;
        char type;
    } COLUMNS[] = {{"id", 'i'},       {"handler", 't'}, {"event", 'i'},
                   {"attempts", 'i'}, {"next_ms", 'i'}, {"message", 't'},
                   {"where", 't'},    {"type", 't'},    {"subject", 't'}};
    value row = value_map();
    for (int i = 0; i < query_columns(q); i++)
        value_add(&row, COLUMNS[i].name,
                  COLUMNS[i].type == 'i' ? value_int(query_int64(q, i))
                                         : value_text(query_text(q, i)));
    return row;
}

static bool read_rows(store *st, const char *sql, const char *handler, value *out, err *e)
{
    query *q = db_prepare(st->db, sql, e);
    if (!q)
        return false;
    if (handler)
        query_bind_text(q, 1, handler);
    value rows = value_list();
    while (query_step(q, e))
        value_push(&rows, as_value(q));
    bool ok = !query_failed(q);
    query_free(q);
    if (ok)
        *out = rows;
    else
        value_free(&rows);
    return ok;
}

bool handler_waiting(store *st, const char *handler, value *out, err *e)
{
    if (!handler)
        return read_rows(st,
                         "select id, handler, event, attempts, next_ms, message, place"
                         " from handler_failure where parked = 0 order by event, handler",
                         NULL, out, e);
    return read_rows(st,
                     "select id, handler, event, attempts, next_ms, message, place"
                     " from handler_failure where parked = 0 and handler = ? order by event",
                     handler, out, e);
}

bool handler_parked(store *st, value *out, err *e)
{
    return read_rows(st,
                     "select f.id, f.handler, f.event, f.attempts, f.next_ms, f.message, f.place,"
                     " v.type, v.subject from handler_failure f join event v on v.seq = f.event"
                     " where f.parked = 1 order by f.id",
                     NULL, out, e);
}

static bool make_due(store *st, int64_t id, err *e)
{
    query *q = db_prepare(st->db,
                          "update handler_failure set parked = 0, attempts = 0, next_ms = 0"
                          " where id = ? returning 1",
                          e);
    if (!q)
        return false;
    query_bind_int64(q, 1, id);
    bool found = false;
    while (query_step(q, e))
        found = true;
    bool ok = !query_failed(q);
    query_free(q);
    if (!ok || found)
        return ok;
    err_set(e, ERR_NOT_FOUND, "nothing is parked or waits under number %lld", (long long)id);
    return err_hint(e, "`polder events parked` lists what is");
}

bool handler_retry(store *st, int64_t id, err *e)
{
    if (!store_begin(st, e))
        return false;
    if (make_due(st, id, e))
        return store_commit(st, e);
    store_rollback(st);
    return false;
}

bool handler_forget(store *st, const char *record, err *e)
{
    return store_run(st,
                     "update handler_failure set message = '(forgotten)'"
                     " where event in (select seq from event where subject = ?)",
                     &record, 1, e);
}

bool handler_noted(store *st, value *out, err *e)
{
    query *q = db_prepare(st->db, "select value from meta where key = 'reactions'", e);
    if (!q)
        return false;
    bool ok = true;
    if (query_step(q, e))
        ok = store_read_map(query_text(q, 0), query_bytes(q, 0), "reactions", out, e);
    ok = ok && !query_failed(q);
    query_free(q);
    return ok;
}

bool handler_note(store *st, const value *note, err *e)
{
    char *text = store_json(note);
    const char *const texts[] = {text};
    bool ok = store_run(st,
                        "insert into meta (key, value) values ('reactions', ?)"
                        " on conflict (key) do update set value = excluded.value",
                        texts, 1, e);
    free(text);
    return ok;
}
