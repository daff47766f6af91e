/* What the log holds of a record that is forgotten. */
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/json.h"
#include "base/text.h"
#include "store/forget_parts.h"

static bool is_one_of(const char *type, const char *const *globs)
{
    for (; *globs; globs++)
        if (text_glob(*globs, type))
            return true;
    return false;
}

/* Of a claim on an erased field only stays that there was one. */
static bool redact_claims(forgetting *f, value *claims)
{
    bool any = false;
    for (size_t i = 0; i < value_len(claims); i++) {
        value *claim = &claims->as.list.items[i];
        const char *field = value_get_str(claim, "field", "");
        if (!forget_has(f, field) || !value_get(claim, "value"))
            continue;
        forget_note(f, field, value_get(claim, "value"));
        value only = value_map();
        value_add(&only, "field", value_text(field));
        value_free(claim);
        *claim = only;
        any = true;
    }
    return any;
}

static value *part(value *data, const char *key, value_type type)
{
    value *found = (value *)value_get(data, key); /* ours to change: `data` is */
    return value_is(found, type) ? found : NULL;
}

/* A reason given for an erased field may repeat its value. */
static bool redact_decision(const forgetting *f, value *settlement)
{
    const char *field = value_get_str(settlement, "field", NULL);
    return field && forget_has(f, field) && value_drop(settlement, "why");
}

static bool redact_change(forgetting *f, value *data)
{
    value *fields = part(data, "fields", VALUE_MAP), *claims = part(data, "claims", VALUE_LIST);
    bool dropped = fields && forget_drop(f, fields);
    bool claimed = claims && redact_claims(f, claims);
    value *was = part(data, "was", VALUE_MAP); /* before its kind changed (kinds_migrate.h) */
    dropped = (was && forget_drop(f, was)) || dropped;
    value *settlement = part(data, "settlement", VALUE_MAP);
    bool decided = settlement && redact_decision(f, settlement);
    return dropped || claimed || decided;
}

/* Only the plugin knows what its event's data mean. */
bool forget_redact_all(value *data)
{
    const value *cause = value_get(data, "cause");
    if (value_get_bool(data, "erased", false))
        return false;
    value left = value_map();
    if (value_is(cause, VALUE_INT)) /* no text that somebody emitted under this name */
        value_add(&left, "cause", value_copy(cause));
    value_free(data);
    *data = left;
    return true;
}

static bool write_event(store *st, int64_t seq, const char *text, size_t len, err *e)
{
    query *q = db_prepare(st->db, "update event set data = ?, salt = null where seq = ?", e);
    if (!q)
        return false;
    query_bind_bytes(q, 1, text, len);
    query_bind_int64(q, 2, seq);
    bool ok = query_run(q, e);
    query_free(q);
    return ok;
}

static bool erase_event(store *st, forgetting *f, int64_t seq, value *data, err *e)
{
    char digest[HASH_TEXT];
    buf text = {0};
    value_set(data, "erased", value_bool(true));
    json_write(&text, data);
    hash_of(buf_text(&text), text.len, digest);
    value item = value_map();
    value_add(&item, "seq", value_int(seq));
    value_add(&item, "digest", value_text(digest));
    value_push(&f->erased, item);
    bool ok = write_event(st, seq, buf_text(&text), text.len, e);
    buf_free(&text);
    return ok;
}

bool forget_each_event(store *st, forgetting *f, query *q, forget_redact *redact, err *e)
{
    bool ok = true;
    while (ok && query_step(q, e)) {
        value data = value_nil();
        const char *text = query_text(q, 2);
        f->seq = query_int64(q, 0);
        ok = store_read_map(text, query_bytes(q, 2), f->id, &data, e);
        if (ok && redact(f, query_text(q, 1), &data))
            ok = erase_event(st, f, f->seq, &data, e);
        value_free(&data);
    }
    return ok && !query_failed(q);
}

static bool redact_own(forgetting *f, const char *type, value *data)
{
    static const char *const OF_CHANGES[] = {"record.created", "record.changed", "record.settled",
                                             "record.deleted", NULL};
    static const char *const OF_OTHERS[] = {"record.forgotten", "source.*", NULL};
    if (is_one_of(type, OF_OTHERS))
        return false;
    return is_one_of(type, OF_CHANGES) ? redact_change(f, data) : forget_redact_all(data);
}

bool forget_events(store *st, forgetting *f, err *e)
{
    query *own = db_prepare(st->db,
                            "select seq, type, data from event"
                            " where subject = ? and data is not null order by seq",
                            e);
    if (own)
        query_bind_text(own, 1, f->id);
    bool ok = own && forget_each_event(st, f, own, redact_own, e);
    query_free(own);
    return ok;
}
