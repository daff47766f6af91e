#include "snippet.h"

static const char PORT[] =
    "local polder = require 'polder'\n"
    "polder.rule { name = 'port', on = 'pair', max = 10, needs = { solution = { 'technologies' } "
    "},\n"
    "  score = function(solution, demand, ctx)\n"
    "    return ctx.settings.port_bonus, ctx.today\n  end }\n"
    "polder.rule { name = 'open', on = 'demand', gate = function() return true end }";

static void a_rule_is_called_with_ctx_and_gives_points_and_reason(void **state)
{
    (void)state;
    err e = {0};
    snippet *s = snippet_open(PORT);
    lua_State *L = vm_lua(s->vm);
    snippet_load(s);
    assert_true(vm_push_function(s->vm, "rule", "port", "score"));
    lua_createtable(L, 0, 0);
    lua_createtable(L, 0, 0);
    vm_push_ctx(s->vm);
    assert_false(vm_dated(s->vm));
    assert_true(vm_call(s->vm, 3, 2, &e));
    assert_true(vm_dated(s->vm));
    assert_int_equal(lua_tointeger(L, -2), 10);
    assert_string_equal(lua_tostring(L, -1), "2026-11-24");
    lua_pop(L, 2);
    assert_int_equal(lua_gettop(L), 0);
    snippet_close(s);
}

static void a_function_that_is_not_there_pushes_nothing(void **state)
{
    (void)state;
    snippet *s = snippet_open(PORT);
    snippet_load(s);
    assert_false(vm_push_function(s->vm, "rule", "port", "gate"));
    assert_false(vm_push_function(s->vm, "rule", "harbour", "score"));
    assert_false(vm_push_function(s->vm, "kind", "port", "score"));
    assert_int_equal(lua_gettop(vm_lua(s->vm)), 0);
    assert_true(vm_push_function(s->vm, "rule", "open", "gate"));
    snippet_close(s);
}

static void a_plugin_that_fails_to_load_contributes_nothing(void **state)
{
    (void)state;
    char code[1024];
    err e = {0};
    snprintf(code, sizeof(code), "%s\nerror('too late')", PORT);
    snippet *s = snippet_open(code);
    assert_false(vm_load(s->vm, &e));
    assert_int_equal(value_len(vm_contributions(s->vm)), 0);
    snippet_close(s);
}

static int length(lua_State *L)
{
    lua_pushinteger(L, (lua_Integer)strlen(luaL_checkstring(L, 1)));
    return 1;
}

static void ctx_has_the_functions_it_was_given_and_is_read_only(void **state)
{
    (void)state;
    err e = {0};
    snippet *s = snippet_open("");
    lua_State *L = vm_lua(s->vm);
    vm_ctx_function(s->vm, "length", length);
    assert_int_equal(
        luaL_loadstring(L, "local ctx = ... assert(ctx.length('abc') == 3)\n"
                           "assert(ctx.nothing == nil and ctx.settings.port_bonus == 10)\n"
                           "ctx.today = 'never'"),
        LUA_OK);
    vm_push_ctx(s->vm);
    assert_false(vm_call(s->vm, 1, 0, &e));
    assert_non_null(strstr(e.message, "'today' can't be set"));
    snippet_close(s);
}

static void bulk_callers_use_the_handler_themselves(void **state)
{
    (void)state;
    err e = {0};
    snippet *s = snippet_open("local polder = require 'polder'\n"
                              "polder.rule { name = 'bad', on = 'demand', max = 1,\n"
                              "  score = function(demand)\n    return demand.x.y\n  end }");
    lua_State *L = vm_lua(s->vm);
    snippet_load(s);
    vm_push_handler(s->vm);
    for (int i = 0; i < 3; i++) {
        vm_push_function(s->vm, "rule", "bad", "score");
        lua_createtable(L, 0, 0);
        assert_int_equal(lua_pcall(L, 1, 1, 1), LUA_ERRRUN);
        vm_caught(s->vm, &e);
        assert_string_equal(e.where, "zeeland/init.lua:4");
        assert_string_equal(e.message, "attempt to index a nil value (field 'x')");
        assert_string_equal(vm_traceback(s->vm), "zeeland/init.lua:4: in the function of line 3");
        assert_int_equal(lua_gettop(L), 1);
    }
    snippet_close(s);
}

static void an_error_without_the_handler_has_no_place_of_an_earlier_one(void **state)
{
    (void)state;
    err e = {0};
    snippet *s = snippet_open("error('first')");
    assert_false(vm_load(s->vm, &e));
    lua_pushliteral(vm_lua(s->vm), "second");
    vm_caught(s->vm, &e);
    assert_string_equal(e.message, "second");
    assert_string_equal(e.where, "");
    assert_string_equal(vm_traceback(s->vm), "");
    snippet_close(s);
}

static void a_coroutine_belongs_to_its_vm(void **state)
{
    (void)state;
    snippet *s = snippet_open("");
    assert_ptr_equal(vm_of(lua_newthread(vm_lua(s->vm))), s->vm);
    snippet_close(s);
}

static void a_main_file_that_is_not_there_is_named(void **state)
{
    (void)state;
    err e = {0};
    snippet *s = snippet_open("");
    value_drop(&s->files, "init.lua");
    assert_false(vm_load(s->vm, &e));
    assert_int_equal(e.code, ERR_NOT_FOUND);
    assert_string_equal(e.message, "the plugin has no file init.lua");
    snippet_close(s);
}

static void a_byte_order_mark_is_skipped(void **state)
{
    (void)state;
    holds("\xef\xbb\xbflocal x = 1");
}

static void freeing_nothing_is_fine(void **state)
{
    (void)state;
    vm_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_rule_is_called_with_ctx_and_gives_points_and_reason),
        cmocka_unit_test(a_function_that_is_not_there_pushes_nothing),
        cmocka_unit_test(a_plugin_that_fails_to_load_contributes_nothing),
        cmocka_unit_test(ctx_has_the_functions_it_was_given_and_is_read_only),
        cmocka_unit_test(bulk_callers_use_the_handler_themselves),
        cmocka_unit_test(an_error_without_the_handler_has_no_place_of_an_earlier_one),
        cmocka_unit_test(a_coroutine_belongs_to_its_vm),
        cmocka_unit_test(a_main_file_that_is_not_there_is_named),
        cmocka_unit_test(a_byte_order_mark_is_skipped),
        cmocka_unit_test(freeing_nothing_is_fine),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
