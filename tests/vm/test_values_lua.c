#include "snippet.h"

#include "base/json.h"

/* What `return` gives, as JSON; NULL and *e when it can't cross. */
static char *crosses(const char *code, err *e)
{
    snippet *s = snippet_open("");
    lua_State *L = vm_lua(s->vm);
    value v;
    buf json = {0};
    if (luaL_loadstring(L, code) != LUA_OK || lua_pcall(L, 0, 1, 0) != LUA_OK)
        fail_msg("%s: %s", code, lua_tostring(L, -1));
    int top = lua_gettop(L);
    bool ok = values_get(L, -1, &v, e);
    assert_int_equal(lua_gettop(L), top);
    if (ok)
        json_write(&json, &v);
    else
        assert_int_equal(v.type, VALUE_NIL);
    value_free(&v);
    snippet_close(s);
    return ok ? buf_take(&json) : NULL;
}

static void values_cross_with_one_rule_each(void **state)
{
    (void)state;
    static const struct {
        const char *code, *json;
    } cases[] = {
        {"return nil", "null"},
        {"return true", "true"},
        {"return 1", "1"},
        {"return 1.5", "1.5"},
        {"return math.maxinteger", "9223372036854775807"},
        {"return 'é'", "\"é\""},
        {"return {}", "{}"},
        {"return require('polder').list()", "[]"},
        {"return require('polder').list({ 1 })", "[1]"},
        {"return require('polder').digest('abc')",
         "\"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad\""},
        {"return { 1, 'b', { true } }", "[1,\"b\",[true]]"},
        {"return { b = 1, a = 2, c = { d = {} } }", "{\"a\":2,\"b\":1,\"c\":{\"d\":{}}}"},
        {"return { [1.0] = 'x', [2] = 'y' }", "[\"x\",\"y\"]"},
        {"local t = {} for i = 3, 1, -1 do t[i] = i end return t", "[1,2,3]"},
        {"local shared = { 1 } return { shared, shared }", "[[1],[1]]"},
        {"return require('polder').settings", "{\"port_bonus\":10}"},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        err e = {0};
        char *json = crosses(cases[i].code, &e);
        if (!json)
            fail_msg("%s: %s", cases[i].code, e.message);
        assert_string_equal(json, cases[i].json);
        free(json);
    }
}

static void what_cannot_cross_is_named_with_its_key(void **state)
{
    (void)state;
    static const struct {
        const char *code, *message;
    } cases[] = {
        {"return print", "a function can't leave the plugin"},
        {"return { a = { 1, print } }", "a[2]: a function can't leave the plugin"},
        {"return { 0 / 0 }", "[1]: not a number (0/0)"},
        {"return { x = 1 / 0 }", "x: an infinite number"},
        {"return { x = -1 / 0 }", "x: an infinite number"},
        {"return { 1, a = 2 }", "text keys and number keys in one table"},
        {"return { x = { 1, nil, 3, [9] = 1 } }", "x: number keys that are not 1 to n"},
        {"return { [0] = 1 }", "number keys that are not 1 to n"},
        {"return { [1.5] = 1 }", "a key that is a number; keys are texts, or 1 to n"},
        {"return { [true] = 1 }", "a key that is a boolean; keys are texts, or 1 to n"},
        {"return { [{}] = 1 }", "a key that is a table; keys are texts, or 1 to n"},
        {"return { ['a\\0b'] = 1 }", "a key with a NUL byte in it"},
        {"local t = {} t.me = t return t", "me: a table that holds itself"},
        {"local a = { b = {} } a.b.a = a return a", "b.a: a table that holds itself"},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        err e = {0};
        assert_null(crosses(cases[i].code, &e));
        assert_string_equal(e.message, cases[i].message);
    }
}

static void tables_too_deep_are_refused(void **state)
{
    (void)state;
    err e = {0};
    free(crosses("local t = 1 for i = 1, 24 do t = { t } end return t", &e));
    assert_int_equal(e.code, ERR_NONE);
    assert_null(crosses("local t = 1 for i = 1, 25 do t = { t } end return t", &e));
    assert_non_null(strstr(e.message, "too deep"));
}

static void results_are_counted_as_often_as_they_are_named(void **state)
{
    (void)state;
    err e = {0};
    assert_null(crosses("local t = { 1 } for i = 1, 20 do t = { t, t } end return t", &e));
    assert_int_equal(e.code, ERR_LIMIT);
    assert_null(
        crosses("local s, t = ('x'):rep(1 << 20), {} for i = 1, 100 do t[i] = s end return t", &e));
    assert_int_equal(e.code, ERR_LIMIT);
}

static void values_come_back_as_they_went(void **state)
{
    (void)state;
    static const char TEXT[] = "{\"a\":[1,2.5,\"x\",[],{}],\"b\":{\"c\":false},\"d\":-7}";
    err e = {0};
    value v, back;
    buf json = {0};
    snippet *s = snippet_open("");
    assert_true(json_read(TEXT, strlen(TEXT), NULL, &v, &e));
    values_push_view(vm_lua(s->vm), &v);
    assert_true(values_get(vm_lua(s->vm), -1, &back, &e));
    json_write(&json, &back);
    assert_string_equal(buf_text(&json), TEXT); // views remember what was a list
    buf_free(&json);
    value_free(&back);
    value_free(&v);
    snippet_close(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_cross_with_one_rule_each),
        cmocka_unit_test(what_cannot_cross_is_named_with_its_key),
        cmocka_unit_test(tables_too_deep_are_refused),
        cmocka_unit_test(results_are_counted_as_often_as_they_are_named),
        cmocka_unit_test(values_come_back_as_they_went),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
