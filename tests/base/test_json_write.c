/* test_json_write.c: one value, one text. */
#include <locale.h>
#include <math.h>
#include <string.h>

#include "base/json.h"
#include "base/text.h"
#include "check.h"
#include "random.h"

static void check_written(const value *v, const char *expected)
{
    buf out = {0};
    json_write(&out, v);
    assert_string_equal(buf_text(&out), expected);
    buf_free(&out);
}

static void numbers_have_one_form(void **state)
{
    (void)state;
    const struct {
        double number;
        const char *text;
    } rows[] = {
        {0.0, "0"},
        {-0.0, "0"},
        {3.0, "3"},
        {-42.0, "-42"},
        {0.1, "0.1"},
        {1.0 / 3, "0.3333333333333333"},
        {0.1 + 0.2, "0.30000000000000004"},
        {5e-324, "4.94065645841247e-324"},
        {1.7976931348623157e308, "1.7976931348623157e+308"},
        {9007199254740992.0, "9007199254740992"},
        {9007199254740994.0, "9007199254740994.0"},
        {1e20, "1e+20"},
        {NAN, "null"},
        {INFINITY, "null"},
        {-INFINITY, "null"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        value v = value_double(rows[i].number);
        check_written(&v, rows[i].text);
    }
    value least = value_int(INT64_MIN), most = value_int(INT64_MAX);
    check_written(&least, "-9223372036854775808");
    check_written(&most, "9223372036854775807");
}

static void texts_are_escaped_where_json_asks_it(void **state)
{
    (void)state;
    const struct {
        const char *text;
        size_t len;
        const char *json;
    } rows[] = {
        {"", 0, "\"\""},
        {"a/b<c>", 6, "\"a/b<c>\""},
        {"\"\\", 2, "\"\\\"\\\\\""},
        {"\b\f\n\r\t\v\x1f", 7, "\"\\b\\f\\n\\r\\t\\u000b\\u001f\""},
        {"\x7f é €", 8, "\"\x7f é €\""},
        {"a\xFFz", 3, "\"a\xEF\xBF\xBDz\""},
        {"\xED\xA0\x80", 3, "\"\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\""},
        {"a\0z", 3, "\"a\xEF\xBF\xBDz\""},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        value v = value_bytes(rows[i].text, rows[i].len);
        check_written(&v, rows[i].json);
        value_free(&v);
    }
}

static value example(void)
{
    value v = value_map(), list = value_list();
    value_push(&list, value_int(1));
    value_push(&list, value_map());
    value_add(&v, "b", list);
    value_add(&v, "a\n", value_nil());
    value_add(&v, "none", value_list());
    value_add(&v, "yes", value_bool(true));
    return v;
}

static void maps_keep_their_order_on_one_line(void **state)
{
    (void)state;
    value v = example();
    check_written(&v, "{\"b\":[1,{}],\"a\\n\":null,\"none\":[],\"yes\":true}");
    value_free(&v);
}

static void people_get_indentation(void **state)
{
    (void)state;
    value v = example();
    buf out = {0};
    json_write_pretty(&out, &v);
    assert_string_equal(buf_text(&out), "{\n  \"b\": [\n    1,\n    {}\n  ],\n  \"a\\n\": null,\n"
                                        "  \"none\": [],\n  \"yes\": true\n}");
    buf_free(&out);
    value_free(&v);
}

/* Writes, reads, compares, and writes again to the same bytes. */
static void check_round_trip(const value *v, bool pretty)
{
    buf once = {0}, twice = {0};
    err e = {0};
    value back = value_nil();
    (pretty ? json_write_pretty : json_write)(&once, v);
    if (!json_read(once.data, once.len, NULL, &back, &e))
        fail_msg("%s: %s in %s", e.where, e.message, once.data);
    if (!value_equal(v, &back))
        fail_msg("changed: %s", once.data);
    (pretty ? json_write_pretty : json_write)(&twice, &back);
    assert_string_equal(buf_text(&once), buf_text(&twice));
    value_free(&back);
    buf_free(&once);
    buf_free(&twice);
}

static void random_values_come_back_equal(void **state)
{
    (void)state;
    for (int i = 0; i < 3000; i++) {
        value v = random_value(5, INT64_C(1) << 53);
        check_round_trip(&v, i % 2 == 0);
        value_free(&v);
    }
}

static void any_double_comes_back_to_the_last_bit(void **state)
{
    (void)state;
    for (int i = 0; i < 50000; i++) {
        value v = value_double(random_double());
        check_round_trip(&v, false);
    }
}

/* From 1 to 8: beyond, doubles lie further apart than the sixteenth digit. */
static void sixteen_digits_come_back(void **state)
{
    (void)state;
    for (int i = 0; i < 20000; i++) {
        char number[40];
        uint64_t tail = UINT64_C(100000000000000) + random_next() % UINT64_C(899999999999999);
        snprintf(number, sizeof number, "%d.%llu", (int)(1 + random_below(7)),
                 (unsigned long long)tail);
        size_t len = strlen(number);
        while (number[len - 1] == '0')
            number[--len] = '\0';
        value v = value_nil();
        assert_true(json_read(number, len, NULL, &v, NULL));
        check_written(&v, number);
    }
}

static void bytes_of_every_sort_give_valid_utf8(void **state)
{
    (void)state;
    for (int i = 0; i < 5000; i++) {
        char bytes[24];
        buf out = {0};
        for (size_t j = 0; j < sizeof bytes; j++)
            bytes[j] = (char)random_below(256);
        value v = value_bytes(bytes, random_below(sizeof bytes)), back = value_nil();
        json_write(&out, &v);
        assert_int_equal(text_invalid_at(out.data, out.len), out.len);
        assert_true(json_read(out.data, out.len, NULL, &back, NULL));
        value_free(&v);
        value_free(&back);
        buf_free(&out);
    }
}

/* With a decimal comma where the machine has such a locale; the C locale otherwise. */
static void the_locale_has_no_say(void **state)
{
    (void)state;
    static const char *const locales[] = {"nl_NL.UTF-8", "de_DE.UTF-8", "fr_FR.UTF-8"};
    value v = value_double(2.5), back = value_nil();
    for (size_t i = 0; i < sizeof locales / sizeof *locales; i++)
        if (setlocale(LC_ALL, locales[i]))
            break;
    check_written(&v, "2.5");
    assert_true(json_read("-2.5e1", 6, NULL, &back, NULL));
    assert_int_equal(back.as.integer, -25);
    assert_false(json_read("2,5", 3, NULL, &back, NULL));
    setlocale(LC_ALL, "C");
}

/* However long the run of plain ones around it. */
static void a_byte_is_written_alike_wherever_it_stands(void **state)
{
    (void)state;
    for (int byte = 0; byte < 256; byte++) {
        const char one = (char)byte;
        value alone = value_bytes(&one, 1);
        buf written = {0};
        json_write(&written, &alone);
        for (size_t at = 0; at < 24; at++) {
            char text[25];
            memset(text, 'a', sizeof text);
            text[at] = one;
            value v = value_bytes(text, sizeof text);
            buf expected = {0};
            buf_fmt(&expected, "\"%.*s", (int)at, "aaaaaaaaaaaaaaaaaaaaaaaa");
            buf_add(&expected, written.data + 1, written.len - 2);
            buf_fmt(&expected, "%.*s\"", (int)(24 - at), "aaaaaaaaaaaaaaaaaaaaaaaa");
            check_written(&v, buf_text(&expected));
            buf_free(&expected);
            value_free(&v);
        }
        buf_free(&written);
        value_free(&alone);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_have_one_form),
        cmocka_unit_test(texts_are_escaped_where_json_asks_it),
        cmocka_unit_test(a_byte_is_written_alike_wherever_it_stands),
        cmocka_unit_test(maps_keep_their_order_on_one_line),
        cmocka_unit_test(people_get_indentation),
        cmocka_unit_test(random_values_come_back_equal),
        cmocka_unit_test(any_double_comes_back_to_the_last_bit),
        cmocka_unit_test(sixteen_digits_come_back),
        cmocka_unit_test(bytes_of_every_sort_give_valid_utf8),
        cmocka_unit_test(the_locale_has_no_say),
    };
    random_start();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
