#include "store/head.h"

#include <string.h>

#include "base/sign.h"
#include "store/event_parts.h"
#include "store/store_parts.h"

static void signed_text(int64_t seq, const char *time, const char *head_hash, buf *out)
{
    buf_fmt(out, "polder-head-1\n%lld\n%s\n%s\n", (long long)seq, time, head_hash);
}

static bool insert(store *st, const value *s, err *e)
{
    query *q = db_prepare(st->db,
                          "insert into head_signature (seq, time, hash, public_key, signature)"
                          " values (?, ?, ?, ?, ?)",
                          e);
    if (!q)
        return false;
    static const char *const KEYS[] = {"time", "hash", "public_key", "signature"};
    query_bind_int64(q, 1, value_get_int(s, "seq", 0));
    for (int i = 0; i < 4; i++)
        query_bind_text(q, i + 2, value_get_str(s, KEYS[i], ""));
    bool ok = query_run(q, e);
    query_free(q);
    return ok;
}

static bool make(const event_end *end, const char *secret, value *out, err *e)
{
    char key[SIGN_KEY_TEXT], signature[SIGN_TEXT];
    buf text = {0};
    signed_text(end->seq, end->now, end->hash, &text);
    bool ok =
        sign_public_key(secret, key) && sign_make(secret, buf_text(&text), text.len, signature);
    buf_free(&text);
    if (!ok)
        return err_set(e, ERR_BAD_DATA, "this is no secret key: expected 64 hex digits");
    *out = value_map();
    value_add(out, "seq", value_int(end->seq));
    value_add(out, "time", value_text(end->now));
    value_add(out, "hash", value_text(end->hash));
    value_add(out, "public_key", value_text(key));
    value_add(out, "signature", value_text(signature));
    return true;
}

bool head_last(store *st, int64_t *seq, int64_t *time_ms, err *e)
{
    query *q = db_prepare(
        st->db, "select seq, time from head_signature order by seq desc, id desc limit 1", e);
    if (!q)
        return false;
    *seq = *time_ms = 0;
    if (query_step(q, e)) {
        *seq = query_int64(q, 0);
        clock_time_parse(query_text(q, 1), time_ms);
    }
    bool ok = !query_failed(q);
    query_free(q);
    return ok;
}

bool head_sign(store *st, const char *secret, value *out, err *e)
{
    event_end end;
    value made = value_nil();
    if (!store_begin(st, e))
        return false;
    bool ok =
        event_last(st, &end, e) &&
        (end.seq > 0 || err_set(e, ERR_NOT_FOUND, "the log is empty: there is no end to sign"));
    ok = ok && make(&end, secret, &made, e) && insert(st, &made, e);
    if (ok)
        ok = store_commit(st, e);
    else
        store_rollback(st);
    if (ok)
        *out = made;
    else
        value_free(&made);
    return ok;
}

static void damage(event_report *report, int64_t seq, const char *what)
{
    report->bad_seq = seq;
    report->checked = seq - 1;
    snprintf(report->damage, sizeof report->damage, "%s", what);
}

static bool is_signed(const value *s)
{
    buf text = {0};
    signed_text(value_get_int(s, "seq", 0), value_get_str(s, "time", ""),
                value_get_str(s, "hash", ""), &text);
    bool ok = sign_check(value_get_str(s, "public_key", ""), buf_text(&text), text.len,
                         value_get_str(s, "signature", ""));
    buf_free(&text);
    return ok;
}

bool head_is(const value *v)
{
    static const char *const TEXTS[] = {"time", "hash", "public_key", "signature"};
    bool is = value_get_int(v, "seq", 0) > 0;
    for (size_t i = 0; is && i < sizeof TEXTS / sizeof *TEXTS; i++)
        is = value_get_str(v, TEXTS[i], NULL) != NULL;
    return is;
}

/* Sets *report when the log isn't what was signed. */
static bool check_log(store *st, const value *s, event_report *report, err *e)
{
    int64_t seq = value_get_int(s, "seq", 0), head = 0;
    query *q = db_prepare(st->db, "select hash from event where seq = ?", e);
    if (!q)
        return false;
    query_bind_int64(q, 1, seq);
    bool there = query_step(q, e), ok = !query_failed(q) && event_head(st, &head, e);
    if (ok && !there && seq > head) {
        damage(report, head + 1, "");
        snprintf(report->damage, sizeof report->damage,
                 "the end of the log is missing: it reached to event %lld when it was signed on "
                 "%.10s",
                 (long long)seq, value_get_str(s, "time", ""));
    } else if (ok && (!there || strcmp(query_text(q, 0), value_get_str(s, "hash", "")) != 0)) {
        damage(report, seq, "its hash is not the one that was signed: the log was written anew");
    }
    query_free(q);
    return ok;
}

static bool check_one(store *st, const value *s, const char *public_key, event_report *report,
                      int64_t *count, err *e)
{
    if (public_key && strcmp(value_get_str(s, "public_key", ""), public_key) != 0)
        return true;
    if (!is_signed(s)) {
        damage(report, value_get_int(s, "seq", 0) > 0 ? value_get_int(s, "seq", 0) : 1,
               "the signature of this end of the log is not right: it was changed or forged");
        return true;
    }
    if (!check_log(st, s, report, e))
        return false;
    *count += report->bad_seq == 0;
    return true;
}

static value kept_row(query *q)
{
    static const char *const KEYS[] = {"time", "hash", "public_key", "signature"};
    value s = value_map();
    value_add(&s, "seq", value_int(query_int64(q, 0)));
    for (int i = 0; i < 4; i++)
        value_add(&s, KEYS[i], value_text(query_text(q, i + 1)));
    return s;
}

static bool check_kept(store *st, const char *public_key, event_report *report, int64_t *count,
                       err *e)
{
    query *q = db_prepare(st->db,
                          "select seq, time, hash, public_key, signature from head_signature"
                          " order by seq, id",
                          e);
    if (!q)
        return false;
    bool ok = true;
    while (ok && report->bad_seq == 0 && query_step(q, e)) {
        value s = kept_row(q);
        ok = check_one(st, &s, public_key, report, count, e);
        value_free(&s);
    }
    ok = ok && !query_failed(q);
    query_free(q);
    return ok;
}

bool head_verify(store *st, const value *given, const char *public_key, event_report *report,
                 int64_t *count, err *e)
{
    int64_t head = 0;
    *count = 0;
    bool ok = check_kept(st, public_key, report, count, e);
    for (size_t i = 0; ok && report->bad_seq == 0 && i < value_len(given); i++)
        ok = check_one(st, value_at(given, i), public_key, report, count, e);
    if (!ok || report->bad_seq != 0 || !public_key || *count > 0)
        return ok;
    ok = event_head(st, &head, e);
    if (ok)
        damage(report, head + 1, "no end of the log was signed with this key");
    return ok;
}
