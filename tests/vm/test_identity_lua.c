/* What a rule is: the same in every state that has the same, whatever else the plugin holds. */
#include "snippet.h"

/* A plugin with a rule "a" whose function runs `body`, which may use what `kept` declares. */
static snippet *plugin_of(const char *kept, const char *body)
{
    char code[2000];
    snprintf(code, sizeof code,
             "local polder = require 'polder' local helper = require 'helper' %s\n"
             "polder.rule { name = 'a', on = 'pair', max = 1, score = function(s, d, ctx)\n%s\n"
             "return 1 end }",
             kept, body);
    snippet *s = snippet_open(code);
    snippet_file(s, "helper.lua", "return { twice = function(x) return 2 * x end }");
    return s;
}

/* Loads it. */
static void identity_of(snippet *s, char out[HASH_TEXT])
{
    snippet_load(s);
    assert_true(vm_identity(s->vm, "rule", "a", "score", out));
    snippet_close(s);
}

static const struct {
    const char *kept, *body, *kept_then, *body_then;
    bool same;
} CASES[] = {
    {"", "", "", "", true},
    {"", "local x = 1", "", "local x = 2", false},
    {"", "local x = 1", "", "local x = 1.0", false},
    {"", "local x = 'a'", "", "local x = 'b'", false},
    {"", "local x = 1", "", "local y = 1 -- said otherwise", true},
    {"local n = 1", "local x = n", "local n = 2", "local x = n", false},
    {"local n = 1", "", "local n = 2", "", true}, /* it doesn't look at it */
    {"local t = { 1, b = { true } }", "local x = t", "local t = { 1, b = { true } }", "local x = t",
     true},
    {"local t = { 1, b = { true } }", "local x = t", "local t = { 1, b = { false } }",
     "local x = t", false},
    {"local t = { a = 1 }", "local x = t", "local t = { b = 1 }", "local x = t", false},
    {"local u = {} local t = { u, u }", "local x = t", "local t = { {}, {} }", "local x = t",
     false},
    {"local t = {} t.self = t", "local x = t", "local t = {} t.self = t", "local x = t", true},
    {"local function f() return 1 end", "local x = f()", "local function f() return 2 end",
     "local x = f()", false},
    {"local f = math.sin", "local x = f(1)", "local f = math.cos", "local x = f(1)", false},
    {"local f = math.sin", "local x = f(1)", "local f = math.sin", "local x = f(1)", true},
    {"local t = setmetatable({}, { __index = { x = 1 } })", "local x = t.x",
     "local t = setmetatable({}, { __index = { x = 2 } })", "local x = t.x", false},
    {"local m = polder.overlap('demand.a', 'solution.a')", "local x = m(s, d)",
     "local m = polder.overlap('demand.b', 'solution.a')", "local x = m(s, d)", false},
    {"local m = polder.overlap('demand.a', 'solution.a')", "local x = m(s, d)",
     "polder.overlap('demand.b', 'solution.a') local m = polder.overlap('demand.a', 'solution.a')",
     "local x = m(s, d)", true},
    {"", "", "polder.rule { name = 'b', on = 'pair', max = 1, score = function() return 0 end }",
     "", true},
    {"", "", "polder.scorecard { name = 'c', rules = { a = 7 } }", "", true},
    {"", "local x = math.max(1, 2)", "polder.scorecard { name = 'c', rules = { a = 7 } }",
     "local x = math.max(1, 2)", true},
};

static void a_rule_is_the_same_as_long_as_all_it_reaches_is(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        char one[HASH_TEXT], other[HASH_TEXT];
        identity_of(plugin_of(CASES[i].kept, CASES[i].body), one);
        identity_of(plugin_of(CASES[i].kept_then, CASES[i].body_then), other);
        if ((strcmp(one, other) == 0) != CASES[i].same)
            fail_msg("%s | %s: expected %s", CASES[i].kept_then, CASES[i].body_then,
                     CASES[i].same ? "the same" : "another");
    }
}

/* A global is reached through the table of all globals, and there through require. */
static void another_helper_or_another_setting_makes_another_rule(void **state)
{
    char one[HASH_TEXT], other[HASH_TEXT];
    (void)state;
    identity_of(plugin_of("", "local x = math.pi"), one);
    snippet *s = plugin_of("", "local x = math.pi");
    snippet_file(s, "helper.lua", "return { twice = function(x) return 3 * x end }");
    identity_of(s, other);
    assert_string_not_equal(one, other);
    s = plugin_of("", "local x = math.pi");
    value_add(&s->settings, "port_bonus", value_int(7));
    identity_of(s, other);
    assert_string_not_equal(one, other);
}

static void nobody_can_tell_of_what_has_no_order_or_is_too_much(void **state)
{
    static const char *const KEPT[] = {
        "local c = coroutine.create(function() end)",
        "local c = { [{}] = 1 }",
        "local c = { [2.5] = 1 }",
        "local c = {} for i = 1, 100001 do c[i] = {} end",
    };
    char hash[HASH_TEXT];
    (void)state;
    for (size_t i = 0; i < sizeof KEPT / sizeof *KEPT; i++) {
        snippet *s = plugin_of(KEPT[i], "local x = c");
        snippet_load(s);
        assert_false(vm_identity(s->vm, "rule", "a", "score", hash));
        snippet_close(s);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_rule_is_the_same_as_long_as_all_it_reaches_is),
        cmocka_unit_test(another_helper_or_another_setting_makes_another_rule),
        cmocka_unit_test(nobody_can_tell_of_what_has_no_order_or_is_too_much),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
