#include "snippet.h"

static void only_listed_globals_are_there(void **state)
{
    (void)state;
    static const char *const absent[] = {"dofile", "loadfile", "collectgarbage", "debug",     "io",
                                         "os",     "package",  "warn",           "loadstring"};
    char code[64];
    for (size_t i = 0; i < sizeof(absent) / sizeof(absent[0]); i++) {
        snprintf(code, sizeof(code), "return %s", absent[i]);
        fails_at(code, "zeeland/init.lua:1", "there is no global");
    }
    prints(
        "local n = {}\nfor k in pairs(_G) do n[#n + 1] = k end\nprint(table.concat(n, ' '))",
        "_G _VERSION assert coroutine error getmetatable ipairs load math next pairs pcall print "
        "rawequal rawget rawlen rawset require select setmetatable string table tonumber "
        "tostring type utf8 xpcall\n");
}

static void a_misspelt_global_is_an_error_with_the_nearest_name(void **state)
{
    (void)state;
    fails_at("\nlocal x = pirs", "zeeland/init.lua:2", "did you mean 'pairs'?");
    fails_at("require 'polder'\nlocal x = polder", "zeeland/init.lua:2", "local polder = require");
}

static void globals_cannot_be_written(void **state)
{
    (void)state;
    fails_at("total = 1", "zeeland/init.lua:1", "global 'total' can't be set");
    fails_at("print = nil", "zeeland/init.lua:1", "global 'print' can't be set");
    fails_at("_G.total = 1", "zeeland/init.lua:1", "global 'total' can't be set");
    fails_at("rawset(_G, 'total', 1)", "zeeland/init.lua:1", "read-only");
    fails_at("_ENV.x = 1", "zeeland/init.lua:1", "can't be set");
    fails_at("string.trim = print", "zeeland/init.lua:1", "'trim' can't be set");
    fails_at("rawset(math, 'floor', print)", "zeeland/init.lua:1", "read-only");
    fails_at("setmetatable(_G, nil)", "zeeland/init.lua:1", "protected metatable");
    holds("assert(getmetatable(_G) == false and getmetatable(string) == false)");
}

static void the_metatable_of_texts_is_locked(void **state)
{
    (void)state;
    holds("assert(getmetatable('') == false)");
    fails_at("getmetatable('').__index = {}", "zeeland/init.lua:1", "boolean");
    fails_at("setmetatable('', {})", "zeeland/init.lua:1", "table expected");
    holds("assert(('x').rep == string.rep and ('x'):rep(3) == 'xxx')");
}

static void bytecode_is_refused(void **state)
{
    (void)state;
    holds("assert(string.dump == nil and ('').dump == nil)");
    holds("local f, why = load('\\27Lua\\84\\0\\25\\147\\r\\n\\26\\n', 'x', 'b')\n"
          "assert(not f and why:find('binary'))");
    holds(
        "local done\nlocal f, why = load(function()\n  if done then return nil end\n  done = true\n"
        "  return '\\27Lua'\nend, 'x', 'bt')\nassert(not f and why:find('binary'))");
    fails_at("\x1bLua", "zeeland/init.lua", "binary");
}

static void load_takes_text_pieces_and_an_environment(void **state)
{
    (void)state;
    holds("assert(load('return 1 + 1')() == 2)");
    holds("local parts, i = { 'return ', 'x' }, 0\n"
          "assert(load(function() i = i + 1 return parts[i] end, 'n', 't', { x = 7 })() == 7)");
    holds("local f, why = load('x = = 1')\nassert(f == nil and why:find('unexpected symbol'))");
    fails_at("load('total = 1')()", "zeeland/init.lua:1 (load):1", "can't be set");
    holds("local f, why = load(function() return 1 end)\nassert(not f and why:find('string'))");
}

static void finalizers_are_refused(void **state)
{
    (void)state;
    fails_at("setmetatable({}, { __gc = function() end })", "zeeland/init.lua:1", "__gc");
    fails_at("setmetatable({}, { __gc = false })", "zeeland/init.lua:1", "__gc");
}

static void a_gc_that_comes_into_the_metatable_later_never_runs(void **state)
{
    (void)state;
    snippet *s = snippet_open("local mt = {}\nlocal t = setmetatable({}, mt)\n"
                              "mt.__gc = function() print('ran') end\nt = nil");
    snippet_load(s);
    lua_gc(vm_lua(s->vm), LUA_GCCOLLECT);
    lua_gc(vm_lua(s->vm), LUA_GCCOLLECT);
    assert_string_equal(buf_text(&s->log), "");
    snippet_close(s);
}

static void no_text_holds_an_address(void **state)
{
    (void)state;
    prints("print({}, print, coroutine.create(print), setmetatable({}, { __name = 'Port' }))",
           "table\tfunction\tthread\tPort\n");
    prints("print(('%s %5s|%-9s|%d%%'):format({}, 'x', print, 3))", "table     x|function |3%\n");
    fails_at("print(('%p'):format({}))", "zeeland/init.lua:1", "%p is not available");
    fails_at("print(('%-20p'):format('x'))", "zeeland/init.lua:1", "%p is not available");
    prints("print(('%s'):format(setmetatable({}, { __tostring = function() return 'mine' end })))",
           "mine\n");
    fails_at("('%s'):format()", "zeeland/init.lua:1", "no value");
    fails_at("('%d'):format({})", "zeeland/init.lua:1", "number expected, got table");
    fails_at("('%')  :format(1)", "zeeland/init.lua:1", "invalid conversion");
}

static snippet *with_modules(const char *code)
{
    snippet *s = snippet_open(code);
    snippet_file(s, "rules/port.lua",
                 "local name = ...\nprint('runs', name)\nreturn { bonus = 10 }");
    snippet_file(s, "words/init.lua", "return 'words'");
    snippet_file(s, "a.lua", "return require 'b'");
    snippet_file(s, "b.lua", "return require 'a'");
    snippet_file(s, "bad.lua", "\nlocal x = = 1");
    snippet_file(s, "fails.lua", "\nerror('no luck')");
    snippet_file(s, "nothing.lua", "");
    return s;
}

static void require_finds_the_plugins_own_files_once(void **state)
{
    (void)state;
    snippet *s = with_modules("local port = require 'rules.port'\nassert(port.bonus == 10)\n"
                              "assert(require('rules.port') == port)\n"
                              "assert(require 'words' == 'words' and require 'nothing' == true)");
    snippet_load(s);
    assert_string_equal(buf_text(&s->log), "runs\trules.port\n");
    snippet_close(s);
}

static void require_refuses_paths_and_what_is_not_there(void **state)
{
    (void)state;
    static const struct {
        const char *code, *part;
    } cases[] = {
        {"require '../partnership/init'", "paths are not names"},
        {"require '/etc/passwd'", "paths are not names"},
        {"require 'rules/port'", "paths are not names"},
        {"require '..'", "paths are not names"},
        {"require 'rules..port'", "paths are not names"},
        {"require ''", "paths are not names"},
        {"require 'words\\0x'", "paths are not names"},
        {"require(nil)", "paths are not names"},
        {"require 'os'", "there is no module 'os'"},
        {"require 'rules'", "looked for rules.lua and rules/init.lua"},
        {"require 'polder.test'", "there is no module 'polder.test'"},
        {"require 'a'", "requires itself"},
        {"require 'bad'", "zeeland/bad.lua:2: unexpected symbol"},
        {"require(('x'):rep(5000))", "paths are not names"},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        err e = {0};
        snippet *s = with_modules(cases[i].code);
        assert_false(vm_load(s->vm, &e));
        if (!strstr(e.message, cases[i].part))
            fail_msg("%s: \"%s\" is not in: %s", cases[i].code, cases[i].part, e.message);
        snippet_close(s);
    }
}

static void a_module_that_failed_fails_again_the_same_way(void **state)
{
    (void)state;
    snippet *s =
        with_modules("for i = 1, 2 do\n  local ok, why = pcall(require, 'fails')\n"
                     "  assert(not ok and why == 'zeeland/fails.lua:2: no luck', why)\nend");
    snippet_load(s);
    snippet_close(s);
}

static void raw_access_sees_through_views_but_does_not_write(void **state)
{
    (void)state;
    holds("local p = require 'polder'\nassert(rawget(p.settings, 'port_bonus') == 10)\n"
          "assert(rawget({ 5 }, 1) == 5 and rawlen({ 1, 2 }) == 2 and rawlen('abc') == 3)");
    fails_at("rawset(require('polder').settings, 'port_bonus', 99)", "zeeland/init.lua:1",
             "read-only");
    holds(
        "local t = setmetatable({}, { __newindex = error })\nrawset(t, 'a', 1)\nassert(t.a == 1)");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_listed_globals_are_there),
        cmocka_unit_test(a_misspelt_global_is_an_error_with_the_nearest_name),
        cmocka_unit_test(globals_cannot_be_written),
        cmocka_unit_test(the_metatable_of_texts_is_locked),
        cmocka_unit_test(bytecode_is_refused),
        cmocka_unit_test(load_takes_text_pieces_and_an_environment),
        cmocka_unit_test(finalizers_are_refused),
        cmocka_unit_test(a_gc_that_comes_into_the_metatable_later_never_runs),
        cmocka_unit_test(no_text_holds_an_address),
        cmocka_unit_test(require_finds_the_plugins_own_files_once),
        cmocka_unit_test(require_refuses_paths_and_what_is_not_there),
        cmocka_unit_test(a_module_that_failed_fails_again_the_same_way),
        cmocka_unit_test(raw_access_sees_through_views_but_does_not_write),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
