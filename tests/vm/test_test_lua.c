#include "snippet.h"

#include "base/file.h"

static const char RULES[] =
    "local polder = require 'polder'\n"
    "polder.kind { name = 'solution', fields = {\n"
    "  { name = 'technologies', type = 'text', many = true }, { name = 'trl', type = 'integer' } } "
    "}\n"
    "polder.rule { name = 'port', on = 'pair', max = 10,\n"
    "  needs = { solution = { 'technologies', 'trl' }, demand = { 'themes' } },\n"
    "  score = function(solution, demand, ctx)\n"
    "    if solution.trl == 0 then error('no such level') end\n"
    "    if not demand.themes then return nil, 'geen thema' end\n"
    "    if solution.technologies.maritime then return ctx.settings.port_bonus, 'haven' end\n"
    "    return #solution.technologies, tostring(solution.hidden) .. ' ' .. ctx.today\n  end }\n"
    "polder.rule { name = 'min-trl', on = 'solution', needs = { solution = { 'trl' } },\n"
    "  gate = function(solution) return solution.trl and solution.trl >= 6, 'TRL' end }\n"
    "polder.rule { name = 'text', on = 'pair', max = 1, needs = { solution = { 'text' }, demand = "
    "{ 'text' } },\n"
    "  score = function(s, d, ctx) return ctx.text(d.text, s.text) end }\n";

/* Runs the cases; *out is what vm_test gave. */
static bool run_cases(const char *cases, value *out, err *e)
{
    snippet *s = snippet_open(RULES);
    char *code = malloc(strlen(cases) + 64);
    sprintf(code, "local test = require 'polder.test'\n%s", cases);
    snippet_file(s, "test.lua", code);
    free(code);
    snippet_load(s);
    bool ok = vm_test(s->vm, out, e);
    snippet_close(s);
    return ok;
}

static void all_pass(const char *cases)
{
    value out;
    err e = {0};
    if (!run_cases(cases, &out, &e))
        fail_msg("%s: %s", e.where, e.message);
    assert_true(value_len(&out) > 0);
    for (size_t i = 0; i < value_len(&out); i++) {
        const value *c = value_at(&out, i);
        if (!value_get_bool(c, "passed", false))
            fail_msg("%s: %s", value_get_str(c, "where", ""), value_get_str(c, "message", ""));
    }
    value_free(&out);
}

/* The body, on line 3, fails its case with this message. */
static void case_fails(const char *body, const char *message)
{
    char code[1024];
    value out;
    err e = {0};
    snprintf(code, sizeof(code), "test.case('a case', function()\n%s\nend)", body);
    assert_true(run_cases(code, &out, &e));
    const value *c = value_at(&out, 0);
    assert_string_equal(value_get_str(c, "name", ""), "a case");
    assert_false(value_get_bool(c, "passed", true));
    assert_string_equal(value_get_str(c, "message", ""), message);
    assert_string_equal(value_get_str(c, "where", ""), "zeeland/test.lua:3");
    value_free(&out);
}

static void a_rule_gives_its_points_and_reason(void **state)
{
    (void)state;
    all_pass(
        "test.case('a', function()\n"
        "  local sea = { technologies = { 'maritime' }, hidden = 1 }\n"
        "  local points, reason = test.rule('port', { solution = sea, demand = { themes = {} } })\n"
        "  test.equal(points, 10) test.match(reason, '^haven$')\n"
        "  points = test.rule('zeeland/port', { solution = sea, demand = { themes = {} },\n"
        "    settings = { port_bonus = 4 } })\n  test.equal(points, 4)\n"
        "  points, reason = test.rule('port', { solution = sea, demand = {} })\n"
        "  test.is_nil(points) test.equal(reason, 'geen thema')\nend)");
}

static void only_needed_fields_are_given_and_absent_lists_are_empty(void **state)
{
    (void)state;
    all_pass("test.case('a', function()\n"
             "  local points, reason = test.rule('port',\n"
             "    { solution = { hidden = 'x' }, demand = { themes = { 'sea' } }, today = "
             "'2026-01-01' })\n"
             "  test.equal(points, 0) test.equal(reason, 'nil 2026-01-01')\nend)");
}

static void kinds_of_other_plugins_say_which_fields_are_lists(void **state)
{
    (void)state;
    value out, kinds = value_list(), kind = value_map(), fields = value_list(), field = value_map();
    err e = {0};
    value_set(&field, "name", value_text("themes"));
    value_set(&field, "many", value_bool(true));
    value_push(&fields, field);
    value_set(&kind, "name", value_text("demand"));
    value_set(&kind, "fields", fields);
    value_push(&kinds, kind);
    snippet *s = snippet_open(RULES);
    snippet_file(s, "test.lua",
                 "local test = require 'polder.test'\n"
                 "test.case('a', function() test.equal((test.rule('port', {})), 0) end)");
    snippet_load(s);
    vm_know_kinds(s->vm, &kinds);
    value_free(&kinds);
    assert_true(vm_test(s->vm, &out, &e));
    assert_string_equal(value_get_str(value_at(&out, 0), "message", "-"), "");
    value_free(&out);
    snippet_close(s);
}

static void a_gate_gives_its_answer(void **state)
{
    (void)state;
    all_pass("test.case('a', function()\n"
             "  test.equal((test.rule('min-trl', { solution = { trl = 6 } })), true)\n"
             "  local passed, reason = test.rule('min-trl', { solution = { trl = 5 } })\n"
             "  test.equal(passed, false) test.equal(reason, 'TRL')\nend)");
}

static void text_is_the_share_of_words_without_a_collection(void **state)
{
    (void)state;
    all_pass(
        "local function text(d, s)\n"
        "  return (test.rule('text', { demand = { text = d }, solution = { text = s } }))\nend\n"
        "test.case('a', function()\n  test.equal(text('drone harbour', 'a drone'), 0.5)\n"
        "  test.equal(text('drone', 'Drones!'), 1)\n  test.equal(text('drone', 'ship'), 0)\n"
        "  test.equal(text(nil, 'ship'), 0)\n  test.equal(text('ship', nil), 0)\nend)");
}

static void a_failing_rule_fails_its_case_at_the_tests_line(void **state)
{
    (void)state;
    case_fails("test.rule('port', { solution = { trl = 0 }, demand = {} })",
               "rule 'port': failed at zeeland/init.lua:7: no such level");
    case_fails("test.rule('port', { solution = { technologies = { 'maritime' } }, "
               "demand = { themes = {} }, settings = { port_bonus = 11 } })",
               "rule 'port': 11 points are outside 0 to 10");
    case_fails("test.rule('port', { solution = { technologies = { 'maritime' } }, "
               "demand = { themes = {} }, settings = { port_bonus = 'ten' } })",
               "rule 'port': a score returns points or nil, not a string");
    case_fails("test.rule('min-trl', { solution = {} })",
               "rule 'min-trl': a gate returns true or false, not a nil");
    case_fails("test.rule('harbour', {})", "there is no rule 'harbour' in this plugin");
    case_fails("test.rule('port', { soluton = {} })",
               "rule 'port': unknown 'soluton'; did you mean 'solution'?");
    case_fails("test.rule('port', { solution = 3 })", "rule 'port': solution: expected a table");
    case_fails("test.rule('port', { solution = { trl = print } })",
               "rule 'port': solution.trl: a function can't leave the plugin");
}

static void a_failing_check_says_what_was_expected_and_got(void **state)
{
    (void)state;
    case_fails("test.equal(7, 10)", "expected 10, got 7");
    case_fails("test.equal('a', 'b', 'letters')", "letters: expected \"b\", got \"a\"");
    case_fails("test.equal({ 1, x = {} }, { 1 })", "expected { 1 }, got { 1, x = {} }");
    case_fails("test.near(1, 1.1, 0.01)", "expected 1.1 within 0.01, got 1");
    case_fails("test.near(nil, 1)", "expected 1 within 1e-09, got nil");
    case_fails("test.match('abc', 'd')", "expected a text that matches \"d\", got \"abc\"");
    case_fails("test.is_nil(false)", "expected nil, got false");
    case_fails("test.ok(false)", "expected something true, got false");
    case_fails("test.ok(nil, 'why')", "why");
    case_fails("test.fails(function() end)", "expected an error, got none");
    case_fails("error('boom')", "boom");
}

static void checks_that_hold_pass(void **state)
{
    (void)state;
    all_pass(
        "test.case('a', function()\n  test.equal({ 1, { a = 'b' } }, { 1, { a = 'b' } })\n"
        "  test.near(0.1 + 0.2, 0.3)\n  test.near(1, 2, 1)\n  test.match('haven', 'av')\n"
        "  test.is_nil(nil)\n  test.ok(0)\n  test.fails(function() error('boom') end, 'boom')\n"
        "end)");
}

static void outcomes_are_cases_a_row_each(void **state)
{
    (void)state;
    static const char ROWS[] =
        "test.outcomes('port', {\n"
        "  { 'asked', { solution = { technologies = { 'maritime' } }, demand = { themes = {} },"
        " settings = { port_bonus = 7 } }, 7, 'hav' },\n"
        "  { 'no theme', { solution = {}, demand = {} }, nil, 'geen' },\n"
        "  { 'wrong points', { solution = {}, demand = {} }, 0 },\n"
        "  { 'wrong reason', { solution = {}, demand = {} }, nil, 'haven' },\n"
        "  { 'applies', { solution = { technologies = { 'maritime' } }, demand = { themes = {} },"
        " settings = { port_bonus = 7 } }, nil } })";
    static const char *const FAILS[] = {NULL, NULL, "expected 0, got nil (\"geen thema\")",
                                        "expected a reason that matches \"haven\"",
                                        "expected that it does not apply, got 7"};
    value out;
    err e = {0};
    assert_true(run_cases(ROWS, &out, &e));
    assert_int_equal(value_len(&out), 5);
    assert_string_equal(value_get_str(value_at(&out, 0), "name", ""), "port: asked");
    for (size_t i = 0; i < 5; i++) {
        const char *said = value_get_str(value_at(&out, i), "message", "");
        assert_int_equal(value_get_bool(value_at(&out, i), "passed", false), !FAILS[i]);
        if (FAILS[i] && !strstr(said, FAILS[i]))
            fail_msg("\"%s\" is not in: %s", FAILS[i], said);
    }
    value_free(&out);
}

static void every_case_runs_even_when_one_fails(void **state)
{
    (void)state;
    value out;
    err e = {0};
    assert_true(run_cases("test.case('one', function() error('x') end)\n"
                          "test.case('two', function() end)\n"
                          "test.case('three', function() test.ok(false) end)",
                          &out, &e));
    assert_int_equal(value_len(&out), 3);
    assert_false(value_get_bool(value_at(&out, 0), "passed", true));
    assert_true(value_get_bool(value_at(&out, 1), "passed", false));
    assert_string_equal(value_get_str(value_at(&out, 2), "where", ""), "zeeland/test.lua:4");
    value_free(&out);
}

static void a_test_file_that_breaks_outside_its_cases_is_an_error(void **state)
{
    (void)state;
    value out;
    err e = {0};
    assert_false(run_cases("test.case('one', function() end)\nlocal x = nil + 1", &out, &e));
    assert_string_equal(e.where, "zeeland/test.lua:3");
    snippet *s = snippet_open("");
    assert_false(vm_test(s->vm, &out, &e));
    assert_int_equal(e.code, ERR_NOT_FOUND);
    snippet_close(s);
}

static void the_types_say_which_checks_there_are(void **state)
{
    (void)state;
    value out;
    buf file = {0};
    err e = {0};
    char line[80];
    size_t found = 0;
    assert_true(file_read("include/polder.lua", 1 << 20, &file, &e));
    assert_true(
        run_cases("for name in pairs(test) do test.case(name, function() end) end", &out, &e));
    for (size_t i = 0; i < value_len(&out); i++) {
        snprintf(line, sizeof(line), "\nfunction test.%s(",
                 value_get_str(value_at(&out, i), "name", ""));
        if (!strstr(buf_text(&file), line))
            fail_msg("include/polder.lua lacks:%s", line);
    }
    for (const char *at = buf_text(&file); (at = strstr(at, "\nfunction test.")); at++)
        found++;
    assert_int_equal(found, value_len(&out));
    value_free(&out);
    buf_free(&file);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_rule_gives_its_points_and_reason),
        cmocka_unit_test(only_needed_fields_are_given_and_absent_lists_are_empty),
        cmocka_unit_test(kinds_of_other_plugins_say_which_fields_are_lists),
        cmocka_unit_test(a_gate_gives_its_answer),
        cmocka_unit_test(text_is_the_share_of_words_without_a_collection),
        cmocka_unit_test(a_failing_rule_fails_its_case_at_the_tests_line),
        cmocka_unit_test(a_failing_check_says_what_was_expected_and_got),
        cmocka_unit_test(checks_that_hold_pass),
        cmocka_unit_test(outcomes_are_cases_a_row_each),
        cmocka_unit_test(every_case_runs_even_when_one_fails),
        cmocka_unit_test(a_test_file_that_breaks_outside_its_cases_is_an_error),
        cmocka_unit_test(the_types_say_which_checks_there_are),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
