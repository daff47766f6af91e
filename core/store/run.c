#include "store/run.h"

#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "store/event_parts.h"
#include "store/store_parts.h"

/* NEWEST: named when a run isn't there. */
enum { NEWEST = 3, RANDOM_BYTES = 3, COUNTED_AMONG = 20 };

/* "run/20260223-130509-120-a1b2c3" from "2026-02-23T13:05:09.120Z": sorts by time. */
static char *new_id(const char *time)
{
    buf id = {0};
    char random[2 * RANDOM_BYTES + 1];
    hash_random(RANDOM_BYTES, random);
    buf_str(&id, "run/");
    for (const char *at = time; *at && *at != 'Z'; at++) {
        if (*at == 'T' || *at == '.')
            buf_char(&id, '-');
        else if (*at >= '0' && *at <= '9')
            buf_char(&id, *at);
    }
    buf_fmt(&id, "-%s", random);
    return buf_take(&id);
}

static bool insert(store *st, const char *id, const char *what, const event_end *at,
                   const char *inputs, const char *result, err *e)
{
    query *q = db_prepare(
        st->db, "insert into run (id, what, time, log, inputs, result) values (?, ?, ?, ?, ?, ?)",
        e);
    if (!q)
        return false;
    query_bind_text(q, 1, id);
    query_bind_text(q, 2, what);
    query_bind_text(q, 3, at->now);
    query_bind_int64(q, 4, at->seq);
    query_bind_text(q, 5, inputs);
    query_bind_text(q, 6, result);
    bool ok = query_run(q, e);
    query_free(q);
    return ok;
}

/* The log holds digests of what went in and came out, so that a run that was changed later shows.
 */
static bool append(store *st, const char *id, const char *what, const char *inputs,
                   const char *result, err *e)
{
    char digest[HASH_TEXT];
    value data = value_map();
    value_add(&data, "what", value_text(what));
    hash_of(inputs, strlen(inputs), digest);
    value_add(&data, "inputs", value_text(digest));
    hash_of(result, strlen(result), digest);
    value_add(&data, "result", value_text(digest));
    bool ok = event_append(st, "run.finished", id, &data, NULL, e);
    value_free(&data);
    return ok;
}

char *run_store(store *st, const char *what, const value *inputs, const value *result, err *e)
{
    if (!store_begin(st, e))
        return NULL;
    char *id = NULL, *in = store_json(inputs), *out = store_json(result);
    event_end at;
    bool ok = event_last(st, &at, e);
    if (!ok)
        goto done;
    at.seq = value_get_int(inputs, "log", at.seq);
    id = new_id(at.now);
    ok = insert(st, id, what, &at, in, out, e) && append(st, id, what, in, out, e);
done:
    if (ok)
        ok = store_commit(st, e);
    else
        store_rollback(st);
    if (!ok) {
        free(id);
        id = NULL;
    }
    free(in);
    free(out);
    return id;
}

/* `what`: among runs of that sort alone; NULL: all. */
static bool missing(store *st, const char *id, const char *what, err *e)
{
    err_set(e, ERR_NOT_FOUND, "there is no %s %s", what ? what : "run", id);
    query *q = db_prepare(
        st->db, "select id from run where ?1 is null or what = ?1 order by id desc limit ?2", NULL);
    if (!q)
        return false;
    buf names = {0};
    query_bind_text(q, 1, what);
    query_bind_int64(q, 2, NEWEST);
    while (query_step(q, NULL))
        buf_fmt(&names, "%s%s", names.len ? ", " : "", query_text(q, 0));
    query_free(q);
    if (names.len)
        err_hint(e, "the newest are %s", buf_text(&names));
    else if (what)
        err_hint(e, "no run of a %s is kept", what);
    buf_free(&names);
    return false;
}

static bool as_value(query *q, value *out, err *e)
{
    value inputs = value_nil(), result = value_nil();
    const char *id = query_text(q, 0), *in = query_text(q, 4);
    if (!store_read_json(in, query_bytes(q, 4), id, &inputs, e))
        return false;
    const char *text = query_text(q, 5);
    if (!store_read_json(text, query_bytes(q, 5), id, &result, e)) {
        value_free(&inputs);
        return false;
    }
    if (value_get_bool(&result, "erased", false)) {
        bool asked = value_get_bool(&inputs, "erased", false);
        value_free(&inputs);
        value_free(&result);
        err_set(e, ERR_NOT_FOUND, "what %s gave%s was erased: it held personal values", id,
                asked ? " and what it was asked" : "");
        err_where(e, "%s", id);
        return err_hint(e, "`polder events --type record.forgotten` says when and why");
    }
    *out = value_map();
    value_add(out, "id", value_text(id));
    value_add(out, "what", value_text(query_text(q, 1)));
    value_add(out, "time", value_text(query_text(q, 2)));
    value_add(out, "log", value_int(query_int64(q, 3)));
    value_add(out, "inputs", inputs);
    value_add(out, "result", result);
    return true;
}

bool run_unkept(const err *why, err *unkept, err *e)
{
    bool stands = unkept && why->code == ERR_UNAVAILABLE;
    err_copy(stands ? unkept : e, why);
    return stands;
}

bool run_find(store *st, const char *id, int64_t as_of, value *out, err *e)
{
    query *q = db_prepare(st->db,
                          "select r.what, r.time, r.log, r.inputs from run r where r.id = ?1 and"
                          " (?2 = 0 or exists (select 1 from event where subject = r.id and"
                          " type = 'run.finished' and seq <= ?2))",
                          e);
    value inputs = value_nil();
    if (!q)
        return false;
    query_bind_text(q, 1, id);
    query_bind_int64(q, 2, as_of);
    bool found = query_step(q, e), ok = !query_failed(q);
    if (found)
        ok = store_read_json(query_text(q, 3), query_bytes(q, 3), id, &inputs, e);
    if (ok)
        *out = found ? value_map() : value_nil();
    if (ok && found) {
        value_add(out, "id", value_text(id));
        value_add(out, "what", value_text(query_text(q, 0)));
        value_add(out, "time", value_text(query_text(q, 1)));
        value_add(out, "log", value_int(query_int64(q, 2)));
        value_add(out, "inputs", inputs);
    }
    query_free(q);
    return ok;
}

/* "last" is 0, "last~2" is 2, anything else below 0. */
static int64_t steps_back(const char *id)
{
    static const char LAST[] = "last";
    size_t len = sizeof LAST - 1;
    if (strncmp(id, LAST, len) != 0)
        return -1;
    if (!id[len])
        return 0;
    const char *digits = id + len + 1;
    size_t count = strspn(digits, "0123456789");
    return id[len] == '~' && count && count < 10 && !digits[count] ? atoll(digits) : -1;
}

/* The run that the query gives, or `id` is missing. */
static bool load(store *st, query *q, const char *id, const char *what, value *out, err *e)
{
    bool ok = query_step(q, e);
    if (ok)
        ok = as_value(q, out, e);
    else if (!query_failed(q))
        missing(st, id, what, e);
    query_free(q);
    return ok;
}

#define RUNS "select id, what, time, log, inputs, result from run"

bool run_load(store *st, const char *id, value *out, err *e)
{
    query *q = db_prepare(st->db, RUNS " where id = ?", e);
    if (!q)
        return false;
    query_bind_text(q, 1, id);
    return load(st, q, id, NULL, out, e);
}

static bool load_newest_match(store *st, const char *id, int64_t back, value *out, err *e)
{
    query *q =
        db_prepare(st->db, RUNS " where what = 'match' order by id desc limit 1 offset ?", e);
    if (!q)
        return false;
    query_bind_int64(q, 1, back);
    return load(st, q, id, "match", out, e);
}

bool run_load_match(store *st, const char *id, value *out, err *e)
{
    int64_t back = steps_back(id);
    value run = value_nil();
    if (back >= 0)
        return load_newest_match(st, id, back, out, e);
    if (!run_load(st, id, &run, e))
        return false;
    const char *what = value_get_str(&run, "what", "");
    bool ok =
        strcmp(what, "match") == 0 || err_set(e, ERR_USAGE, "%s is a %s, not a match", id, what);
    if (ok)
        *out = run;
    else
        value_free(&run);
    return ok;
}

/* Has the text in column `at` the digest in column `digest`? */
static bool is_as_logged(query *q, int at, int digest)
{
    char is[HASH_TEXT];
    const char *logged = query_text(q, digest);
    hash_of(query_text(q, at), query_bytes(q, at), is);
    return logged && strcmp(is, logged) == 0;
}

bool run_result(store *st, const char *id, buf *out, err *e)
{
    query *q = db_prepare(st->db,
                          "select r.result, r.inputs, v.data ->> 'result', v.data ->> 'inputs',"
                          " v.seq from run r join event v on v.subject = r.id"
                          " and v.type = 'run.finished' where r.id = ?",
                          e);
    if (!q)
        return false;
    query_bind_text(q, 1, id);
    bool found = query_step(q, e), ok = found;
    if (found && !(is_as_logged(q, 0, 2) && is_as_logged(q, 1, 3))) {
        ok = err_set(e, ERR_BAD_DATA, "%s isn't what was stored: event %lld has another digest", id,
                     (long long)query_int64(q, 4));
        err_hint(e, "somebody changed the store's file; a backup may have it as it was");
    } else if (found) {
        buf_add(out, query_text(q, 0), query_bytes(q, 0));
    } else if (!query_failed(q)) {
        missing(st, id, NULL, e);
    }
    query_free(q);
    return ok;
}

bool run_last_counted(store *st, int64_t *out, err *e)
{
    query *q = db_prepare(st->db,
                          "select counted from (select id, inputs ->> 'counted' as counted from run"
                          " where what = 'match' order by id desc limit ?)"
                          " where typeof(counted) = 'integer' order by id desc limit 1",
                          e);
    if (!q)
        return false;
    query_bind_int64(q, 1, COUNTED_AMONG);
    *out = query_step(q, e) ? query_int64(q, 0) : 0;
    bool ok = !query_failed(q);
    query_free(q);
    return ok;
}
