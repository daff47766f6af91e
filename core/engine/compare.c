/* Two rankings, solution by solution. A score is the sum of what its rules add, so the change of a
 * score is the sum of their changes: exactly, whatever changed. */
#include "engine/compare.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "engine/compare_crossed.h"
#include "engine/compare_ids.h"
#include "engine/compare_parts.h"

const value *compare_find(const value *list, const char *key, const char *name)
{
    for (size_t i = 0; i < value_len(list); i++)
        if (strcmp(value_get_str(value_at(list, i), key, ""), name) == 0)
            return value_at(list, i);
    return NULL;
}

static bool gave_points(const value *rule)
{
    return strcmp(value_get_str(rule, "outcome", ""), "points") == 0;
}

value compare_adds(const value *rules)
{
    value list = value_list();
    double possible = 0;
    for (size_t i = 0; i < value_len(rules); i++)
        if (gave_points(value_at(rules, i)))
            possible += value_get_double(value_at(rules, i), "weight", 0) *
                        value_get_double(value_at(rules, i), "max", 0);
    for (size_t i = 0; i < value_len(rules); i++) {
        const value *rule = value_at(rules, i);
        if (!gave_points(rule) || possible <= 0)
            continue;
        double points = value_get_double(rule, "weight", 0) * value_get_double(rule, "value", 0);
        value *row = value_push(&list, value_map());
        value_add(row, "rule", value_text(value_get_str(rule, "rule", "")));
        value_add(row, "adds", value_double(100.0 * points / possible));
    }
    return list;
}

value compare_added(const value *adds, const char *rule)
{
    const value *row = compare_find(adds, "rule", rule);
    return row ? value_copy(value_get(row, "adds")) : value_nil();
}

const value *compare_failed_gate(const value *explained)
{
    const value *gates = value_get(explained, "gates");
    for (size_t i = 0; i < value_len(gates); i++)
        if (!value_get_bool(value_at(gates, i), "passed", true))
            return value_get(value_at(gates, i), "gate");
    return NULL;
}

static double number(const value *v)
{
    return value_as_double(v, 0);
}

static int by_change(const void *a, const void *b)
{
    double left = fabs(value_get_double(a, "by", 0)), right = fabs(value_get_double(b, "by", 0));
    return left > right   ? -1
           : left < right ? 1
                          : strcmp(value_get_str(a, "rule", ""), value_get_str(b, "rule", ""));
}

static void add_rule(value *list, const char *rule, const value *before, const value *after)
{
    value was = compare_added(before, rule), is = compare_added(after, rule);
    double by = number(&is) - number(&was);
    if (by == 0 && value_is(&was, VALUE_NIL) == value_is(&is, VALUE_NIL))
        return;
    value *row = value_push(list, value_map());
    value_add(row, "rule", value_text(rule));
    value_add(row, "was", was);
    value_add(row, "is", is);
    value_add(row, "by", value_double(by));
}

/* Of a solution that only one side ranked, all that it has there. */
value compare_rules(const value *was, const value *is)
{
    value list = value_list();
    value before = compare_adds(value_get(was, "rules")),
          after = compare_adds(value_get(is, "rules"));
    for (size_t i = 0; i < value_len(&before); i++)
        add_rule(&list, value_get_str(value_at(&before, i), "rule", ""), &before, &after);
    for (size_t i = 0; i < value_len(&after); i++) {
        const char *rule = value_get_str(value_at(&after, i), "rule", "");
        if (!compare_find(&before, "rule", rule))
            add_rule(&list, rule, &before, &after);
    }
    if (value_len(&list))
        qsort(list.as.list.items, value_len(&list), sizeof(value), by_change);
    value_free(&before);
    value_free(&after);
    return list;
}

static value place_of(const value *ranked)
{
    if (!ranked)
        return value_nil();
    value place = value_map();
    value_add(&place, "rank", value_copy(value_get(ranked, "rank")));
    value_add(&place, "score", value_copy(value_get(ranked, "score")));
    return place;
}

/* Two rankings of one demand, each in the order of its ranks. */
typedef struct rankings {
    compare_ids was, is;
    int64_t was_behind, is_behind; /* the rank of who isn't there */
    crossed *crossed;
} rankings;

static int64_t rank_of(const value *ranked, int64_t behind)
{
    int64_t rank = value_get_int(ranked, "rank", behind);
    return rank > 0 && rank < behind ? rank : behind;
}

static rankings rankings_of(const value *was, const value *is)
{
    rankings r = {.was = compare_ids_of(was, "solution"),
                  .is = compare_ids_of(is, "solution"),
                  .was_behind = (int64_t)value_len(was) + 1,
                  .is_behind = (int64_t)value_len(is) + 1};
    int64_t *then = mem_zero(value_len(is) + 1, sizeof *then);
    for (size_t i = 0; i < value_len(is); i++) {
        const char *solution = value_get_str(value_at(is, i), "solution", "");
        then[i] = rank_of(compare_ids_find(&r.was, solution), r.was_behind);
    }
    r.crossed = crossed_new(then, value_len(is), r.was_behind);
    free(then);
    return r;
}

static void rankings_free(rankings *r)
{
    compare_ids_free(&r->was);
    compare_ids_free(&r->is);
    crossed_free(r->crossed);
}

static const char *move_of(const value *a, const value *b)
{
    if (!a || !b)
        return a ? "left" : "entered";
    int64_t was = value_get_int(a, "rank", 0), is = value_get_int(b, "rank", 0);
    return is < was ? "up" : is > was ? "down" : "score";
}

/* The nearest of those that stood on the other side of it before, and how many more did. */
static void add_crossed(value *row, const rankings *r, size_t at, int64_t before, bool up)
{
    size_t places[CROSSED_TOLD], all = crossed_tell(r->crossed, at, before, up, places);
    value list = value_list();
    for (size_t i = 0; i < all && i < CROSSED_TOLD; i++)
        value_push(&list,
                   value_text(value_get_str(value_at(r->is.list, places[i]), "solution", "")));
    int64_t more = (int64_t)(all - value_len(&list));
    value_add(row, up ? "passed" : "passed_by", list);
    value_add(row, up ? "passed_more" : "passed_by_more", value_int(more));
}

static bool same_place(const value *a, const value *b)
{
    return a && b && value_equal(value_get(a, "rank"), value_get(b, "rank")) &&
           value_equal(value_get(a, "score"), value_get(b, "score"));
}

static value move(const char *solution, const rankings *r)
{
    size_t at = compare_ids_at(&r->is, solution);
    const value *a = compare_ids_find(&r->was, solution), *b = value_at(r->is.list, at);
    value row = value_map();
    value_add(&row, "solution", value_text(solution));
    value_add(&row, "move", value_text(move_of(a, b)));
    value_add(&row, "was", place_of(a));
    value_add(&row, "is", place_of(b));
    value_add(&row, "by",
              a && b ? value_double(number(value_get(b, "score")) - number(value_get(a, "score")))
                     : value_nil());
    value_add(&row, "rules", compare_rules(a, b));
    add_crossed(&row, r, at, rank_of(a, r->was_behind), true);
    add_crossed(&row, r, at, rank_of(a, r->was_behind), false);
    return row;
}

/* What qsort looks at, worked out once. */
typedef struct sized {
    value row;
    int64_t ranks;
    double by;
} sized;

static int by_size(const void *a, const void *b)
{
    const sized *x = a, *y = b;
    if (x->ranks != y->ranks)
        return x->ranks > y->ranks ? -1 : 1;
    if (x->by != y->by)
        return x->by > y->by ? -1 : 1;
    return strcmp(value_get_str(&x->row, "solution", ""), value_get_str(&y->row, "solution", ""));
}

static void sort_moves(value *moves, const rankings *r)
{
    size_t len = value_len(moves);
    sized *all = mem_zero(len + 1, sizeof *all);
    for (size_t i = 0; i < len; i++) {
        value *row = &moves->as.list.items[i];
        int64_t ranks = value_get_int(value_get(row, "was"), "rank", r->was_behind) -
                        value_get_int(value_get(row, "is"), "rank", r->is_behind);
        all[i] = (sized){*row, ranks < 0 ? -ranks : ranks, fabs(value_get_double(row, "by", 0))};
    }
    if (len)
        qsort(all, len, sizeof *all, by_size);
    for (size_t i = 0; i < len; i++)
        moves->as.list.items[i] = all[i].row;
    free(all);
}

/* Where one side was told less deep, what only the deeper one has below that has not moved. */
static bool within(const value *one, const value *other, int64_t depth)
{
    int64_t a = value_get_int(one, "rank", 0), b = value_get_int(other, "rank", a);
    return !depth || (a < b ? a : b) <= depth;
}

static value compare_demand(const char *demand, const value *before, const value *after,
                            int64_t depth)
{
    const value *was = value_get(before, "ranked"), *is = value_get(after, "ranked");
    rankings r = rankings_of(was, is);
    value row = value_map(), moves = value_list();
    int64_t same = 0;
    for (size_t i = 0; i < value_len(is) + value_len(was); i++) {
        bool new = i < value_len(is);
        const value *one = new ? value_at(is, i) : value_at(was, i - value_len(is));
        const char *solution = value_get_str(one, "solution", "");
        const value *other = compare_ids_find(new ? &r.was : &r.is, solution);
        if (!within(one, other, depth))
            continue;
        if (same_place(one, other))
            same += new;
        else if (new || !other)
            value_push(&moves, move(solution, &r));
    }
    sort_moves(&moves, &r);
    value_add(&row, "demand", value_text(demand));
    value_add(&row, "same", value_int(same));
    value_add(&row, "moves", moves);
    rankings_free(&r);
    return row;
}

value compare_documents(const value *was, const value *is, int64_t depth)
{
    const value *before = value_get(was, "demands"), *after = value_get(is, "demands");
    compare_ids in_before = compare_ids_of(before, "demand"),
                in_after = compare_ids_of(after, "demand");
    value list = value_list();
    for (size_t i = 0; i < value_len(after); i++) {
        const char *demand = value_get_str(value_at(after, i), "demand", "");
        value_push(&list, compare_demand(demand, compare_ids_find(&in_before, demand),
                                         value_at(after, i), depth));
    }
    for (size_t i = 0; i < value_len(before); i++) {
        const char *demand = value_get_str(value_at(before, i), "demand", "");
        if (!compare_ids_find(&in_after, demand))
            value_push(&list, compare_demand(demand, value_at(before, i), NULL, depth));
    }
    compare_ids_free(&in_before);
    compare_ids_free(&in_after);
    return list;
}
