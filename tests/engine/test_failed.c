/* Which rules failed, and for how many pairs. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "engine/failed.h"
#include "own_plan.h"

static void failures_add_up_over_demands_but_for_rules_on_solutions(void **state)
{
    (void)state;
    fixture f;
    make(&f);
    value results =
        read_quoted("[{'scored':4,'failures':[{'number':2,'pairs':3,'message':'nil','where':'"
                    "own/rules.lua:11'},"
                    "{'number':3,'pairs':5,'message':'late'}]},"
                    "{'scored':4,'failures':[{'number':2,'pairs':1,'message':'other'},"
                    "{'number':3,'pairs':5,'message':'late'},{'number':9,'pairs':1}]}]");
    value failed = failed_rules(&f.plan, &results);
    assert_int_equal(value_len(&failed), 2);
    assert_string_equal(value_get_str(value_at(&failed, 0), "rule", ""), "own/themes");
    assert_int_equal(value_get_int(value_at(&failed, 0), "pairs", 0), 4);
    assert_string_equal(value_get_str(value_at(&failed, 0), "reason", ""), "nil");
    assert_string_equal(value_get_str(value_at(&failed, 0), "where", ""), "own/rules.lua:11");
    assert_string_equal(value_get_str(value_at(&failed, 1), "rule", ""), "own/dual");
    assert_int_equal(value_get_int(value_at(&failed, 1), "pairs", 0), 5);
    assert_string_equal(value_get_str(value_at(&failed, 1), "where", ""), "own/rules.lua:20");
    value_free(&results);
    value_free(&failed);
    drop(&f);
}

static void a_rule_that_was_left_out_failed_for_every_pair(void **state)
{
    (void)state;
    fixture f;
    make(&f);
    f.plan.rules[DUAL].skip = true;
    strcpy(f.plan.rules[DUAL].reason, "used too much memory");
    value results = read_quoted("[{'scored':4},{'scored':6}]");
    value failed = failed_rules(&f.plan, &results);
    assert_int_equal(value_len(&failed), 1);
    assert_string_equal(value_get_str(value_at(&failed, 0), "plugin", ""), "own");
    assert_string_equal(value_get_str(value_at(&failed, 0), "reason", ""), "used too much memory");
    assert_int_equal(value_get_int(value_at(&failed, 0), "pairs", 0), 10);
    value_free(&results);
    value_free(&failed);
    drop(&f);
}

static void what_other_demands_tell_adds_up_too(void **state)
{
    (void)state;
    fixture f;
    make(&f);
    value list =
        read_quoted("[{'rule':'own/themes','pairs':3,'reason':'a'},{'rule':'own/dual','pairs':5}]");
    value more =
        read_quoted("[{'rule':'own/dual','pairs':4},{'rule':'own/themes','pairs':2,'reason':'b'},"
                    "{'rule':'own/trl','pairs':1}]");
    failed_add(f.registry, &list, &more);
    assert_int_equal(value_len(&list), 3);
    assert_int_equal(value_get_int(value_at(&list, 0), "pairs", 0), 5);
    assert_string_equal(value_get_str(value_at(&list, 0), "reason", ""), "a");
    assert_int_equal(value_get_int(value_at(&list, 1), "pairs", 0), 5); /* once a solution */
    assert_string_equal(value_get_str(value_at(&list, 2), "rule", ""), "own/trl");
    value_free(&list);
    value_free(&more);
    drop(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(failures_add_up_over_demands_but_for_rules_on_solutions),
        cmocka_unit_test(a_rule_that_was_left_out_failed_for_every_pair),
        cmocka_unit_test(what_other_demands_tell_adds_up_too),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
