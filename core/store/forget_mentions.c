/* What else may hold what is forgotten, in its own letters or in another case and without its
 * marks: plugins' events, runs, messages of handlers, plugins as kept with runs. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/text.h"
#include "store/forget_parts.h"

/* Shorter texts stand in too many places that have nothing to do with them. */
enum { TEXT_BYTES = 5, FOLDED_BYTES = 3 };

void forget_note_text(forgetting *f, const char *text, size_t len)
{
    buf quoted = {0}, folded = {0};
    value v = value_text(text);
    json_write(&quoted, &v);
    /* As it stands in JSON, without its quotes: it may stand inside a sentence. */
    text_fold(&folded, buf_text(&quoted) + 1, quoted.len - 2);
    if (len >= TEXT_BYTES && folded.len >= FOLDED_BYTES)
        value_set(&f->texts, text, value_text(buf_text(&folded)));
    value_free(&v);
    buf_free(&quoted);
    buf_free(&folded);
}

static bool holds(const value *texts, size_t i, const char *folded)
{
    return strstr(folded, value_str(&texts->as.map.items[i].value, "")) != NULL;
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
static bool mentions(const forgetting *f, const char *json)
{
    buf folded = {0};
    bool found = names_it(json, f->id);
    if (!found)
        text_fold(&folded, json, strlen(json));
    for (size_t i = 0; !found && i < f->texts.as.map.len; i++)
        found = holds(&f->texts, i, buf_text(&folded));
    buf_free(&folded);
    return found;
}

static bool redact_mention(forgetting *f, const char *type, value *data)
{
    (void)type;
    char *text = store_json(data);
    bool found = mentions(f, text);
    free(text);
    return found && forget_redact_all(data);
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
        bool inputs = mentions(f, query_text(q, 1));
        if (!inputs && !mentions(f, query_text(q, 2)))
            continue;
        ok = erase_run(st, query_text(q, 0), inputs, e);
        f->runs++;
    }
    ok = ok && !query_failed(q);
    query_free(q);
    return ok;
}

/* Of one other record: which of the texts it holds. */
static void note_other(forgetting *f, const char *id, const char *folded, value *shared)
{
    enum { OTHERS = 20 };
    bool any = false;
    for (size_t i = 0; i < f->texts.as.map.len; i++) {
        if (!holds(&f->texts, i, folded))
            continue;
        value_set(shared, f->texts.as.map.items[i].key, value_bool(true));
        any = true;
    }
    if (any && value_len(&f->others) < OTHERS)
        value_push(&f->others, value_text(id));
}

bool forget_own_texts(store *st, forgetting *f, err *e)
{
    value shared = value_map();
    query *q = db_prepare(st->db, "select id, fold(data) from record where id <> ? order by id", e);
    if (!q)
        return false;
    query_bind_text(q, 1, f->id);
    while (f->texts.as.map.len && query_step(q, e))
        note_other(f, query_text(q, 0), query_text(q, 1), &shared);
    bool ok = !query_failed(q);
    query_free(q);
    for (size_t i = 0; i < shared.as.map.len; i++)
        value_drop(&f->texts, shared.as.map.items[i].key);
    value_free(&shared);
    return ok;
}

static bool list_plugins(store *st, const char *text, value *hashes, err *e)
{
    query *q = db_prepare(st->db,
                          "select distinct plugin_source from plugin_file"
                          " where instr(fold(content), fold(?)) > 0",
                          e);
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
                       " where instr(fold(message), fold(?)) > 0",
                       &text, 1, e);
    }
    return ok;
}

bool forget_mentions(store *st, forgetting *f, err *e)
{
    return others_events(st, f, e) && runs(st, f, e) && messages(st, f, e) && plugins(st, f, e);
}
