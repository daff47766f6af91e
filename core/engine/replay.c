#include "engine/replay.h"

#include <stddef.h>
#include <string.h>

#include "base/json.h"
#include "engine/match.h"
#include "engine/scorecard.h"
#include "engine/stage.h"
#include "store/forget.h"
#include "store/run.h"

/* The place that is being compared; NULL: not inside one. */
typedef struct place {
    value *list;
    const char *demand, *solution, *rule;
} place;

static void add_text(value *row, const char *key, const char *text)
{
    if (text)
        value_add(row, key, value_text(text));
}

static void add_difference(const place *p, const char *what, const value *was, const value *is)
{
    value *row = value_push(p->list, value_map());
    add_text(row, "demand", p->demand);
    add_text(row, "solution", p->solution);
    add_text(row, "rule", p->rule);
    value_add(row, "what", value_text(what));
    value_add(row, "was", was ? value_copy(was) : value_nil());
    value_add(row, "is", is ? value_copy(is) : value_nil());
}

/* 1 and 1.0 are other bytes. */
static bool same_bytes(const value *a, const value *b)
{
    buf left = {0}, right = {0};
    if (!a || !b)
        return a == b;
    json_write(&left, a);
    json_write(&right, b);
    bool same = left.len == right.len && memcmp(buf_text(&left), buf_text(&right), left.len) == 0;
    buf_free(&left);
    buf_free(&right);
    return same;
}

/* Every key of either but `inside`, which is gone into. */
static void compare_keys(const place *p, const value *was, const value *is, const char *inside)
{
    for (size_t i = 0; i < value_len(was); i++) {
        const value_entry *entry = &was->as.map.items[i];
        const value *other = value_get(is, entry->key);
        if (strcmp(entry->key, inside) != 0 && !same_bytes(&entry->value, other))
            add_difference(p, entry->key, &entry->value, other);
    }
    for (size_t i = 0; i < value_len(is); i++) {
        const value_entry *entry = &is->as.map.items[i];
        if (strcmp(entry->key, inside) != 0 && !value_get(was, entry->key))
            add_difference(p, entry->key, NULL, &entry->value);
    }
}

static const value *find(const value *list, const char *key, const char *name)
{
    for (size_t i = 0; i < value_len(list); i++)
        if (strcmp(value_get_str(value_at(list, i), key, ""), name) == 0)
            return value_at(list, i);
    return NULL;
}

/* A list of the document: what names its items, and where a difference keeps that name. */
typedef struct level {
    const char *key, *alone; /* `alone`: what is told of an item on one side only */
    size_t name;             /* its offset in a place */
    void (*each)(const place *p, const value *was, const value *is);
} level;

static void compare_lists(const place *p, const value *was, const value *is, const level *l)
{
    static const value THERE = {.type = VALUE_BOOL, .as.boolean = true};
    for (size_t i = 0; i < value_len(was) + value_len(is); i++) {
        bool first = i < value_len(was);
        const value *item = first ? value_at(was, i) : value_at(is, i - value_len(was));
        const char *name = value_get_str(item, l->key, "");
        const value *other = find(first ? is : was, l->key, name);
        place inside = *p;
        *(const char **)((char *)&inside + l->name) = name;
        if (first && other)
            l->each(&inside, item, other);
        else if (!other)
            add_difference(&inside, l->alone, first ? &THERE : NULL, first ? NULL : &THERE);
    }
}

static void compare_rule(const place *p, const value *was, const value *is)
{
    compare_keys(p, was, is, "rule");
}

static void compare_ranked(const place *p, const value *was, const value *is)
{
    static const level RULES = {"rule", "applied", offsetof(place, rule), compare_rule};
    compare_keys(p, was, is, "rules");
    compare_lists(p, value_get(was, "rules"), value_get(is, "rules"), &RULES);
}

static void compare_demand(const place *p, const value *was, const value *is)
{
    static const level RANKED = {"solution", "ranked", offsetof(place, solution), compare_ranked};
    compare_keys(p, was, is, "ranked");
    compare_lists(p, value_get(was, "ranked"), value_get(is, "ranked"), &RANKED);
}

value replay_differences(const value *was, const value *is)
{
    static const level DEMANDS = {"demand", "matched", offsetof(place, demand), compare_demand};
    value list = value_list();
    const place top = {.list = &list};
    compare_keys(&top, was, is, "demands");
    compare_lists(&top, value_get(was, "demands"), value_get(is, "demands"), &DEMANDS);
    return list;
}

static value report(const value *stored, const buf *bytes, const value *again)
{
    value out = value_map(), differences = value_list();
    const value *was = value_get(stored, "result");
    buf now = {0};
    json_write(&now, again);
    bool same = now.len == bytes->len && memcmp(buf_text(&now), buf_text(bytes), now.len) == 0;
    if (!same) {
        differences = replay_differences(was, again);
        if (!value_len(&differences)) /* the same values in another order */
            add_difference(&(place){.list = &differences}, "order", NULL, NULL);
    }
    value_add(&out, "run", value_copy(value_get(stored, "id")));
    value_add(&out, "scorecard", value_copy(value_get(was, "scorecard")));
    value_add(&out, "today", value_copy(value_get(was, "today")));
    value_add(&out, "log", value_copy(value_get(was, "log")));
    value_add(&out, "same", value_bool(same));
    value_add(&out, "bytes", value_int((int64_t)bytes->len));
    value_add(&out, "demands", value_int((int64_t)value_len(value_get(was, "demands"))));
    value_add(&out, "differences", differences);
    buf_free(&now);
    return out;
}

static bool compute(host *h, const replay_request *r, const value *inputs, value *again, err *e)
{
    stage on = {0};
    const match_request request = {.scorecard = value_get_str(inputs, "scorecard", ""),
                                   .demands = value_get(inputs, "demands"),
                                   .top = value_get_int(inputs, "top", MATCH_TOP),
                                   .today = value_get_str(inputs, "today", NULL),
                                   .seed = (uint64_t)value_get_int(inputs, "seed", 0),
                                   .workers = r->workers,
                                   .progress = r->progress,
                                   .ctx = r->ctx};
    bool ok = stage_then(h, inputs, &on, e) &&
              match_on(&on, &request, value_get(inputs, "stopped"), again, NULL, e);
    stage_free(&on);
    return ok;
}

/* Demands and solutions that lost values since. */
static bool read_erased(store *st, int64_t log, value *out, err *e)
{
    value solutions = value_nil();
    bool ok = forget_since(st, ROLE_DEMAND, log, out, e) &&
              forget_since(st, ROLE_SOLUTION, log, &solutions, e);
    for (size_t i = 0; i < value_len(&solutions); i++)
        value_push(out, value_copy(value_at(&solutions, i)));
    value_free(&solutions);
    return ok;
}

bool replay_run(host *h, const replay_request *r, value *out, err *e)
{
    value stored = value_nil(), again = value_nil(), erased = value_nil();
    buf bytes = {0};
    store *st = workspace_store(host_workspace(h), e);
    bool ok = st && run_load_match(st, r->run, &stored, e) &&
              run_result(st, value_get_str(&stored, "id", ""), &bytes, e);
    const value *inputs = value_get(&stored, "inputs");

    ok = ok && read_erased(st, value_get_int(inputs, "log", 0), &erased, e) &&
         compute(h, r, inputs, &again, e);
    if (ok) {
        *out = report(&stored, &bytes, &again);
        value_add(out, "erased", erased);
        erased = value_nil();
    }
    value_free(&stored);
    value_free(&again);
    value_free(&erased);
    buf_free(&bytes);
    return ok;
}
