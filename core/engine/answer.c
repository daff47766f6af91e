#include "engine/answer.h"

#include <stdio.h>
#include <string.h>

#include "base/buf.h"

/* The n-th rule of the plan that is a gate, or is none, with what a worker said of it. A rule that
 * was left out says why itself. */
static const value *answer_at(const value *item, const char *list, size_t index)
{
    return value_at(value_get(item, list), index);
}

static value copy_or_nil(const value *v)
{
    return v ? value_copy(v) : value_nil();
}

static value take(value *list, size_t index)
{
    value *from = (value *)value_at(list, index), taken = value_nil();
    if (from) {
        taken = *from;
        *from = value_nil();
    }
    return taken;
}

static value reason_of(const plan_rule *r, value *said)
{
    if (r->skip)
        return value_text(r->reason);
    return value_is(value_at(said, 2), VALUE_TEXT) ? take(said, 2) : value_text("");
}

static value rule_answer(const plan_rule *r, value *said)
{
    value out = value_map_literal(6);
    value_add(&out, "rule", value_text(r->from->full));
    value_add(&out, "outcome",
              value_text(r->skip ? "failed" : value_str(value_at(said, 0), "failed")));
    value_add(&out, "value", r->skip ? value_nil() : copy_or_nil(value_at(said, 1)));
    value_add(&out, "max", value_double(r->max));
    value_add(&out, "weight", value_double(r->weight));
    value_add(&out, "reason", reason_of(r, said));
    return out;
}

value answer_rules(const plan *p, value *item)
{
    value list = value_list_of(p->len);
    size_t index = 0;
    for (size_t i = 0; i < p->len; i++)
        if (!p->rules[i].gate)
            value_push(&list,
                       rule_answer(&p->rules[i], (value *)answer_at(item, "rules", index++)));
    return list;
}

value answer_gates(const plan *p, const value *item)
{
    value list = value_list();
    size_t index = 0;
    for (size_t i = 0; i < p->len; i++) {
        const plan_rule *r = &p->rules[i];
        if (!r->gate)
            continue;
        const value *said = answer_at(item, "gates", index++);
        value *row = value_push(&list, value_map());
        value_add(row, "gate", value_text(r->from->full));
        value_add(row, "passed", r->skip ? value_nil() : copy_or_nil(value_at(said, 0)));
        value_add(row, "reason",
                  value_text(r->skip ? r->reason : value_str(value_at(said, 1), "")));
    }
    return list;
}

static void add_head(value *out, const value *row, const value *result)
{
    value_add(out, "demand", copy_or_nil(value_at(row, 0)));
    value_add(out, "scored", value_int(value_get_int(result, "scored", 0)));
    value_add(out, "excluded", value_int(value_get_int(result, "excluded", 0)));
}

value answer_demand(const plan *p, const value *row, value *result)
{
    const value *items = value_get(result, "items");
    value out = value_map(), ranked = value_list_of(value_len(items));

    for (size_t i = 0; i < value_len(items); i++) {
        value *item = &items->as.list.items[i];
        value *place = value_push(&ranked, value_map_literal(5));
        value_add(place, "rank", value_int((int64_t)i + 1));
        value_add(place, "solution", copy_or_nil(value_get(item, "solution")));
        value_add(place, "score", copy_or_nil(value_get(item, "score")));
        value_add(place, "coverage", copy_or_nil(value_get(item, "coverage")));
        value_add(place, "rules", answer_rules(p, item));
    }
    add_head(&out, row, result);
    value_add(&out, "ranked", ranked);
    return out;
}

static value joined(const value *parts)
{
    buf all = {0};
    for (size_t i = 0; i < value_len(parts); i++) {
        const value *part = value_at(parts, i);
        buf_add(&all, value_str(part, ""), value_len(part));
    }
    value v = value_bytes(buf_text(&all), all.len);
    buf_free(&all);
    return v;
}

value answer_bare(const value *row, value *result)
{
    value out = value_map(), *solutions = (value *)value_get(result, "solutions");
    add_head(&out, row, result);
    value_add(&out, "solutions", *solutions); /* moves it */
    *solutions = value_nil();
    value_add(&out, "points", joined(value_get(result, "points")));
    return out;
}

value answer_points_of(const plan *p)
{
    value list = value_list();
    for (size_t i = 0; i < p->len; i++) {
        const plan_rule *r = &p->rules[i];
        if (r->gate)
            continue;
        value *row = value_push(&list, value_map());
        value_add(row, "rule", value_text(r->from->full));
        value_add(row, "max", value_double(r->max));
        value_add(row, "weight", value_double(r->weight));
    }
    return list;
}

static const value *failure_of(const value *result, int64_t number)
{
    const value *failures = value_get(result, "failures");
    for (size_t i = 0; i < value_len(failures); i++)
        if (value_get_int(value_at(failures, i), "number", 0) == number)
            return value_at(failures, i);
    return NULL;
}

/* Where nothing says at which line it failed, the place is that of the rule. */
static value failed_rule(const plan_rule *r, int64_t pairs, const char *reason, const char *where)
{
    value row = value_map();
    char made_at[320];
    snprintf(made_at, sizeof made_at, "%s/%s:%d", r->from->plugin, r->from->file, r->from->line);
    value_add(&row, "rule", value_text(r->from->full));
    value_add(&row, "plugin", value_text(r->from->plugin));
    value_add(&row, "pairs", value_int(pairs));
    value_add(&row, "reason", value_text(reason));
    value_add(&row, "where", value_text(*where ? where : made_at));
    return row;
}

/* A rule on solutions alone is asked once for each, so each demand tells the same number; others
 * add up. */
static void count_failures(const plan_rule *r, int64_t number, const value *results, value *list)
{
    bool once = strcmp(value_get_str(r->from->spec, "on", "pair"), ROLE_SOLUTION) == 0;
    const value *first = NULL;
    int64_t pairs = 0;
    for (size_t d = 0; d < value_len(results); d++) {
        const value *failure = failure_of(value_at(results, d), number);
        if (!failure)
            continue;
        int64_t here = value_get_int(failure, "pairs", 0);
        pairs = once ? (here > pairs ? here : pairs) : pairs + here;
        first = first ? first : failure;
    }
    if (!first)
        return;
    value *row = value_push(list, failed_rule(r, pairs, value_get_str(first, "message", ""),
                                              value_get_str(first, "where", "")));
    value_add(row, "traceback", value_text(value_get_str(first, "traceback", "")));
}

static int64_t pairs_scored(const value *results)
{
    int64_t pairs = 0;
    for (size_t d = 0; d < value_len(results); d++)
        pairs += value_get_int(value_at(results, d), "scored", 0);
    return pairs;
}

value answer_failed_rules(const plan *p, const value *results)
{
    value list = value_list();
    for (size_t i = 0; i < p->len; i++) {
        const plan_rule *r = &p->rules[i];
        if (r->skip)
            value_push(&list, failed_rule(r, pairs_scored(results), r->reason, r->where));
        else
            count_failures(r, (int64_t)i + 1, results, &list);
    }
    return list;
}
