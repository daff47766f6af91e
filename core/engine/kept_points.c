/* The entry: {log, hash, counted, erased, ids, kinds (of rows, as they stood), demands = {id:
 * [[rule, beside, identity, bytes], …]}}, where beside is a hash over the other plugins in the
 * worker. */
#include "engine/kept_points.h"

#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/mem.h"
#include "base/pack.h"
#include "engine/merge.h"
#include "engine/scoring.h"
#include "host/cache.h"
#include "host/worker.h"
#include "store/event.h"
#include "store/forget.h"

/* BYTES_LEAST: less is asked faster than read. BYTES_MOST: more is not kept. */
static const int64_t TAKEN_MOST = (int64_t)1 << 40; /* nobody takes so many */

enum { BYTES_LEAST = 16 << 10, BYTES_MOST = 48 << 20, IDENTITY = HASH_TEXT - 1 };

enum { RULE, BESIDE, RULE_IDENTITY, BYTES, PARTS };

static const char SHAPE[] = "points 3";

struct kept_points {
    const scoring *s;
    char key[HASH_TEXT];
    int64_t counted, erased;
    char (*beside)[HASH_TEXT]; /* by rule of the plan */
    value entry;               /* nil: nothing is kept */
    texts solutions, demands;  /* ids of those that changed since */
    bool used, same_rows;
    bool wrong;   /* what was kept, perhaps */
    value told;   /* map id → list as in the entry */
    size_t bytes; /* in it */
    int64_t taken;
};

static bool is_told_of(const plan_rule *r)
{
    const value *spec = r->from->spec;
    return !r->gate && !value_get(spec, "measure") &&
           strcmp(value_get_str(spec, "on", "pair"), "pair") == 0;
}

static bool has_any(const plan *p)
{
    for (size_t i = 0; i < p->len; i++)
        if (is_told_of(&p->rules[i]))
            return true;
    return false;
}

static void hash_value(const value *v, char out[HASH_TEXT])
{
    buf bytes = {0};
    pack_add(&bytes, v, &PACK_TO_WORKER, NULL); /* ours: within the limits */
    hash_of(buf_text(&bytes), bytes.len, out);
    buf_free(&bytes);
}

/* Over the plugins whose code is in the worker, but for the rule's own. */
static void hash_beside(const scoring *s, size_t own, char out[HASH_TEXT])
{
    value others = value_map();
    for (size_t i = 0; i < value_len(&s->plan->plugins); i++) {
        const char *name = value_str(value_at(&s->plan->plugins, i), "");
        const plugin *p = plugin_find(s->on->plugins, name, NULL);
        if (i != own && p && plan_needs(s->plan, i))
            value_add(&others, name, pinned_note(p));
    }
    hash_value(&others, out);
    value_free(&others);
}

/* One file a scorecard, for it is large. */
static void find_key(kept_points *k)
{
    value asked = value_map();
    value_add(&asked, "shape", value_text(SHAPE));
    value_add(&asked, "polder", value_text(POLDER_VERSION));
    value_add(&asked, "card", value_text(k->s->plan->card->full));
    hash_value(&asked, k->key);
    value_free(&asked);
}

/* Of the same texts, of nothing that was erased since, and of a log that goes on from there. */
static bool counts(const kept_points *k)
{
    char hash[HASH_TEXT];
    int64_t log = value_get_int(&k->entry, "log", 0);
    return log > 0 && value_get_int(&k->entry, "counted", -1) == k->counted &&
           value_get_int(&k->entry, "erased", -1) == k->erased &&
           event_hash_at(k->s->on->store, log, hash, NULL) &&
           strcmp(hash, value_get_str(&k->entry, "hash", "")) == 0;
}

static bool read_entry(kept_points *k, err *e)
{
    store *st = k->s->on->store;
    find_key(k);
    if (!forget_newest(st, ROLE_SOLUTION, &k->erased, e))
        return false;
    if (!cache_get(host_workspace(k->s->on->host), k->key, &k->entry))
        return true;
    if (!counts(k)) {
        value_free(&k->entry);
        return true;
    }
    int64_t log = value_get_int(&k->entry, "log", 0);
    return store_changed(st, ROLE_SOLUTION, log, &k->solutions, e) &&
           store_changed(st, ROLE_DEMAND, log, &k->demands, e);
}

bool kept_points_open(const scoring *s, int64_t counted, kept_points **out, err *e)
{
    *out = NULL;
    if (!has_any(s->plan))
        return true;
    kept_points *k = mem_zero(1, sizeof *k);
    k->s = s;
    k->counted = counted;
    k->told = value_map();
    k->beside = mem_zero(s->plan->len, sizeof *k->beside);
    for (size_t i = 0; i < s->plan->len; i++)
        if (is_told_of(&s->plan->rules[i]))
            hash_beside(s, s->plan->rules[i].plugin, k->beside[i]);
    if (read_entry(k, e)) {
        *out = k;
        return true;
    }
    kept_points_free(k);
    return false;
}

void kept_points_free(kept_points *k)
{
    if (!k)
        return;
    value_free(&k->entry);
    value_free(&k->told);
    texts_free(&k->solutions);
    texts_free(&k->demands);
    free(k->beside);
    free(k);
}

/* ------------------------------------------------------------------ rows */

static bool is_ranked(char kind)
{
    return kind == ROW_BOTH || kind == ROW_RANKED;
}

/* The next of the old ids, which end with a newline each; NULL: there are no more. */
static const char *next_id(const char **at, char *id, size_t room)
{
    const char *end = strchr(*at, '\n');
    if (!end || (size_t)(end - *at) >= room)
        return NULL;
    memcpy(id, *at, (size_t)(end - *at));
    id[end - *at] = '\0';
    *at = end + 1;
    return id;
}

/* Of each old row the new one, when it is ranked and didn't change. */
static void map_rows(const kept_points *k, buf *out)
{
    enum { ID = 1024 };
    const solution_rows *rows = k->s->solutions;
    const char *ids = value_get_str(&k->entry, "ids", ""),
               *kinds = value_get_str(&k->entry, "kinds", "");
    char room[ID];
    size_t now = 0;
    for (const char *id; *kinds && (id = next_id(&ids, room, ID)); kinds++) {
        uint32_t row = UINT32_MAX;
        while (is_ranked(*kinds) && now < rows->ids.len &&
               strcmp(texts_at(&rows->ids, now), id) < 0)
            now++;
        for (size_t i = now; is_ranked(*kinds) && i < rows->ids.len && row == UINT32_MAX &&
                             strcmp(texts_at(&rows->ids, i), id) == 0;
             i++)
            if (is_ranked(rows->kinds.data[i]) && !merge_among(&k->solutions, id))
                row = (uint32_t)i;
        buf_add(out, &row, sizeof row);
    }
}

static bool are_same_rows(const kept_points *k)
{
    const solution_rows *rows = k->s->solutions;
    const char *kinds = value_get_str(&k->entry, "kinds", "");
    return k->solutions.len == 0 && strlen(kinds) == rows->kinds.len &&
           memcmp(kinds, buf_text(&rows->kinds), rows->kinds.len) == 0;
}

bool kept_points_rows(kept_points *k, worker *w, err *e)
{
    k->same_rows = are_same_rows(k);
    if (k->same_rows || value_is(&k->entry, VALUE_NIL))
        return true;
    buf rows = {0};
    map_rows(k, &rows);
    value frame = value_map();
    value_add(&frame, "op", value_text("known_rows"));
    value_add(&frame, "rows", value_bytes(buf_text(&rows), rows.len));
    bool ok = worker_send(w, &frame, e);
    value_free(&frame);
    buf_free(&rows);
    return ok;
}

/* ------------------------------------------------------------------ demands */

static const char *id_of(const value *demand)
{
    return value_str(value_at(demand, 0), "");
}

/* The rule of the plan that a part of the entry is of, beside the same others; else its length. */
static size_t rule_of(const kept_points *k, const value *one)
{
    const plan *p = k->s->plan;
    for (size_t i = 0; i < p->len && value_len(one) == PARTS; i++)
        if (is_told_of(&p->rules[i]) && !p->rules[i].skip &&
            strcmp(p->rules[i].from->full, value_str(value_at(one, RULE), "")) == 0)
            return strcmp(k->beside[i], value_str(value_at(one, BESIDE), "")) == 0 ? i : p->len;
    return p->len;
}

static const value *kept_of(const kept_points *k, const char *demand)
{
    return merge_among(&k->demands, demand) ? NULL
                                            : value_get(value_get(&k->entry, "demands"), demand);
}

void kept_points_add(kept_points *k, const value *demand, value *frame)
{
    const value *kept = kept_of(k, id_of(demand));
    value known = value_list();
    for (size_t i = 0; i < value_len(kept); i++) {
        const value *one = value_at(kept, i);
        size_t rule = rule_of(k, one);
        if (rule == k->s->plan->len)
            continue;
        value *row = value_push(&known, value_list());
        value_push(row, value_int((int64_t)rule + 1));
        value_push(row, value_copy(value_at(one, RULE_IDENTITY)));
        value_push(row, value_copy(value_at(one, BYTES)));
        k->used = true;
    }
    value_add(frame, "keep", value_bool(true));
    value_add(frame, "known", known);
}

static bool is_told(const kept_points *k, const value *one)
{
    const plan *p = k->s->plan;
    int64_t number = value_as_int(value_at(one, 0), 0);
    const value *identity = value_at(one, 1);
    return value_len(one) == 3 && number >= 1 && (uint64_t)number <= p->len &&
           is_told_of(&p->rules[number - 1]) && value_is(identity, VALUE_TEXT) &&
           value_len(identity) == IDENTITY && value_is(value_at(one, 2), VALUE_TEXT);
}

static void push_part(value *list, const kept_points *k, size_t rule, value identity, value bytes)
{
    value *part = value_push(list, value_list());
    value_push(part, value_text(k->s->plan->rules[rule].from->full));
    value_push(part, value_text(k->beside[rule]));
    value_push(part, identity);
    value_push(part, bytes);
}

bool kept_points_take(kept_points *k, const value *demand, value *frame)
{
    const value *points = value_get(frame, "points");
    int64_t taken = value_get_int(frame, "taken", 0);
    value list = value_list();
    if (taken < 0 || taken > TAKEN_MOST)
        return false;
    for (size_t i = 0; i < value_len(points); i++) {
        value *one = &points->as.list.items[i];
        if (!value_is(points, VALUE_LIST) || !is_told(k, one)) {
            value_free(&list);
            return false;
        }
        value *parts = one->as.list.items;
        k->bytes += value_len(&parts[2]);
        push_part(&list, k, (size_t)value_as_int(&parts[0], 1) - 1, parts[1], parts[2]);
        parts[1] = parts[2] = value_nil(); /* moved */
    }
    k->taken += taken;
    if (value_len(&list) && k->bytes <= BYTES_MOST)
        value_set(&k->told, id_of(demand), list);
    else
        value_free(&list);
    return true;
}

bool kept_points_forget(kept_points *k)
{
    bool used = k->used;
    k->used = false;
    k->wrong = k->wrong || used;
    value_free(&k->entry);
    value_free(&k->told);
    k->told = value_map();
    k->bytes = 0;
    k->taken = 0;
    return used;
}

int64_t kept_points_taken(const kept_points *k)
{
    return k->taken;
}

/* ------------------------------------------------------------------ keeping */

static bool has_rule(const value *list, const value *one)
{
    const char *name = value_str(value_at(one, RULE), "");
    for (size_t i = 0; i < value_len(list); i++)
        if (strcmp(value_str(value_at(value_at(list, i), RULE), ""), name) == 0)
            return true;
    return false;
}

/* What was known before and still counts, for rules and demands of which there is no news. */
static void add_old(kept_points *k)
{
    value *old = (value *)value_get(&k->entry, "demands");
    for (size_t d = 0; k->same_rows && d < value_len(old); d++) {
        const char *id = old->as.map.items[d].key;
        if (merge_among(&k->demands, id))
            continue;
        value *list = (value *)value_get(&k->told, id), *kept = &old->as.map.items[d].value;
        if (!list)
            list = value_add(&k->told, id, value_list());
        for (size_t i = 0; i < value_len(kept); i++) {
            value *one = &kept->as.list.items[i];
            if (rule_of(k, one) == k->s->plan->len || has_rule(list, one))
                continue;
            k->bytes += value_len(value_at(one, BYTES));
            value_push(list, *one); /* moves it */
            *one = value_nil();
        }
    }
}

static value ids_of(const solution_rows *rows)
{
    buf ids = {0};
    for (size_t i = 0; i < rows->ids.len; i++) {
        buf_str(&ids, texts_at(&rows->ids, i));
        buf_char(&ids, '\n');
    }
    value text = value_bytes(buf_text(&ids), ids.len);
    buf_free(&ids);
    return text;
}

/* A few demands, of other rows, don't take the place of many; what was wrong goes. */
static bool is_worth(const kept_points *k)
{
    return k->wrong ||
           (value_len(&k->told) > 0 && k->bytes >= BYTES_LEAST && k->bytes <= BYTES_MOST &&
            2 * value_len(&k->told) >= value_len(value_get(&k->entry, "demands")));
}

void kept_points_put(kept_points *k)
{
    char hash[HASH_TEXT];
    bool news = k->wrong || value_len(&k->told) > 0;
    if (!news || !event_hash_at(k->s->on->store, k->s->log, hash, NULL))
        return;
    add_old(k);
    if (!is_worth(k))
        return;
    value entry = value_map();
    value_add(&entry, "log", value_int(k->s->log));
    value_add(&entry, "hash", value_text(hash));
    value_add(&entry, "counted", value_int(k->counted));
    value_add(&entry, "erased", value_int(k->erased));
    value_add(&entry, "ids", ids_of(k->s->solutions));
    value_add(&entry, "kinds",
              value_bytes(buf_text(&k->s->solutions->kinds), k->s->solutions->kinds.len));
    value_add(&entry, "demands", k->told);
    k->told = value_map();
    cache_put(host_workspace(k->s->on->host), k->key, &entry);
    value_free(&entry);
}
