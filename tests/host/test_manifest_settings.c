#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "base/json.h"
#include "host/manifest.h"

static bool read_settings(const char *settings, value *out, err *e)
{
    char text[1024];
    int len =
        snprintf(text, sizeof text,
                 "{\"name\": \"mine\", \"version\": \"1.0.0\", \"api\": 1,\n\"settings\": {\n%s}}",
                 settings);
    return manifest_read(text, (size_t)len, "plugin.json", out, e);
}

static void wrong_settings_are_refused_with_their_place(void **state)
{
    (void)state;
    static const struct {
        const char *settings, *message;
    } ROWS[] = {
        {"\"a\": {\"type\": \"nubmer\", \"default\": 1}", "settings.a.type: "},
        {"\"a\": {\"default\": 1}", "settings.a: the type must be one of"},
        {"\"a\": {\"type\": \"number\"}", "settings.a: the default is missing"},
        {"\"a\": {\"type\": \"number\", \"default\": \"1\"}",
         "settings.a.default: expected a number"},
        {"\"a\": {\"type\": \"number\", \"default\": 5, \"maximum\": 4}", "expected a number to 4"},
        {"\"a\": {\"type\": \"integer\", \"default\": 1.5}", "expected a whole number"},
        {"\"a\": {\"type\": \"number\", \"default\": 5, \"minimum\": 6, \"maximum\": 4}",
         "above the maximum"},
        {"\"a\": {\"type\": \"number\", \"default\": 5, \"minimum\": \"0\"}", "expected numbers"},
        {"\"a\": {\"type\": \"text\", \"default\": \"\", \"minimum\": 1}", "only a number"},
        {"\"a\": {\"type\": \"choice\", \"default\": \"x\"}", "has choices"},
        {"\"a\": {\"type\": \"text\", \"default\": \"x\", \"choices\": [\"x\"]}", "has choices"},
        {"\"a\": {\"type\": \"choice\", \"default\": \"x\", \"choices\": [\"y\", \"z\"]}",
         "one of \"y\", \"z\""},
        {"\"a\": {\"type\": \"choice\", \"default\": 1, \"choices\": [1]}", "list of texts"},
        {"\"a\": {\"type\": \"choice\", \"default\": \"x\", \"choices\": []}", "nothing to choose"},
        {"\"a\": {\"type\": \"number\", \"default\": 1, \"unit\": 3}", "the unit"},
        {"\"A b\": {\"type\": \"number\", \"default\": 1}", "a setting's name"},
        {"\"a\": {\"type\": \"number\", \"default\": 1, \"max\": 3}",
         "settings.a.max: there is no such key"},
        {"\"a\": 3", "settings.a: expected an object"},
    };
    for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++) {
        value m = value_nil();
        err e = {0};
        assert_false(read_settings(ROWS[i].settings, &m, &e));
        if (!strstr(e.message, ROWS[i].message))
            fail_msg("%s gave: %s", ROWS[i].settings, e.message);
        assert_non_null(strstr(e.where, "plugin.json:"));
    }
}

static const char SETTINGS[] =
    "\"bonus\": {\"type\": \"number\", \"default\": 10, \"minimum\": 0, \"maximum\": 100},\n"
    "\"years\": {\"type\": \"integer\", \"default\": 3},\n"
    "\"style\": {\"type\": \"choice\", \"default\": \"soft\", \"choices\": [\"soft\", \"hard\"]},\n"
    "\"strict\": {\"type\": \"boolean\", \"default\": false, \"title\": \"Strict\"},\n"
    "\"note\": {\"type\": \"text\", \"default\": \"\", \"unit\": \"words\"}";

static void the_operators_values_go_over_the_defaults(void **state)
{
    (void)state;
    value m = value_nil(), chosen = value_map(), out = value_nil();
    err e = {0};
    assert_true(read_settings(SETTINGS, &m, &e));
    assert_true(manifest_settings(&m, NULL, &out, &e));
    assert_int_equal(value_get_int(&out, "bonus", 0), 10);
    assert_int_equal(value_len(&out), 5);
    value_free(&out);
    value_set(&chosen, "bonus", value_double(12.5));
    value_set(&chosen, "style", value_text("hard"));
    assert_true(manifest_settings(&m, &chosen, &out, &e));
    assert_true(value_get_double(&out, "bonus", 0) == 12.5);
    assert_string_equal(value_get_str(&out, "style", ""), "hard");
    assert_int_equal(value_get_int(&out, "years", 0), 3);
    value_free(&out);
    value_free(&chosen);
    value_free(&m);
}

static void a_choice_outside_the_limits_is_refused(void **state)
{
    (void)state;
    static const struct {
        const char *chosen, *message, *hint;
    } ROWS[] = {
        {"{\"bonus\": 101}", "expected a number from 0 to 100, got 101", ""},
        {"{\"bonus\": \"10\"}", "expected a number from 0 to 100, got \"10\"", ""},
        {"{\"years\": 1.5}", "expected a whole number, got 1.5", ""},
        {"{\"style\": \"loud\"}", "one of \"soft\", \"hard\"", ""},
        {"{\"strict\": 1}", "true or false", ""},
        {"{\"note\": 1}", "a text", ""},
        {"{\"bonos\": 1}", "has no setting \"bonos\"", "\"bonus\""},
        {"[1]", "expected a table of settings", ""},
    };
    value m = value_nil();
    err read = {0};
    assert_true(read_settings(SETTINGS, &m, &read));
    for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++) {
        value chosen = value_nil(), out = value_nil();
        err e = {0};
        assert_true(json_read(ROWS[i].chosen, strlen(ROWS[i].chosen), NULL, &chosen, &e));
        assert_false(manifest_settings(&m, &chosen, &out, &e));
        if (!strstr(e.message, ROWS[i].message) || !strstr(e.hint, ROWS[i].hint))
            fail_msg("%s gave: %s (%s)", ROWS[i].chosen, e.message, e.hint);
        value_free(&chosen);
    }
    value_free(&m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(wrong_settings_are_refused_with_their_place),
        cmocka_unit_test(the_operators_values_go_over_the_defaults),
        cmocka_unit_test(a_choice_outside_the_limits_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
