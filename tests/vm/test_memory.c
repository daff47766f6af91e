#include "snippet.h"

static void memory_is_counted_right_when_lua_frees(void **state)
{
    (void)state;
    snippet *s = snippet_open("");
    lua_State *L = vm_lua(s->vm);
    size_t before = 0;
    for (int round = 0; round < 200; round++) {
        if (round == 100) {
            lua_gc(L, LUA_GCCOLLECT);
            before = vm_memory(s->vm);
        }
        lua_createtable(L, 0, 0);
        for (int i = 0; i < 100; i++) {
            lua_pushfstring(L, "text %d of round %d", i, round);
            lua_rawseti(L, -2, i + 1);
            lua_newthread(L);
            lua_rawseti(L, -2, i + 1000);
        }
        lua_pop(L, 1);
    }
    lua_gc(L, LUA_GCCOLLECT);
    assert_int_equal(vm_memory(s->vm), before);
    snippet_close(s);
}

static void a_table_without_end_is_a_memory_limit_at_its_line(void **state)
{
    (void)state;
    ends_by("memory", "local t = {}\nwhile true do\n  t[#t + 1] = ('x'):rep(1000) .. #t\nend",
            "zeeland/init.lua:3", "zeeland/init.lua:3: in the file itself");
}

static void pcall_does_not_swallow_the_memory_limit(void **state)
{
    (void)state;
    ends_by("memory",
            "local t = {}\nlocal function grow()\n  while true do t[#t + 1] = { #t } end\nend\n"
            "while true do pcall(grow) end",
            "zeeland/init.lua:3", "zeeland/init.lua:5: in the file itself");
}

static void a_coroutine_that_hoards_is_a_memory_limit_too(void **state)
{
    (void)state;
    ends_by("memory",
            "local t = {}\nlocal co = coroutine.wrap(function()\n"
            "  while true do t[#t + 1] = { #t } end\nend)\nco()",
            "zeeland/init.lua:3", "zeeland/init.lua:5");
}

static void one_text_too_long_is_an_error_and_memory_stays_below_the_cap(void **state)
{
    (void)state;
    snippet *s = snippet_open("for i = 1, 100 do assert(not pcall(string.rep, 'x', 1 << 30)) end");
    snippet_load(s);
    assert_true(vm_memory(s->vm) < SNIPPET_MEMORY);
    snippet_close(s);
}

static void what_was_freed_can_be_used_again(void **state)
{
    (void)state;
    holds("for i = 1, 300 do local s = ('x'):rep(1 << 20) end"); // 300 MiB in turn under 16 MiB
}

static void the_hosts_own_data_is_not_capped(void **state)
{
    (void)state;
    snippet *s = snippet_open("");
    vm_trust(s->vm, true);
    lua_newuserdatauv(vm_lua(s->vm), SNIPPET_MEMORY * 2, 0);
    vm_trust(s->vm, false);
    assert_true(vm_memory(s->vm) > SNIPPET_MEMORY * 2); // and the plugin has still its own
    snippet_load(s);
    snippet_close(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(memory_is_counted_right_when_lua_frees),
        cmocka_unit_test(a_table_without_end_is_a_memory_limit_at_its_line),
        cmocka_unit_test(pcall_does_not_swallow_the_memory_limit),
        cmocka_unit_test(a_coroutine_that_hoards_is_a_memory_limit_too),
        cmocka_unit_test(one_text_too_long_is_an_error_and_memory_stays_below_the_cap),
        cmocka_unit_test(what_was_freed_can_be_used_again),
        cmocka_unit_test(the_hosts_own_data_is_not_capped),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
