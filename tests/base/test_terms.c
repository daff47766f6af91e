/* test_terms.c: text to index terms, in two languages and with the markup of raw data. */
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/terms.h"
#include "base/terms_stop.h"
#include "check.h"

typedef struct seen {
    terms *t;
    buf words; /* the first word of each term, with spaces between */
    size_t count;
    uint32_t last;
} seen;

static void note(void *ctx, uint32_t term)
{
    seen *s = ctx;
    if (s->count++ > 0)
        buf_char(&s->words, ' ');
    buf_str(&s->words, terms_word(s->t, term));
    s->last = term;
}

/* The words that `text` gives to a new analyser. */
static void check_words(const char *text, const char *expected)
{
    seen s = {.t = terms_new()};
    terms_each(s.t, text, strlen(text), note, &s);
    assert_string_equal(buf_text(&s.words), expected);
    buf_free(&s.words);
    terms_free(s.t);
}

static void note_at(void *ctx, uint32_t term, size_t start, size_t end)
{
    seen *s = ctx;
    note(s, term);
    buf_fmt(&s->words, ":%zu-%zu", start, end);
}

/* Runs of ASCII are taken at once: a word is as long, and stands where it stands, as when its
 * letters come one by one (here: as entities, or with a sign between that folds to nothing). */
static void long_words_end_where_they_end_letter_by_letter(void **state)
{
    (void)state;
    for (size_t len = 55; len < 75; len++) {
        char plain[80] = "", broken[480] = "";
        for (size_t i = 0; i < len; i++) {
            strcat(plain, i % 3 ? "b" : "Q");
            strcat(broken, i % 3 ? "b&shy;" : "Q&shy;");
        }
        seen a = {.t = terms_new()}, b = {.t = terms_new()};
        terms_each(a.t, plain, strlen(plain), note, &a);
        terms_each(b.t, broken, strlen(broken), note, &b);
        assert_string_equal(buf_text(&a.words), buf_text(&b.words));
        assert_int_equal(strlen(buf_text(&a.words)) < 62, 1);
        buf_free(&a.words);
        buf_free(&b.words);
        terms_free(a.t);
        terms_free(b.t);
    }
}

static void words_are_told_with_their_places(void **state)
{
    (void)state;
    static const char text[] = "Radar, (caf\xC3\xA9s)x2 \xC3\x89"
                               "clat";
    seen s = {.t = terms_new()};
    terms_each_at(s.t, text, sizeof text - 1, note_at, &s);
    assert_string_equal(buf_text(&s.words), "radar:0-5 cafes:8-14 x2:15-17 eclat:18-24");
    buf_free(&s.words);
    terms_free(s.t);
}

/* Whether two words are one term. */
static bool meet(const char *a, const char *b)
{
    seen s = {.t = terms_new()};
    terms_each(s.t, a, strlen(a), note, &s);
    uint32_t first = s.last;
    terms_each(s.t, b, strlen(b), note, &s);
    bool same = s.count == 2 && s.last == first;
    buf_free(&s.words);
    terms_free(s.t);
    return same;
}

static void words_are_runs_of_letters_and_digits(void **state)
{
    (void)state;
    check_words("Drones, havens/5G-netwerk (2026)!", "drones havens 5g netwerk 2026");
    check_words("", "");
    check_words("... --- ...", "");
}

static void stop_words_and_single_letters_are_dropped(void **state)
{
    (void)state;
    check_words("De haven van het Rijk and the port of a town", "haven rijk port town");
    check_words("foto's a) b)", "foto");
}

static void stop_words_are_found_by_halving(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof TERMS_STOP / sizeof *TERMS_STOP; i++) {
        check_words(TERMS_STOP[i], "");
        if (i > 0 && strcmp(TERMS_STOP[i - 1], TERMS_STOP[i]) >= 0)
            fail_msg("%s stands before %s", TERMS_STOP[i - 1], TERMS_STOP[i]);
    }
}

static void forms_of_a_word_meet_in_both_languages(void **state)
{
    (void)state;
    static const char *const pairs[][2] = {
        {"sensor", "sensoren"},      {"sensor", "sensors"},     {"haven", "havens"},
        {"provincie", "provincies"}, {"gemeente", "gemeenten"}, {"dijk", "dijken"},
        {"duurzaam", "duurzame"},    {"veilig", "veiligheid"},  {"netwerk", "netwerken"},
        {"battery", "batteries"},    {"detect", "detection"},   {"control", "controlled"},
        {"Café", "CAFES"},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        if (!meet(pairs[i][0], pairs[i][1]))
            fail_msg("%s and %s", pairs[i][0], pairs[i][1]);
    assert_false(meet("haven", "drone"));
    assert_false(meet("2026", "2027"));
}

static void case_and_diacritics_do_not_count(void **state)
{
    (void)state;
    assert_true(meet("Fryslân", "FRYSLAN"));
    assert_true(meet("coördinatie", "coo\xCC\x88rdinatie"));
    assert_true(meet("ĳs", "IJS"));
    assert_true(meet("co\xC2\xADoperatie", "cooperatie"));
}

static void entities_become_what_they_stand_for(void **state)
{
    (void)state;
    check_words("AREA(S):&nbsp;Ground&nbsp;Sea", "area ground sea");
    check_words("R&amp;D &quot;smart&quot; caf&eacute; &#102;ish &#x66;ast",
                "smart cafe fish fast");
    check_words("double&amp;nbsp;coded", "double coded");
    check_words("co&shy;operation", "cooperation");
    check_words("Stra&szlig;e", "strasse");
    check_words("AT&T Q&A; fish & chips &", "fish chips");
    check_words("bad &#0; &#xD800; &#x110000; &#zz; end", "bad end");
    check_words("&verylongnamethatisnone; x1", "verylongnamethatisnone x1");
}

static void tags_separate_words(void **state)
{
    (void)state;
    check_words("<p>smart<br/>dikes</p><a href=\"x\">sea</a><!DOCTYPE html>", "smart dikes sea");
    check_words("depth < 20 m and > 10 m", "depth 20 10");
    check_words("an open <tag that never ends", "open tag never ends");
    check_words("<", "");
    check_words("mass<5kg", "mass 5kg");
}

static void broken_bytes_separate_words(void **state)
{
    (void)state;
    check_words("wind\xFFpark \xC3", "wind park");
    check_words("\xED\xA0\x80stroom", "stroom");
}

static void long_words_are_cut_at_64_bytes(void **state)
{
    (void)state;
    char text[300];
    seen s = {.t = terms_new()};
    memset(text, 'q', sizeof text);
    terms_each(s.t, text, sizeof text, note, &s);
    assert_int_equal(s.count, 1);
    assert_in_range(s.words.len, 60, 64);
    terms_each(s.t, text, 200, note, &s);
    assert_int_equal(terms_count(s.t), 1);
    buf_free(&s.words);
    terms_free(s.t);
}

/* They begin alike, and each is as long as a word's room, shorter or longer. */
static void words_that_begin_alike_are_told_apart(void **state)
{
    (void)state;
    enum { LONGEST = 40 };
    char word[LONGEST + 1];
    seen s = {.t = terms_new()};
    for (int round = 0; round < 2; round++)
        for (size_t len = 2, number = 0; len <= LONGEST; len++)
            for (char last = 'w'; last <= 'z'; last++, number++) {
                memset(word, 'q', len);
                word[len - 1] = last;
                terms_each(s.t, word, len, note, &s);
                assert_int_equal(s.last, number);
            }
    buf_free(&s.words);
    terms_free(s.t);
}

static void numbers_are_dense_and_stay(void **state)
{
    (void)state;
    seen s = {.t = terms_new()};
    char word[20];
    for (int round = 0; round < 2; round++) {
        for (uint32_t i = 0; i < 5000; i++) {
            int len = snprintf(word, sizeof word, "w%uq", i);
            terms_each(s.t, word, (size_t)len, note, &s);
            assert_int_equal(s.last, i);
            assert_string_equal(terms_word(s.t, i), word);
        }
    }
    assert_int_equal(terms_count(s.t), 5000);
    assert_string_equal(terms_word(s.t, 5000), "");
    buf_free(&s.words);
    terms_free(s.t);
    terms_free(NULL);
}

static void count_only(void *ctx, uint32_t term)
{
    (void)term;
    ++*(size_t *)ctx;
}

static void a_megabyte_of_anything_is_read_to_its_end(void **state)
{
    (void)state;
    static const char *const parts[] = {"sensor ", "<a",   "<", "&",  "&amp;",
                                        "é",       "\xFF", "a", "<p>"};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        buf text = {0};
        terms *t = terms_new();
        size_t count = 0, words = 0;
        for (; text.len < 1000000; words++)
            buf_str(&text, parts[i]);
        buf_str(&text, " >einde");
        terms_each(t, text.data, text.len, count_only, &count);
        assert_int_equal(terms_word(t, (uint32_t)terms_count(t) - 1)[0], 'e');
        if (i == 0)
            assert_int_equal(count, words + 1);
        terms_free(t);
        buf_free(&text);
    }
}

static void note_place(void *ctx, uint32_t term, size_t start, size_t end)
{
    (void)term;
    buf_fmt(ctx, "%zu-%zu ", start, end);
}

static void each_word_says_the_bytes_that_it_stands_on(void **state)
{
    (void)state;
    static const struct {
        const char *text, *places;
    } ROWS[] = {
        {"boot", "0-4 "},
        {"  Onbemande boten.", "2-11 12-17 "},
        {"de kade in zee", "3-7 11-14 "},
        {"caf\xc3\xa9 re\xcc\x81\x63if", "0-5 6-13 "},
        {"<b>vaar</b> &eacute;cluse", "3-7 12-25 "},
        {"drone\xff"
         "boot",
         "0-5 6-10 "},
        {"", ""},
    };
    for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++) {
        terms *t = terms_new();
        buf places = {0};
        terms_each_at(t, ROWS[i].text, strlen(ROWS[i].text), note_place, &places);
        assert_string_equal(buf_text(&places), ROWS[i].places);
        buf_free(&places);
        terms_free(t);
    }
}

static void a_stem_is_the_same_whatever_was_read_before(void **state)
{
    (void)state;
    terms *one = terms_new(), *other = terms_new();
    size_t count = 0;
    terms_each(one, "boten", 5, count_only, &count);
    terms_each(other, "haven boot", 10, count_only, &count);
    assert_string_equal(terms_stem(one, 0), terms_stem(other, 1));
    assert_string_equal(terms_stem(one, 0), "bot");
    assert_string_equal(terms_stem(one, 1), "");
    terms_free(one);
    terms_free(other);
}

static void a_stem_from_elsewhere_is_the_same_term(void **state)
{
    (void)state;
    terms *t = terms_new();
    seen s = {.t = t};
    assert_int_equal(terms_of_stem(t, "botter", 3), 0);
    terms_each(t, "boten", 5, note, &s);
    assert_int_equal(s.last, 0);
    terms_each(t, "haven", 5, note, &s);
    assert_int_equal(terms_of_stem(t, terms_stem(t, 1), strlen(terms_stem(t, 1))), 1);
    assert_int_equal(terms_count(t), 2);
    assert_string_equal(terms_stem(t, 0), "bot");
    buf_free(&s.words);
    terms_free(t);
}

static void later_terms_are_forgotten_and_earlier_ones_stay(void **state)
{
    (void)state;
    terms *t = terms_new();
    seen s = {.t = t};
    char word[20];
    for (uint32_t i = 0; i < 3000; i++) {
        int len = snprintf(word, sizeof word, "w%uq", i);
        terms_each(t, word, (size_t)len, note, &s);
    }
    terms_forget(t, 5000);
    assert_int_equal(terms_count(t), 3000);
    terms_forget(t, 1000);
    assert_int_equal(terms_count(t), 1000);
    for (uint32_t i = 0; i < 3000; i += 333) {
        int len = snprintf(word, sizeof word, "w%uq", i);
        terms_each(t, word, (size_t)len, note, &s);
        if (i < 1000)
            assert_int_equal(s.last, i);
        else
            assert_in_range(s.last, 1000, 1009);
        assert_string_equal(terms_word(t, s.last), word);
    }
    buf_clear(&s.words);
    terms_each(t, "de en het", 9, note, &s);
    assert_int_equal(s.words.len, 0);
    buf_free(&s.words);
    terms_free(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(long_words_end_where_they_end_letter_by_letter),
        cmocka_unit_test(words_are_told_with_their_places),
        cmocka_unit_test(words_are_runs_of_letters_and_digits),
        cmocka_unit_test(stop_words_and_single_letters_are_dropped),
        cmocka_unit_test(stop_words_are_found_by_halving),
        cmocka_unit_test(forms_of_a_word_meet_in_both_languages),
        cmocka_unit_test(case_and_diacritics_do_not_count),
        cmocka_unit_test(entities_become_what_they_stand_for),
        cmocka_unit_test(tags_separate_words),
        cmocka_unit_test(broken_bytes_separate_words),
        cmocka_unit_test(long_words_are_cut_at_64_bytes),
        cmocka_unit_test(words_that_begin_alike_are_told_apart),
        cmocka_unit_test(numbers_are_dense_and_stay),
        cmocka_unit_test(each_word_says_the_bytes_that_it_stands_on),
        cmocka_unit_test(a_stem_is_the_same_whatever_was_read_before),
        cmocka_unit_test(a_megabyte_of_anything_is_read_to_its_end),
        cmocka_unit_test(a_stem_from_elsewhere_is_the_same_term),
        cmocka_unit_test(later_terms_are_forgotten_and_earlier_ones_stay),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
