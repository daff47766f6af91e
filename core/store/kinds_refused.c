#include "store/kinds_refused.h"

#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/mem.h"
#include "store/event.h"
#include "store/store_parts.h"

static void hash_change(const value *before, const value *after, char out[HASH_TEXT])
{
    char *one = before ? store_json(before) : mem_text(""), *other = store_json(after);
    hash *h = hash_new();
    hash_add(h, one, strlen(one) + 1);
    hash_add(h, other, strlen(other));
    hash_end(h, out);
    free(one);
    free(other);
}

static bool read_note(store *st, const char *kind, value *out, err *e)
{
    return store_read_named(st, "select value from meta where key = 'refused/' || ?", kind, out, e);
}

/* Whether an event later than `since` may have changed a claim on a record of the kind. */
static bool has_moved(store *st, const char *kind, int64_t since, bool *out, err *e)
{
    query *q = db_prepare(st->db,
                          "select 1 from event where seq > ?1 and (subject glob ?2 || '/*'"
                          " or type glob 'source.*') limit 1",
                          e);
    if (!q)
        return false;
    query_bind_int64(q, 1, since);
    query_bind_text(q, 2, kind);
    *out = query_step(q, e);
    bool ok = !query_failed(q);
    query_free(q);
    return ok;
}

bool kinds_refused(store *st, const value *before, const value *after, bool *out, err *why, err *e)
{
    const char *kind = value_get_str(after, "name", "");
    char digest[HASH_TEXT];
    value note = value_nil();
    bool moved = true, ok = read_note(st, kind, &note, e);
    hash_change(before, after, digest);
    *out = false;
    if (ok && strcmp(value_get_str(&note, "hash", ""), digest) == 0)
        ok = has_moved(st, kind, value_get_int(&note, "log", 0), &moved, e);
    if (ok && !moved) {
        *out = true;
        err_set(why, ERR_BAD_DATA, "%s", value_get_str(&note, "message", ""));
        err_where(why, "%s", kind);
        err_hint(why, "%s", value_get_str(&note, "hint", ""));
    }
    value_free(&note);
    return ok;
}

void kinds_refuse(store *st, const value *before, const value *after, const err *why)
{
    char digest[HASH_TEXT];
    int64_t log = 0;
    value note = value_map();
    hash_change(before, after, digest);
    bool busy = false, ok = event_head(st, &log, NULL);
    value_add(&note, "hash", value_text(digest));
    value_add(&note, "log", value_int(log));
    value_add(&note, "message", value_text(why->message));
    value_add(&note, "hint", value_text(why->hint));
    char *text = store_json(&note);
    const char *const texts[] = {value_get_str(after, "name", ""), text};
    if (ok && store_begin_at_once(st, &busy, NULL)) { /* who only reads waits for nobody */
        if (store_run(st,
                      "insert into meta (key, value) values ('refused/' || ?, ?)"
                      " on conflict (key) do update set value = excluded.value",
                      texts, 2, NULL))
            store_commit(st, NULL);
        else
            store_rollback(st);
    }
    free(text);
    value_free(&note);
}

bool kinds_refused_drop(store *st, const char *kind, err *e)
{
    return store_run(st, "delete from meta where key = 'refused/' || ?", &kind, 1, e);
}
