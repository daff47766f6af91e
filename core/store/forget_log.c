/* What the log and the runs hold of a record that is forgotten. */
#include <ctype.h>
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
static bool redact_all(value *data)
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

static bool each_event(store *st, forgetting *f, query *q,
                       bool (*redact)(forgetting *f, const char *type, value *data), err *e)
{
    bool ok = true;
    while (ok && query_step(q, e)) {
        value data = value_nil();
        const char *text = query_text(q, 2);
        ok = store_read_map(text, query_bytes(q, 2), f->id, &data, e);
        if (ok && redact(f, query_text(q, 1), &data))
            ok = erase_event(st, f, query_int64(q, 0), &data, e);
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
    return is_one_of(type, OF_CHANGES) ? redact_change(f, data) : redact_all(data);
}

/* A text as it stands in JSON, without its quotes: it may stand inside a sentence. */
static void quote(const char *text, buf *out)
{
    value v = value_text(text);
    buf whole = {0};
    json_write(&whole, &v);
    buf_add(out, buf_text(&whole) + 1, whole.len - 2);
    buf_free(&whole);
    value_free(&v);
}

static bool is_of_id(char c)
{
    return isalnum((unsigned char)c) || (c && strchr("._-~/", c));
}

/* "person/an" stands in "about person/an." and not in "person/anna". */
static bool names_it(const char *json, const char *id)
{
    size_t len = strlen(id);
    for (const char *at = json; (at = strstr(at, id)); at += len) {
        bool begins = at == json || !is_of_id(at[-1]);
        const char *end = at + len + strspn(at + len, ".");
        if (begins && !is_of_id(*end))
            return true;
    }
    return false;
}

/* Whether a JSON text speaks of the record, or holds one of the values. */
static bool mentions(const forgetting *f, const char *json, bool with_id)
{
    buf part = {0};
    bool found = with_id && names_it(json, f->id);
    for (size_t i = 0; !found && i < f->texts.as.map.len; i++) {
        buf_clear(&part);
        quote(f->texts.as.map.items[i].key, &part);
        found = strstr(json, buf_text(&part)) != NULL;
    }
    buf_free(&part);
    return found;
}

static bool redact_mention(forgetting *f, const char *type, value *data)
{
    (void)type;
    char *text = store_json(data);
    bool found = mentions(f, text, true);
    free(text);
    return found && redact_all(data);
}

bool forget_events(store *st, forgetting *f, err *e)
{
    query *own = db_prepare(st->db,
                            "select seq, type, data from event"
                            " where subject = ? and data is not null order by seq",
                            e);
    if (own)
        query_bind_text(own, 1, f->id);
    bool ok = own && each_event(st, f, own, redact_own, e);
    query_free(own);
    return ok;
}

/* Of events of other subjects only those of plugins: they say what they like. */
static bool others_events(store *st, forgetting *f, err *e)
{
    query *q = db_prepare(st->db,
                          "select seq, type, data from event where subject <> ?"
                          " and data is not null and not (type glob 'record.*' or type glob 'run.*'"
                          " or type glob 'source.*' or type glob 'kinds.*') order by seq",
                          e);
    if (q)
        query_bind_text(q, 1, f->id);
    bool ok = q && each_event(st, f, q, redact_mention, e);
    query_free(q);
    return ok;
}

static bool erase_run(store *st, const char *id, bool inputs, err *e)
{
    const char *const texts[] = {id};
    static const char ERASED[] = "{\"erased\":true}";
    buf sql = {0};
    buf_fmt(&sql, "update run set result = '%s'", ERASED);
    if (inputs)
        buf_fmt(&sql, ", inputs = '%s'", ERASED);
    buf_str(&sql, " where id = ?");
    bool ok = store_run(st, buf_text(&sql), texts, 1, e);
    buf_free(&sql);
    return ok;
}

/* A rule's reason may hold a value in any form: so what a run says of the record goes as a whole.
 */
static bool runs(store *st, forgetting *f, err *e)
{
    query *q = db_prepare(st->db, "select id, inputs, result from run order by id", e);
    if (!q)
        return false;
    bool ok = true;
    while (ok && query_step(q, e)) {
        bool inputs = mentions(f, query_text(q, 1), false);
        if (!inputs && !mentions(f, query_text(q, 2), true))
            continue;
        ok = erase_run(st, query_text(q, 0), inputs, e);
        f->runs++;
    }
    ok = ok && !query_failed(q);
    query_free(q);
    return ok;
}

static bool note_other(store *st, forgetting *f, const char *text, bool *any, err *e)
{
    enum { OTHERS = 20 };
    buf part = {0};
    query *q = db_prepare(
        st->db, "select id from record where id <> ? and instr(data, ?) > 0 order by id limit 20",
        e);
    if (!q)
        return false;
    quote(text, &part);
    query_bind_text(q, 1, f->id);
    query_bind_text(q, 2, buf_text(&part));
    while (query_step(q, e)) {
        bool known = value_len(&f->others) >= OTHERS;
        for (size_t i = 0; !known && i < value_len(&f->others); i++)
            known = strcmp(value_str(value_at(&f->others, i), ""), query_text(q, 0)) == 0;
        if (!known)
            value_push(&f->others, value_text(query_text(q, 0)));
        *any = true;
    }
    bool ok = !query_failed(q);
    query_free(q);
    buf_free(&part);
    return ok;
}

bool forget_own_texts(store *st, forgetting *f, err *e)
{
    value own = value_map();
    bool ok = true;
    for (size_t i = 0; ok && i < f->texts.as.map.len; i++) {
        const char *text = f->texts.as.map.items[i].key;
        bool any = false;
        ok = note_other(st, f, text, &any, e);
        if (!any)
            value_add(&own, text, value_bool(true));
    }
    value_free(&f->texts);
    f->texts = own;
    return ok;
}

static bool list_plugins(store *st, const char *text, value *hashes, err *e)
{
    query *q = db_prepare(
        st->db, "select distinct plugin_source from plugin_file where instr(content, ?) > 0", e);
    if (!q)
        return false;
    query_bind_text(q, 1, text);
    while (query_step(q, e))
        value_set(hashes, query_text(q, 0), value_bool(true));
    bool ok = !query_failed(q);
    query_free(q);
    return ok;
}

/* A plugin that names somebody in its sources: what was kept of it for replays goes; that it was
 * kept stays, so that it isn't again. */
static bool plugins(store *st, forgetting *f, err *e)
{
    value hashes = value_map();
    bool ok = true;
    for (size_t i = 0; ok && i < f->texts.as.map.len; i++)
        ok = list_plugins(st, f->texts.as.map.items[i].key, &hashes, e);
    for (size_t i = 0; ok && i < value_len(&hashes); i++) {
        const char *hash = hashes.as.map.items[i].key;
        ok = store_run(st, "delete from plugin_file where plugin_source = ?", &hash, 1, e);
        f->plugins += ok;
    }
    value_free(&hashes);
    return ok;
}

static bool messages(store *st, const forgetting *f, err *e)
{
    bool ok = true;
    for (size_t i = 0; ok && i < f->texts.as.map.len; i++) {
        const char *text = f->texts.as.map.items[i].key;
        ok = store_run(st,
                       "update handler_failure set message = '(forgotten)'"
                       " where instr(message, ?) > 0",
                       &text, 1, e);
    }
    return ok;
}

bool forget_mentions(store *st, forgetting *f, err *e)
{
    return others_events(st, f, e) && runs(st, f, e) && messages(st, f, e) && plugins(st, f, e);
}
