/* The k best: order, ties, missing scores, against a plain sort. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "score/top.h"

enum { MOST = 300 };

static const double *sorted_scores;

static int plain_order(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    double sx = sorted_scores[x], sy = sorted_scores[y];
    if (isnan(sx) != isnan(sy))
        return isnan(sx) ? 1 : -1;
    if (!isnan(sx) && sx != sy)
        return sx > sy ? -1 : 1;
    return x < y ? -1 : x > y;
}

static void the_best_come_first_and_ties_go_to_the_lower_index(void **state)
{
    const double scores[] = {10, 30, 20, 30, NAN, 30};
    uint32_t which[] = {0, 1, 2, 3, 4, 5};
    const uint32_t expected[] = {1, 3, 5, 2};
    (void)state;
    assert_int_equal(top_of(which, 6, scores, 4), 4);
    assert_memory_equal(which, expected, sizeof expected);
}

static void what_has_no_score_comes_last_but_is_not_lost(void **state)
{
    const double scores[] = {NAN, 0, NAN};
    uint32_t which[] = {0, 1, 2};
    const uint32_t expected[] = {1, 0, 2};
    (void)state;
    assert_int_equal(top_of(which, 3, scores, 10), 3);
    assert_memory_equal(which, expected, sizeof expected);
}

static void nothing_asked_or_nothing_there_gives_nothing(void **state)
{
    uint32_t which[] = {0};
    const double scores[] = {1};
    (void)state;
    assert_int_equal(top_of(which, 0, scores, 5), 0);
    assert_int_equal(top_of(which, 1, scores, 0), 0);
}

static void any_k_agrees_with_a_plain_sort(void **state)
{
    unsigned seed = 20260223;
    (void)state;
    print_message("seed %u\n", seed);
    srandom(seed);
    for (int round = 0; round < 500; round++) {
        double scores[MOST];
        uint32_t which[MOST], expected[MOST];
        size_t count = (size_t)random() % MOST, k = (size_t)random() % (MOST + 10);
        for (size_t i = 0; i < count; i++) {
            scores[i] = random() % 9 ? (double)(random() % 20) : NAN; /* many ties */
            which[i] = expected[i] = (uint32_t)i;
        }
        sorted_scores = scores;
        qsort(expected, count, sizeof *expected, plain_order);
        size_t got = top_of(which, count, scores, k);
        assert_int_equal(got, k < count ? k : count);
        assert_memory_equal(which, expected, got * sizeof *which);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_best_come_first_and_ties_go_to_the_lower_index),
        cmocka_unit_test(what_has_no_score_comes_last_but_is_not_lost),
        cmocka_unit_test(nothing_asked_or_nothing_there_gives_nothing),
        cmocka_unit_test(any_k_agrees_with_a_plain_sort),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
