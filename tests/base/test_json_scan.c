/* test_json_scan.c: the words of a JSON text, one by one. */
#include <string.h>

#include "base/json_scan.h"
#include "check.h"

static void words_are_taken_whole(void **state)
{
    (void)state;
    static const char *const right[] = {
        "true",
        "false",
        "null",
        "0",
        "-0",
        "12",
        "-3.25",
        "1e5",
        "1E+5",
        "2.5e-3",
        "\"\"",
        "\"a b\"",
        "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"",
        "\"\\u00e9\\ud83d\\udea2\"",
        "\"Fryslân\"",
    };
    for (size_t i = 0; i < sizeof right / sizeof *right; i++) {
        err e = {0};
        json_scan s = json_scan_start(right[i], strlen(right[i]), NULL, 1, &e);
        if (!json_scan_word(&s) || s.at != s.end)
            fail_msg("%s: %s", right[i], e.message);
    }
}

static void wrong_words_are_refused_at_their_place(void **state)
{
    (void)state;
    const struct {
        const char *text, *where, *says;
    } rows[] = {
        {"", "1:1", "ends here"},
        {"nul", "1:1", "expected a value"},
        {"True", "1:1", "found T"},
        {"-", "1:2", "a digit"},
        {"01", "1:1", "begin with 0"},
        {"-01", "1:1", "begin with 0"},
        {".5", "1:1", "expected a value"},
        {"1.", "1:3", "behind the point"},
        {"1e", "1:3", "exponent"},
        {"+1", "1:1", "found +"},
        {"NaN", "1:1", "found N"},
        {"'a'", "1:1", "found '"},
        {"\"abc", "1:1", "no closing"},
        {"\"a\nb\"", "1:3", "on the line where it began"},
        {"\"é\x01\"", "1:3", "control character"},
        {"\"a\\x\"", "1:3", "backslash"},
        {"\"\\", "1:2", "backslash"},
        {"\"\\u12g4\"", "1:2", "four hexadecimal digits"},
        {"\"\\u12", "1:2", "four hexadecimal digits"},
        {"\"\\u0000\"", "1:2", "\\u0000"},
        {"\"\\ud83d\"", "1:2", "without the low half"},
        {"\"\\ud83dx\"", "1:2", "without the low half"},
        {"\"\\ud83d\\u0041\"", "1:2", "without the low half"},
        {"\"\\udea2\"", "1:2", "without the high half"},
        {"\"\xC3\x28\"", "1:2", "not valid UTF-8"},
        {"\"\xED\xA0\x80\"", "1:2", "not valid UTF-8"},
        {"\x1b", "1:1", "found \\x1b"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        err e = {0};
        json_scan s = json_scan_start(rows[i].text, strlen(rows[i].text), NULL, 1, &e);
        if (json_scan_word(&s))
            fail_msg("row %zu was taken", i);
        assert_int_equal(e.code, ERR_BAD_DATA);
        assert_string_equal(e.where, rows[i].where);
        if (!strstr(e.message, rows[i].says))
            fail_msg("row %zu says: %s", i, e.message);
    }
}

static void numbers_that_would_be_spoilt_ask_for_quotes(void **state)
{
    (void)state;
    static const char *const spoilt[] = {
        "1e400",
        "-1e400",
        "1e999999999",
        "9007199254740993",
        "-9007199254740993",
        "12345678901234567890",
        "0.1000000000000000000000000000000000000000000000000000000000000000",
    };
    static const char *const kept[] = {"9007199254740992",
                                       "-9007199254740992",
                                       "9007199254740991",
                                       "1.7976931348623157e308",
                                       "5e-324",
                                       "1e-400",
                                       "1e22"};
    for (size_t i = 0; i < sizeof spoilt / sizeof *spoilt; i++) {
        err e = {0};
        json_scan s = json_scan_start(spoilt[i], strlen(spoilt[i]), "f.json", 9, &e);
        if (json_scan_word(&s))
            fail_msg("%s was taken", spoilt[i]);
        assert_string_equal(e.where, "f.json:9:1");
        assert_string_equal(e.hint, "put it in quotes");
    }
    for (size_t i = 0; i < sizeof kept / sizeof *kept; i++) {
        json_scan s = json_scan_start(kept[i], strlen(kept[i]), NULL, 1, NULL);
        assert_true(json_scan_word(&s));
    }
}

static void a_text_is_unescaped_into_the_buffer(void **state)
{
    (void)state;
    const char *text = "\"a\\u0062\\n\\ud83d\\udea2é\\/\" rest";
    buf keep = {0};
    json_scan s = json_scan_start(text, strlen(text), NULL, 1, NULL);
    assert_true(json_scan_text(&s, &keep));
    assert_string_equal(buf_text(&keep), "ab\n🚢é/");
    assert_string_equal(s.at, " rest");
    buf_free(&keep);
}

static void space_counts_lines(void **state)
{
    (void)state;
    const char *text = " \t\r\n\n  x";
    json_scan s = json_scan_start(text, strlen(text), NULL, 5, NULL);
    json_scan_space(&s);
    assert_true(json_scan_is(&s, 'x'));
    assert_int_equal(s.line, 7);
    assert_int_equal(json_scan_column(s.line_start, s.at), 3);
}

static void the_byte_order_mark_is_no_column(void **state)
{
    (void)state;
    err e = {0};
    json_scan s = json_scan_start("\xEF\xBB\xBF?", 4, NULL, 1, &e);
    assert_false(json_scan_word(&s));
    assert_string_equal(e.where, "1:1");
    assert_int_equal(json_scan_mark("\xEF\xBB", 2), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_are_taken_whole),
        cmocka_unit_test(wrong_words_are_refused_at_their_place),
        cmocka_unit_test(numbers_that_would_be_spoilt_ask_for_quotes),
        cmocka_unit_test(a_text_is_unescaped_into_the_buffer),
        cmocka_unit_test(space_counts_lines),
        cmocka_unit_test(the_byte_order_mark_is_no_column),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
