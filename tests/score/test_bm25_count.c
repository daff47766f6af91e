/* Statistics counted in one collection rank the documents of another by the same bits, and bytes
 * that were tampered with do no harm. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../base/random.h"
#include "base/mem.h"
#include "score/bm25.h"

enum { COUNTED = 120, RANKED = 60, ALL = COUNTED + RANKED, FIELDS = 3, TEXT = 500, QUERIES = 12 };

static const double WEIGHTS[FIELDS] = {3, 1, 0.25};

/* The first are counted; the others have words that none of those has. */
static char texts[ALL][FIELDS][TEXT];
static char queries[QUERIES][2][TEXT];

static void some_words(char *out, size_t most, size_t words)
{
    *out = '\0';
    for (size_t i = random_below(most); i > 0; i--)
        sprintf(out + strlen(out), "w%zux ", random_below(words) * random_below(3));
}

static void make_texts(void)
{
    random_start();
    for (size_t d = 0; d < ALL; d++)
        for (size_t f = 0; f < FIELDS; f++)
            some_words(texts[d][f], random_below(5) ? 40 : 1, d < COUNTED ? 40 : 60);
    for (size_t q = 0; q < QUERIES; q++)
        for (size_t part = 0; part < 2; part++)
            some_words(queries[q][part], 20, 80);
}

static const bm25_text *document(size_t d)
{
    static bm25_text fields[FIELDS];
    for (size_t f = 0; f < FIELDS; f++)
        fields[f] = (bm25_text){texts[d][f], strlen(texts[d][f]), 1};
    return fields;
}

static const bm25_text *query(size_t q)
{
    static bm25_text parts[2];
    for (size_t i = 0; i < 2; i++)
        parts[i] = (bm25_text){queries[q][i], strlen(queries[q][i]), i ? 0.5 : 3};
    return parts;
}

static bm25 *counted(terms *words, size_t fields)
{
    bm25 *c = bm25_new(words, WEIGHTS, fields);
    for (size_t d = 0; d < COUNTED; d++)
        bm25_add(c, document(d));
    return c;
}

static void take(void *ctx, uint32_t term)
{
    (void)ctx;
    (void)term;
}

static void same_bits(double a, double b, size_t q, size_t d)
{
    if (memcmp(&a, &b, sizeof a) != 0)
        fail_msg("query %zu, document %zu: %.17g and %.17g", q, d, a, b);
}

static void check_bits(size_t fields)
{
    double here[ALL], there[ALL], alone[COUNTED];
    size_t some[ALL], len = 0, unlike = 0;
    terms *words = terms_new(), *others = terms_new();
    buf bytes = {0}, again = {0};
    bm25 *plain = counted(words, fields), *one_run = counted(words, fields);
    bm25_counted(one_run);
    for (size_t d = COUNTED; d < ALL; d++)
        bm25_add(one_run, document(d));
    bm25_export(plain, &bytes);
    terms_each(others, "w7x unheard w2x of", 18, take, NULL); /* other numbers for the same words */
    bm25 *away = bm25_import(others, WEIGHTS, fields, bytes.data, bytes.len, NULL);
    assert_non_null(away);
    for (size_t d = 0; d < ALL; d++)
        if (random_below(2)) {
            some[len++] = d;
            bm25_add(away, document(d));
        }
    for (size_t q = 0; q < QUERIES; q++) {
        bm25_rank(plain, query(q), 2, alone);
        bm25_rank(one_run, query(q), 2, here);
        bm25_rank(away, query(q), 2, there);
        for (size_t d = 0; d < ALL; d++) {
            same_bits(here[d], d < COUNTED ? alone[d] : bm25_one(plain, query(q), 2, document(d)),
                      q, d);
            same_bits(here[d], bm25_one(one_run, query(q), 2, document(d)), q, d);
            unlike += here[d] > 0;
        }
        for (size_t i = 0; i < len; i++) {
            same_bits(there[i], here[some[i]], q, some[i]);
            same_bits(there[i], bm25_one(away, query(q), 2, document(some[i])), q, some[i]);
        }
    }
    assert_true(unlike > QUERIES); /* or nothing was compared */
    bm25_export(away, &again);
    assert_int_equal(again.len, bytes.len);
    assert_memory_equal(again.data, bytes.data, bytes.len);
    buf_clear(&again);
    bm25_export(one_run, &again);
    assert_memory_equal(again.data, bytes.data, bytes.len);
    buf_free(&bytes);
    buf_free(&again);
    bm25_free(plain);
    bm25_free(one_run);
    bm25_free(away);
    terms_free(words);
    terms_free(others);
}

static void counted_elsewhere_or_here_it_is_the_same_to_the_bit(void **state)
{
    (void)state;
    make_texts();
    check_bits(FIELDS);
    check_bits(1);
}

/* One counted document has the words of two; the word of the third is in no statistics. */
static void a_word_that_was_not_counted_counts_where_it_is(void **state)
{
    static const double ONE = 1;
    double scores[3];
    terms *words = terms_new();
    bm25 *c = bm25_new(words, &ONE, 1);
    (void)state;
    bm25_add(c, &(bm25_text){"lumix teplor", 12, 1});
    bm25_counted(c);
    bm25_add(c, &(bm25_text){"lumix zarkob", 12, 1});
    bm25_add(c, &(bm25_text){"lumix qorvan", 12, 1});
    bm25_rank(c, &(bm25_text){"lumix zarkob", 12, 1}, 1, scores);
    assert_true(scores[1] > 0.3);
    assert_true(scores[2] > 0 && scores[2] < 1);
    same_bits(
        scores[1],
        bm25_one(c, &(bm25_text){"lumix zarkob", 12, 1}, 1, &(bm25_text){"lumix zarkob", 12, 1}), 0,
        1);
    bm25_rank(c, &(bm25_text){"lumix", 5, 1}, 1, scores);
    same_bits(scores[1], scores[2], 0, 2);
    bm25_free(c);
    terms_free(words);
}

static void nothing_counted_can_be_told_too(void **state)
{
    double score = -1;
    terms *words = terms_new();
    buf bytes = {0};
    bm25 *none = bm25_new(words, WEIGHTS, 1);
    (void)state;
    bm25_export(none, &bytes);
    bm25 *c = bm25_import(words, WEIGHTS, 1, bytes.data, bytes.len, NULL);
    assert_non_null(c);
    bm25_add(c, &(bm25_text){"lumix", 5, 1});
    bm25_rank(c, &(bm25_text){"lumix zarkob", 12, 1}, 1, &score);
    assert_true(score > 0 && score <= 1);
    same_bits(score,
              bm25_one(c, &(bm25_text){"lumix zarkob", 12, 1}, 1, &(bm25_text){"lumix", 5, 1}), 0,
              0);
    bm25_free(c);
    bm25_free(none);
    buf_free(&bytes);
    terms_free(words);
}

/* What can be read ranks between nothing and one, and can be told again. */
static void try_bytes(terms *words, const char *bytes, size_t len, bool must_fail)
{
    double scores[8];
    err e = {0};
    char *exact = mem_alloc(len + 1); /* so that a sanitizer sees a byte too far */
    char *own = realloc(exact, len ? len : 1);
    memcpy(own, bytes, len);
    bm25 *c = bm25_import(words, WEIGHTS, FIELDS, own, len, &e);
    if (!c)
        assert_int_equal(e.code, ERR_BAD_DATA);
    if (c && must_fail)
        fail_msg("%zu bytes of it were taken for the whole", len);
    for (size_t d = 0; c && d < 8; d++)
        bm25_add(c, document(d * (ALL / 8)));
    for (size_t q = 0; c && q < 2; q++) {
        bm25_rank(c, query(q), 2, scores);
        for (size_t d = 0; d < 8; d++) {
            if (!(scores[d] >= 0 && scores[d] <= 1))
                fail_msg("a score of %g", scores[d]);
            same_bits(scores[d], bm25_one(c, query(q), 2, document(d * (ALL / 8))), q, d);
        }
    }
    free(own);
    bm25_free(c);
}

static void bytes_that_were_tampered_with_are_refused_or_do_no_harm(void **state)
{
    terms *words = terms_new();
    buf bytes = {0};
    bm25 *c = bm25_new(words, WEIGHTS, FIELDS);
    (void)state;
    make_texts();
    for (size_t d = 0; d < 8; d++)
        bm25_add(c, document(d));
    bm25_export(c, &bytes);
    for (size_t len = 0; len < bytes.len; len++)
        try_bytes(words, bytes.data, len, true);
    for (size_t at = 0; at < bytes.len; at++)
        for (int bit = 0; bit < 9; bit++) {
            char was = bytes.data[at];
            bytes.data[at] = (char)(bit < 8 ? was ^ (1 << bit) : 0xFF);
            try_bytes(words, bytes.data, bytes.len, false);
            bytes.data[at] = was;
        }
    try_bytes(words, bytes.data, bytes.len, false);
    buf_char(&bytes, 'x');
    try_bytes(words, bytes.data, bytes.len, true);
    bm25_free(c);
    buf_free(&bytes);
    terms_free(words);
}

static void other_fields_are_refused(void **state)
{
    terms *words = terms_new();
    buf bytes = {0};
    err e = {0};
    bm25 *c = counted(words, 2);
    (void)state;
    bm25_export(c, &bytes);
    assert_null(bm25_import(words, WEIGHTS, 3, bytes.data, bytes.len, &e));
    assert_int_equal(e.code, ERR_BAD_DATA);
    bm25_free(c);
    buf_free(&bytes);
    terms_free(words);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(counted_elsewhere_or_here_it_is_the_same_to_the_bit),
        cmocka_unit_test(a_word_that_was_not_counted_counts_where_it_is),
        cmocka_unit_test(nothing_counted_can_be_told_too),
        cmocka_unit_test(bytes_that_were_tampered_with_are_refused_or_do_no_harm),
        cmocka_unit_test(other_fields_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
