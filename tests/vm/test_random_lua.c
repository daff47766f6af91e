#include "snippet.h"

/* Ten numbers after the seed, as one text. */
static void draw(vm *m, uint64_t seed, char out[256])
{
    lua_State *L = vm_lua(m);
    vm_seed(m, seed);
    assert_int_equal(luaL_dostring(L,
                                   "local t = {} for i = 1, 10 do t[i] = math.random(1, 1000) end\n"
                                   "return table.concat(t, ' ')"),
                     LUA_OK);
    snprintf(out, 256, "%s", lua_tostring(L, -1));
    lua_pop(L, 1);
}

static void the_same_seed_gives_the_same_numbers(void **state)
{
    (void)state;
    char first[256], other[256], again[256];
    snippet *s = snippet_open(""), *second = snippet_open("");
    draw(s->vm, 42, first);
    draw(s->vm, 43, other);
    draw(second->vm, 42, again);
    assert_string_equal(first, again);
    assert_string_not_equal(first, other);
    snippet_close(s);
    snippet_close(second);
}

/* xoshiro256** from splitmix64(0): reference values of the published algorithms. */
static void the_numbers_are_those_of_xoshiro(void **state)
{
    (void)state;
    snippet *s = snippet_open("");
    vm_seed(s->vm, 0);
    assert_int_equal(luaL_dostring(vm_lua(s->vm), "return math.random(0)"), LUA_OK);
    assert_true((uint64_t)lua_tointeger(vm_lua(s->vm), -1) == 0x99ec5f36cb75f2b4u);
    snippet_close(s);
}

static void arguments_are_those_of_lua(void **state)
{
    (void)state;
    holds("for i = 1, 1000 do\n  local x = math.random() assert(x >= 0 and x < 1)\n"
          "  local n = math.random(3) assert(n >= 1 and n <= 3 and math.type(n) == 'integer')\n"
          "  n = math.random(-2, 2) assert(n >= -2 and n <= 2)\nend\n"
          "assert(math.random(7, 7) == 7)\nmath.random(math.mininteger, math.maxinteger)");
    fails_at("math.random(2, 1)", "zeeland/init.lua:1", "interval is empty");
    fails_at("math.random(-1)", "zeeland/init.lua:1", "interval is empty");
    fails_at("math.random(1, 2, 3)", "zeeland/init.lua:1", "wrong number of arguments");
    fails_at("math.random(1.5)", "zeeland/init.lua:1", "integer");
    fails_at("math.randomseed(1)", "zeeland/init.lua:1", "field 'randomseed'");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_same_seed_gives_the_same_numbers),
        cmocka_unit_test(the_numbers_are_those_of_xoshiro),
        cmocka_unit_test(arguments_are_those_of_lua),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
