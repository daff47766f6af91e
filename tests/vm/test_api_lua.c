#include "snippet.h"

#include "base/file.h"
#include "base/json.h"
#include "vm/api.h"
#include "vm/measure_options.h"

#define POLDER "local polder = require 'polder'\n"

/* The contributions of the code as JSON. */
static void contributes(const char *code, const char *json)
{
    buf got = {0};
    snippet *s = snippet_open(code);
    snippet_load(s);
    json_write(&got, vm_contributions(s->vm));
    assert_string_equal(buf_text(&got), json);
    buf_free(&got);
    snippet_close(s);
}

static void a_rule_is_kept_with_its_place_and_without_its_function(void **state)
{
    (void)state;
    contributes(
        POLDER "\npolder.rule { score = function() end, needs = { demand = { 'themes', 'trl' } },\n"
               "  name = 'port', on = 'pair', max = 10, title = { nl = 'Haven', en = 'Port' } }",
        "[{\"type\":\"rule\",\"name\":\"port\",\"file\":\"init.lua\",\"line\":3,\"spec\":{"
        "\"name\":\"port\",\"title\":{\"nl\":\"Haven\",\"en\":\"Port\"},\"on\":\"pair\",\"max\":10,"
        "\"needs\":{\"solution\":[],\"demand\":[\"themes\",\"trl\"]},\"computes\":\"score\"}}]");
}

static void a_gate_computes_a_gate(void **state)
{
    (void)state;
    contributes(POLDER "polder.rule { name = 'open', on = 'demand', gate = function() end }",
                "[{\"type\":\"rule\",\"name\":\"open\",\"file\":\"init.lua\",\"line\":2,\"spec\":{"
                "\"name\":\"open\",\"on\":\"demand\",\"title\":{\"nl\":\"open\",\"en\":\"open\"},"
                "\"needs\":{\"demand\":[]},\"computes\":\"gate\"}}]");
}

static void a_scorecard_keeps_the_order_of_lists_and_sorts_names(void **state)
{
    (void)state;
    contributes(
        POLDER "polder.scorecard { name = 'zeeland', title = 'Zeeland',\n"
               "  extends = 'partnership/national', gates = { 'z-gate', 'partnership/a' },\n"
               "  rules = { port = 3, ['partnership/themes'] = 0, delta = 1.5 } }",
        "[{\"type\":\"scorecard\",\"name\":\"zeeland\",\"file\":\"init.lua\",\"line\":2,\"spec\":{"
        "\"name\":\"zeeland\",\"title\":{\"nl\":\"Zeeland\",\"en\":\"Zeeland\"},"
        "\"extends\":\"partnership/national\",\"gates\":[\"z-gate\",\"partnership/a\"],"
        "\"rules\":{\"delta\":1.5,\"partnership/themes\":0,\"port\":3}}}]");
}

static void a_kind_keeps_its_fields_in_order(void **state)
{
    (void)state;
    contributes(
        POLDER "polder.kind { name = 'demand', title = { nl = 'Vraag' }, fields = {\n"
               "  { name = 'title', type = 'text', title = 'Titel', required = true },\n"
               "  { name = 'trl', type = 'integer', minimum = 1, maximum = 9 },\n"
               "  { name = 'owner', type = 'reference', kind = 'organisation' },\n"
               "  { name = 'themes', type = 'term', many = true, terms = { { name = 'sea', nl = "
               "'Zee' } } },\n"
               "} }",
        "[{\"type\":\"kind\",\"name\":\"demand\",\"file\":\"init.lua\",\"line\":2,\"spec\":{"
        "\"name\":\"demand\",\"title\":{\"nl\":\"Vraag\",\"en\":\"Vraag\"},\"fields\":["
        "{\"name\":\"title\",\"type\":\"text\",\"title\":{\"nl\":\"Titel\",\"en\":\"Titel\"},"
        "\"required\":true},"
        "{\"name\":\"trl\",\"type\":\"integer\",\"minimum\":1,\"maximum\":9,\"title\":{\"nl\":"
        "\"trl\",\"en\":\"trl\"}},"
        "{\"name\":\"owner\",\"type\":\"reference\",\"kind\":\"organisation\",\"title\":{\"nl\":"
        "\"owner\",\"en\":\"owner\"}},"
        "{\"name\":\"themes\",\"type\":\"term\",\"many\":true,\"terms\":[{\"name\":\"sea\",\"nl\":"
        "\"Zee\"}],"
        "\"title\":{\"nl\":\"themes\",\"en\":\"themes\"}}]}}]");
}

static void a_wrong_argument_says_what_was_expected_and_got(void **state)
{
    (void)state;
    static const struct {
        const char *code, *message;
    } cases[] = {
        {"polder.rule { name = 'a', on = 'pair', max = 'ten', score = print }",
         "polder.rule: max: expected a number from 0 to 1000000, got \"ten\""},
        {"polder.rule { name = 'a', on = 'pair', max = -1, score = print }",
         "polder.rule: max: expected a number from 0 to 1000000, got -1"},
        {"polder.rule { name = 'a', on = 'pair', max = 2000000, score = print }",
         "polder.rule: max: expected a number from 0 to 1000000, got 2000000"},
        {"polder.rule { name = 'a', on = 'pair', max = 1 / 0, score = print }",
         "polder.rule: max: an infinite number"},
        {"polder.rule { name = 'a', on = 'pair', max = 0 / 0, score = print }",
         "polder.rule: max: not a number (0/0)"},
        {"polder.rule { name = 'a', on = 'pair', score = print }",
         "polder.rule: max is missing: the most points that it can give"},
        {"polder.rule { name = 'a', on = 'pair', max = 1, gate = print }",
         "polder.rule: max: a gate gives no points"},
        {"polder.rule { name = 'a', on = 'pair', max = 1 }",
         "polder.rule: score, gate or measure is missing"},
        {"polder.rule { name = 'a', on = 'pair', max = 1, score = print, gate = print }",
         "polder.rule: score and gate: a rule is one of the two"},
        {"polder.rule { name = 'a', on = 'pair', max = 1, score = 'x' }",
         "polder.rule: score: expected a function, got a string"},
        {"polder.rule { name = 'a', on = 'pairs', max = 1, score = print }",
         "polder.rule: on: expected one of solution, demand, pair, got \"pairs\"; did you mean "
         "\"pair\"?"},
        {"polder.rule { name = 'a', max = 1, score = print }",
         "polder.rule: on is missing: one of solution, demand, pair"},
        {"polder.rule { name = 'A b', on = 'pair', max = 1, score = print }",
         "polder.rule: name: expected a name of small letters, digits, - and _, a letter first, "
         "got \"A b\""},
        {"polder.rule { naem = 'a' }",
         "polder.rule: unknown option 'naem'; did you mean 'name'? there are: name, title, on, "
         "max, needs, score, gate, measure, reason"},
        {"polder.rule { 'a' }",
         "polder.rule: options have names, as in name = \"…\"; got a number as a key"},
        {"polder.rule()", "polder.rule: expected one table, as in polder.rule { name = \"…\" }"},
        {"polder.rule { name = 'a', on = 'demand', max = 1, score = print,\n"
         "  needs = { solution = { 'trl' } } }",
         "polder.rule: needs: a rule on \"demand\" is not given 'solution'"},
        {"polder.rule { name = 'a', on = 'pair', max = 1, score = print, needs = { 'trl' } }",
         "polder.rule: needs: expected a table like { solution = { \"trl\" } }, got a list"},
        {"polder.rule { name = 'a', on = 'pair', max = 1, score = print,\n"
         "  needs = { demand = { 'trl', 'trl' } } }",
         "polder.rule: needs: demand: 'trl' is named twice"},
        {"polder.rule { name = 'a', on = 'pair', max = 1, score = print, title = { de = 'x' } }",
         "polder.rule: title: languages are nl and en, not 'de'"},
        {"polder.rule { name = 'a', on = 'pair', max = 1, score = print, title = {} }",
         "polder.rule: title: expected a text or { nl = …, en = … }, got an empty table"},
        {"polder.scorecard { name = 'a', gates = 'x' }",
         "polder.scorecard: gates: expected a list of names, got \"x\""},
        {"polder.scorecard { name = 'a', gates = { 'x', 'a/b/c' } }",
         "polder.scorecard: gates: [2]: expected a name like \"port\" or \"partnership/min-trl\", "
         "got "
         "\"a/b/c\""},
        {"polder.scorecard { name = 'a', rules = { port = -1 } }",
         "polder.scorecard: rules: port: expected a number from 0 to 1000000, got -1"},
        {"polder.scorecard { name = 'a', rules = { port = print } }",
         "polder.scorecard: rules: port: a function can't leave the plugin"},
        {"polder.scorecard { name = 'a', rules = { ['No!'] = 1 } }",
         "polder.scorecard: rules: 'No!' can't be the name of a rule"},
        {"polder.kind { name = 'a', fields = { { name = 'x', type = 'txt' } } }",
         "polder.kind: fields: [1] x: type: expected one of text, integer, decimal, boolean, date, "
         "time, money, url, email, term, reference, place, got \"txt\"; did you mean \"text\"?"},
        {"polder.kind { name = 'a', fields = { { name = 'x', type = 'hologram' } } }",
         "polder.kind: fields: [1] x: type: expected one of text, integer, decimal, boolean, date, "
         "time, money, url, email, term, reference, place, got \"hologram\""},
        {"polder.kind { name = 'a', fields = { { name = 'x' } } }",
         "polder.kind: fields: [1] x: type is missing: what its values are, one of text, integer, "
         "decimal, boolean, date, time, money, url, email, term, reference, place"},
        {"polder.kind { name = 'a', fields = { { name = 'x', type = 'text', requird = true } } }",
         "polder.kind: fields: [1] x: unknown option 'requird'; did you mean 'required'? there "
         "are: name, type, title, required, unique, personal, many, kind, terms, open, minimum, "
         "maximum, unit"},
        {"polder.kind { name = 'a', colour = 'red', fields = {} }",
         "polder.kind: unknown option 'colour'; there are: name, title, fields"},
        {"polder.kind { name = 'a', fields = { { type = 'text' } } }",
         "polder.kind: fields: [1]: name is missing: \"delivery_days\""},
        {"polder.kind { name = 'a', fields = { { name = 'x', type = 'text', kind = 'b' } } }",
         "polder.kind: fields: [1] x: kind: only a reference has it, and the type is \"text\""},
        {"polder.kind { name = 'a', fields = { { name = 'id', type = 'text' } } }",
         "polder.kind: fields: [1] id: name: every record has 'id' of its own"},
        {"polder.kind { name = 'a', fields = { { name = 'x', type = 'text' }, { name = 'x', type = "
         "'url' } } }",
         "polder.kind: fields: [2]: 'x' is there already as [1]"},
        {"polder.kind { name = 'a', fields = { { name = 'x', type = 'reference' } } }",
         "polder.kind: fields: [1] x: kind is missing: a reference has \"organisation\": the kind "
         "of the records it points at"},
        {"polder.kind { name = 'a', fields = { { name = 'x', type = 'term' } } }",
         "polder.kind: fields: [1] x: terms is missing: a term has { { name = … }, … }: what it "
         "can be"},
        {"polder.kind { name = 'a', fields = { { name = 'x', type = 'text', minimum = 1 } } }",
         "polder.kind: fields: [1] x: minimum: integer, decimal and money have it, and the type is "
         "\"text\""},
        {"polder.kind { name = 'a', fields = { { name = 'x', type = 'integer', minimum = 2, "
         "maximum = 1 } } }",
         "polder.kind: fields: [1] x: minimum: expected at most the maximum, 1, got 2"},
        {"polder.kind { name = 'a', fields = { { name = 'x', type = 'money', unit = 'euro' } } }",
         "polder.kind: fields: [1] x: unit: of money it is the one currency, such as \"EUR\", got "
         "\"euro\""},
        {"polder.kind { name = 'a', fields = { { name = 'x', type = 'money' }, { name = "
         "'x_currency', type = 'text' } } }",
         "polder.kind: fields: [1] x: another field is called \"x_currency\", as the column of its "
         "currency"},
        {"polder.kind { name = 'a', fields = { { name = 'x', type = 'text', many = 1 } } }",
         "polder.kind: fields: [1] x: many: expected true or false, got 1"},
        {"polder.kind { name = 'a', fields = { 'x' } }",
         "polder.kind: fields: [1]: expected a table, got \"x\""},
        {"polder.kind { name = 'a' }", "polder.kind: fields is missing: list of fields"},
        {"polder.rul()", "there is no polder.rul; did you mean polder.rule?"},
        {"polder.xyzzy()", "there is no polder.xyzzy"},
        {"polder.list(setmetatable({}, {}))", "polder.list: the table has a metatable already"},
        {"polder.rule = nil", "'rule' can't be set: this table is read-only"},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        char code[512];
        err e = {0};
        snprintf(code, sizeof(code), POLDER "%s", cases[i].code);
        snippet *s = snippet_open(code);
        if (vm_load(s->vm, &e))
            fail_msg("no error from: %s", cases[i].code);
        assert_string_equal(e.message, cases[i].message);
        assert_string_equal(e.where, "zeeland/init.lua:2");
        assert_int_equal(value_len(vm_contributions(s->vm)), 0);
        snippet_close(s);
    }
}

static void a_name_registers_once_for_each_type(void **state)
{
    (void)state;
    fails_at(POLDER "for i = 1, 2 do\n  polder.scorecard { name = 'a' }\nend", "zeeland/init.lua:3",
             "polder.scorecard: 'a' is registered already at init.lua:3");
    holds(POLDER "polder.scorecard { name = 'a' }\npolder.kind { name = 'a', fields = {} }");
}

static void registering_is_refused_after_loading(void **state)
{
    (void)state;
    err e = {0};
    snippet *s =
        snippet_open(POLDER "local later = coroutine.create(function()\n  coroutine.yield()\n"
                            "  polder.scorecard { name = 'late' }\nend)\ncoroutine.resume(later)\n"
                            "polder.rule { name = 'a', on = 'demand', max = 1, score = function()\n"
                            "  assert(coroutine.resume(later)) end }");
    snippet_load(s);
    assert_true(vm_push_function(s->vm, "rule", "a", "score"));
    assert_false(vm_call(s->vm, 0, 0, &e));
    assert_non_null(strstr(e.message, "can only be called while the plugin loads"));
    assert_int_equal(value_len(vm_contributions(s->vm)), 1);
    snippet_close(s);
}

static void the_place_is_the_file_that_registers(void **state)
{
    (void)state;
    snippet *s = snippet_open("require 'rules.port'");
    snippet_file(s, "rules/port.lua",
                 "\nload('require(\"polder\").scorecard { name = \"a\" }', '@forged.lua')()");
    snippet_load(s);
    const value *c = value_at(vm_contributions(s->vm), 0);
    assert_string_equal(value_get_str(c, "file", ""), "rules/port.lua");
    assert_int_equal(value_get_int(c, "line", 0), 2);
    snippet_close(s);
}

static void the_module_has_version_settings_and_log(void **state)
{
    (void)state;
    prints(POLDER "assert(polder.api == 1 and type(polder.version) == 'string')\n"
                  "assert(polder.settings.port_bonus == 10)\npolder.log('a line')\npolder.log({})",
           "a line\ntable\n");
}

static void a_misspelt_setting_is_an_error_with_the_nearest_name(void **state)
{
    (void)state;
    prints(POLDER "local ok, why = pcall(function() return polder.settings.port_bonu end)\n"
                  "print(ok, why:match('there is no.*'))",
           "false\tthere is no setting 'port_bonu'; did you mean 'port_bonus'?\n");
}

/* Does the file have this line, apart from what follows it? */
static bool has_line(const char *file, const char *start)
{
    const char *at = strstr(file, start);
    return at && (at == file || at[-1] == '\n');
}

static void every_row_is_documented(void **state)
{
    (void)state;
    size_t count;
    char line[128];
    buf file = {0};
    err e = {0};
    assert_true(file_read("include/polder.lua", 1 << 20, &file, &e));
    const api_row *rows = api_rows(&count);
    for (size_t i = 0; i < count; i++) {
        snprintf(line, sizeof(line), rows[i].function ? "function polder.%s(" : "---@field %s ",
                 rows[i].name);
        if (!has_line(buf_text(&file), line) || !*rows[i].doc || !*rows[i].usage)
            fail_msg("include/polder.lua lacks: %s", line);
    }
    buf_free(&file);
}

static void every_documented_function_exists(void **state)
{
    (void)state;
    size_t count, found = 0, functions = 0;
    buf file = {0};
    err e = {0};
    assert_true(file_read("include/polder.lua", 1 << 20, &file, &e));
    for (const char *at = buf_text(&file); (at = strstr(at, "\nfunction polder.")); at++)
        found++;
    const api_row *rows = api_rows(&count);
    for (size_t i = 0; i < count; i++)
        functions += rows[i].function != NULL;
    assert_int_equal(found, functions);
    buf_free(&file);
}

/* The class's @field lines are exactly the rows: name, "?" when it may be left out, and the
 * sentence. */
static void compare_class(const char *file, const char *class_name, const option_row *rows)
{
    char start[128], line[512];
    snprintf(start, sizeof(start), "---@class %s\n", class_name);
    const char *at = strstr(file, start);
    if (!at)
        fail_msg("include/polder.lua lacks %s", class_name);
    at += strlen(start);
    for (; rows->name; rows++) {
        size_t len = strcspn(at, "\n");
        snprintf(line, sizeof(line), "%.*s", (int)len, at);
        snprintf(start, sizeof(start), "---@field %s%s ", rows->name, rows->required ? "" : "?");
        size_t doc = strlen(rows->doc);
        if (strncmp(line, start, strlen(start)) != 0 || len < doc ||
            strcmp(line + len - doc, rows->doc) != 0)
            fail_msg("%s: expected %s… %s, found %s", class_name, start, rows->doc, line);
        at += len + 1;
    }
    assert_int_equal(*at, '\n');
}

static void the_types_say_exactly_which_options_there_are(void **state)
{
    (void)state;
    buf file = {0};
    err e = {0};
    assert_true(file_read("include/polder.lua", 1 << 20, &file, &e));
    compare_class(buf_text(&file), "polder.KindOptions", OPTIONS_KIND);
    compare_class(buf_text(&file), "polder.FieldOptions", OPTIONS_FIELD);
    compare_class(buf_text(&file), "polder.TermOptions", OPTIONS_TERM);
    compare_class(buf_text(&file), "polder.RuleOptions", OPTIONS_RULE);
    compare_class(buf_text(&file), "polder.ScorecardOptions", OPTIONS_SCORECARD);
    compare_class(buf_text(&file), "polder.HandlerOptions", OPTIONS_HANDLER);
    compare_class(buf_text(&file), "polder.CheckOptions", OPTIONS_CHECK);
    compare_class(buf_text(&file), "polder.CommandOptions", OPTIONS_COMMAND);
    compare_class(buf_text(&file), "polder.ArgOptions", OPTIONS_ARG);
    compare_class(buf_text(&file), "polder.MatchOptions", OPTIONS_MATCH);
    compare_class(buf_text(&file), "polder.ExplainOptions", OPTIONS_EXPLAIN);
    compare_class(buf_text(&file), "polder.ReportOptions", OPTIONS_REPORT);
    compare_class(buf_text(&file), "polder.QueryOptions", OPTIONS_QUERY);
    compare_class(buf_text(&file), "polder.EachOptions", OPTIONS_EACH);
    compare_class(buf_text(&file), "polder.EventsOptions", OPTIONS_EVENTS);
    compare_class(buf_text(&file), "polder.Stated", OPTIONS_STATED);
    const measure_form *form;
    for (size_t i = 0; (form = measure_form_at(i)); i++) {
        char name[64];
        snprintf(name, sizeof name, "polder.%c%sOptions", form->name[0] - 'a' + 'A',
                 form->name + 1);
        compare_class(buf_text(&file), name, form->rows + form->args);
    }
    buf_free(&file);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_rule_is_kept_with_its_place_and_without_its_function),
        cmocka_unit_test(a_gate_computes_a_gate),
        cmocka_unit_test(a_scorecard_keeps_the_order_of_lists_and_sorts_names),
        cmocka_unit_test(a_kind_keeps_its_fields_in_order),
        cmocka_unit_test(a_wrong_argument_says_what_was_expected_and_got),
        cmocka_unit_test(a_name_registers_once_for_each_type),
        cmocka_unit_test(registering_is_refused_after_loading),
        cmocka_unit_test(the_place_is_the_file_that_registers),
        cmocka_unit_test(the_module_has_version_settings_and_log),
        cmocka_unit_test(a_misspelt_setting_is_an_error_with_the_nearest_name),
        cmocka_unit_test(every_row_is_documented),
        cmocka_unit_test(every_documented_function_exists),
        cmocka_unit_test(the_types_say_exactly_which_options_there_are),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
