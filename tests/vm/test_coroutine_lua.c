#include "snippet.h"

static void coroutines_work_as_in_lua(void **state)
{
    (void)state;
    holds("local co = coroutine.create(function(a, b)\n  local c = coroutine.yield(a + b)\n"
          "  local d, e = coroutine.yield(c * 2) return d, e end)\n"
          "local ok, x = coroutine.resume(co, 1, 2) assert(ok and x == 3)\n"
          "ok, x = coroutine.resume(co, 10) assert(ok and x == 20)\n"
          "local y ok, x, y = coroutine.resume(co, 'd', nil) assert(ok and x == 'd' and y == nil)\n"
          "assert(coroutine.status(co) == 'dead')\n"
          "ok, x = coroutine.resume(co) assert(not ok and x == 'cannot resume dead coroutine')");
    holds("local main, is_main = coroutine.running() assert(is_main)\n"
          "assert(not coroutine.isyieldable())\n"
          "local _, ok, why = coroutine.resume(coroutine.create(function()\n"
          "  return coroutine.resume(main) end))\nassert(not ok and why:find('non%-suspended'))");
    fails_at("coroutine.resume(1)", "zeeland/init.lua:1", "coroutine expected");
    fails_at("coroutine.wrap(1)", "zeeland/init.lua:1", "function expected");
    fails_at("coroutine.yield()", "zeeland/init.lua:1", "outside a coroutine");
}

static void wrap_gives_errors_on_and_closes(void **state)
{
    (void)state;
    holds("local closed\nlocal f = coroutine.wrap(function()\n"
          "  local x <close> = setmetatable({}, { __close = function() closed = true end })\n"
          "  error({ code = 7 }) end)\nlocal ok, e = pcall(f)\n"
          "assert(not ok and e.code == 7 and closed)\n"
          "local _, why = pcall(f) assert(why:find('cannot resume dead coroutine'))");
    fails_at("\ncoroutine.wrap(function() error('in it') end)()", "zeeland/init.lua:2", "in it");
    holds("local n = 0 for v in coroutine.wrap(function() for i = 1, 3 do coroutine.yield(i) end "
          "end)\n"
          "do n = n + v end assert(n == 6)");
}

static void close_works_as_in_lua(void **state)
{
    (void)state;
    holds("local co = coroutine.create(function()\n"
          "  local x <close> = setmetatable({}, { __close = function() error('late', 0) end })\n"
          "  coroutine.yield() end)\ncoroutine.resume(co)\nlocal ok, why = coroutine.close(co)\n"
          "assert(ok == false and why == 'late' and coroutine.status(co) == 'dead')\n"
          "assert(coroutine.close(co) and coroutine.close(coroutine.create(print)))");
    fails_at("coroutine.close((coroutine.running()))", "zeeland/init.lua:1", "running coroutine");
    fails_at("local co\nco = coroutine.wrap(function()\n  local me = coroutine.running()\n"
             "  coroutine.wrap(function() coroutine.close(me) end)()\nend)\nco()",
             "zeeland/init.lua:6", "running coroutine");
}

static void pcall_and_require_work_inside_coroutines(void **state)
{
    (void)state;
    snippet *s = snippet_open("local co = coroutine.wrap(function()\n"
                              "  local ok = pcall(function() coroutine.yield(1) error('x') end)\n"
                              "  coroutine.yield(ok)\n  return require('words') end)\n"
                              "assert(co() == 1 and co() == false)\nassert(co() == 'loads')\n"
                              "assert(co() == 'words')");
    snippet_file(s, "words.lua", "coroutine.yield('loads') return 'words'"); // loading may wait
    snippet_load(s);
    snippet_close(s);
}

static void endless_nesting_is_an_error(void **state)
{
    (void)state;
    holds("local function nest() return coroutine.wrap(nest)() end\n"
          "local ok, why = pcall(nest) assert(not ok and why:find('stack overflow'))");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(coroutines_work_as_in_lua),
        cmocka_unit_test(wrap_gives_errors_on_and_closes),
        cmocka_unit_test(close_works_as_in_lua),
        cmocka_unit_test(pcall_and_require_work_inside_coroutines),
        cmocka_unit_test(endless_nesting_is_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
