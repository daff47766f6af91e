/* What workers said of a plan's rules, in the shape that people read. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "engine/answer.h"
#include "own_plan.h"

static void check_rule(const value *list, size_t at, const char *name, const char *outcome,
                       const char *reason)
{
    const value *row = value_at(list, at);
    assert_string_equal(value_get_str(row, "rule", ""), name);
    assert_string_equal(value_get_str(row, "outcome", ""), outcome);
    assert_string_equal(value_get_str(row, "reason", ""), reason);
}

static void answers_stand_beside_the_rule_that_gave_them(void **state)
{
    (void)state;
    fixture f;
    make(&f);
    value packed = read_item("solution/a", "[50,1,[['points',7.5,'both'],"
                                           "['not_applicable',null,'no use told']],"
                                           "[[true,'ripe']]]");
    item said = item_look(&packed);
    value rules = answer_rules(&f.plan, &said), gates = answer_gates(&f.plan, &said);
    assert_int_equal(value_len(&rules), 2);
    check_rule(&rules, 0, "own/themes", "points", "both");
    assert_true(value_get_double(value_at(&rules, 0), "value", 0) == 7.5);
    assert_true(value_get_double(value_at(&rules, 0), "weight", 0) == 2);
    check_rule(&rules, 1, "own/dual", "not_applicable", "no use told");
    assert_true(value_is(value_get(value_at(&rules, 1), "value"), VALUE_NIL));
    assert_int_equal(value_len(&gates), 1);
    assert_true(value_get_bool(value_at(&gates, 0), "passed", false));
    assert_string_equal(value_get_str(value_at(&gates, 0), "reason", ""), "ripe");
    value_free(&packed);
    value_free(&rules);
    value_free(&gates);
    drop(&f);
}

static void what_matched_stands_by_name_where_it_is_told(void **state)
{
    (void)state;
    fixture f;
    make(&f);
    value packed = read_item("solution/a", "[50,1,"
                                           "[['points',7.5,'both',[['a','b'],['c'],'A b.']],"
                                           "['not_applicable',null,'no use told']],"
                                           "[[true,'ripe',[['a'],[],'']]]]");
    item said = item_look(&packed);
    value rules = answer_rules(&f.plan, &said), gates = answer_gates(&f.plan, &said);
    value all = read_quoted("{'terms':['a','b'],'missing':['c'],'sentence':'A b.'}");
    value some = read_quoted("{'terms':['a']}");
    assert_true(value_equal(value_get(value_at(&rules, 0), "matched"), &all));
    assert_true(value_equal(value_get(value_at(&gates, 0), "matched"), &some));
    check_rule(&rules, 1, "own/dual", "not_applicable", "no use told");
    assert_null(value_get(value_at(&rules, 1), "matched"));
    value_free(&all);
    value_free(&some);
    value_free(&packed);
    value_free(&rules);
    value_free(&gates);
    drop(&f);
}

static void what_was_left_out_is_failed_whatever_a_worker_says(void **state)
{
    (void)state;
    fixture f;
    make(&f);
    f.plan.rules[TRL].skip = f.plan.rules[THEMES].skip = true;
    strcpy(f.plan.rules[TRL].reason, "too slow");
    strcpy(f.plan.rules[THEMES].reason, "too large");
    value packed = read_item("solution/a", "[50,1,[['points',7.5,'both'],['points',1,'']],"
                                           "[[true,'ripe']]]");
    item said = item_look(&packed);
    value rules = answer_rules(&f.plan, &said), gates = answer_gates(&f.plan, &said);
    check_rule(&rules, 0, "own/themes", "failed", "too large");
    assert_true(value_is(value_get(value_at(&rules, 0), "value"), VALUE_NIL));
    assert_true(value_is(value_get(value_at(&gates, 0), "passed"), VALUE_NIL));
    assert_string_equal(value_get_str(value_at(&gates, 0), "reason", ""), "too slow");
    value_free(&packed);
    value_free(&rules);
    value_free(&gates);
    drop(&f);
}

static void what_a_worker_did_not_say_is_failed_and_never_points(void **state)
{
    (void)state;
    fixture f;
    make(&f);
    item said = item_look(NULL);
    value rules = answer_rules(&f.plan, &said), gates = answer_gates(&f.plan, &said);
    assert_int_equal(value_len(&rules), 2);
    check_rule(&rules, 0, "own/themes", "failed", "");
    check_rule(&rules, 1, "own/dual", "failed", "");
    assert_true(value_is(value_get(value_at(&gates, 0), "passed"), VALUE_NIL));
    value_free(&rules);
    value_free(&gates);
    drop(&f);
}

#define TWO_RULES "[['points',7.5,'both'],['points',1,'']],null]"

static void ranks_follow_the_order_of_the_items(void **state)
{
    (void)state;
    fixture f;
    make(&f);
    value row = read_quoted("['demand/a']");
    value result = read_quoted("{'scored':2,'excluded':1,'items':[]}");
    value *items = (value *)value_get(&result, "items");
    value_push(items, read_item("solution/y", "[80,1," TWO_RULES));
    value_push(items, read_item("solution/x", "[null,0," TWO_RULES));
    value out = answer_demand(&f.plan, &row, &result);
    const value *ranked = value_get(&out, "ranked"), *first = value_at(ranked, 0);
    assert_string_equal(value_get_str(&out, "demand", ""), "demand/a");
    assert_int_equal(value_get_int(&out, "excluded", 0), 1);
    assert_string_equal(value_get_str(first, "solution", ""), "solution/y");
    assert_true(value_get_double(first, "score", 0) == 80);
    assert_true(value_get_double(first, "coverage", 0) == 1);
    check_rule(value_get(first, "rules"), 0, "own/themes", "points", "both");
    assert_int_equal(value_get_int(value_at(ranked, 1), "rank", 0), 2);
    assert_true(value_is(value_get(value_at(ranked, 1), "score"), VALUE_NIL));
    value_free(&row);
    value_free(&result);
    value_free(&out);
    drop(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(answers_stand_beside_the_rule_that_gave_them),
        cmocka_unit_test(what_matched_stands_by_name_where_it_is_told),
        cmocka_unit_test(what_was_left_out_is_failed_whatever_a_worker_says),
        cmocka_unit_test(what_a_worker_did_not_say_is_failed_and_never_points),
        cmocka_unit_test(ranks_follow_the_order_of_the_items),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
