#include "rendered.h"

#include "report/format.h"

static void numbers_have_points_and_commas(void **state)
{
    static const struct {
        double number;
        int decimals;
        lang l;
        const char *expected;
    } CASES[] = {
        {0, -1, LANG_NL, "0"},
        {1234.5, 2, LANG_NL, "1.234,50"},
        {1234.5, 2, LANG_EN, "1,234.50"},
        {999, 0, LANG_NL, "999"},
        {1000, 0, LANG_NL, "1.000"},
        {1234567.891, -1, LANG_NL, "1.234.567,891"},
        {-1234, 0, LANG_NL, "-1.234"},
        {-0.001, 2, LANG_NL, "0,00"},
        {0.1, -1, LANG_NL, "0,1"},
        {1e15, 0, LANG_NL, "1.000.000.000.000.000"},
        {1.0 / 0.0, 0, LANG_NL, "?"},
        {2.675, 0, LANG_NL, "3"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        buf out = {0};
        format_number(&out, CASES[i].number, CASES[i].decimals, CASES[i].l);
        assert_string_equal(buf_text(&out), CASES[i].expected);
        buf_free(&out);
    }
}

static void money(double amount, const char *currency, lang l, const char *expected)
{
    buf out = {0};
    format_money(&out, amount, currency, -1, l, " ");
    assert_string_equal(buf_text(&out), expected);
    buf_free(&out);
}

static void money_is_written_as_in_that_language(void **state)
{
    (void)state;
    money(1234.5, "EUR", LANG_NL, "€ 1.234,50");
    money(-1234.5, "EUR", LANG_NL, "€ -1.234,50");
    money(1234.5, "EUR", LANG_EN, "€1,234.50");
    money(-3, "EUR", LANG_EN, "-€3.00");
    money(5, "USD", LANG_NL, "USD 5,00");
    money(5, "USD", LANG_EN, "USD 5.00");
}

static void days_and_times_are_written_out(void **state)
{
    static const struct {
        const char *iso;
        lang l;
        const char *expected;
    } CASES[] = {
        {"2026-02-23", LANG_NL, "23 februari 2026"},
        {"2026-02-03", LANG_EN, "3 February 2026"},
        {"2026-02-30", LANG_NL, "2026-02-30"},
        {"binnenkort", LANG_NL, "binnenkort"},
        {"", LANG_NL, ""},
    };
    buf out = {0};
    (void)state;
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        buf_clear(&out);
        format_day(&out, CASES[i].iso, CASES[i].l);
        assert_string_equal(buf_text(&out), CASES[i].expected);
    }
    buf_clear(&out);
    format_time(&out, "2026-06-30T17:05:00+02:00", LANG_NL);
    assert_string_equal(buf_text(&out), "30 juni 2026, 15:05 UTC");
    buf_free(&out);
}

static void a_cell_is_written_by_its_form(void **state)
{
    static const char *const CASES[][3] = {
        {"{\"type\":\"number\",\"unit\":\"km\",\"decimals\":1}", "12.34", "12,3 km"},
        {"{\"type\":\"percentage\"}", "0.125", "12,5%"},
        {"{\"type\":\"percentage\",\"decimals\":0}", "0.125", "12%"},
        {"{\"type\":\"money\"}", "{\"amount\":1200,\"currency\":\"EUR\"}", "€ 1.200,00"},
        {"{\"type\":\"money\",\"decimals\":0}", "1200", "€ 1.200"},
        {"{\"type\":\"boolean\"}", "true", "ja"},
        {"{\"type\":\"boolean\"}", "false", "nee"},
        {"{}", "[\"NL21\",\"NL22\"]", "NL21, NL22"},
        {"{}", "[\"op \",{\"type\":\"date\",\"value\":\"2026-01-31\"}]", "op 31 januari 2026"},
        {"{\"type\":\"number\"}", "null", ""},
    };
    (void)state;
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        value form = from_json(CASES[i][0]), v = from_json(CASES[i][1]);
        buf out = {0};
        format_cell(&out, &form, "text", &v, LANG_NL, " ");
        assert_string_equal(buf_text(&out), CASES[i][2]);
        buf_free(&out);
        value_free(&form);
        value_free(&v);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_have_points_and_commas),
        cmocka_unit_test(money_is_written_as_in_that_language),
        cmocka_unit_test(days_and_times_are_written_out),
        cmocka_unit_test(a_cell_is_written_by_its_form),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
