/* Holds against the log what it tells of things that are no records: runs, whose event has digests
 * of what went in and came out; kinds; and plugins kept with
 * runs, which are known by their hash. */
#include <stdio.h>
#include <string.h>

#include "base/hash.h"
#include "base/json.h"
#include "store/kinds.h"
#include "store/past_hold.h"
#include "store/plugin_source.h"

static const char ERASED[] = "{\"erased\":true}";

/* The columns of the query in hold_runs. */
enum { ID, SEQ, WHAT, INPUTS, RESULT, IS_THERE, AS_WHAT, TIME, LOG, AS_INPUTS, AS_RESULT, FORGOT };

/* What was erased since is known to be so only by an event that tells of something erased. */
static void hold_digest(holding *h, query *q, int at, int digest, const char *what)
{
    char is[HASH_TEXT];
    const char *text = query_text(q, at), *logged = query_text(q, digest);
    bool erased = strcmp(text, ERASED) == 0 && query_int64(q, FORGOT) > query_int64(q, SEQ);
    hash_of(text, query_bytes(q, at), is);
    if (!erased && !hold_has_found(h) && (!logged || strcmp(is, logged) != 0))
        hold_so(h, "run", what);
}

/* Its id was made of the time. */
static bool is_of_time(const char *id, const char *time)
{
    const char *at = id + strlen("run/");
    for (; *time && *time != 'Z'; time++) {
        char sign = *time == 'T' || *time == '.' ? '-' : *time;
        if ((sign == '-' && *time == '-') || sign == ':')
            continue;
        if (*at++ != sign)
            return false;
    }
    return strcmp(time, "Z") == 0 && *at == '-';
}

static void hold_position(holding *h, query *q)
{
    value inputs = value_nil();
    const char *text = query_text(q, AS_INPUTS);
    if (json_read(text, query_bytes(q, AS_INPUTS), NULL, &inputs, NULL) &&
        !value_get_bool(&inputs, "erased", false))
        hold_number(h, "run", "the table", "log position", query_int64(q, LOG),
                    value_get_int(&inputs, "log", query_int64(q, SEQ) - 1));
    value_free(&inputs);
}

static void hold_run(holding *h, query *q)
{
    if (query_is_null(q, IS_THERE)) {
        hold_so(h, "run", "it is in the log and not in the table");
        return;
    }
    hold_text(h, "run", "its row", "what", query_text(q, AS_WHAT), query_text(q, WHAT));
    hold_digest(h, q, AS_INPUTS, INPUTS, "what went in isn't what the log has the digest of");
    hold_digest(h, q, AS_RESULT, RESULT, "its result isn't what the log has the digest of");
    if (!hold_has_found(h) && !is_of_time(query_text(q, ID), query_text(q, TIME)))
        hold_so(h, "run", "the table says another time than its id");
    hold_position(h, q);
}

bool hold_runs(holding *h, err *e)
{
    query *q =
        db_prepare(h->st->db,
                   "select v.subject, v.seq, v.data ->> 'what', v.data ->> 'inputs', v.data ->> "
                   "'result', r.id,"
                   " r.what, r.time, r.log, r.inputs, r.result,"
                   " (select coalesce(max(seq), 0) from event where type = 'record.forgotten')"
                   " from event v left join run r on r.id = v.subject where v.type = 'run.finished'"
                   " order by v.seq",
                   e);
    if (!q)
        return false;
    while (query_step(q, e)) {
        hold_run(h, q);
        hold_note(h, query_text(q, ID));
    }
    bool ok = !query_failed(q);
    query_free(q);
    return ok;
}

/* One row of the table; what is left of `kinds` after all is not in it. */
static void hold_kind(holding *h, query *q, value *kinds)
{
    const char *name = query_text(q, 0);
    const value *told = value_get(kinds, name);
    value schema = value_nil();
    if (!told)
        hold_so(h, "kind", "it is in the table and not in the log");
    else if (!json_read(query_text(q, 2), query_bytes(q, 2), NULL, &schema, NULL) ||
             !value_equal(&schema, told))
        hold_so(h, "kind", "the table declares it otherwise than the log tells");
    else
        hold_text(h, "kind", "its row", "plugin", query_text(q, 1),
                  value_get_str(told, "plugin", ""));
    hold_note(h, name);
    value_free(&schema);
    value_drop(kinds, name);
}

bool hold_kinds(holding *h, err *e)
{
    value kinds = value_nil();
    query *q = db_prepare(h->st->db, "select name, plugin, schema from kind order by name", e);
    bool ok = q && kinds_told(h->st, &kinds, e) && hold_views(h, &kinds, e);
    while (ok && query_step(q, e))
        hold_kind(h, q, &kinds);
    ok = ok && !query_failed(q);
    query_free(q);
    for (size_t i = 0; ok && i < value_len(&kinds); i++) {
        hold_so(h, "kind", "it is in the log and not in the table");
        hold_note(h, kinds.as.map.items[i].key);
    }
    value_free(&kinds);
    return ok;
}

static void end_plugin(holding *h, hash *files, const char *name)
{
    char is[HASH_TEXT];
    hash_end(files, is);
    if (strcmp(is, name) == 0)
        return;
    hold_so(h, "plugin", "its files, as kept for replays, aren't those whose hash it is");
    hold_note(h, name);
}

/* Where a plugin was erased (forget.h) there are no files. */
bool hold_plugins(holding *h, err *e)
{
    query *q = db_prepare(
        h->st->db,
        "select plugin_source, name, content from plugin_file order by plugin_source, name", e);
    if (!q)
        return false;
    hash *files = NULL;
    char name[HASH_TEXT] = "";
    while (query_step(q, e)) {
        if (files && strcmp(name, query_text(q, 0)) != 0) {
            end_plugin(h, files, name);
            files = NULL;
        }
        files = files ? files : hash_new();
        snprintf(name, sizeof name, "%s", query_text(q, 0));
        plugin_source_add(files, query_text(q, 1), query_text(q, 2), query_bytes(q, 2));
    }
    if (files)
        end_plugin(h, files, name);
    bool ok = !query_failed(q);
    query_free(q);
    return ok;
}
