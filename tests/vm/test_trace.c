#include "snippet.h"

static void an_error_has_its_place_apart_from_its_message(void **state)
{
    (void)state;
    err e = {0};
    snippet *s = snippet_open("\nlocal t = nil\nt.x = 1");
    assert_false(vm_load(s->vm, &e));
    assert_string_equal(e.where, "zeeland/init.lua:3");
    assert_string_equal(e.message, "attempt to index a nil value (local 't')");
    snippet_close(s);
}

static void a_forged_place_in_the_text_is_not_believed(void **state)
{
    (void)state;
    fails_at("error('zeeland/other.lua:99: fake', 0)", "zeeland/init.lua:1",
             "zeeland/other.lua:99: fake");
}

static void a_forged_chunk_name_is_not_used(void **state)
{
    (void)state;
    fails_at("\nload('error(\"x\")', '@partnership/rules.lua')()", "zeeland/init.lua:2 (load):1",
             "x");
    fails_at("\nload('error(\"x\")', '=[C]')()", "zeeland/init.lua:2 (load):1", "x");
}

static void a_syntax_error_has_its_line(void **state)
{
    (void)state;
    fails_at("local x = 1\nlocal y = = 2", "zeeland/init.lua:2", "unexpected symbol near '='");
}

static void a_syntax_error_in_a_file_with_a_long_name_has_its_line(void **state)
{
    (void)state;
    err e = {0};
    static const char NAME[] =
        "rules/a-very-long-name-for-a-file-that-lua-would-cut-in-its-messages.lua";
    snippet *s = snippet_open("require 'x'");
    vm_free(s->vm);
    snippet_file(s, NAME, "\nx = = 1");
    vm_options o = {.plugin = "zeeland",
                    .files = &s->files,
                    .main = NAME,
                    .memory_bytes = SNIPPET_MEMORY,
                    .limit = snippet_limit};
    s->vm = vm_new(&o, &e);
    assert_false(vm_load(s->vm, &e));
    assert_non_null(strstr(e.where, "messages.lua:2"));
    assert_null(strstr(e.message, "messages.lua"));
    snippet_close(s);
}

static void the_traceback_is_the_plugins_own_frames(void **state)
{
    (void)state;
    err e = {0};
    snippet *s = snippet_open("local function score()\n  error('boom')\nend\n"
                              "local function outer()\n  table.sort({ 2, 1 }, score)\nend\n"
                              "pcall(print, 1)\nouter()");
    assert_false(vm_load(s->vm, &e));
    assert_string_equal(vm_traceback(s->vm), "zeeland/init.lua:2: in function 'before'\n"
                                             "zeeland/init.lua:5: in function 'outer'\n"
                                             "zeeland/init.lua:8: in the file itself");
    snippet_close(s);
}

static void names_are_escaped_and_the_traceback_is_cut(void **state)
{
    (void)state;
    err e = {0};
    snippet *s = snippet_open("local t = {}\nt['\\27[31mred\\n'] = function() error('x') end\n"
                              "local function down(n)\n  if n == 0 then t['\\27[31mred\\n']() end\n"
                              "  down(n - 1)\n  return 1\nend\ndown(300)");
    assert_false(vm_load(s->vm, &e));
    const char *trace = vm_traceback(s->vm);
    assert_null(strchr(trace, '\x1b'));
    assert_non_null(strstr(trace, "\\x1b[31mred\\n"));
    assert_true(strlen(trace) <= 4096);
    assert_non_null(strstr(trace, "…"));
    snippet_close(s);
}

static void control_characters_in_a_message_are_escaped(void **state)
{
    (void)state;
    fails_at("error('\\27]0;owned\\7\\255', 0)", "zeeland/init.lua:1", "\\x1b]0;owned\\x07\\xff");
}

static void error_values_become_text(void **state)
{
    (void)state;
    static const struct {
        const char *code, *message;
    } cases[] = {
        {"error({ 1, 2 })", "table"},
        {"error(nil)", "an error without a message"},
        {"error(setmetatable({}, { __tostring = function() return 'my own' end }))", "my own"},
        {"error(setmetatable({}, { __tostring = function() error('no') end }))", "can't be shown"},
        {"error(setmetatable({}, { __tostring = function() return {} end }))", "can't be shown"},
        {"error(42)", "42"},
        {"error(print)", "function"},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
        fails_at(cases[i].code, "zeeland/init.lua:1", cases[i].message);
}

static void endless_recursion_is_an_error_with_a_place(void **state)
{
    (void)state;
    static const struct {
        const char *code, *where;
    } cases[] = {
        {"local function f()\n  return 1 + f()\nend\nf()", "zeeland/init.lua:2"},
        {"local mt = {}\nmt.__index = function(t, k)\n  return t[k]\nend\n"
         "local x = setmetatable({}, mt).y",
         "zeeland/init.lua:3"},
        {"local function f()\n  return (pcall(f))\nend\nerror(f())", "zeeland/init.lua:4"},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        err e = {0};
        snippet *s = snippet_open(cases[i].code);
        vm_trust(s->vm, true); // the stack alone may take more than a snippet has
        assert_false(vm_load(s->vm, &e));
        assert_string_equal(e.where, cases[i].where);
        assert_true(strlen(vm_traceback(s->vm)) <= 4096);
        snippet_close(s);
    }
}

static void an_error_in_a_comparison_does_not_name_the_hosts_own_code(void **state)
{
    (void)state;
    fails_at("table.sort({ 1, {} })", "zeeland/init.lua:1", "attempt to compare");
    err e = {0};
    snippet *s = snippet_open("table.sort({ 1, {} })");
    assert_false(vm_load(s->vm, &e));
    assert_null(strstr(e.message, "[polder]"));
    snippet_close(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_error_has_its_place_apart_from_its_message),
        cmocka_unit_test(a_forged_place_in_the_text_is_not_believed),
        cmocka_unit_test(a_forged_chunk_name_is_not_used),
        cmocka_unit_test(a_syntax_error_has_its_line),
        cmocka_unit_test(a_syntax_error_in_a_file_with_a_long_name_has_its_line),
        cmocka_unit_test(the_traceback_is_the_plugins_own_frames),
        cmocka_unit_test(names_are_escaped_and_the_traceback_is_cut),
        cmocka_unit_test(control_characters_in_a_message_are_escaped),
        cmocka_unit_test(error_values_become_text),
        cmocka_unit_test(endless_recursion_is_an_error_with_a_place),
        cmocka_unit_test(an_error_in_a_comparison_does_not_name_the_hosts_own_code),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
