#include "snippet.h"

#include "base/json.h"

static const char RECORD[] =
    "{\"title\":\"Sonar\",\"trl\":6,\"themes\":[\"maritime\",\"safety\"],\"empty\":[],"
    "\"price\":{\"amount\":5,\"currency\":\"EUR\"},\"parts\":[{\"n\":1},{\"n\":2}],\"none\":null}";

/* Runs the code with the record's view as `...`. */
static bool with_view(const char *code, err *e)
{
    value v;
    snippet *s = snippet_open("");
    lua_State *L = vm_lua(s->vm);
    assert_true(json_read(RECORD, strlen(RECORD), NULL, &v, e));
    if (luaL_loadbuffer(L, code, strlen(code), "@zeeland/init.lua") != LUA_OK)
        fail_msg("%s", lua_tostring(L, -1));
    values_push_view(L, &v);
    bool ok = vm_call(s->vm, 1, 0, e);
    assert_int_equal(lua_gettop(L), 0);
    value_free(&v);
    snippet_close(s);
    return ok;
}

static void view_holds(const char *code)
{
    err e = {0};
    if (!with_view(code, &e))
        fail_msg("%s: %s", code, e.message);
}

static void view_refuses_to(const char *code, const char *part)
{
    err e = {0};
    if (with_view(code, &e))
        fail_msg("no error from: %s", code);
    if (!strstr(e.message, part))
        fail_msg("\"%s\" is not in: %s", part, e.message);
}

static void a_list_of_texts_is_list_and_set_in_one(void **state)
{
    (void)state;
    view_holds(
        "local r = ... local f = r.themes\n"
        "assert(#f == 2 and f[1] == 'maritime' and f[2] == 'safety' and f[3] == nil)\n"
        "assert(f.maritime == true and f.safety and f.cyber == nil)\n"
        "local seen = {} for i, t in ipairs(f) do seen[i] = t end\n"
        "assert(table.concat(seen, ' ') == 'maritime safety')\n"
        "assert(table.concat(f, ' ') == 'maritime safety' and select('#', table.unpack(f)) == 2)");
    view_holds("local r = ... local n = 0 for k, t in pairs(r.themes) do n = n + k end\n"
               "assert(n == 3)"); // the list alone
    view_holds("local r = ... assert(#r.empty == 0 and not r.empty.x and next(r.empty) == nil)");
}

static void fields_are_read_and_nulls_are_absent(void **state)
{
    (void)state;
    view_holds("local r = ... assert(r.title == 'Sonar' and r.trl == 6 and r.price.amount == 5)\n"
               "assert(r.none == nil and r.parts[2].n == 2 and #r.parts == 2)");
}

static void pairs_and_next_give_the_data_in_order(void **state)
{
    (void)state;
    view_holds("local r, k = ..., {} for name in pairs(r) do k[#k + 1] = name end\n"
               "assert(table.concat(k, ' ') == 'empty parts price themes title trl')\n"
               "k = {} for name in next, r do k[#k + 1] = name end\n"
               "assert(table.concat(k, ' ') == 'empty parts price themes title trl')");
}

static void writing_is_an_error_that_names_the_field(void **state)
{
    (void)state;
    view_refuses_to("(...).trl = 9", "'trl' can't be set: what a rule is given is read-only");
    view_refuses_to("(...).new = 1", "'new' can't be set");
    view_refuses_to("(...).price.amount = 1", "'amount' can't be set");
    view_refuses_to("(...).themes[1] = 'x'", "a number key can't be set: this list is read-only");
    view_refuses_to("(...).themes.cyber = true", "'cyber' can't be set");
    view_refuses_to("table.insert((...).themes, 'x')", "read-only");
    view_refuses_to("table.remove((...).themes)", "read-only");
    view_refuses_to("table.sort((...).themes)", "read-only");
    view_refuses_to("rawset(..., 'trl', 9)", "read-only");
    view_refuses_to("setmetatable(..., {})", "protected");
    view_holds("assert(getmetatable(...) == false and getmetatable((...).themes) == false)");
}

static void a_table_dressed_up_as_a_view_is_none(void **state)
{
    (void)state;
    view_holds("local f = setmetatable({ own = 1 }, { __index = { x = 1 }, __len = rawlen,\n"
               "  __newindex = error, __pairs = pairs, __name = 'record' })\n"
               "assert(rawget(f, 'x') == nil and next(f) == 'own')\n"
               "rawset(f, 'y', 2) assert(f.y == 2)");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_list_of_texts_is_list_and_set_in_one),
        cmocka_unit_test(fields_are_read_and_nulls_are_absent),
        cmocka_unit_test(pairs_and_next_give_the_data_in_order),
        cmocka_unit_test(writing_is_an_error_that_names_the_field),
        cmocka_unit_test(a_table_dressed_up_as_a_view_is_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
