#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "base/json.h"
#include "cli/assign.h"

static const char SCHEMA[] =
    "{\"name\":\"solution\",\"fields\":[{\"name\":\"title\",\"type\":\"text\"},"
    "{\"name\":\"trl\",\"type\":\"integer\",\"minimum\":1,\"maximum\":9},"
    "{\"name\":\"share\",\"type\":\"decimal\"},{\"name\":\"open\",\"type\":\"boolean\"},"
    "{\"name\":\"technologies\",\"type\":\"term\",\"many\":true},"
    "{\"name\":\"years\",\"type\":\"integer\",\"many\":true},"
    "{\"name\":\"place\",\"type\":\"place\"},{\"name\":\"price\",\"type\":\"money\"},"
    "{\"name\":\"deadline\",\"type\":\"date\"}]}";

static bool assign(const char *typed, bool with_schema, value *fields, err *e)
{
    value schema = value_nil();
    assert_true(json_read(SCHEMA, strlen(SCHEMA), NULL, &schema, e));
    *fields = value_map();
    bool ok = assign_read(typed, with_schema ? &schema : NULL, fields, e);
    value_free(&schema);
    return ok;
}

static void values_are_read_by_the_schema(void **state)
{
    (void)state;
    static const struct {
        const char *typed;
        bool schema;
        const char *fields;
    } ROWS[] = {
        {"title=2026", true, "{\"title\":\"2026\"}"},
        {"title=true", true, "{\"title\":\"true\"}"},
        {"title=[x]", true, "{\"title\":\"[x]\"}"},
        {"title=\"2026\"", true, "{\"title\":\"2026\"}"},
        {"title=null", true, "{\"title\":null}"},
        {"title=", true, "{\"title\":\"\"}"},
        {"title=a=b", true, "{\"title\":\"a=b\"}"},
        {"trl=7", true, "{\"trl\":7}"},
        {"trl=null", true, "{\"trl\":null}"},
        {"share=0.5", true, "{\"share\":0.5}"},
        {"open=false", true, "{\"open\":false}"},
        {"technologies=drones", true, "{\"technologies\":[\"drones\"]}"},
        {"technologies=[\"a\",\"b\"]", true, "{\"technologies\":[\"a\",\"b\"]}"},
        {"technologies=null", true, "{\"technologies\":null}"},
        {"years=3", true, "{\"years\":[3]}"},
        {"place={\"city\":\"Goes\"}", true, "{\"place\":{\"city\":\"Goes\"}}"},
        {"place=Goes", true, "{\"place\":\"Goes\"}"},
        {"price={\"amount\":1,\"currency\":\"EUR\"}", true,
         "{\"price\":{\"amount\":1,\"currency\":\"EUR\"}}"},
        {"price=EUR 1200.5", true, "{\"price\":{\"amount\":1200.5,\"currency\":\"EUR\"}}"},
        {"price=null", true, "{\"price\":null}"},
        {"deadline=2026-02-23", true, "{\"deadline\":\"2026-02-23\"}"},
        {"any=7", false, "{\"any\":7}"},
        {"any=7 days", false, "{\"any\":\"7 days\"}"},
        {"any=[1,2]", false, "{\"any\":[1,2]}"},
        {"any=9007199254740993", false, "{\"any\":\"9007199254740993\"}"},
    };
    for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++) {
        value fields = value_nil();
        buf text = {0};
        err e = {0};
        if (!assign(ROWS[i].typed, ROWS[i].schema, &fields, &e))
            fail_msg("%s: %s", ROWS[i].typed, e.message);
        json_write(&text, &fields);
        assert_string_equal(buf_text(&text), ROWS[i].fields);
        buf_free(&text);
        value_free(&fields);
    }
}

static void what_does_not_fit_is_refused(void **state)
{
    (void)state;
    static const struct {
        const char *typed;
        err_code code;
        const char *message;
    } ROWS[] = {
        {"title", ERR_USAGE, "not field=value"},
        {"=x", ERR_USAGE, "not field=value"},
        {"id=x", ERR_USAGE, "not a field"},
        {"version=3", ERR_USAGE, "not a field"},
        {"trl=zeven", ERR_BAD_DATA, "trl: expected an integer from 1 to 9, got \"zeven\""},
        {"trl=7.5", ERR_BAD_DATA, "expected an integer from 1 to 9, got 7.5"},
        {"trl=12", ERR_BAD_DATA, "expected an integer from 1 to 9, got 12"},
        {"trl=0", ERR_BAD_DATA, "expected an integer from 1 to 9, got 0"},
        {"share=half", ERR_BAD_DATA, "expected a decimal"},
        {"open=ja", ERR_BAD_DATA, "expected a boolean"},
        {"years=[1,\"x\"]", ERR_BAD_DATA, "expected an integer, got \"x\""},
        {"technologies=[\"a\"", ERR_BAD_DATA, "technologies: "},
        {"price={\"amount\":1", ERR_BAD_DATA, "price: "},
        {"price={\"amount\":1}", ERR_BAD_DATA, "price: expected money"},
        {"price=1200", ERR_BAD_DATA, "price: expected money, got 1200"},
        {"place=[4,52]", ERR_BAD_DATA, "place: expected a place, got [4,52]"},
        {"price=EUR veel", ERR_BAD_DATA, "price: expected money"},
        {"deadline=2026-02-30", ERR_BAD_DATA, "deadline: expected a date, got \"2026-02-30\""},
        {"deadline=23-2-2026", ERR_BAD_DATA, "deadline: expected a date"},
    };
    for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++) {
        value fields = value_nil();
        err e = {0};
        if (assign(ROWS[i].typed, true, &fields, &e))
            fail_msg("accepted: %s", ROWS[i].typed);
        if (e.code != ROWS[i].code || !strstr(e.message, ROWS[i].message))
            fail_msg("%s gave: %s", ROWS[i].typed, e.message);
        assert_int_equal(value_len(&fields), 0);
        value_free(&fields);
    }
}

static void a_field_that_the_kind_lacks_is_kept(void **state)
{
    (void)state;
    value fields = value_nil();
    err e = {0};
    assert_true(assign("titel=x", true, &fields, &e));
    assert_string_equal(value_get_str(&fields, "titel", ""), "x");
    value_free(&fields);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_are_read_by_the_schema),
        cmocka_unit_test(what_does_not_fit_is_refused),
        cmocka_unit_test(a_field_that_the_kind_lacks_is_kept),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
