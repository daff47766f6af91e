/* Metrics against numbers worked out by hand; intervals and chance where they are known. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "engine/quality.h"

enum { MRR, P1, NDCG10, RECALL10, RECALL20 };

static void near(double is, double expected)
{
    if (fabs(is - expected) > 1e-12)
        fail_msg("%.17g, not %.17g", is, expected);
}

static void numbers_are_those_of_the_formulas(void **state)
{
    (void)state;
    const double ranked[] = {0, 3, 0, 1}, known[] = {1, 2, 3};
    quality q = quality_one(ranked, 4, known, 3);
    double best = 3 + 2 / log2(3) + 1 / log2(4);
    near(q.of[MRR], 0.5);
    near(q.of[P1], 0);
    near(q.of[NDCG10], (3 / log2(3) + 1 / log2(5)) / best);
    near(q.of[RECALL10], 2.0 / 3);
    near(q.of[RECALL20], 2.0 / 3);
}

static void places_beyond_the_tenth_count_where_they_should(void **state)
{
    (void)state;
    double ranked[25] = {0};
    const double known[] = {1, 1, 1, 1};
    ranked[10] = ranked[19] = ranked[20] = 1;
    quality q = quality_one(ranked, 25, known, 4);
    near(q.of[MRR], 1.0 / 11);
    near(q.of[NDCG10], 0);
    near(q.of[RECALL10], 0);
    near(q.of[RECALL20], 0.5);
}

static void nothing_ranked_is_nothing_won(void **state)
{
    (void)state;
    const double known[] = {1};
    quality q = quality_one(NULL, 0, known, 1);
    for (size_t m = 0; m < QUALITY_METRICS; m++)
        near(q.of[m], 0);
    q = quality_mean(NULL, 0);
    near(q.of[MRR], 0);
}

static void the_best_order_is_one(void **state)
{
    (void)state;
    double all[15];
    for (size_t i = 0; i < 15; i++)
        all[i] = 15 - (double)i;
    quality q = quality_one(all, 15, all, 15);
    near(q.of[NDCG10], 1);
    near(q.of[P1], 1);
    near(q.of[RECALL10], 10.0 / 15);
}

static void fill(quality *all, size_t count, double even, double odd)
{
    for (size_t i = 0; i < count; i++)
        for (size_t m = 0; m < QUALITY_METRICS; m++)
            all[i].of[m] = i % 2 ? odd : even;
}

/* 100 tosses of a coin: the mean's standard error is 0.05. */
static void an_interval_is_as_wide_as_statistics_say(void **state)
{
    (void)state;
    quality all[100], low, high, again_low, again_high;
    fill(all, 100, 0, 1);
    quality_interval(all, 100, 1, &low, &high);
    assert_true(low.of[MRR] > 0.38 && low.of[MRR] < 0.42);
    assert_true(high.of[MRR] > 0.58 && high.of[MRR] < 0.62);
    quality_interval(all, 100, 1, &again_low, &again_high);
    assert_memory_equal(&low, &again_low, sizeof low);
    fill(all, 100, 0.3, 0.3);
    quality_interval(all, 100, 1, &low, &high);
    near(low.of[P1], 0.3);
    near(high.of[P1], 0.3);
    quality_interval(all, 0, 1, &low, &high);
    near(high.of[P1], 0);
}

static void chance_is_certain_of_no_difference_and_rules_out_a_steady_one(void **state)
{
    (void)state;
    quality all[40];
    fill(all, 40, 0, 0);
    near(quality_chance(all, 40, 3).of[MRR], 1);
    fill(all, 40, 0.1, -0.1);
    near(quality_chance(all, 40, 3).of[MRR], 1);
    fill(all, 40, 0.1, 0.2);
    near(quality_chance(all, 40, 3).of[MRR], 1.0 / (QUALITY_RESAMPLES + 1));
    fill(all, 4, 1, 1); /* 2 of the 16 ways of signs are as far out */
    double p = quality_chance(all, 4, 3).of[MRR];
    assert_true(p > 0.11 && p < 0.14);
    near(quality_chance(all, 0, 3).of[MRR], 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_are_those_of_the_formulas),
        cmocka_unit_test(places_beyond_the_tenth_count_where_they_should),
        cmocka_unit_test(nothing_ranked_is_nothing_won),
        cmocka_unit_test(the_best_order_is_one),
        cmocka_unit_test(an_interval_is_as_wide_as_statistics_say),
        cmocka_unit_test(chance_is_certain_of_no_difference_and_rules_out_a_steady_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
