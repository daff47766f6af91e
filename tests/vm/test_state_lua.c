/* The number for what a plugin keeps: it changes with that, and with nothing else. */
#include "snippet.h"

/* A rule whose function runs `body`, which may use what `kept` declares. */
static snippet *keeper(const char *kept, const char *body)
{
    char code[2000];
    snprintf(code, sizeof code,
             "local polder = require 'polder'\n%s\n"
             "polder.rule { name = 'a', on = 'pair', max = 1, score = function(s, d)\n%s\nreturn 1 "
             "end }",
             kept, body);
    snippet *s = snippet_open(code);
    snippet_file(
        s, "keep.lua",
        "local kept return { set = function(x) kept = x end, get = function() return kept end }");
    snippet_load(s);
    return s;
}

static void ask(snippet *s)
{
    err e = {0};
    assert_true(vm_push_function(s->vm, "rule", "a", "score"));
    if (!vm_call(s->vm, 0, 0, &e))
        fail_msg("%s", e.message);
}

static const struct {
    const char *kept, *body;
    bool changes;
} CASES[] = {
    {"local n = 1", "local x = n + 1", false},
    {"local n = 1", "n = n + 1", true},
    {"local n = 1", "n = n * 1.0", true}, /* 1.0 prints otherwise than 1 */
    {"local t = {}", "t.x = true", true},
    {"local t = { a = { b = { 1 } } }", "t.a.b[1] = 2", true},
    {"local t = { a = { b = { 1 } } }", "local x = t.a.b[1] + #t.a.b", false},
    {"local t = setmetatable({}, { __index = { x = 1 } })", "getmetatable(t).__index.x = 2", true},
    {"local t = {} t.self = t", "local x = t.self.self", false},
    {"local function f() return 1 end", "f = function() return 1 end", false},
    {"local n, f = 0 f = function() n = n + 1 end", "f()", true},
    {"local t = { 'a' }", "t[1] = 'b'", true},
    {"local memo = {}", "local fresh = {} fresh.x = 1", false},
    {"local m = require 'keep'", "m.set(5)", true},
    {"local m = require 'keep'", "local x = m.get()", false},
};

static void the_number_changes_with_what_is_kept(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) {
        uint64_t before, after;
        snippet *s = keeper(CASES[i].kept, CASES[i].body);
        assert_true(vm_state(s->vm, &before));
        ask(s);
        assert_true(vm_state(s->vm, &after));
        if ((before != after) != CASES[i].changes)
            fail_msg("%s | %s: %s", CASES[i].kept, CASES[i].body,
                     CASES[i].changes ? "not seen" : "seen where nothing is kept");
        snippet_close(s);
    }
}

static void two_states_of_one_plugin_have_one_number(void **state)
{
    (void)state;
    uint64_t one, other;
    const char *kept = "local t = { b = 1, a = { 2, 3 }, [true] = 'x', [2.5] = {} }\nlocal u = t";
    snippet *first = keeper(kept, "local x = #u.a + t.b"),
            *second = keeper(kept, "local x = #u.a + t.b");
    assert_true(vm_state(first->vm, &one));
    assert_true(vm_state(second->vm, &other));
    assert_true(one == other);
    snippet_close(first);
    snippet_close(second);
}

static void nobody_can_tell_of_a_coroutine_or_of_very_much(void **state)
{
    (void)state;
    uint64_t number;
    snippet *s = keeper("local c = coroutine.create(function() end)", "local x = c");
    assert_false(vm_state(s->vm, &number));
    snippet_close(s);
    s = keeper("local t = {} for i = 1, 100001 do t[i] = {} end", "local x = #t");
    assert_false(vm_state(s->vm, &number));
    snippet_close(s);
    s = keeper("local deep = {} local t = deep for _ = 1, 500 do t.t = {} t = t.t end",
               "local x = deep");
    assert_false(vm_state(s->vm, &number));
    snippet_close(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_number_changes_with_what_is_kept),
        cmocka_unit_test(two_states_of_one_plugin_have_one_number),
        cmocka_unit_test(nobody_can_tell_of_a_coroutine_or_of_very_much),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
