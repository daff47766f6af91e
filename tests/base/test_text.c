/* test_text.c: UTF-8: valid, safe, measured, folded, near. */
#include <string.h>

#include "base/text.h"
#include "check.h"

static void broken_utf8_is_found_where_it_is(void **state)
{
    (void)state;
    const struct {
        const char *text;
        size_t at; /* the length: valid */
    } rows[] = {
        {"", 0},
        {"abc", 3},
        {"\xC3\xA9\xE2\x82\xAC\xF0\x9F\x9A\xA2", 9},
        {"a\x80", 1},                /* continuation alone */
        {"ab\xC3", 2},               /* cut */
        {"\xC0\xAF", 0},             /* overlong */
        {"\xE0\x80\xAF", 0},         /* overlong */
        {"\xF0\x80\x80\xAF", 0},     /* overlong */
        {"\xED\xA0\x80", 0},         /* surrogate */
        {"\xED\x9F\xBF", 3},         /* just before them */
        {"\xF4\x8F\xBF\xBF", 4},     /* U+10FFFF */
        {"\xF4\x90\x80\x80", 0},     /* beyond */
        {"\xF8\x88\x80\x80\x80", 0}, /* five bytes */
        {"\xEF\xBF\xBF", 3},         /* a non-character is a character here */
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_int_equal(text_invalid_at(rows[i].text, strlen(rows[i].text)), rows[i].at);
    assert_int_equal(text_invalid_at("a\0b\xFF", 4), 3);
}

static void what_moves_a_terminal_is_escaped(void **state)
{
    (void)state;
    const struct {
        const char *text, *safe;
    } rows[] = {
        {"Café €", "Café €"},
        {"a\nb\tc\rd", "a\\nb\\tc\\rd"},
        {"\x1b[2J\x07\x7f", "\\x1b[2J\\x07\\x7f"},
        {"\xC2\x9B"
         "31m",
         "\\u{9b}31m"},
        {"\xE2\x80\xAE"
         "evil\xE2\x81\xA6",
         "\\u{202e}evil\\u{2066}"},
        {"\xE2\x80\xA8", "\\u{2028}"},
        {"\xFF\xC3", "\\xff\\xc3"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        buf out = {0};
        text_escape(&out, rows[i].text, strlen(rows[i].text), 1000);
        assert_string_equal(buf_text(&out), rows[i].safe);
        buf_free(&out);
    }
}

static void escaping_never_goes_over_its_limit(void **state)
{
    (void)state;
    const char *text = "aé\n€\x01\xF0\x9F\x9A\xA2 and so on";
    for (size_t limit = 0; limit < 40; limit++) {
        buf out = {0};
        buf_str(&out, "before:");
        text_escape(&out, text, strlen(text), limit);
        assert_in_range(out.len, 7, 7 + limit);
        assert_int_equal(text_invalid_at(out.data, out.len), out.len);
        buf_free(&out);
    }
    buf out = {0};
    text_escape(&out, "abcdef", 6, 5);
    assert_string_equal(buf_text(&out), "ab…");
    buf_clear(&out);
    text_escape(&out, "abcde", 5, 5);
    assert_string_equal(buf_text(&out), "abcde");
    buf_free(&out);
}

static void wide_and_combining_characters_are_measured(void **state)
{
    (void)state;
    const struct {
        const char *text;
        size_t columns;
    } rows[] = {{"haven", 5}, {"é", 1},     {"e\xCC\x81", 1}, {"港", 2},
                {"港口", 4},  {"a\xFF", 2}, {"", 0}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_int_equal(text_columns(rows[i].text, strlen(rows[i].text)), rows[i].columns);
}

static void a_text_is_cut_to_its_columns(void **state)
{
    (void)state;
    const struct {
        const char *text;
        size_t columns;
        const char *fitted;
    } rows[] = {
        {"haven", 5, "haven"},
        {"havens", 5, "have…"},
        {"港口港", 4, "港…"},
        {"港口", 4, "港口"},
        {"haven", 1, "…"},
        {"haven", 0, ""},
        {"e\xCC\x81x", 2, "e\xCC\x81x"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        buf out = {0};
        text_fit(&out, rows[i].text, strlen(rows[i].text), rows[i].columns);
        assert_string_equal(buf_text(&out), rows[i].fitted);
        assert_true(text_columns(buf_text(&out), out.len) <= rows[i].columns);
        buf_free(&out);
    }
}

static void folding_makes_forms_of_a_word_the_same(void **state)
{
    (void)state;
    const struct {
        const char *text, *folded;
    } rows[] = {
        {"CAFÉ", "cafe"},
        {"Cafe\xCC\x81", "cafe"},
        {"Fryslân", "fryslan"},
        {"STRASSE", "strasse"},
        {"Straße", "strasse"},
        {"ﬁn²", "fin2"},
        {"ĳs", "ijs"},
        {"co\xC2\xADop", "coop"},
        {"Ελλάδα", "ελλαδα"},
        {"a\xFF", "a\xEF\xBF\xBD"},
        {"İ", "i"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        buf out = {0};
        text_fold(&out, rows[i].text, strlen(rows[i].text));
        assert_string_equal(buf_text(&out), rows[i].folded);
        buf_free(&out);
    }
}

static void slugs_are_words_and_dashes(void **state)
{
    (void)state;
    const struct {
        const char *text, *slug;
    } rows[] = {
        {"Café 's-Gravenhage", "cafe-s-gravenhage"},
        {"  --Haven 4.0!! ", "haven-4-0"},
        {"\xE2\x80\x99s-Hertogenbosch", "s-hertogenbosch"},
        {"Ærøskøbing", "aeroskobing"},
        {"Łódź, Straße 5", "lodz-strasse-5"},
        {"Ω 12", "12"},
        {"!!!", ""},
        {"", ""},
        {"a\xFF"
         "b",
         "a-b"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        buf out = {0};
        text_slug(&out, rows[i].text, strlen(rows[i].text));
        assert_string_equal(buf_text(&out), rows[i].slug);
        buf_free(&out);
    }
}

static void a_slug_is_at_most_80_bytes_and_ends_in_a_letter(void **state)
{
    (void)state;
    char text[200];
    for (size_t lead = 70; lead < 85; lead++) {
        buf out = {0};
        memset(text, 'x', sizeof text);
        text[lead] = ' ';
        text_slug(&out, text, sizeof text);
        assert_in_range(out.len, 70, 80);
        assert_int_not_equal(out.data[out.len - 1], '-');
        buf_free(&out);
    }
}

static void the_nearest_name_is_a_typing_error_away(void **state)
{
    (void)state;
    static const char *const names[] = {"top", "today", "workers", "scorecard", "no", "demand"};
    const struct {
        const char *word, *nearest;
    } rows[] = {
        {"topp", "top"},
        {"tpo", "top"},
        {"TODAY", "today"},
        {"wrokesr", "workers"},
        {"scorcrd", "scorecard"},
        {"scorecrads", "scorecard"},
        {"xyz", NULL},
        {"x", NULL},
        {"", NULL},
        {"workbench", NULL},
        {"dmeand", "demand"},
        {"tópp", "top"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const char *nearest = text_nearest(rows[i].word, names, sizeof names / sizeof *names);
        if (rows[i].nearest)
            assert_string_equal(nearest ? nearest : "(none)", rows[i].nearest);
        else
            assert_null(nearest);
    }
    assert_null(text_nearest("top", NULL, 0));
}

static void very_long_words_are_near_nothing(void **state)
{
    (void)state;
    static char long_word[10001];
    memset(long_word, 'a', sizeof long_word - 1);
    const char *names[] = {long_word, "a"};
    assert_null(text_nearest(long_word, names, 2));
    assert_string_equal(text_nearest("a", names, 2), "a");
}

static void globs_match_whole_texts(void **state)
{
    (void)state;
    const struct {
        const char *glob, *text;
        bool matches;
    } rows[] = {
        {"*", "", true},
        {"*", "record.created", true},
        {"record.*", "record.created", true},
        {"record.*", "records", false},
        {"*.created", "record.created", true},
        {"r*d.*ed", "record.created", true},
        {"?", "é", true},
        {"?", "ab", false},
        {"a?c", "a€c", true},
        {"", "", true},
        {"", "a", false},
        {"a**b", "ab", true},
        {"*a*a*a*b", "aaaaaaaaaaaaaaaaaaaaaaaaaaaa", false},
        {"a?", "a", false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (text_glob(rows[i].glob, rows[i].text) != rows[i].matches)
            fail_msg("%s against %s", rows[i].glob, rows[i].text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(broken_utf8_is_found_where_it_is),
        cmocka_unit_test(what_moves_a_terminal_is_escaped),
        cmocka_unit_test(escaping_never_goes_over_its_limit),
        cmocka_unit_test(wide_and_combining_characters_are_measured),
        cmocka_unit_test(a_text_is_cut_to_its_columns),
        cmocka_unit_test(folding_makes_forms_of_a_word_the_same),
        cmocka_unit_test(slugs_are_words_and_dashes),
        cmocka_unit_test(a_slug_is_at_most_80_bytes_and_ends_in_a_letter),
        cmocka_unit_test(the_nearest_name_is_a_typing_error_away),
        cmocka_unit_test(very_long_words_are_near_nothing),
        cmocka_unit_test(globs_match_whole_texts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
