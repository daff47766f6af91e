/* What moved between two small rankings, and by which rule. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "engine/compare.h"
#include "quoted.h"

#define ITEM(rank, solution, score, a, b)                                                          \
    "{'rank':" rank ",'solution':'" solution "','score':" score ",'rules':["                       \
    "{'rule':'z/a','outcome':'points','value':" a ",'max':10,'weight':3},"                         \
    "{'rule':'z/b','outcome':'points','value':" b ",'max':10,'weight':1}]}"
#define DOC(items) "{'demands':[{'demand':'demand/d','ranked':[" items "]}]}"

static value compared_to(const char *was, const char *is, int64_t depth)
{
    value a = read_quoted(was), b = read_quoted(is), list = compare_documents(&a, &b, depth);
    value_free(&a);
    value_free(&b);
    return list;
}

static value compared(const char *was, const char *is)
{
    return compared_to(was, is, 0);
}

static const value *moves_of(const value *list)
{
    return value_get(value_at(list, 0), "moves");
}

static void what_stays_is_counted_and_not_listed(void **state)
{
    (void)state;
    value list =
        compared(DOC(ITEM("1", "s/x", "60", "8", "0")), DOC(ITEM("1", "s/x", "60", "8", "0")));
    assert_int_equal(value_get_int(value_at(&list, 0), "same", -1), 1);
    assert_int_equal(value_len(moves_of(&list)), 0);
    value_free(&list);
}

static void a_change_of_score_is_the_sum_of_its_rules(void **state)
{
    (void)state;
    value list =
        compared(DOC(ITEM("1", "s/x", "60", "8", "0") "," ITEM("2", "s/y", "40", "4", "4")),
                 DOC(ITEM("1", "s/y", "67.5", "8", "3") "," ITEM("2", "s/x", "60", "8", "0")));
    const value *first = value_at(moves_of(&list), 0), *second = value_at(moves_of(&list), 1);
    assert_string_equal(value_get_str(first, "solution", ""), "s/y");
    assert_string_equal(value_get_str(first, "move", ""), "up");
    assert_float_equal(value_get_double(first, "by", 0), 27.5, 1e-9);
    const value *rules = value_get(first, "rules");
    assert_string_equal(value_get_str(value_at(rules, 0), "rule", ""), "z/a");
    assert_float_equal(value_get_double(value_at(rules, 0), "by", 0), 30, 1e-9);
    assert_float_equal(value_get_double(value_at(rules, 1), "by", 0), -2.5, 1e-9);
    assert_string_equal(value_str(value_at(value_get(first, "passed"), 0), ""), "s/x");
    /* The other one was passed: its own score stands. */
    assert_string_equal(value_get_str(second, "move", ""), "down");
    assert_int_equal(value_len(value_get(second, "rules")), 0);
    assert_string_equal(value_str(value_at(value_get(second, "passed_by"), 0), ""), "s/y");
    value_free(&list);
}

static void what_is_in_one_ranking_alone_entered_or_left(void **state)
{
    (void)state;
    value list =
        compared(DOC(ITEM("1", "s/x", "60", "8", "0")), DOC(ITEM("1", "s/y", "60", "8", "0")));
    const value *moves = moves_of(&list);
    assert_int_equal(value_len(moves), 2);
    assert_string_equal(value_get_str(value_at(moves, 0), "move", ""), "left");
    assert_true(value_is(value_get(value_at(moves, 0), "is"), VALUE_NIL));
    assert_string_equal(value_get_str(value_at(moves, 1), "move", ""), "entered");
    assert_true(value_is(value_get(value_at(moves, 1), "by"), VALUE_NIL));
    value_free(&list);
}

static void a_demand_that_is_new_or_gone_is_told(void **state)
{
    (void)state;
    value list = compared(DOC(ITEM("1", "s/x", "60", "8", "0")), "{'demands':[]}");
    assert_string_equal(value_get_str(value_at(&list, 0), "demand", ""), "demand/d");
    assert_string_equal(value_get_str(value_at(moves_of(&list), 0), "move", ""), "left");
    value_free(&list);
}

static void who_is_below_what_both_tell_has_not_left(void **state)
{
    (void)state;
    value list =
        compared_to(DOC(ITEM("1", "s/x", "60", "8", "0") "," ITEM(
                        "2", "s/y", "40", "4", "4") "," ITEM("3", "s/z", "30", "3", "3")),
                    DOC(ITEM("1", "s/z", "70", "9", "1") "," ITEM("2", "s/x", "60", "8", "0")), 2);
    const value *moves = moves_of(&list);
    assert_int_equal(value_len(moves), 3); /* z came up from below, x was passed, y left */
    assert_string_equal(value_get_str(value_at(moves, 0), "move", ""), "up");
    value_free(&list);
    list = compared_to(DOC(ITEM("1", "s/x", "60", "8", "0") "," ITEM("2", "s/y", "40", "4", "4")),
                       DOC(ITEM("1", "s/x", "60", "8", "0")), 1);
    assert_int_equal(value_len(moves_of(&list)), 0);
    assert_int_equal(value_get_int(value_at(&list, 0), "same", -1), 1);
    value_free(&list);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_stays_is_counted_and_not_listed),
        cmocka_unit_test(who_is_below_what_both_tell_has_not_left),
        cmocka_unit_test(a_change_of_score_is_the_sum_of_its_rules),
        cmocka_unit_test(what_is_in_one_ranking_alone_entered_or_left),
        cmocka_unit_test(a_demand_that_is_new_or_gone_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
