#include "engine/failed.h"

#include <stdio.h>
#include <string.h>

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
static int64_t both(const contribution *rule, int64_t a, int64_t b)
{
    bool once = strcmp(value_get_str(rule->spec, "on", "pair"), ROLE_SOLUTION) == 0;
    return !once ? a + b : a > b ? a : b;
}

static void count_failures(const plan_rule *r, int64_t number, const value *results, value *list)
{
    const value *first = NULL;
    int64_t pairs = 0;
    for (size_t d = 0; d < value_len(results); d++) {
        const value *failure = failure_of(value_at(results, d), number);
        if (!failure)
            continue;
        pairs = both(r->from, pairs, value_get_int(failure, "pairs", 0));
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

value failed_rules(const plan *p, const value *results)
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

static value *row_of(value *list, const char *rule)
{
    for (size_t i = 0; i < value_len(list); i++)
        if (strcmp(value_get_str(value_at(list, i), "rule", ""), rule) == 0)
            return &list->as.list.items[i];
    return NULL;
}

void failed_add(const registry *r, value *list, const value *more)
{
    for (size_t i = 0; i < value_len(more); i++) {
        const value *one = value_at(more, i);
        const char *name = value_get_str(one, "rule", "");
        const contribution *rule = registry_find(r, "rule", name, NULL, NULL);
        value *row = row_of(list, name);
        int64_t pairs = value_get_int(one, "pairs", 0);
        if (row && rule)
            value_set(row, "pairs", value_int(both(rule, value_get_int(row, "pairs", 0), pairs)));
        else if (!row)
            value_push(list, value_copy(one));
    }
}
