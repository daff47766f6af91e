#include "snippet.h"

#define LIST_KEYS                                                                                  \
    "local function keys(t)\n  local k = {}\n"                                                     \
    "  for key in pairs(t) do k[#k + 1] = tostring(key) end\n  return table.concat(k, ' ')\nend\n" \
    "local function walk(t)\n  local k = {}\n"                                                     \
    "  for key in next, t do k[#k + 1] = tostring(key) end\n  return table.concat(k, ' ')\nend\n"

static void pairs_and_next_go_by_number_text_and_boolean(void **state)
{
    (void)state;
    holds(LIST_KEYS "local t = { [true] = 1, b = 1, [10] = 1, a = 1, [2.5] = 1, [-1] = 1, B = 1,\n"
                    "  ['é'] = 1, [''] = 1, ['1'] = 1, [false] = 1, aa = 1, [math.huge] = 1,\n"
                    "  [math.mininteger] = 1, [2.0^63] = 1, [math.maxinteger] = 1 }\n"
                    "local order = '-9223372036854775808 -1 2.5 10 9223372036854775807 '\n"
                    "  .. '9.2233720368548e+18 inf  1 B a aa b é false true'\n"
                    "assert(keys(t) == order, keys(t)) assert(walk(t) == order, walk(t))");
}

static void tables_built_in_another_order_are_walked_the_same(void **state)
{
    (void)state;
    holds(LIST_KEYS
          "local a, b, c = {}, {}, {}\n"
          "for i = 1, 400 do a['k' .. i] = i end\nfor i = 400, 1, -1 do b['k' .. i] = i end\n"
          "for i = 1, 2000 do c['x' .. i] = i end\nfor i = 1, 2000 do c['x' .. i] = nil end\n"
          "for i = 1, 400 do c['k' .. i] = i end\n"
          "assert(keys(a) == keys(b) and keys(a) == keys(c))\n"
          "assert(walk(a) == keys(a) and walk(c) == keys(c))");
}

static void lists_are_walked_in_order_also_when_built_backwards(void **state)
{
    (void)state;
    holds(LIST_KEYS
          "local t = {} for i = 5, 1, -1 do t[i] = i end\n"
          "assert(keys(t) == '1 2 3 4 5' and walk(t) == '1 2 3 4 5')\n"
          "assert(keys({}) == '' and walk({}) == '' and keys({ 1, 2, x = 3 }) == '1 2 x')\n"
          "assert(keys({ 1, nil, 3 }) == '1 3' and walk({ 1, nil, 3 }) == '1 3')");
}

static void fields_can_be_cleared_during_a_walk(void **state)
{
    (void)state;
    holds("local t, n = { 1, 2, 3, 4, a = 1, b = 2, c = 3 }, 0\n"
          "for k in pairs(t) do t[k] = nil n = n + 1 end assert(n == 7 and next(t) == nil)\n"
          "t = { 1, 2, 3, 4, 5 } n = 0\n"
          "for k in pairs(t) do n = n + 1 if k == 2 then t[3] = nil end end assert(n == 4)\n"
          "t = { a = 1, b = 2, c = 3 } n = 0\n"
          "for k in next, t do t[k] = nil n = n + 1 end assert(n == 3 and next(t) == nil)");
}

static void next_can_walk_two_tables_in_turn(void **state)
{
    (void)state;
    holds("local a, b, out = { x = 1, y = 2, z = 3 }, { p = 1, q = 2 }, {}\n"
          "for k in next, a do for l in next, b do out[#out + 1] = k .. l end end\n"
          "assert(table.concat(out, ' ') == 'xp xq yp yq zp zq')\n"
          "assert(next(a, 'x') == 'y' and next(b, 'p') == 'q' and next(a, 'y') == 'z')\n"
          "assert(next(a, 'z') == nil and next(a, 'xx') == 'y' and next(a) == 'x')");
}

static void a_key_that_has_no_order_is_an_error(void **state)
{
    (void)state;
    fails_at("for k in pairs({ [{}] = 1 }) do end", "zeeland/init.lua:1",
             "a table with a table as a key can't be ordered the same on every machine");
    fails_at("for k in pairs({ 1, [print] = 1 }) do end", "zeeland/init.lua:1",
             "a function as a key");
    fails_at("next({ [coroutine.create(print)] = 1 })", "zeeland/init.lua:1", "a thread as a key");
    fails_at("pairs(nil)", "zeeland/init.lua:1", "bad argument #1 to 'pairs'");
    fails_at("pairs()", "zeeland/init.lua:1", "bad argument #1 to 'pairs'");
    fails_at("next(1)", "zeeland/init.lua:1", "table expected");
}

static void a_plugins_own_pairs_is_called_and_may_yield(void **state)
{
    (void)state;
    holds("local t = setmetatable({}, { __pairs = function(self)\n"
          "  coroutine.yield('waits') return next, { a = 1 }, nil end })\n"
          "local co = coroutine.wrap(function() for k in pairs(t) do return k end end)\n"
          "assert(co() == 'waits') assert(co() == 'a')");
}

static void sort_is_stable(void **state)
{
    (void)state;
    holds("local t = {}\nfor i = 1, 500 do t[i] = { key = i * 7 % 3, at = i } end\n"
          "table.sort(t, function(a, b) return a.key < b.key end)\n"
          "for i = 2, 500 do\n  local a, b = t[i - 1], t[i]\n"
          "  assert(a.key < b.key or (a.key == b.key and a.at < b.at))\nend");
}

static void sort_puts_every_length_in_order(void **state)
{
    (void)state;
    holds("for n = 0, 70 do\n  local t = {}\n  for i = 1, n do t[i] = i * 31 % 17 end\n"
          "  table.sort(t)\n  for i = 2, n do assert(t[i - 1] <= t[i]) end\n"
          "  table.sort(t, function(a, b) return a > b end)\n"
          "  for i = 2, n do assert(t[i - 1] >= t[i]) end\n  assert(#t == n)\nend\n"
          "local w = { 'b', 'B', 'a', 'é', '' } table.sort(w)\n"
          "assert(table.concat(w, ' ') == ' B a b é')");
}

static void a_failing_comparison_leaves_the_list_as_it_was(void **state)
{
    (void)state;
    holds("local t, n = { 3, 1, 2 }, 0\n"
          "assert(not pcall(table.sort, t, function(a, b) n = n + 1 if n == 3 then error('x') end\n"
          "  return a < b end))\nassert(table.concat(t, ' ') == '3 1 2')");
    fails_at("table.sort({ 1, 2 }, 3)", "zeeland/init.lua:1", "function expected, got number");
    fails_at("table.sort(nil)", "zeeland/init.lua:1", "table expected, got nil");
    holds("local t = {} for i = 1, 50 do t[i] = i end\n"
          "table.sort(t, function() return true end) assert(#t == 50)"); // a senseless order ends
}

static void a_comparison_may_yield(void **state)
{
    (void)state;
    holds("local t = { 3, 1, 2 }\nlocal co = coroutine.wrap(function()\n"
          "  table.sort(t, function(a, b) coroutine.yield() return a < b end) return 'done' end)\n"
          "repeat until co() == 'done' assert(table.concat(t, ' ') == '1 2 3')");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pairs_and_next_go_by_number_text_and_boolean),
        cmocka_unit_test(tables_built_in_another_order_are_walked_the_same),
        cmocka_unit_test(lists_are_walked_in_order_also_when_built_backwards),
        cmocka_unit_test(fields_can_be_cleared_during_a_walk),
        cmocka_unit_test(next_can_walk_two_tables_in_turn),
        cmocka_unit_test(a_key_that_has_no_order_is_an_error),
        cmocka_unit_test(a_plugins_own_pairs_is_called_and_may_yield),
        cmocka_unit_test(sort_is_stable),
        cmocka_unit_test(sort_puts_every_length_in_order),
        cmocka_unit_test(a_failing_comparison_leaves_the_list_as_it_was),
        cmocka_unit_test(a_comparison_may_yield),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
