/* When a changed field gains a rank. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "engine/changes_parts.h"
#include "quoted.h"

static bool gains(const search *s, int64_t rank)
{
    const try t = {.rank = rank};
    return changes_gains(s, &t);
}

static void a_rank_is_gained_by_a_lower_number_or_by_having_one(void **state)
{
    (void)state;
    search s = {.ranked = read_quoted("[['s/a',9],['s/b',8]]"), .rank = 2};
    assert_true(gains(&s, 1));
    assert_false(gains(&s, 2));
    assert_false(gains(&s, 0)); /* a gate keeps it out */
    s.rank = 0;
    assert_true(gains(&s, 3));
    value_free(&s.ranked);
}

static void who_is_beyond_the_ranking_gains_by_coming_into_it(void **state)
{
    (void)state;
    search s = {.ranked = read_quoted("[['s/a',9],['s/b',8]]"), .beyond = true};
    assert_true(gains(&s, 2));
    assert_false(gains(&s, 3)); /* that is all that can be said of where it was */
    value_free(&s.ranked);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_rank_is_gained_by_a_lower_number_or_by_having_one),
        cmocka_unit_test(who_is_beyond_the_ranking_gains_by_coming_into_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
