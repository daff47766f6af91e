#include "engine/kept.h"

#include <string.h>

#include "base/pack.h"
#include "engine/checked.h"
#include "engine/match.h"
#include "host/cache.h"
#include "store/event.h"
#include "store/forget.h"
#include "store/select.h"

/* Part of each key: what is kept in another shape is not read. */
static const char SHAPE[] = "5";

static void hash_value(const value *v, char out[HASH_TEXT])
{
    buf bytes = {0};
    pack_add(&bytes, v, &PACK_TO_WORKER, NULL); /* ours: within the limits */
    hash_of(buf_text(&bytes), bytes.len, out);
    buf_free(&bytes);
}

void kept_hash_row(const value *row, char out[HASH_TEXT])
{
    hash_value(row, out);
}

/* All that answers depend on but the records, and the day. */
static bool find_keys(kept *k, const scoring *s, int64_t counted, err *e)
{
    int64_t erased = 0;
    if (!forget_newest(s->on->store, ROLE_SOLUTION, &erased, e))
        return false;
    value asked = value_map();
    value_add(&asked, "shape", value_text(SHAPE));
    value_add(&asked, "polder", value_text(POLDER_VERSION));
    value_add(&asked, "card", plan_frame(s->plan, s->on->registry, s->seed));
    value_add(&asked, "plugins", match_plugins(s->on, s->plan));
    value_add(&asked, "erased", value_int(erased));
    value_add(&asked, "counted", value_int(counted));
    hash_value(&asked, k->counts);
    value_add(&asked, "top", value_int(s->top));
    hash_value(&asked, k->rankings);
    value_free(&asked);
    return true;
}

/* A store that was put back to an earlier day may have another log since. */
static bool same_log(const kept *k, const scoring *s, const value *entry)
{
    char hash[HASH_TEXT];
    return k->log > 0 && event_hash_at(s->on->store, k->log, hash, NULL) &&
           strcmp(hash, value_get_str(entry, "hash", "")) == 0;
}

bool kept_open(kept *k, const scoring *s, int64_t counted, err *e)
{
    value entry = value_nil();
    *k = (kept){.ws = host_workspace(s->on->host)};
    if (!find_keys(k, s, counted, e))
        return false;
    if (!cache_get(k->ws, k->counts, &k->statistics) || !value_is(&k->statistics, VALUE_LIST))
        value_free(&k->statistics);
    if (!cache_get(k->ws, k->rankings, &entry))
        return true;
    k->log = value_get_int(&entry, "log", 0);
    const value *demands = value_get(&entry, "demands");
    if (same_log(k, s, &entry) && value_is(demands, VALUE_LIST)) {
        k->demands = *demands; /* moves it */
        *(value *)demands = value_nil();
    } else {
        k->log = 0;
    }
    value_free(&entry);
    return !k->log || store_changed(s->on->store, ROLE_SOLUTION, k->log, &k->changed, e);
}

static bool is_of(const value *one, const char *hash, const char *today)
{
    return strcmp(value_get_str(one, "row", ""), hash) == 0 &&
           (!value_get_bool(one, "dated", true) ||
            strcmp(value_get_str(one, "today", ""), today) == 0);
}

static bool is_count(const value *one, const char *name)
{
    int64_t count = value_get_int(one, name, -1);
    return count >= 0 && count <= UINT32_MAX;
}

/* They are read where they lie. */
static bool are_whole(const plan *p, const value *one)
{
    if (!is_count(one, "scored") || !is_count(one, "excluded"))
        return false;
    const value *items = value_get(one, "items");
    for (size_t i = 0; i < value_len(items); i++)
        if (!checked_kept(p, value_at(items, i)))
            return false;
    return true;
}

value *kept_find(const kept *k, const plan *p, const value *row, const char *today)
{
    char hash[HASH_TEXT];
    const char *id = value_str(value_at(row, 0), "");
    for (size_t i = 0; i < value_len(&k->demands); i++) {
        value *one = &k->demands.as.list.items[i];
        if (strcmp(value_get_str(one, "demand", ""), id) != 0)
            continue;
        kept_hash_row(row, hash);
        bool same = is_of(one, hash, today) && are_whole(p, one);
        value_drop(one, "row"); /* a demand that is asked about twice is found once */
        return same ? one : NULL;
    }
    return NULL;
}

void kept_put(kept *k, const scoring *s, int64_t log, value *demands)
{
    char hash[HASH_TEXT];
    if (!event_hash_at(s->on->store, log, hash, NULL))
        return;
    value entry = value_map();
    value_add(&entry, "log", value_int(log));
    value_add(&entry, "hash", value_text(hash));
    value *lent = value_add(&entry, "demands", *demands);
    cache_put(k->ws, k->rankings, &entry);
    *demands = *lent;
    *lent = value_nil();
    value_free(&entry);
}

void kept_put_statistics(kept *k, const value *statistics)
{
    cache_put(k->ws, k->counts, statistics);
}

void kept_free(kept *k)
{
    value_free(&k->demands);
    value_free(&k->statistics);
    texts_free(&k->changed);
    *k = (kept){0};
}
