#include "snippet.h"

#include "base/json.h"

#define POLDER "local polder = require 'polder'\n"

/* The spec of the only rule, as JSON, from "computes" on. */
static void registers(const char *rule, const char *json)
{
    buf got = {0};
    char code[1024];
    snprintf(code, sizeof code, POLDER "polder.rule { name = 'a', title = 'A', %s }", rule);
    snippet *s = snippet_open(code);
    snippet_load(s);
    json_write(&got, value_get(value_at(vm_contributions(s->vm), 0), "spec"));
    assert_string_equal(buf_text(&got), json);
    buf_free(&got);
    snippet_close(s);
}

static void a_measure_tells_what_its_rule_is_on_and_needs(void **state)
{
    (void)state;
    registers("max = 10, measure = polder.overlap('demand.themes', 'solution.themes')",
              "{\"name\":\"a\",\"title\":{\"nl\":\"A\",\"en\":\"A\"},\"max\":10,"
              "\"measure\":{\"kind\":\"overlap\",\"a\":{\"side\":\"demand\",\"field\":\"themes\"},"
              "\"b\":{\"side\":\"solution\",\"field\":\"themes\"},\"as\":\"share\",\"wider\":0},"
              "\"on\":\"pair\",\"needs\":{\"solution\":[\"themes\"],\"demand\":[\"themes\"]},"
              "\"computes\":\"measure\"}");
    registers("max = 1, reason = '{value}', measure = polder.value('solution.price.amount',\n"
              "  { full = 5, half = 10, without = { solution = 0.5 } })",
              "{\"name\":\"a\",\"title\":{\"nl\":\"A\",\"en\":\"A\"},\"max\":1,"
              "\"measure\":{\"kind\":\"value\",\"a\":{\"side\":\"solution\",\"field\":\"price\","
              "\"key\":\"amount\"},\"full\":5,\"half\":10,\"without\":{\"solution\":0.5}},"
              "\"reason\":\"{value}\","
              "\"on\":\"solution\",\"needs\":{\"solution\":[\"price\"]},\"computes\":\"measure\"}");
}

static void a_gate_may_be_a_measure(void **state)
{
    (void)state;
    registers(
        "gate = polder.dates('today', 'demand.deadline', { curve = { { -1, 0 }, { 0, 1 } } })",
        "{\"name\":\"a\",\"title\":{\"nl\":\"A\",\"en\":\"A\"},"
        "\"measure\":{\"kind\":\"dates\",\"a\":\"today\",\"b\":{\"side\":\"demand\","
        "\"field\":\"deadline\"},\"curve\":[[-1,0],[0,1]]},\"on\":\"demand\","
        "\"needs\":{\"demand\":[\"deadline\"]},\"computes\":\"gate\"}");
}

static void fields_come_in_lists_with_weights(void **state)
{
    (void)state;
    registers(
        "max = 1, measure = polder.text({ ['demand.title'] = 2, ['demand.description'] = 1 },\n"
        "  'solution.description')",
        "{\"name\":\"a\",\"title\":{\"nl\":\"A\",\"en\":\"A\"},\"max\":1,"
        "\"measure\":{\"kind\":\"text\",\"query\":["
        "{\"side\":\"demand\",\"field\":\"description\",\"weight\":1},"
        "{\"side\":\"demand\",\"field\":\"title\",\"weight\":2}],"
        "\"document\":[{\"side\":\"solution\",\"field\":\"description\",\"weight\":1}],"
        "\"full\":1},"
        "\"on\":\"pair\",\"needs\":{\"solution\":[\"description\"],\"demand\":["
        "\"description\",\"title\"]},\"computes\":\"measure\"}");
}

static void a_wrong_rule_says_what_was_expected(void **state)
{
    (void)state;
    static const struct {
        const char *rule, *message;
    } cases[] = {
        {"measure = fit", "max is missing: the most points that it can give"},
        {"max = 1, measure = fit, on = 'pair'",
         "on: the fields that a measure names tell; leave it out"},
        {"max = 1, measure = fit, needs = { solution = { 'trl' } }",
         "needs: the fields that a measure names tell; leave it out"},
        {"max = 1, measure = fit, score = print", "score and measure: a rule is one of the two"},
        {"measure = fit, gate = fit", "gate and measure: a rule is one of the two"},
        {"max = 1, gate = fit", "max: a gate gives no points"},
        {"max = 1, measure = { kind = 'number' }",
         "measure: expected what polder.overlap and the like make, got a table"},
        {"max = 1, measure = print",
         "measure: expected what polder.overlap and the like make, got a function"},
        {"gate = 'x'", "gate: expected a function or a measure, got a string"},
        {"max = 1, score = fit", "score: expected a function, got a measure"},
        {"on = 'pair', gate = print, reason = 'x'",
         "reason: a function returns its own; this is of a measure"},
        {"max = 1, measure = fit, reason = 'TRL {valeu}'",
         "reason: there is no 'valeu'; did you mean 'value'?"},
        {"max = 1, measure = fit, reason = 'TRL {value'",
         "reason: a { without its } in \"TRL {value\""},
        {"max = 1, measure = fit, reason = '{value dagen}'",
         "reason: expected {value dag|dagen}, got {value dagen}"},
        {"max = 1, measure = fit, reason = { ful = 'x' }",
         "reason: there is no 'ful'; did you mean 'full'?"},
        {"max = 1, measure = fit, reason = { full = 3 }",
         "reason: full: expected a text of at most 1000 bytes, got 3"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char code[512];
        snprintf(code, sizeof code,
                 POLDER "local fit = polder.number('solution.trl', { at_least = 6 })\n"
                        "polder.rule { name = 'a', %s }",
                 cases[i].rule);
        fails_at(code, "zeeland/init.lua:3", cases[i].message);
    }
}

static void a_wrong_argument_names_option_line_and_what_was_meant(void **state)
{
    (void)state;
    static const struct {
        const char *call, *message;
    } cases[] = {
        {"overlap()", "polder.overlap: a is missing"},
        {"overlap('demand.themes')", "polder.overlap: b is missing"},
        {"overlap(3, 'solution.themes')",
         "polder.overlap: a: expected a field like \"demand.themes\", got 3"},
        {"overlap('themes', 'solution.themes')",
         "a: expected a field like \"demand.themes\", got \"themes\""},
        {"overlap('demnad.themes', 'solution.themes')",
         "a: a field is of a solution or a demand, not of 'demnad'; did you mean 'demand'?"},
        {"overlap('demand.themes.', 'solution.themes')", "a: expected a field like"},
        {"overlap('demand..themes', 'solution.themes')", "a: expected a field like"},
        {"overlap('demand.a.b.c', 'solution.themes')", "a: expected a field like"},
        {"overlap('demand.Themes', 'solution.themes')", "a: expected a field like"},
        {"overlap('demand.x', 'solution.x', { widr = 1 })",
         "polder.overlap: unknown option 'widr'; did you mean 'wider'?"},
        {"overlap('demand.x', 'solution.x', { a = 1 })", "polder.overlap: unknown option 'a'"},
        {"overlap('demand.x', 'solution.x', { 1, 2 })",
         "polder.overlap: options have names, as in without = { solution = 0 }"},
        {"overlap('demand.x', 'solution.x', 'share')",
         "expected a table of options as argument 3, got a string"},
        {"overlap('demand.x', 'solution.x', {}, {})",
         "polder.overlap: expected 2 arguments and a table of options"},
        {"overlap('demand.x', 'solution.x', { wider = 0.5 })", "wider: only together with parents"},
        {"overlap('demand.x', 'solution.x', { parents = { a = 'b', b = 'a' } })",
         "parents: 'a' lies within itself"},
        {"overlap('demand.x', 'solution.x', { parents = { a = 'b' }, wider = 2 })",
         "wider: expected a share from 0 to 1, got 2"},
        {"overlap('demand.x', 'solution.x', { weights = { a = -1 } })",
         "weights: a: expected a number from 0 to 1000000, got -1"},
        {"overlap('demand.x', 'solution.x', { as = 'jaccard', parents = { a = 'b' } })",
         "parents: only with as = \"share\""},
        {"tree('demand.x', 'solution.x')", "polder.tree: one of these is missing: parents codes"},
        {"tree('demand.x', 'solution.x', { codes = 'cvp' })",
         "codes: expected one of cpv, nuts, got \"cvp\""},
        {"number('solution.trl')", "one of these is missing: at_least at_most between curve full"},
        {"number('solution.trl', { at_least = 0 / 0 })", "at_least: not a number (0/0)"},
        {"number('solution.trl', { at_least = '6' })",
         "at_least: expected a field like \"demand.themes\", got \"6\""},
        {"number('solution.trl', { at_least = 1, at_most = 2 })",
         "at_least and at_most: it is one of the two"},
        {"number('solution.trl', { between = { 9, 1 } })",
         "between: the lower end, 9, lies above the upper one, 1"},
        {"number('solution.trl', { full = 1, zero = 1 })",
         "zero: it is 1, as full is: the share has no way to fall"},
        {"number('solution.trl', { full = 1 })",
         "full: one of these is missing: zero half inverse"},
        {"number('solution.trl', { full = 0, inverse = true })",
         "full: expected a number above 0, got 0"},
        {"number('solution.trl', { zero = 1 })", "zero: only together with full"},
        {"number('solution.trl', { full = 1, zero = 2, of = 'ratio' })",
         "with is missing: the other side of the ratio"},
        {"number('solution.trl', { full = 1, zero = 2, with = 3 })",
         "with: of = \"difference\", \"ratio\" or \"distance\" says what to do with it"},
        {"number('solution.trl', { curve = { { 1, 0 }, { 1, 1 } } })",
         "curve: [2]: 1 does not lie above 1: points go up"},
        {"number('solution.trl', { curve = { { 1, 7 } } })", "curve: [1]: expected a point like"},
        {"place('solution.place', 'demand.place', { same = 'solution.region' })",
         "same: expected two fields"},
        {"place('solution.place', 'demand.place', { full = 1, zero = 9,\n"
         "same = { 'demand.region', 'demand.place' } })",
         "polder.place: same: expected a field of each side"},
        {"text('demand.title', 'demand.title')", "document: expected fields of the solution"},
        {"text({}, 'solution.title')", "query: expected 1 to 16 fields, got an empty table"},
        {"text({ 'demand.a', 'solution.b' }, 'solution.title')",
         "query: fields of a solution and of a demand in one text"},
        {"text({ 'demand.a', 'demand.a' }, 'solution.title')", "query: 'a' is named twice"},
        {"text('demand.a', 'solution.b', { full = 0 })",
         "full: expected a number above 0, up to 1"},
        {"dates('today', 'today', { full = 1, zero = 2 })", "it names no field of a record"},
        {"dates({ 'demand.from', 'demand.until' }, 'today')", "b: a window goes with a window"},
        {"dates('today', 'demand.deadline')", "one of these is missing: curve full"},
        {"value('solution.x', { map = { a = 2 } })", "map: a: expected a share from 0 to 1, got 2"},
        {"value('solution.x', { present = false })", "present: expected true, got false"},
        {"value('solution.x', { length = 0 })", "length: expected a number above 0"},
        {"value('solution.x', { present = true, without = { solution = 1 } })",
         "without: present gives 0 when there is no value"},
        {"member('solution.x', 'demand.y', { without = { demnad = 1 } })",
         "without: there is no 'demnad'; did you mean 'demand'?"},
        {"value('solution.x', { length = 5, without = { demand = 1 } })",
         "without.demand: it looks at no field of a demand"},
        {"member('solution.x', 'demand.y', { prefix = polder.value })",
         "prefix: a function can't leave the plugin"},
        {"member('solution.x', polder.value('demand.y', { present = true }))",
         "b: a measure can't leave the plugin"},
        {"overlaps('demand.x', 'solution.x')",
         "there is no polder.overlaps; did you mean polder.overlap?"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char code[512];
        snprintf(code, sizeof code, POLDER "polder.%s", cases[i].call);
        fails_at(code, "zeeland/init.lua:2", cases[i].message);
    }
}

static void absurd_tables_are_refused(void **state)
{
    (void)state;
    fails_at(POLDER "local big = {}\nfor i = 1, 10001 do big['t' .. i] = 1 end\n"
                    "polder.overlap('demand.x', 'solution.x', { weights = big })",
             "zeeland/init.lua:4", "weights: 10001 terms are more than 10000");
    fails_at(POLDER "local deep = {}\nfor i = 1, 40 do deep['t' .. i] = 't' .. i + 1 end\n"
                    "polder.tree('demand.x', 'solution.x', { parents = deep })",
             "zeeland/init.lua:4", "levels deep");
    fails_at(POLDER "local t = {}\nt.t = t\npolder.overlap('demand.x', 'solution.x', t)",
             "zeeland/init.lua:4", "polder.overlap: t: a table that holds itself");
    fails_at(POLDER
             "local t = {}\nfor i = 1, 9000 do t['t' .. i] = ('x'):rep(100) end\nfor i = 1, 99 do\n"
             "polder.overlap('demand.x', 'solution.x', { titles = t })\nend",
             "zeeland/init.lua:5", "a plugin's contributions take at most 4 MiB in all");
    fails_at(POLDER "local t = {}\nfor i = 1, 65 do t[i] = { i, 0 } end\n"
                    "polder.value('solution.x', { curve = t })",
             "zeeland/init.lua:4", "curve: 65 points are more than 64");
}

static void a_measure_is_opaque_and_read_only(void **state)
{
    (void)state;
    static const char FIT[] = POLDER "local fit = polder.value('solution.x', { present = true })\n";
    char code[512];
    static const struct {
        const char *code, *message;
    } cases[] = {
        {"return fit.share", "a measure has no 'share'; it is called: fit(solution, demand)"},
        {"return fit[{}]", "a measure has no 'table'"},
        {"fit.kind = 'x'", "'kind' can't be set: this table is read-only"},
        {"return fit({})", "a measure can only be called in a rule"},
        {"setmetatable(fit, {})", "table expected, got measure"},
        {"for _ in pairs(fit) do end", "table expected, got measure"},
        {"return #fit", "attempt to get length of a measure value"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        snprintf(code, sizeof code, "%s%s", FIT, cases[i].code);
        fails_at(code, "zeeland/init.lua:3", cases[i].message);
    }
    snprintf(code, sizeof code, "%sprint(fit, getmetatable(fit), type(fit))", FIT);
    prints(code, "measure\tfalse\tuserdata\n");
}

static void measures_are_made_while_the_plugin_loads(void **state)
{
    (void)state;
    snippet *s =
        snippet_open(POLDER "polder.rule { name = 'a', on = 'pair', max = 1, score = function()\n"
                            "return polder.value('solution.x', { present = true }) end }");
    err e = {0};
    snippet_load(s);
    assert_true(vm_push_function(s->vm, "rule", "a", "score"));
    assert_false(vm_call(s->vm, 0, 0, &e));
    assert_string_equal(e.message, "polder.value can only be called while the plugin loads");
    assert_string_equal(e.where, "zeeland/init.lua:3");
    snippet_close(s);
}

static void two_measures_are_two_states_and_one_is_always_the_same(void **state)
{
    (void)state;
    static const char CODE[] = POLDER
        "local one, two = polder.value('solution.x', { present = true }),\n"
        "  polder.value('solution.y', { present = true })\nlocal now = one\n"
        "polder.rule { name = 'a', on = 'pair', max = 1, score = function() now = two end }\n"
        "polder.rule { name = 'b', on = 'pair', max = 1, score = function() return now end }";
    snippet *s = snippet_open(CODE);
    err e = {0};
    uint64_t before, again, after;
    snippet_load(s);
    assert_true(vm_state(s->vm, &before));
    assert_true(vm_state(s->vm, &again));
    assert_true(before == again);
    assert_true(vm_push_function(s->vm, "rule", "a", "score"));
    assert_true(vm_call(s->vm, 0, 0, &e));
    assert_true(vm_state(s->vm, &after));
    assert_true(before != after);
    snippet_close(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_measure_tells_what_its_rule_is_on_and_needs),
        cmocka_unit_test(a_gate_may_be_a_measure),
        cmocka_unit_test(fields_come_in_lists_with_weights),
        cmocka_unit_test(a_wrong_rule_says_what_was_expected),
        cmocka_unit_test(a_wrong_argument_names_option_line_and_what_was_meant),
        cmocka_unit_test(absurd_tables_are_refused),
        cmocka_unit_test(a_measure_is_opaque_and_read_only),
        cmocka_unit_test(measures_are_made_while_the_plugin_loads),
        cmocka_unit_test(two_measures_are_two_states_and_one_is_always_the_same),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
