/* test_workers.c: how many workers a match is worth. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "engine/workers.h"

static void a_small_match_has_one_worker(void **state)
{
    (void)state;
    assert_int_equal(workers_worth(0, 0, 600, 8), 1);
    assert_int_equal(workers_worth(20, 0, 600, 8), 1);
    assert_int_equal(workers_worth(20, 500, 600, 8), 1);
    assert_int_equal(workers_worth(200, 20000, 40, 8), 1);
}

static void much_work_has_as_many_as_there_are_processors_or_demands(void **state)
{
    (void)state;
    assert_int_equal(workers_worth(200, 20000, 600, 2), 2);
    assert_int_equal(workers_worth(5000, 20000, 600, 8), 8);
    assert_int_equal(workers_worth(3, 20000, 1000000, 8), 3);
}

/* 1.5 KB a solution in each, 1 GB in all. */
static void memory_bounds_how_many_hold_a_million(void **state)
{
    (void)state;
    assert_int_equal(workers_worth(5000, 200000, 600, 8), 3);
    assert_int_equal(workers_worth(5000, 1000000, 600, 8), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_small_match_has_one_worker),
        cmocka_unit_test(much_work_has_as_many_as_there_are_processors_or_demands),
        cmocka_unit_test(memory_bounds_how_many_hold_a_million),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
