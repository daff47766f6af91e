#include "store/event.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/hash.h"
#include "base/json.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/text.h"
#include "store/event_parts.h"
#include "store/store_parts.h"

enum { SALT_BYTES = 16, VERIFY_STEP = 4096, CLOCK_BEHIND_MS = 60000 };

void event_digest(const char *salt, const char *data, size_t len, char out[HASH_TEXT])
{
    hash *h = hash_new();
    hash_add(h, salt, strlen(salt));
    hash_add(h, "\n", 1);
    hash_add(h, data, len);
    hash_end(h, out);
}

static void add_line(hash *h, const char *text)
{
    hash_add(h, text, strlen(text));
    hash_add(h, "\n", 1);
}

void event_hash(const event_line *line, char out[HASH_TEXT])
{
    char seq[24];
    snprintf(seq, sizeof seq, "%lld", (long long)line->seq);
    hash *h = hash_new();
    add_line(h, "polder-event-1");
    add_line(h, line->prev);
    add_line(h, seq);
    add_line(h, line->time);
    add_line(h, line->actor);
    add_line(h, line->type);
    add_line(h, line->subject);
    add_line(h, line->digest);
    hash_end(h, out);
}

/* Once; clocks of processes on several machines differ by less. */
static void tell_clock(store *st, const char *newest, const char *now)
{
    int64_t at = 0, here = 0;
    if (st->told_clock || !clock_time_parse(newest, &at) || !clock_time_parse(now, &here) ||
        at - here < CLOCK_BEHIND_MS)
        return;
    st->told_clock = true;
    log_line(LOG_WARN,
             "the clock says %s, and the newest event is of %s: new events get that time until the "
             "clock has come past it",
             now, newest);
}

bool event_last(store *st, event_end *out, err *e)
{
    memset(out->hash, '0', HASH_TEXT - 1);
    out->hash[HASH_TEXT - 1] = '\0';
    out->seq = 0;
    clock_time_text(clock_now_ms(), out->now);
    query *q = db_prepare(st->db, "select seq, hash, time from event order by seq desc limit 1", e);
    if (!q)
        return false;
    if (query_step(q, e)) {
        out->seq = query_int64(q, 0);
        snprintf(out->hash, HASH_TEXT, "%s", query_text(q, 1));
        /* A clock that was set back doesn't turn time back within the log. */
        if (strcmp(query_text(q, 2), out->now) > 0) {
            tell_clock(st, query_text(q, 2), out->now);
            snprintf(out->now, sizeof out->now, "%s", query_text(q, 2));
        }
    }
    bool ok = !query_failed(q);
    query_free(q);
    return ok;
}

static bool insert(store *st, const event_line *line, const buf *data, const char *salt, err *e)
{
    char whole[HASH_TEXT];
    event_hash(line, whole);
    query *q = db_prepare(st->db,
                          "insert into event"
                          " (seq, time, actor, type, subject, data, salt, digest, prev, hash)"
                          " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                          e);
    if (!q)
        return false;
    query_bind_int64(q, 1, line->seq);
    query_bind_text(q, 2, line->time);
    query_bind_text(q, 3, line->actor);
    query_bind_text(q, 4, line->type);
    query_bind_text(q, 5, line->subject);
    query_bind_bytes(q, 6, buf_text(data), data->len);
    query_bind_text(q, 7, salt);
    query_bind_text(q, 8, line->digest);
    query_bind_text(q, 9, line->prev);
    query_bind_text(q, 10, whole);
    bool ok = query_run(q, e);
    query_free(q);
    return ok;
}

/* What a handler does says which one it was and which event woke it, whatever the plugin says. */
static void write_data(const store *st, const value *data, buf *out)
{
    if (!st->cause) {
        json_write(out, data);
        return;
    }
    value with = value_copy(data);
    value_set(&with, "cause", value_int(st->cause));
    if (st->handler)
        value_set(&with, "handler", value_text(st->handler));
    json_write(out, &with);
    value_free(&with);
}

bool event_append(store *st, const char *type, const char *subject, const value *data,
                  int64_t *out_seq, err *e)
{
    if (!db_in_transaction(st->db))
        return err_set(e, ERR_BUG, "an event outside a transaction");
    if (strchr(type, '\n') || strchr(subject, '\n'))
        return err_set(e, ERR_BUG, "an event's type and subject are one line each");
    event_end last;
    if (!event_last(st, &last, e))
        return false;
    char salt[2 * SALT_BYTES + 1], digest[HASH_TEXT];
    hash_random(SALT_BYTES, salt);
    buf text = {0};
    write_data(st, data, &text);
    event_digest(salt, buf_text(&text), text.len, digest);
    event_line line = {.seq = last.seq + 1,
                       .time = last.now,
                       .actor = st->acts_for ? st->acts_for : st->actor,
                       .type = type,
                       .subject = subject,
                       .digest = digest,
                       .prev = last.hash};
    bool ok = insert(st, &line, &text, salt, e);
    buf_free(&text);
    if (ok && out_seq)
        *out_seq = line.seq;
    return ok;
}

bool event_clock(store *st, int64_t *behind_ms, char newest[CLOCK_TIME_TEXT], err *e)
{
    query *q = db_prepare(st->db, "select time from event order by seq desc limit 1", e);
    if (!q)
        return false;
    int64_t at = 0, now = clock_now_ms();
    newest[0] = '\0';
    if (query_step(q, e))
        snprintf(newest, CLOCK_TIME_TEXT, "%s", query_text(q, 0));
    bool ok = !query_failed(q);
    query_free(q);
    *behind_ms = ok && clock_time_parse(newest, &at) && at > now ? at - now : 0;
    return ok;
}

bool event_head(store *st, int64_t *out_seq, err *e)
{
    query *q = db_prepare(st->db, "select coalesce(max(seq), 0) from event", e);
    bool ok = q && query_step(q, e);
    if (ok)
        *out_seq = query_int64(q, 0);
    query_free(q);
    return ok;
}

bool event_hash_at(store *st, int64_t seq, char out[HASH_TEXT], err *e)
{
    query *q = db_prepare(st->db, "select hash from event where seq = ?", e);
    if (!q)
        return false;
    query_bind_int64(q, 1, seq);
    bool found = query_step(q, e);
    if (found)
        snprintf(out, HASH_TEXT, "%s", query_text(q, 0));
    query_free(q);
    return found;
}

char *event_origin(store *st, int64_t seq, err *e)
{
    query *q = db_prepare(st->db,
                          "with recursive chain (actor, cause, step) as ("
                          "select actor, data ->> 'cause', 0 from event where seq = ? union all"
                          " select v.actor, v.data ->> 'cause', step + 1 from chain join event v"
                          " on v.seq = cause where step < 32)"
                          " select actor from chain order by step desc limit 1",
                          e);
    if (!q)
        return NULL;
    query_bind_int64(q, 1, seq);
    char *actor = query_step(q, e) ? mem_text(query_text(q, 0)) : NULL;
    query_free(q);
    return actor;
}

static bool as_value(query *q, bool brief, value *out, err *e)
{
    value event = value_map(), data = value_nil();
    value_add(&event, "seq", value_int(query_int64(q, 0)));
    static const char *const NAMES[] = {"time", "actor", "type", "subject"};
    for (int i = 0; i < 4; i++)
        value_add(&event, NAMES[i], value_text(query_text(q, i + 1)));
    char about[40];
    snprintf(about, sizeof about, "event %lld", (long long)query_int64(q, 0));
    const char *text = brief ? NULL : query_text(q, 5);
    if (text && !store_read_json(text, query_bytes(q, 5), about, &data, e)) {
        value_free(&event);
        return false;
    }
    value_add(&event, "data", data);
    static const char *const PROOF[] = {"prev", "hash", "salt", "digest"};
    for (int i = 0; i < 4; i++)
        value_add(&event, PROOF[i], value_text(query_text(q, i + 6)));
    *out = event;
    return true;
}

value event_shown(const value *event)
{
    static const char *const KEYS[] = {"seq",     "time", "actor", "type",
                                       "subject", "data", "prev",  "hash"};
    value row = value_map();
    for (size_t i = 0; i < sizeof KEYS / sizeof *KEYS; i++) {
        const value *v = value_get(event, KEYS[i]);
        value_add(&row, KEYS[i], v ? value_copy(v) : value_nil());
    }
    return row;
}

/* Three statements, for one with an `or` would read the whole log for the few about one subject. */
#define EVENTS "select seq, time, actor, type, subject, data, prev, hash, salt, digest from event"
static const char ABOUT_ALL[] = EVENTS " where seq > ?1 order by seq";
static const char ABOUT_ONE[] = EVENTS " where seq > ?1 and subject = ?2 order by seq";
static const char ABOUT_SOME[] =
    EVENTS " where seq > ?1 and subject in (select value from json_each(?2)) order by seq";

static query *prepare_each(store *st, const event_filter *f, err *e)
{
    query *q = db_prepare(st->db, f->subjects ? ABOUT_SOME : f->subject ? ABOUT_ONE : ABOUT_ALL, e);
    if (!q)
        return NULL;
    query_bind_int64(q, 1, f->since);
    if (f->subjects) {
        buf list = {0};
        json_write(&list, f->subjects);
        query_bind_text(q, 2, buf_text(&list));
        buf_free(&list);
    } else if (f->subject) {
        query_bind_text(q, 2, f->subject);
    }
    return q;
}

bool event_each(store *st, const event_filter *f,
                bool (*row)(void *ctx, const value *event, err *e), void *ctx, err *e)
{
    query *q = prepare_each(st, f, e);
    bool ok = q != NULL;
    for (int64_t left = f->limit; ok && left != 0 && query_step(q, e);) {
        if (f->type && !text_glob(f->type, query_text(q, 3)))
            continue;
        value event = value_nil();
        ok = as_value(q, f->brief, &event, e) && row(ctx, &event, e);
        value_free(&event);
        left -= left > 0;
    }
    ok = ok && !query_failed(q);
    query_free(q);
    return ok;
}
