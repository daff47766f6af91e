/* Where else what is forgotten may stand: plugins' events, runs, reasons that people gave, messages
 * of handlers, plugins as kept with runs. */
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/mem.h"
#include "store/forget_parts.h"

static const char FORGOTTEN[] = "(forgotten)";

static void add_seq(forget_seqs *s, int64_t seq)
{
    s->items = mem_grow(s->items, s->len + 1, sizeof *s->items);
    s->items[s->len++] = seq;
}

static bool has_seq(const forget_seqs *s, int64_t seq)
{
    size_t low = 0, high = s->len;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (s->items[middle] < seq)
            low = middle + 1;
        else
            high = middle;
    }
    return low < s->len && s->items[low] == seq;
}

/* What led to the record's events: a command, say, with what it was asked. */
static bool list_causes(store *st, forgetting *f, err *e)
{
    query *q = db_prepare(
        st->db,
        "with recursive up (seq) as (select data -> 'cause' from event where subject = ?1"
        " and json_type(data, '$.cause') = 'integer' union select v.data -> 'cause' from up"
        " join event v on v.seq = cast(up.seq as integer)"
        " where json_type(v.data, '$.cause') = 'integer')"
        " select cast(seq as integer) as seq from up order by 1",
        e);
    if (!q)
        return false;
    query_bind_text(q, 1, f->id);
    while (query_step(q, e))
        add_seq(&f->causes, query_int64(q, 0));
    bool ok = !query_failed(q);
    query_free(q);
    return ok;
}

/* The record's own, and what handlers made of them, and others of that. */
static bool list_effects(store *st, forgetting *f, err *e)
{
    query *q = db_prepare(st->db,
                          "select seq, subject = ?1, data ->> 'cause' from event where subject = ?1"
                          " or (data is not null and instr(data, '\"cause\":') > 0) order by seq",
                          e);
    if (!q)
        return false;
    query_bind_text(q, 1, f->id);
    while (query_step(q, e))
        if (query_int64(q, 1) || has_seq(&f->effects, query_int64(q, 2)))
            add_seq(&f->effects, query_int64(q, 0));
    bool ok = !query_failed(q);
    query_free(q);
    return ok;
}

/* Did the event lead to the record's, or come of them? */
static bool is_of_it(const forgetting *f, int64_t seq)
{
    return has_seq(&f->effects, seq) || has_seq(&f->causes, seq);
}

/* Its cause is a number too, and its handler a word; so is what Polder adds to a command's. */
static bool holds_word(const forgetting *f, const char *type, const value *data)
{
    bool command = strcmp(type, "command.ran") == 0;
    value said = value_copy(command ? value_get(data, "args") : data);
    if (!command && value_is(value_get(&said, "cause"), VALUE_INT)) {
        value_drop(&said, "cause");
        value_drop(&said, "handler");
    }
    char *text = store_json(&said);
    bool found = forget_holds_word(f, text);
    free(text);
    value_free(&said);
    return found;
}

static bool redact_mention(forgetting *f, const char *type, value *data)
{
    char *text = store_json(data);
    bool found = forget_mentioned(f, text);
    free(text);
    found = found || (is_of_it(f, f->seq) && holds_word(f, type, data));
    return found && forget_redact_all(data);
}

/* Of events of other subjects only those of plugins: they say what they like. */
static bool others_events(store *st, forgetting *f, err *e)
{
    if (!list_causes(st, f, e) || !list_effects(st, f, e))
        return false;
    query *q = db_prepare(st->db,
                          "select seq, type, data from event where subject <> ?"
                          " and data is not null and not (type glob 'record.*' or type glob 'run.*'"
                          " or type glob 'source.*' or type glob 'kinds.*') order by seq",
                          e);
    if (q)
        query_bind_text(q, 1, f->id);
    bool ok = q && forget_each_event(st, f, q, redact_mention, e);
    query_free(q);
    return ok;
}

static bool erase_run(store *st, const char *id, bool inputs, err *e)
{
    return store_run(st,
                     inputs ? "update run set result = '{\"erased\":true}',"
                              " inputs = '{\"erased\":true}' where id = ?"
                            : "update run set result = '{\"erased\":true}' where id = ?",
                     &id, 1, e);
}

/* A rule's reason may hold a value in any form, and so may a question, a setting or the text of a
 * what-if: what a run says of the record, or was asked of it, goes as a whole. */
static bool runs(store *st, forgetting *f, err *e)
{
    query *q = db_prepare(st->db, "select id, inputs, result from run order by id", e);
    if (!q)
        return false;
    bool ok = true;
    while (ok && query_step(q, e)) {
        bool inputs = forget_mentioned(f, query_text(q, 1));
        if (!inputs && !forget_mentioned(f, query_text(q, 2)))
            continue;
        ok = erase_run(st, query_text(q, 0), inputs, e);
        f->runs++;
    }
    ok = ok && !query_failed(q);
    query_free(q);
    return ok;
}

/* Of a text that isn't JSON. */
static bool text_mentions(const forgetting *f, const char *text)
{
    buf json = {0};
    value v = value_text(text);
    json_write(&json, &v);
    bool found = forget_mentioned(f, buf_text(&json));
    value_free(&v);
    buf_free(&json);
    return found;
}

static bool redact_why(const forgetting *f, value *of)
{
    const char *why = value_get_str(of, "why", NULL);
    if (!why || strcmp(why, FORGOTTEN) == 0 || !text_mentions(f, why))
        return false;
    value_set(of, "why", value_text(FORGOTTEN));
    return true;
}

static bool redact_reason(forgetting *f, const char *type, value *data)
{
    value *decision = (value *)value_get(data, "settlement"); /* ours to change: `data` is */
    return strncmp(type, "source.", 7) == 0 ? redact_why(f, data)
                                            : decision && redact_why(f, decision);
}

/* What people gave as reasons for decisions about others, in the log and in its table. */
static bool reasons_of(store *st, forgetting *f, const char *list, const char *change, err *e)
{
    query *q = db_prepare(st->db, list, e);
    if (!q)
        return false;
    bool ok = true;
    while (ok && query_step(q, e)) {
        const char *const texts[] = {FORGOTTEN, query_text(q, 0)};
        if (text_mentions(f, query_text(q, 1)))
            ok = store_run(st, change, texts, 2, e);
    }
    ok = ok && !query_failed(q);
    query_free(q);
    return ok;
}

static bool reasons(store *st, forgetting *f, err *e)
{
    query *q = db_prepare(st->db,
                          "select seq, type, data from event where data is not null and"
                          " (type glob 'source.*' or (type glob 'record.*'"
                          " and instr(data, '\"settlement\":') > 0)) order by seq",
                          e);
    bool ok = q && forget_each_event(st, f, q, redact_reason, e);
    query_free(q);
    return ok &&
           reasons_of(st, f, "select id, why from withdrawal",
                      "update withdrawal set why = ? where id = ?", e) &&
           reasons_of(st, f, "select id, why from settlement",
                      "update settlement set why = ? where id = ?", e);
}

/* Of handlers that failed at what came of the record, also with a short value. */
static bool is_told(const forgetting *f, const char *message, int64_t event)
{
    buf json = {0};
    if (text_mentions(f, message))
        return true;
    value v = value_text(message);
    json_write(&json, &v);
    bool found = is_of_it(f, event) && forget_holds_word(f, buf_text(&json));
    value_free(&v);
    buf_free(&json);
    return found;
}

static bool messages(store *st, forgetting *f, err *e)
{
    query *q = db_prepare(st->db, "select id, message, event from handler_failure", e);
    if (!q)
        return false;
    bool ok = true;
    while (ok && query_step(q, e)) {
        const char *const texts[] = {FORGOTTEN, query_text(q, 0)};
        if (is_told(f, query_text(q, 1), query_int64(q, 2)))
            ok = store_run(st, "update handler_failure set message = ? where id = ?", texts, 2, e);
    }
    ok = ok && !query_failed(q);
    query_free(q);
    return ok;
}

static bool list_plugins(store *st, const forgetting *f, value *hashes, err *e)
{
    query *q = db_prepare(st->db, "select plugin_source, content from plugin_file", e);
    if (!q)
        return false;
    while (query_step(q, e)) {
        buf json = {0};
        value v = value_bytes(query_text(q, 1), query_bytes(q, 1));
        json_write(&json, &v);
        if (forget_holds(f, buf_text(&json)))
            value_set(hashes, query_text(q, 0), value_bool(true));
        value_free(&v);
        buf_free(&json);
    }
    bool ok = !query_failed(q);
    query_free(q);
    return ok;
}

/* A plugin that names somebody in its sources: what was kept of it for replays goes; that it was
 * kept stays, so that it isn't again. */
static bool plugins(store *st, forgetting *f, err *e)
{
    value hashes = value_map();
    bool ok = list_plugins(st, f, &hashes, e);
    for (size_t i = 0; ok && i < value_len(&hashes); i++) {
        const char *hash = hashes.as.map.items[i].key;
        ok = store_run(st, "delete from plugin_file where plugin_source = ?", &hash, 1, e);
        f->plugins += ok;
    }
    value_free(&hashes);
    return ok;
}

/* The chain is of them: those of before a subject had no blanks (host/emit.c) can only be told. */
static bool subjects(store *st, forgetting *f, err *e)
{
    query *q = db_prepare(st->db, "select subject from event where instr(subject, ' ') > 0", e);
    if (!q)
        return false;
    while (query_step(q, e))
        f->subjects += text_mentions(f, query_text(q, 0));
    bool ok = !query_failed(q);
    query_free(q);
    return ok;
}

bool forget_mentions(store *st, forgetting *f, err *e)
{
    return others_events(st, f, e) && runs(st, f, e) && reasons(st, f, e) && messages(st, f, e) &&
           plugins(st, f, e) && subjects(st, f, e);
}
