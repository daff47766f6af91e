#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "base/json.h"
#include "host/config.h"

static bool check(const char *json, value *out, err *e)
{
    value raw = value_nil();
    *e = (err){0};
    assert_true(json_read(json, strlen(json), NULL, &raw, e));
    bool ok = config_check(&raw, out, e);
    value_free(&raw);
    return ok;
}

static void a_file_that_returns_nothing_gives_every_default(void **state)
{
    (void)state;
    const value nil = value_nil();
    const value *const NOTHING[] = {NULL, &nil};
    for (size_t i = 0; i < 2; i++) {
        value config = value_nil();
        err e = {0};
        assert_true(config_check(NOTHING[i], &config, &e));
        assert_int_equal(value_len(&config), CONFIG_OPTIONS_LEN);
        assert_int_equal(value_get_int(&config, "workers", -1), 0);
        assert_true(value_is(value_get(&config, "disabled"), VALUE_LIST));
        assert_true(value_is(value_get(&config, "settings"), VALUE_MAP));
        value_free(&config);
    }
}

static void options_that_are_right_are_kept(void **state)
{
    (void)state;
    value config = value_nil();
    err e;
    assert_true(check("{\"workers\":3,\"disabled\":[\"zeeland\"],\"settings\":{\"a\":{\"b\":1}},"
                      "\"allow_without\":[\"landlock\"]}",
                      &config, &e));
    assert_int_equal(value_get_int(&config, "workers", -1), 3);
    assert_true(config_lists(&config, "disabled", "zeeland"));
    assert_false(config_lists(&config, "disabled", "zee"));
    assert_true(config_lists(&config, "allow_without", "landlock"));
    const value *a = value_get(value_get(&config, "settings"), "a");
    assert_int_equal(value_get_int(a, "b", 0), 1);
    value_free(&config);
}

/* Lua has one empty table for both. */
static void an_empty_table_is_a_list_and_a_map(void **state)
{
    (void)state;
    static const char *const EMPTY[] = {"[]", "{}", "{\"disabled\":{},\"settings\":[]}"};
    for (size_t i = 0; i < 3; i++) {
        value config = value_nil();
        err e;
        assert_true(check(EMPTY[i], &config, &e));
        assert_true(value_is(value_get(&config, "disabled"), VALUE_LIST));
        assert_true(value_is(value_get(&config, "settings"), VALUE_MAP));
        value_free(&config);
    }
}

static void options_that_are_wrong_are_refused_by_name(void **state)
{
    (void)state;
    static const struct {
        const char *json, *message;
    } WRONG[] = {
        {"\"text\"", "must return a table of options, got text"},
        {"[1]", "must return a table of options, got list"},
        {"{\"wrkers\":1}", "there is no option 'wrkers'"},
        {"{\"workers\":257}", "from 0 to 256"},
        {"{\"workers\":-1}", "from 0 to 256"},
        {"{\"workers\":1.5}", "from 0 to 256"},
        {"{\"workers\":\"2\"}", "from 0 to 256"},
        {"{\"workers\":{}}", "from 0 to 256"},
        {"{\"disabled\":\"zeeland\"}", "expected a list of texts, got text"},
        {"{\"disabled\":[1]}", "expected a list of texts, got integer"},
        {"{\"settings\":[1]}", "expected a table with names as keys, got list"},
    };
    for (size_t i = 0; i < sizeof WRONG / sizeof WRONG[0]; i++) {
        value config = value_nil();
        err e;
        assert_false(check(WRONG[i].json, &config, &e));
        assert_int_equal(e.code, ERR_BAD_DATA);
        assert_string_equal(e.where, "polder.lua");
        if (!strstr(e.message, WRONG[i].message))
            fail_msg("%s: %s", WRONG[i].json, e.message);
        assert_true(value_is(&config, VALUE_NIL));
    }
}

static void a_misspelt_option_brings_the_right_one_to_mind(void **state)
{
    (void)state;
    value config = value_nil();
    err e;
    assert_false(check("{\"disable\":[]}", &config, &e));
    assert_string_equal(e.hint, "did you mean 'disabled'?");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_file_that_returns_nothing_gives_every_default),
        cmocka_unit_test(options_that_are_right_are_kept),
        cmocka_unit_test(an_empty_table_is_a_list_and_a_map),
        cmocka_unit_test(options_that_are_wrong_are_refused_by_name),
        cmocka_unit_test(a_misspelt_option_brings_the_right_one_to_mind),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
