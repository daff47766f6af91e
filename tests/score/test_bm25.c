/* BM25 against the formula worked out by hand, and what must not change it. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "score/bm25.h"

/* Invented words, so that no stemmer and no stop list has a hand in the numbers. */
static const char *const DOCUMENTS[] = {"zarkob zarkob lumix", "lumix teplor",
                                        "teplor teplor teplor qorvan"};

static bm25 *collection(terms *words)
{
    bm25 *c = bm25_new(words);
    for (size_t i = 0; i < 3; i++)
        bm25_add(c, DOCUMENTS[i], strlen(DOCUMENTS[i]));
    return c;
}

static double by_hand(double count, double length)
{
    const double idf = log(1 + (3 - 1 + 0.5) / (1 + 0.5)), mean = 9.0 / 3.0;
    double gain = idf * count * 2.2 / (count + 1.2 * (1 - 0.75 + 0.75 * length / mean));
    return gain / (idf * 2.2);
}

static void one_word_gives_what_the_formula_says(void **state)
{
    double scores[3];
    terms *words = terms_new();
    bm25 *c = collection(words);
    (void)state;
    bm25_rank(c, "zarkob", 6, scores);
    assert_float_equal(scores[0], by_hand(2, 3), 1e-12);
    assert_float_equal(scores[1], 0, 0);
    bm25_rank(c, "qorvan", 6, scores);
    assert_float_equal(scores[2], by_hand(1, 4), 1e-12);
    bm25_free(c);
    terms_free(words);
}

static void a_word_that_nobody_has_changes_nothing(void **state)
{
    double with[3], without[3];
    terms *words = terms_new();
    bm25 *c = collection(words);
    (void)state;
    bm25_rank(c, "lumix teplor", 12, without);
    bm25_rank(c, "lumix unheardof teplor", 22, with);
    assert_memory_equal(with, without, sizeof with);
    bm25_free(c);
    terms_free(words);
}

static void scores_lie_between_nothing_and_one(void **state)
{
    double scores[3];
    const char *query = "zarkob lumix teplor qorvan zarkob";
    terms *words = terms_new();
    bm25 *c = collection(words);
    (void)state;
    bm25_rank(c, query, strlen(query), scores);
    for (size_t i = 0; i < 3; i++)
        assert_true(scores[i] > 0 && scores[i] < 1);
    bm25_free(c);
    terms_free(words);
}

static void ignore(void *ctx, uint32_t term)
{
    (void)ctx;
    (void)term;
}

static void work_done_before_never_changes_a_bit(void **state)
{
    double first[3], later[3];
    const char *query = "qorvan lumix lumix zarkob teplor";
    terms *words = terms_new(), *others = terms_new();
    bm25 *c = collection(words), *d;
    (void)state;
    bm25_rank(c, query, strlen(query), first);
    terms_each(others, query, strlen(query), ignore, NULL);
    d = collection(others); /* other numbers for the same words */
    bm25_rank(d, query, strlen(query), later);
    assert_memory_equal(first, later, sizeof first);
    bm25_free(c);
    bm25_free(d);
    terms_free(words);
    terms_free(others);
}

static void a_text_outside_is_scored_by_the_same_statistics(void **state)
{
    double scores[3];
    terms *words = terms_new();
    bm25 *c = collection(words);
    (void)state;
    bm25_rank(c, "lumix teplor", 12, scores);
    for (size_t i = 0; i < 3; i++)
        assert_float_equal(bm25_one(c, "lumix teplor", 12, DOCUMENTS[i], strlen(DOCUMENTS[i])),
                           scores[i], 1e-12);
    assert_float_equal(bm25_one(c, "lumix", 5, "", 0), 0, 0);
    bm25_free(c);
    terms_free(words);
}

static void an_empty_collection_and_an_empty_query_give_nothing(void **state)
{
    double score = 1;
    terms *words = terms_new();
    bm25 *c = bm25_new(words);
    (void)state;
    bm25_rank(c, "lumix", 5, &score); /* no document: nothing is written */
    assert_float_equal(score, 1, 0);
    bm25_add(c, "lumix", 5);
    bm25_rank(c, "", 0, &score);
    assert_float_equal(score, 0, 0);
    bm25_free(c);
    terms_free(words);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_word_gives_what_the_formula_says),
        cmocka_unit_test(a_word_that_nobody_has_changes_nothing),
        cmocka_unit_test(scores_lie_between_nothing_and_one),
        cmocka_unit_test(work_done_before_never_changes_a_bit),
        cmocka_unit_test(a_text_outside_is_scored_by_the_same_statistics),
        cmocka_unit_test(an_empty_collection_and_an_empty_query_give_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
