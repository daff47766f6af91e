/* BM25F against the formula worked out by hand, and what must not change it. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "score/bm25_in.h"

static const double ONE = 1;

/* Invented words, so that no stemmer and no stop list has a hand in the numbers. */
static const char *const DOCUMENTS[] = {"zarkob zarkob lumix", "lumix teplor",
                                        "teplor teplor teplor qorvan"};

static bm25_text text(const char *words)
{
    return (bm25_text){words, strlen(words), 1};
}

static void add(bm25 *c, const char *words)
{
    bm25_text field = text(words);
    bm25_add(c, &field);
}

static void rank(bm25 *c, const char *query, double *out)
{
    bm25_text part = text(query);
    bm25_rank(c, &part, 1, out);
}

static double one(bm25 *c, const char *query, const char *document)
{
    bm25_text part = text(query), field = text(document);
    return bm25_one(c, &part, 1, &field);
}

static bm25 *collection(terms *words)
{
    bm25 *c = bm25_new(words, &ONE, 1);
    for (size_t i = 0; i < 3; i++)
        add(c, DOCUMENTS[i]);
    return c;
}

static double idf(double df)
{
    return log(1 + (3 - df + 0.5) / (df + 0.5));
}

static double gain(double count, double length)
{
    return count / (count + 1.2 * (1 - 0.75 + 0.75 * length / 3.0));
}

/* Mean similarity of each document to the three as queries. */
static void common_by_hand(double out[3])
{
    const double z = idf(1), l = idf(2), t = idf(2), q = idf(1);
    double zarkob = 2 * z / (2 * z + l) / 3, qorvan = q / (3 * t + q) / 3;
    double lumix = (l / (2 * z + l) + l / (l + t)) / 3;
    double teplor = (t / (l + t) + 3 * t / (3 * t + q)) / 3;
    out[0] = zarkob * gain(2, 3) + lumix * gain(1, 3);
    out[1] = lumix * gain(1, 2) + teplor * gain(1, 2);
    out[2] = teplor * gain(3, 4) + qorvan * gain(1, 4);
}

static double moved(double share, double factor)
{
    double x = share * factor;
    return x - x * x / 4;
}

static void one_word_gives_what_the_formula_says(void **state)
{
    double scores[3], common[3], mean;
    terms *words = terms_new();
    bm25 *c = collection(words);
    (void)state;
    common_by_hand(common);
    mean = (common[0] + common[1] + common[2]) / 3;
    rank(c, "zarkob", scores);
    assert_float_equal(scores[0], moved(gain(2, 3), 2 * mean / (mean + common[0])), 1e-6);
    assert_float_equal(scores[1], 0, 0);
    rank(c, "qorvan", scores);
    assert_float_equal(scores[2], moved(gain(1, 4), 2 * mean / (mean + common[2])), 1e-6);
    bm25_free(c);
    terms_free(words);
}

/* "lumix" stands once in both; the second text is like most others, the first like none. */
static void a_text_that_resembles_everything_counts_less(void **state)
{
    double scores[5];
    terms *words = terms_new();
    bm25 *c = bm25_new(words, &ONE, 1);
    (void)state;
    add(c, "lumix zarkob qorvan");
    add(c, "lumix teplor vindok");
    add(c, "teplor vindok mefisk");
    add(c, "teplor vindok hurbel");
    add(c, "teplor vindok orstag");
    rank(c, "lumix", scores);
    assert_true(scores[0] > scores[1]);
    assert_true(scores[1] > 0);
    bm25_free(c);
    terms_free(words);
}

static void equal_texts_get_equal_numbers_above_nothing(void **state)
{
    enum { MANY = 10000 };
    double *scores = malloc(MANY * sizeof *scores);
    terms *words = terms_new();
    bm25 *c = bm25_new(words, &ONE, 1);
    (void)state;
    assert_non_null(scores);
    for (size_t i = 0; i < MANY; i++)
        add(c, "lumix zarkob");
    rank(c, "lumix", scores);
    for (size_t i = 0; i < MANY; i++)
        assert_true(scores[i] == scores[0]);
    assert_true(scores[0] > 0.4);
    free(scores);
    bm25_free(c);
    terms_free(words);
}

static void a_word_that_nobody_has_changes_nothing(void **state)
{
    double with[3], without[3];
    terms *words = terms_new();
    bm25 *c = collection(words);
    (void)state;
    rank(c, "lumix teplor", without);
    rank(c, "lumix unheardof teplor", with);
    assert_memory_equal(with, without, sizeof with);
    bm25_free(c);
    terms_free(words);
}

static void scores_lie_between_nothing_and_one(void **state)
{
    double scores[3];
    terms *words = terms_new();
    bm25 *c = collection(words);
    (void)state;
    rank(c, "zarkob lumix teplor qorvan zarkob", scores);
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
    rank(c, query, first);
    terms_each(others, query, strlen(query), ignore, NULL);
    d = collection(others); /* other numbers for the same words */
    rank(d, query, later);
    assert_memory_equal(first, later, sizeof first);
    bm25_free(c);
    bm25_free(d);
    terms_free(words);
    terms_free(others);
}

static void one_document_gets_the_very_bits_of_all(void **state)
{
    double scores[3];
    terms *words = terms_new();
    bm25 *c = collection(words);
    (void)state;
    rank(c, "lumix teplor unheardof lumix", scores);
    for (size_t i = 0; i < 3; i++)
        assert_true(one(c, "lumix teplor unheardof lumix", DOCUMENTS[i]) == scores[i]);
    assert_float_equal(one(c, "lumix", ""), 0, 0);
    assert_true(one(c, "hurbel", "hurbel lumix") > 0);
    bm25_free(c);
    terms_free(words);
}

/* A seeded mixture of words, lengths and empty fields. */
static void random_words(char *out, size_t words, uint32_t *seed)
{
    char *at = out;
    *at = '\0';
    for (size_t i = 0; i < words; i++) {
        *seed = *seed * 1664525u + 1013904223u;
        at += sprintf(at, "w%ux ", (*seed >> 20) % 40 * ((*seed >> 10) % 3));
    }
}

static void with_fields_one_document_gets_the_very_bits_of_all(void **state)
{
    enum { MANY = 60, FIELDS = 3 };
    static char texts[MANY][FIELDS][600];
    static const double weights[FIELDS] = {3, 1, 0.25};
    double scores[MANY];
    uint32_t seed = 5;
    terms *words = terms_new();
    bm25 *c = bm25_new(words, weights, FIELDS);
    (void)state;
    bm25_text fields[MANY][FIELDS];
    for (size_t d = 0; d < MANY; d++) {
        for (size_t f = 0; f < FIELDS; f++) {
            random_words(texts[d][f], (d * 7 + f * 11) % 45, &seed);
            fields[d][f] = text(texts[d][f]);
        }
        bm25_add(c, fields[d]);
    }
    const bm25_text query[] = {{"w4x w0x w9x", 11, 3}, {"w1x w4x w22x w0x", 16, 0.5}};
    bm25_rank(c, query, 2, scores);
    for (size_t d = 0; d < MANY; d++)
        assert_true(bm25_one(c, query, 2, fields[d]) == scores[d]);
    bm25_free(c);
    terms_free(words);
}

/* A title that counts twice is not a title written twice: length is evened field by field. */
static void a_word_counts_by_the_weight_of_its_field(void **state)
{
    static const double weights[] = {3, 1};
    double scores[2];
    terms *words = terms_new();
    bm25 *c = bm25_new(words, weights, 2);
    (void)state;
    const bm25_text in_title[] = {{"lumix", 5, 1}, {"zarkob", 6, 1}};
    const bm25_text in_text[] = {{"zarkob", 6, 1}, {"lumix", 5, 1}};
    bm25_add(c, in_title);
    bm25_add(c, in_text);
    rank(c, "lumix", scores);
    assert_true(scores[0] > scores[1]);
    bm25_free(c);
    terms_free(words);
}

static void a_part_of_a_query_counts_as_if_it_stood_there_more_often(void **state)
{
    double weighted[3], written[3];
    terms *words = terms_new();
    bm25 *c = collection(words);
    (void)state;
    const bm25_text parts[] = {{"zarkob", 6, 3}, {"teplor", 6, 1}};
    bm25_rank(c, parts, 2, weighted);
    rank(c, "zarkob zarkob zarkob teplor", written);
    assert_memory_equal(weighted, written, sizeof written);
    bm25_free(c);
    terms_free(words);
}

static void the_words_that_count_most_are_told_as_they_are_written(void **state)
{
    bm25_word found[2];
    terms *words = terms_new();
    bm25 *c = collection(words);
    (void)state;
    bm25_text query = text("teplors lumix qorvan"), document = text("Teplor! (teplor) QORVAN");
    size_t len = bm25_words(c, &query, 1, &document, found, 2);
    assert_int_equal(len, 2);
    assert_memory_equal(found[0].text, "QORVAN", 6); /* the rarer one */
    assert_int_equal(found[0].len, 6);
    assert_memory_equal(found[1].text, "Teplor", 6);
    assert_true(fabs(found[0].share + found[1].share - 1) < 1e-12);
    document = text("hurbel");
    assert_int_equal(bm25_words(c, &query, 1, &document, found, 2), 0);
    bm25_free(c);
    terms_free(words);
}

/* What a collection says that was asked nothing before. */
static void check_anew(bm25 *asked, const bm25_text *query, size_t parts)
{
    terms *words = terms_new();
    bm25 *c = collection(words);
    double scores[3], anew[3];
    bm25_word found[8], told[8];
    bm25_text document = text(DOCUMENTS[0]);
    bm25_rank(asked, query, parts, scores);
    bm25_rank(c, query, parts, anew);
    assert_memory_equal(scores, anew, sizeof scores);
    assert_true(bm25_one(asked, query, parts, &document) == anew[0]);
    size_t len = bm25_words(asked, query, parts, &document, found, 8);
    assert_int_equal(len, bm25_words(c, query, parts, &document, told, 8));
    for (size_t i = 0; i < len; i++)
        assert_true(found[i].text == told[i].text && found[i].share == told[i].share);
    bm25_free(c);
    terms_free(words);
}

static void what_was_asked_before_changes_nothing(void **state)
{
    const bm25_text queries[][2] = {
        {{"lumix zarkob", 12, 1}, {"teplor", 6, 1}}, {{"lumix zarkob", 12, 2}, {"teplor", 6, 1}},
        {{"lumix zarkob", 12, 1}, {"", 0, 1}},       {{"lumix zarkobteplor", 18, 1}, {"", 0, 1}},
        {{"lumix", 5, 1}, {" zarkobteplor", 13, 1}}, {{"lumix zarkub", 12, 1}, {"teplor", 6, 1}},
    };
    const size_t count = sizeof queries / sizeof queries[0];
    terms *words = terms_new();
    bm25 *c = collection(words);
    (void)state;
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < count; k++) {
            check_anew(c, queries[i], 2);
            check_anew(c, queries[k], 1 + (i + k) % 2);
        }
    bm25_free(c);
    terms_free(words);
}

static void an_empty_collection_and_an_empty_query_give_nothing(void **state)
{
    double score = 1;
    terms *words = terms_new();
    bm25 *c = bm25_new(words, &ONE, 1);
    (void)state;
    rank(c, "lumix", &score); /* no document: nothing is written */
    assert_float_equal(score, 1, 0);
    bm25_free(c);
    c = bm25_new(words, &ONE, 1);
    add(c, "lumix");
    rank(c, "", &score);
    assert_float_equal(score, 0, 0);
    bm25_free(c);
    terms_free(words);
}

/* What texts hold that no dictionary has. `in` is a document among others; each is asked for by
 * itself. */
static void strange_texts_are_ranked_like_others(void **state)
{
    static const struct {
        const char *what;
        bm25_text in;
        int found; /* does it find itself? */
    } rows[] = {
        {"empty", {"", 0, 1}, 0},
        {"one word", {"hydrophone", 10, 1}, 1},
        {"stop words alone", {"the and of de het een", 21, 1}, 0},
        {"emoji alone", {"\xF0\x9F\x9A\x80\xF0\x9F\x9A\x80", 8, 1}, 0},
        {"a word between emoji", {"\xF0\x9F\x9A\x80sonar\xF0\x9F\x9A\x80", 13, 1}, 1},
        {"NUL inside", {"radar\0mast", 10, 1}, 1},
        {"invalid UTF-8", {"\xFF\xFEgyro\xC3", 7, 1}, 1},
        {"an overlong form", {"\xC0\x80kiel", 6, 1}, 1},
        {"spaces alone", {" \t\n\r ", 5, 1}, 0},
    };
    enum { ROWS = sizeof rows / sizeof *rows };
    double scores[ROWS];
    terms *words = terms_new();
    bm25 *c = bm25_new(words, &ONE, 1);
    (void)state;
    for (size_t i = 0; i < ROWS; i++)
        bm25_add(c, &rows[i].in);
    for (size_t i = 0; i < ROWS; i++) {
        bm25_rank(c, &rows[i].in, 1, scores);
        for (size_t d = 0; d < ROWS; d++) {
            int meant = d == i && rows[i].found;
            if (meant != (scores[d] > 0) || !(scores[d] >= 0 && scores[d] <= 1))
                fail_msg("%s against %s: %g", rows[i].what, rows[d].what, scores[d]);
            assert_true(bm25_one(c, &rows[i].in, 1, &rows[d].in) == scores[d]);
        }
    }
    bm25_free(c);
    terms_free(words);
}

static void texts_of_a_megabyte_are_ranked_like_others(void **state)
{
    enum { BYTES = 1 << 20 };
    double scores[2];
    char *big = malloc(BYTES), *solid = malloc(BYTES);
    terms *words = terms_new();
    bm25 *c = bm25_new(words, &ONE, 1);
    (void)state;
    assert_non_null(big);
    assert_non_null(solid);
    for (size_t i = 0; i < BYTES; i++)
        big[i] = "lumix zarkob w000 "[i % 18];
    for (size_t i = 0; i + 18 < BYTES; i += 18) /* some thousand different words */
        sprintf(big + i + 14, "%03u", (unsigned)(i / 18 % 1000)), big[i + 17] = ' ';
    memset(solid, 'x', BYTES); /* one word, longer than any */
    const bm25_text documents[] = {{big, BYTES, 1}, {solid, BYTES, 1}};
    bm25_add(c, &documents[0]);
    bm25_add(c, &documents[1]);
    bm25_rank(c, &documents[0], 1, scores);
    assert_true(scores[0] > 0.5 && scores[1] == 0);
    bm25_rank(c, &documents[1], 1, scores);
    assert_true(scores[0] == 0 && scores[1] > 0);
    assert_true(bm25_one(c, &documents[1], 1, &documents[1]) == scores[1]);
    free(big);
    free(solid);
    bm25_free(c);
    terms_free(words);
}

/* `len` times the word `one`, then `other`, in `out`. */
static bm25_text repeated(char *out, const char *one, int len, const char *other)
{
    size_t at = 0;
    for (int i = 0; i < len; i++)
        at += (size_t)sprintf(out + at, "%s ", one);
    at += (size_t)sprintf(out + at, "%s", other);
    return (bm25_text){out, at, 1};
}

enum { LENGTHS = 43, FIELDS = 3, WORDS_ROOM = 512 };

/* One document for each way to have lengths up to LENGTHS, so that no two gains of `lumix` are the
 * same. */
static void add_all_lengths(bm25 *c)
{
    char words[FIELDS][WORDS_ROOM];
    for (int a = 0; a < LENGTHS; a++)
        for (int b = 0; b < LENGTHS; b++)
            for (int d = 0; d < LENGTHS; d++) {
                bm25_text fields[FIELDS] = {repeated(words[0], "teplor", a, "lumix"),
                                            repeated(words[1], "qorvan", b, "lumix"),
                                            repeated(words[2], "zarkob", d, "lumix")};
                bm25_add(c, fields);
            }
}

static void with_more_gains_than_have_a_number_bits_are_the_same(void **state)
{
    (void)state;
    const double weights[FIELDS] = {1, 1.7183, 2.9397};
    terms *words = terms_new();
    bm25 *c = bm25_new(words, weights, FIELDS);
    char room[FIELDS][WORDS_ROOM];
    add_all_lengths(c);
    double *out = malloc(bm25_documents(c) * sizeof *out);
    bm25_text query = text("lumix qorvan");
    bm25_rank(c, &query, 1, out);
    assert_null(c->gain_numbers);
    for (int d = 0; d < LENGTHS; d++) {
        bm25_text fields[FIELDS] = {repeated(room[0], "teplor", LENGTHS - 1, "lumix"),
                                    repeated(room[1], "qorvan", 0, "lumix"),
                                    repeated(room[2], "zarkob", d, "lumix")};
        size_t at = (size_t)((LENGTHS - 1) * LENGTHS * LENGTHS + d);
        assert_true(bm25_one(c, &query, 1, fields) == out[at]);
    }
    free(out);
    bm25_free(c);
    terms_free(words);
}

static void few_gains_are_kept_once(void **state)
{
    (void)state;
    terms *words = terms_new();
    enum { MANY = 40000 }; /* every third is the one that has zarkob: not most */
    bm25 *c = collection(words);
    for (int i = 0; i < MANY; i++)
        add(c, DOCUMENTS[i % 3]);
    double *out = malloc(bm25_documents(c) * sizeof *out);
    rank(c, "lumix", out);
    assert_non_null(c->gain_numbers);
    assert_true(out[0] == out[3]);
    assert_true(out[0] == one(c, "lumix", DOCUMENTS[0]));
    assert_true(out[1] == one(c, "lumix", DOCUMENTS[1]));
    assert_true(out[2] == one(c, "lumix", DOCUMENTS[2]));
    rank(c, "zarkob", out);
    assert_true(out[0] == one(c, "zarkob", DOCUMENTS[0]) && out[0] > 0);
    assert_true(out[1] == 0 && out[2] == 0);
    free(out);
    bm25_free(c);
    terms_free(words);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_word_gives_what_the_formula_says),
        cmocka_unit_test(a_text_that_resembles_everything_counts_less),
        cmocka_unit_test(equal_texts_get_equal_numbers_above_nothing),
        cmocka_unit_test(a_word_that_nobody_has_changes_nothing),
        cmocka_unit_test(scores_lie_between_nothing_and_one),
        cmocka_unit_test(work_done_before_never_changes_a_bit),
        cmocka_unit_test(one_document_gets_the_very_bits_of_all),
        cmocka_unit_test(with_fields_one_document_gets_the_very_bits_of_all),
        cmocka_unit_test(a_word_counts_by_the_weight_of_its_field),
        cmocka_unit_test(a_part_of_a_query_counts_as_if_it_stood_there_more_often),
        cmocka_unit_test(the_words_that_count_most_are_told_as_they_are_written),
        cmocka_unit_test(what_was_asked_before_changes_nothing),
        cmocka_unit_test(an_empty_collection_and_an_empty_query_give_nothing),
        cmocka_unit_test(strange_texts_are_ranked_like_others),
        cmocka_unit_test(texts_of_a_megabyte_are_ranked_like_others),
        cmocka_unit_test(few_gains_are_kept_once),
        cmocka_unit_test(with_more_gains_than_have_a_number_bits_are_the_same),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
