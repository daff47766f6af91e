#include <math.h>

#include "../base/random.h"
#include "stage.h"

#define POLDER "local polder = require 'polder'\n"

/* Both sides: the same two fields, in cells 1 and 2. */
#define BOTH                                                                                       \
    "'solution':[{'at':1,'name':'list','many':true},{'at':2,'name':'number'}],"                    \
    "'demand':[{'at':1,'name':'list','many':true},{'at':2,'name':'number'}]"
#define RULE(number, name) "{'name':'test/" name "','plugin':0,'number':" number ",'max':7," BOTH

static const char MEASURES[] = POLDER
    "local measures = {\n"
    "  polder.overlap('demand.list', 'solution.list', { parents = { a = 'b', b = 'c' }, wider = "
    "0.3 }),\n"
    "  polder.overlap('demand.list', 'solution.list', { as = 'jaccard', weights = { a = 0.1, b = 3 "
    "} }),\n"
    "  polder.number('solution.number', { of = 'ratio', with = 'demand.number', full = 1, half = "
    "1.7 }),\n"
    "  polder.number('solution.number', { curve = { { 0, 0.1 }, { 3, 1 / 3 }, { 9, 0.7 } } }),\n"
    "  polder.number('demand.number', { full = 3, inverse = true }),\n"
    "}\n"
    "for i, fit in ipairs(measures) do\n"
    "  polder.rule { name = 'data' .. i, max = 7, measure = fit }\n"
    "  polder.rule { name = 'lua' .. i, on = 'pair', max = 7,\n"
    "    needs = { solution = { 'list', 'number' }, demand = { 'list', 'number' } },\n"
    "    score = function(solution, demand)\n"
    "      local share, reason = fit(solution, demand)\n"
    "      return share and 7 * share, reason\n"
    "    end }\n"
    "end\n";

static value some_list(void)
{
    static const char *const TERMS[] = {"a", "b", "c", "d", "e"};
    value list = value_list();
    for (size_t i = random_below(4); i > 0; i--)
        value_push(&list, value_text(TERMS[random_below(5)]));
    return list;
}

/* Nothing inside a table is null: Lua has no such entries. */
static value some_row(size_t id)
{
    char name[24];
    value row = value_list();
    snprintf(name, sizeof name, "x/%05zu", id);
    value_push(&row, value_text(name));
    value_push(&row, random_below(9) ? some_list() : random_value(0, 99));
    value_push(&row, random_below(4) ? value_double((double)random_below(1000) / 97)
                                     : random_value(0, 99));
    return row;
}

/* The rules that the plugin registered, as the engine sends them. */
static value registered_rules(void)
{
    stage s = {.files = value_map()};
    value rules = value_list();
    value_add(&s.files, "init.lua", value_text(MEASURES));
    s.vm = stage_load(&s);
    const value *all = vm_contributions(s.vm);
    for (size_t i = 0; i < value_len(all); i++) {
        const value *spec = value_get(value_at(all, i), "spec");
        value rule = quoted(RULE("1", "x") "}");
        buf name = {0};
        buf_fmt(&name, "test/%s", value_get_str(spec, "name", ""));
        value_set(&rule, "name", value_text(buf_text(&name)));
        value_set(&rule, "number", value_int((int64_t)i + 1));
        if (value_get(spec, "measure"))
            value_add(&rule, "measure", value_copy(value_get(spec, "measure")));
        value_push(&rules, rule);
        buf_free(&name);
    }
    vm_free(s.vm);
    value_free(&s.files);
    return rules;
}

static void a_lua_rule_that_calls_a_measure_gets_the_same_bits_and_words(void **state)
{
    enum { ROWS = 300, DEMANDS = 20 };
    size_t compared = 0;
    value rows = value_list();
    (void)state;
    random_start();
    for (size_t i = 0; i < ROWS; i++)
        value_push(&rows, some_row(i));
    stage *s = stage_of(MEASURES, registered_rules(), rows);
    for (size_t d = 0; d < DEMANDS; d++) {
        err e = {0};
        value demand = some_row(d);
        card_request r = {.demand = &demand, .top = ROWS, .only = -1};
        value_free(&s->items);
        s->items = value_list();
        assert_true(card_run(s->card, &r, take_part, s, &e));
        assert_string_equal(value_get_str(&s->done, "op", ""), "done");
        assert_int_equal(value_len(value_get(&s->done, "failures")), 0);
        for (size_t i = 0; i < value_len(&s->items); i++)
            for (size_t k = 0; k < 10; k += 2, compared++)
                if (!value_equal(said_at(s, i, k), said_at(s, i, k + 1)))
                    fail_msg("measure %zu, demand %zu: \"%s\", called: \"%s\"", k / 2, d,
                             value_str(value_at(said_at(s, i, k), 2), ""),
                             value_str(value_at(said_at(s, i, k + 1), 2), ""));
        value_free(&demand);
    }
    assert_int_equal(compared, ROWS * DEMANDS * 5);
    stage_close(s);
}

/* The rule's first failure, for one pair. */
static void fails_with(const char *body, const char *message)
{
    char code[2048];
    snprintf(
        code, sizeof code,
        POLDER
        "local fit = polder.overlap('demand.list', 'solution.list')\n"
        "local kept\n"
        "polder.rule { name = 'a', on = 'pair', max = 7, score = function(solution, demand, ctx)\n"
        "%s\nend }",
        body);
    stage *s = stage_open(code, "[" RULE("1", "a") "}]", "[['s/1',['a'],3],['s/2',['b'],4]]");
    run(s, "['d/1',['a'],2]", 5, -1);
    const value *failure = value_at(value_get(&s->done, "failures"), 0);
    const char *said = value_get_str(failure, "message", "no failure");
    if (!strstr(said, message))
        fail_msg("%s: \"%s\" is not in: %s", body, message, said);
    stage_close(s);
}

static void wrong_calls_are_errors_that_say_what_to_do(void **state)
{
    (void)state;
    fails_with("return fit()", "expected a record as argument 1, got a nil");
    fails_with("return fit(solution)", "expected a record as argument 2, got a nil");
    fails_with("return fit(3, demand)", "expected a record as argument 1, got a number");
    fails_with("return fit(fit, demand)", "expected a record as argument 1, got a measure");
    fails_with("return fit({ list = { 0 / 0 } }, demand)", "list: [1]: not a number (0/0)");
    fails_with("local t = {}\nt.list = { t }\nreturn fit(t, demand)", "a table that holds itself");
    fails_with("return fit({ list = { print } }, demand)", "a function can't leave the plugin");
    fails_with("return polder.overlap('demand.list', 'solution.list')",
               "polder.overlap can only be called while the plugin loads");
}

static void a_measure_sees_only_what_its_rule_needs(void **state)
{
    (void)state;
    static const char CODE[] = POLDER "local fit = polder.overlap('demand.list', 'solution.list')\n"
                                      "polder.rule { name = 'a', on = 'pair', max = 7, score = "
                                      "function(s, d) return fit(s, d) end }";
    stage *s =
        stage_open(CODE,
                   "[{'name':'test/a','plugin':0,'number':1,'max':7,"
                   "'solution':[{'at':2,'name':'number'}],'demand':[{'at':1,'name':'list'}]}]",
                   "[['s/1',['a'],3]]");
    run(s, "['d/1',['a'],2]", 5, -1);
    assert_string_equal(value_get_str(value_at(value_get(&s->done, "failures"), 0), "message", ""),
                        "the measure looks at solution.list, which this rule doesn't need: "
                        "needs = { solution = { \"list\" } }");
    stage_close(s);
}

/* What the plugin's own code does, such as an __index, doesn't run; a kept view is what it was. */
static void plain_tables_and_kept_views_are_read_as_they_are(void **state)
{
    (void)state;
    static const char CODE[] = POLDER
        "local fit = polder.overlap('demand.list', 'solution.list')\nlocal kept\n"
        "local trap = setmetatable({}, { __index = function() error('ran') end })\n"
        "polder.rule { name = 'a', on = 'pair', max = 7, score = function(solution, demand)\n"
        "  kept = kept or solution\n"
        "  local own = fit({ list = { 'a', 'b' } }, { list = { 'a', 'z' } })\n"
        "  local none, why = fit(trap, demand)\n"
        "  return own + fit(kept, demand) + (none == nil and 1 or 0), why end }";
    stage *s = stage_open(CODE, "[" RULE("1", "a") "}]", "[['s/1',['a'],3],['s/2',['b'],4]]");
    run(s, "['d/1',['a'],2]", 5, 0);
    assert_int_equal(value_len(value_get(&s->done, "failures")), 0);
    assert_true(value_as_double(value_at(said_at(s, 0, 0), 1), 0) == 2.5);
    assert_string_equal(value_str(value_at(said_at(s, 0, 0), 2), ""),
                        "de oplossing noemt hierover niets");
    stage_close(s);
}

/* What test.lua says of rules, gates and measures themselves. */
static void a_plugin_tests_its_measures_as_it_tests_its_rules(void **state)
{
    static const char CODE[] = POLDER
        "local fit = polder.number('solution.trl', { at_least = 'demand.trl_min' })\n"
        "polder.kind { name = 'solution', fields = { { name = 'themes', type = 'text', many = true "
        "},\n"
        "  { name = 'founded', type = 'integer', unit = 'year' } } }\n"
        "polder.rule { name = 'old', max = 1, measure = polder.number('solution.founded', { "
        "at_most "
        "= 1995 }) }\n"
        "polder.rule { name = 'themes', max = 10, measure = polder.overlap('demand.themes', "
        "'solution.themes'),\n"
        "  reason = { part = '{found} van {asked}: {terms}' } }\n"
        "polder.rule { name = 'ripe', gate = fit, reason = 'TRL {value}, minstens {other}' }\n"
        "polder.rule { name = 'lua', on = 'pair', max = 1, needs = { solution = { 'trl' }, demand "
        "= { 'trl_min' } },\n"
        "  score = function(solution, demand) return fit(solution, demand) end }";
    static const char CASES[] =
        "local test = require 'polder.test'\n"
        "local polder = require 'polder'\n"
        "local function both(name, s, d) local got, why = test.rule(name, { solution = s, demand = "
        "d }) "
        "return tostring(got) .. ' ' .. why end\n"
        "test.case('points', function()\n"
        "  test.equal(both('themes', { themes = { 'a' } }, { themes = { 'a', 'b' } }), '5.0 1 van "
        "2: a')\n"
        "  test.equal(both('themes', {}, { themes = { 'a' } }), 'nil de oplossing noemt hierover "
        "niets')\n"
        "end)\n"
        "test.case('years', function()\n"
        "  test.equal(both('old', { founded = 1991 }), '1.0 1991, hoogstens 1995')\n"
        "end)\n"
        "test.case('gates', function()\n"
        "  test.equal(both('ripe', { trl = 5 }, { trl_min = 6 }), 'false TRL 5, minstens 6')\n"
        "  test.equal(both('ripe', { trl = 6 }, { trl_min = 6 }), 'true TRL 6, minstens 6')\n"
        "  test.equal(both('ripe', { trl = 6 }, {}), 'true de vraag stelt hier geen eis')\n"
        "  test.equal(both('ripe', {}, { trl_min = 6 }), 'false de oplossing noemt hierover "
        "niets')\n"
        "end)\n"
        "test.case('called', function()\n"
        "  test.equal((test.rule('lua', { solution = { trl = 6 }, demand = { trl_min = 6 } })), "
        "1)\n"
        "  local own = polder.number('solution.x', { full = 5, zero = 0 })\n"
        "  test.near(own({ x = 4 }), 0.8)\n"
        "end)\n";
    (void)state;
    stage s = {.files = value_map()};
    value cases;
    err e = {0};
    value_add(&s.files, "init.lua", value_text(CODE));
    value_add(&s.files, "test.lua", value_text(CASES));
    s.calls = calls_new(NULL, "2026-02-23");
    s.vm = stage_load(&s);
    if (!vm_test(s.vm, &cases, &e))
        fail_msg("%s: %s", e.where, e.message);
    assert_int_equal(value_len(&cases), 4);
    for (size_t i = 0; i < value_len(&cases); i++)
        if (!value_get_bool(value_at(&cases, i), "passed", false))
            fail_msg("%s", value_get_str(value_at(&cases, i), "message", ""));
    value_free(&cases);
    vm_free(s.vm);
    calls_free(s.calls);
    value_free(&s.files);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_lua_rule_that_calls_a_measure_gets_the_same_bits_and_words),
        cmocka_unit_test(wrong_calls_are_errors_that_say_what_to_do),
        cmocka_unit_test(a_measure_sees_only_what_its_rule_needs),
        cmocka_unit_test(a_plugin_tests_its_measures_as_it_tests_its_rules),
        cmocka_unit_test(plain_tables_and_kept_views_are_read_as_they_are),
    };
    return cmocka_run_group_tests(tests, start_page, NULL);
}
