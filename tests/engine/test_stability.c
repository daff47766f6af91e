/* How far weights can move, on rankings small enough to reckon by hand. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "engine/stability.h"
#include "quoted.h"

/* Solutions ranked by rules a (weight 2) and b (weight 1), each of at most 10 points. "null" for a
 * value: it did not apply. */
static value demand_of(const char *const rows[][3], size_t len)
{
    value demand = read_quoted("{'demand':'demand/d','scored':6}"), solutions = value_list();
    double points[16];
    for (size_t i = 0; i < len; i++) {
        value_push(&solutions, value_text(rows[i][0]));
        for (size_t k = 0; k < 2; k++)
            points[2 * i + k] = strcmp(rows[i][1 + k], "null") == 0 ? NAN : atof(rows[i][1 + k]);
    }
    value_add(&demand, "solutions", solutions);
    value_add(&demand, "points", value_bytes((const char *)points, len * 2 * sizeof *points));
    return demand;
}

static value stability(const value *demand, uint64_t seed)
{
    value rules =
        read_quoted("[{'rule':'z/a','weight':2,'max':10},{'rule':'z/b','weight':1,'max':10}]");
    value out = stability_of(&rules, demand, seed);
    value_free(&rules);
    return out;
}

static const value *limit(const value *out, size_t rule, const char *way)
{
    return value_get(value_at(value_get(out, "weights"), rule), way);
}

static void a_weight_may_move_until_one_outside_scores_more(void **state)
{
    (void)state;
    /* e is fifth with 4, 4; f is out with 0, 9: 2·4 + 4 = 12 against 9. With weight x of a:
     * 4x + 4 = 9 at x = 1.25; with weight y of b: 8 + 4y = 9y at y = 1.6. */
    static const char *const ROWS[][3] = {{"s/a", "9", "9"}, {"s/b", "9", "9"}, {"s/c", "9", "9"},
                                          {"s/d", "9", "9"}, {"s/e", "4", "4"}, {"s/f", "0", "9"}};
    value demand = demand_of(ROWS, 6), out = stability(&demand, 7);
    assert_float_equal(value_get_double(limit(&out, 0, "down"), "weight", 0), 1.25, 1e-9);
    assert_true(value_is(limit(&out, 0, "up"), VALUE_NIL));
    assert_float_equal(value_get_double(limit(&out, 1, "up"), "weight", 0), 1.6, 1e-9);
    assert_true(value_is(limit(&out, 1, "down"), VALUE_NIL));
    assert_string_equal(value_get_str(limit(&out, 1, "up"), "leaves", ""), "s/e");
    assert_string_equal(value_get_str(limit(&out, 1, "up"), "enters", ""), "s/f");
    value_free(&demand);
    value_free(&out);
}

static void a_rule_that_did_not_apply_makes_it_a_square(void **state)
{
    (void)state;
    /* f has only b: 45 of 100, whatever a weighs. e with weight x of a: (6x + 3) / (10x + 10) =
     * 0.45 at x = 1. */
    static const char *const ROWS[][3] = {{"s/a", "9", "9"}, {"s/b", "9", "9"},
                                          {"s/c", "9", "9"}, {"s/d", "9", "9"},
                                          {"s/e", "6", "3"}, {"s/f", "null", "4.5"}};
    value demand = demand_of(ROWS, 6), out = stability(&demand, 7);
    assert_float_equal(value_get_double(limit(&out, 0, "down"), "weight", 0), 1, 1e-9);
    assert_true(value_is(limit(&out, 0, "up"), VALUE_NIL));
    value_free(&demand);
    value_free(&out);
}

static void a_weight_of_zero_counts_only_when_the_best_are_others_then(void **state)
{
    (void)state;
    /* Without a, e and f are equal with 4 of 10: the lower id stays, or comes in. */
    static const char *const STAYS[][3] = {{"s/a", "9", "9"}, {"s/b", "9", "9"}, {"s/c", "9", "9"},
                                           {"s/d", "9", "9"}, {"s/e", "5", "4"}, {"s/f", "4", "4"}};
    static const char *const COMES[][3] = {{"s/a", "9", "9"}, {"s/b", "9", "9"}, {"s/c", "9", "9"},
                                           {"s/d", "9", "9"}, {"s/f", "5", "4"}, {"s/e", "4", "4"}};
    /* Without a, b has no score at all. */
    static const char *const EMPTY[][3] = {{"s/a", "9", "9"}, {"s/b", "9", "null"},
                                           {"s/c", "9", "9"}, {"s/d", "9", "9"},
                                           {"s/e", "8", "9"}, {"s/f", "1", "4"}};
    value demand = demand_of(STAYS, 6), out = stability(&demand, 7);
    assert_true(value_is(limit(&out, 0, "down"), VALUE_NIL));
    value_free(&demand);
    value_free(&out);
    for (int i = 0; i < 2; i++) {
        demand = demand_of(i ? EMPTY : COMES, 6);
        out = stability(&demand, 7);
        assert_float_equal(value_get_double(limit(&out, 0, "down"), "weight", -1), 0, 0);
        assert_string_equal(value_get_str(limit(&out, 0, "down"), "enters", ""), i ? "s/f" : "s/e");
        value_free(&demand);
        value_free(&out);
    }
}

static void who_leaves_is_told_as_it_will_be(void **state)
{
    (void)state;
    /* d, e and f are equal with weight 1 of a; below it d, which has most of a, is the last. */
    static const char *const ROWS[][3] = {{"s/a", "9", "9"}, {"s/b", "9", "9"}, {"s/c", "9", "9"},
                                          {"s/d", "8", "2"}, {"s/e", "6", "4"}, {"s/f", "4", "6"}};
    value demand = demand_of(ROWS, 6), out = stability(&demand, 7);
    const value *down = limit(&out, 0, "down");
    assert_float_equal(value_get_double(down, "weight", 0), 1, 1e-9);
    assert_string_equal(value_get_str(down, "leaves", ""), "s/d");
    assert_string_equal(value_get_str(down, "enters", ""), "s/f");
    value_free(&demand);
    value_free(&out);
}

static void with_nobody_outside_nothing_can_change(void **state)
{
    (void)state;
    static const char *const ROWS[][3] = {{"s/a", "9", "1"}, {"s/b", "1", "9"}};
    value demand = demand_of(ROWS, 2), out = stability(&demand, 7);
    for (size_t k = 0; k < 2; k++) {
        assert_true(value_is(limit(&out, k, "down"), VALUE_NIL));
        assert_true(value_is(limit(&out, k, "up"), VALUE_NIL));
    }
    assert_float_equal(value_get_double(value_at(value_get(&out, "stays"), 1), "share", 0), 1, 0);
    assert_int_equal(value_len(value_get(&out, "enters")), 0);
    value_free(&demand);
    value_free(&out);
    demand = demand_of(ROWS, 0);
    out = stability(&demand, 7);
    assert_int_equal(value_len(value_get(&out, "weights")), 0);
    value_free(&demand);
    value_free(&out);
}

static void shares_of_draws_are_repeatable_and_add_up(void **state)
{
    (void)state;
    static const char *const ROWS[][3] = {{"s/a", "9", "9"}, {"s/b", "9", "9"}, {"s/c", "9", "9"},
                                          {"s/d", "9", "9"}, {"s/e", "5", "4"}, {"s/f", "4", "6"}};
    value demand = demand_of(ROWS, 6), out = stability(&demand, 7), again = stability(&demand, 7),
          other = stability(&demand, 8);
    assert_true(value_equal(&out, &again));
    assert_false(value_equal(&out, &other));
    const value *last = value_at(value_get(&out, "stays"), 4),
                *in = value_at(value_get(&out, "enters"), 0);
    double stays = value_get_double(last, "share", 0), enters = value_get_double(in, "share", 0);
    assert_string_equal(value_get_str(last, "solution", ""), "s/e"); /* a tie: 14 each */
    assert_string_equal(value_get_str(in, "solution", ""), "s/f");
    assert_float_equal((stays + enters), 1, 1e-9);
    assert_in_range((int)(100 * stays), 40, 60);
    value_free(&demand);
    value_free(&out);
    value_free(&again);
    value_free(&other);
}

static void who_can_never_come_in_changes_nothing(void **state)
{
    (void)state;
    static const char *const ROWS[][3] = {
        {"s/a", "9", "9"}, {"s/b", "9", "9"}, {"s/c", "9", "9"}, {"s/d", "null", "9"},
        {"s/e", "5", "4"}, {"s/f", "4", "6"}, {"s/g", "1", "3"}, {"s/h", "null", "null"}};
    value few = demand_of(ROWS, 6), all = demand_of(ROWS, 8), out = stability(&few, 7),
          more = stability(&all, 7);
    assert_true(value_equal(value_get(&out, "stays"), value_get(&more, "stays")));
    assert_true(value_equal(value_get(&out, "enters"), value_get(&more, "enters")));
    assert_int_equal(value_len(value_get(&out, "enters")), 1);
    value_free(&few);
    value_free(&all);
    value_free(&out);
    value_free(&more);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_weight_may_move_until_one_outside_scores_more),
        cmocka_unit_test(a_rule_that_did_not_apply_makes_it_a_square),
        cmocka_unit_test(a_weight_of_zero_counts_only_when_the_best_are_others_then),
        cmocka_unit_test(who_leaves_is_told_as_it_will_be),
        cmocka_unit_test(with_nobody_outside_nothing_can_change),
        cmocka_unit_test(shares_of_draws_are_repeatable_and_add_up),
        cmocka_unit_test(who_can_never_come_in_changes_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
