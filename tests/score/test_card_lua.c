/* All eight kinds of measures over random rows: as a column in a ranking, in a pruned ranking, as
 * one pair, explained, and called from a rule in Lua: the same bits and the same words. */
#include <math.h>

#include "../base/random.h"
#include "score/measure.h"
#include "stage.h"

enum { ROWS = 200, DEMANDS = 12, MAX = 7, FEW = 9 };

static const char LUA[] =
    "local polder = require 'polder'\n"
    "local fits = {\n"
    "  polder.overlap('demand.terms', 'solution.terms', { parents = { a = 'b', b = 'c' }, wider = "
    "0.3 }),\n"
    "  polder.overlap('demand.terms', 'solution.terms', { as = 'jaccard', weights = { a = 0.1 } "
    "}),\n"
    "  polder.tree('demand.codes', 'solution.codes', { codes = 'cpv' }),\n"
    "  polder.tree('demand.terms', 'solution.terms', { parents = { a = 'b', b = 'c', d = 'c' } "
    "}),\n"
    "  polder.number('solution.number', { of = 'ratio', with = 'demand.number', full = 1, half = "
    "1.7 }),\n"
    "  polder.number('solution.number', { between = { 'demand.number', 8 }, without = { demand = "
    "1, solution = 0 } }),\n"
    "  polder.number('demand.number', { of = 'distance', with = 3.3, full = 0.1, zero = 7 }),\n"
    "  polder.place('solution.place', 'demand.place', { full = 10, half = 90, same = { "
    "'solution.region', 'demand.region' } }),\n"
    "  polder.place('demand.place', 'solution.place', { curve = { { 0, 1 }, { 70, 1 / 3 }, { 400, "
    "0 } } }),\n"
    "  polder.text('demand.text', 'solution.text', { full = 0.3 }),\n"
    "  polder.text({ ['demand.text'] = 3, ['demand.region'] = 1 }, { ['solution.text'] = 1, "
    "['solution.region'] = 2 }),\n"
    "  polder.dates('solution.date', 'demand.date', { full = 3, half = 30 }),\n"
    "  polder.dates({ 'demand.date', 'demand.until' }, { 'solution.date', 'solution.until' }),\n"
    "  polder.dates('today', 'solution.date', { curve = { { -400, 0 }, { 9, 1 } } }),\n"
    "  polder.value('solution.number', { full = 3, inverse = true }),\n"
    "  polder.value('solution.region', { map = { NL34 = 1 / 3, NL341 = 0.7 }, other = 0.1 }),\n"
    "  polder.value('demand.text', { length = 41 }),\n"
    "  polder.value('solution.place', { present = true }),\n"
    "  polder.member('solution.region', 'demand.regions', { prefix = true }),\n"
    "  polder.member('demand.terms', 'solution.terms', { prefix = false }),\n"
    "}\n"
    "for i, fit in ipairs(fits) do\n"
    "  polder.rule { name = 'data' .. i, max = 7, measure = fit }\n"
    "  polder.rule { name = 'lua' .. i, on = 'pair', max = 7,\n"
    "    needs = { solution = FIELDS, demand = FIELDS },\n"
    "    score = function(solution, demand)\n"
    "      local share, reason = fit(solution, demand)\n"
    "      return share and 7 * share, reason\n"
    "    end }\n"
    "end\n";

static const char *const FIELDS[] = {"terms", "codes", "number", "place",  "text",
                                     "date",  "until", "region", "regions"};
enum { FIELDS_LEN = sizeof FIELDS / sizeof *FIELDS };

static value columns_spec(void)
{
    value list = value_list();
    for (size_t i = 0; i < FIELDS_LEN; i++) {
        value *one = value_push(&list, value_map());
        value_add(one, "at", value_int((int64_t)i + 1));
        value_add(one, "name", value_text(FIELDS[i]));
        value_add(one, "many", value_bool(i < 2 || i + 1 == FIELDS_LEN));
    }
    return list;
}

static value pick(const char *const *from, size_t len)
{
    return value_text(from[random_below(len)]);
}

static value pick_list(const char *const *from, size_t len)
{
    value list = value_list();
    for (size_t i = random_below(4); i > 0; i--)
        value_push(&list, pick(from, len));
    return list;
}

static value some_place(void)
{
    value place = value_map();
    value_add(&place, "lon", value_double(3 + (double)random_below(40000) / 1e4));
    value_add(&place, "lat", value_double(50 + (double)random_below(30000) / 1e4));
    return place;
}

static value some_date(void)
{
    char text[24];
    snprintf(text, sizeof text, "202%d-%02d-%02d", 5 + (int)random_below(3),
             1 + (int)random_below(12), 1 + (int)random_below(28));
    return value_text(text);
}

static value some_text(void)
{
    static const char *const WORDS[] = {"drone",  "drones", "sonar",    "waakt", "haven",
                                        "dijken", "de",     "camera's", "radar", "boven"};
    buf text = {0};
    for (size_t i = random_below(9) + 1; i > 0; i--)
        buf_fmt(&text, "%s ", WORDS[random_below(10)]);
    value v = value_text(buf_text(&text));
    buf_free(&text);
    return v;
}

static value some_cell(size_t field)
{
    static const char *const TERMS[] = {"a", "b", "c", "d", "e"};
    static const char *const CODES[] = {"35000000", "35100000-5", "35123400", "34711200-6",
                                        "72000000"};
    static const char *const REGIONS[] = {"NL34", "NL341", "NL342", "NL11", "BE23"};
    switch (field) {
    case 0:
        return pick_list(TERMS, 5);
    case 1:
        return pick_list(CODES, 5);
    case 2:
        return value_double((double)random_below(1000) / 97);
    case 3:
        return some_place();
    case 4:
        return some_text();
    case 5:
    case 6:
        return some_date();
    case 7:
        return pick(REGIONS, 5);
    default:
        return pick_list(REGIONS, 5);
    }
}

/* One cell in eight is anything at all. */
static value some_row(size_t id)
{
    char name[24];
    value row = value_list();
    snprintf(name, sizeof name, "x/%05zu", id);
    value_push(&row, value_text(name));
    for (size_t f = 0; f < FIELDS_LEN; f++)
        value_push(&row, random_below(8) ? some_cell(f) : random_value(0, 99));
    return row;
}

static char *lua_of(void)
{
    buf code = {0};
    const char *at = LUA, *mark;
    for (; (mark = strstr(at, "FIELDS")); at = mark + strlen("FIELDS")) {
        buf_add(&code, at, (size_t)(mark - at));
        buf_str(&code, "{");
        for (size_t f = 0; f < FIELDS_LEN; f++)
            buf_fmt(&code, "'%s',", FIELDS[f]);
        buf_str(&code, "}");
    }
    buf_str(&code, at);
    char *text = mem_text(buf_text(&code));
    buf_free(&code);
    return text;
}

/* The rules that the plugin registered, as the engine sends them. */
static value registered_rules(const char *lua)
{
    stage s = {.files = value_map()};
    value rules = value_list();
    value_add(&s.files, "init.lua", value_text(lua));
    s.vm = stage_load(&s);
    const value *all = vm_contributions(s.vm);
    for (size_t i = 0; i < value_len(all); i++) {
        const value *spec = value_get(value_at(all, i), "spec"), *measure;
        value *rule = value_push(&rules, value_map());
        buf name = {0};
        buf_fmt(&name, "test/%s", value_get_str(spec, "name", ""));
        value_add(rule, "name", value_text(buf_text(&name)));
        value_add(rule, "plugin", value_int(0));
        value_add(rule, "number", value_int((int64_t)i + 1));
        value_add(rule, "max", value_int(MAX));
        value_add(rule, "weight", value_double(1 + (double)i / 7));
        value_add(rule, "solution", columns_spec());
        value_add(rule, "demand", columns_spec());
        if ((measure = value_get(spec, "measure")))
            value_add(rule, "measure", value_copy(measure));
        buf_free(&name);
    }
    vm_free(s.vm);
    value_free(&s.files);
    return rules;
}

/* What a rule said, from a pair: [outcome, value, reason]. */
static void assert_same(const value *said, const value *other, const char *what, size_t rule)
{
    double a = value_as_double(value_at(said, 1), NAN),
           b = value_as_double(value_at(other, 1), NAN);
    if (!said_same(said, other) || (!isnan(a) && memcmp(&a, &b, sizeof a) != 0))
        fail_msg("rule %zu, %s: %.17g \"%s\", not %.17g \"%s\"", rule, what, b,
                 value_str(value_at(other, 2), ""), a, value_str(value_at(said, 2), ""));
}

static void rank(stage *s, const value *demand, int64_t top, int64_t only)
{
    err e = {0};
    card_request r = {.demand = demand, .top = top, .only = only};
    value_free(&s->items);
    s->items = value_list();
    assert_true(card_run(s->card, &r, take_part, s, &e));
    assert_string_equal(value_get_str(&s->done, "op", ""), "done");
    assert_int_equal(value_len(value_get(&s->done, "failures")), 0);
}

/* measure_one of each rule that is data, over the same rows. */
typedef struct pairs {
    columns columns;
    measure **measures; /* NULL: a rule in Lua */
    size_t len;
} pairs;

static pairs pairs_of(const value *rules, const value *rows)
{
    pairs p = {.len = value_len(rules)};
    value spec = columns_spec();
    columns_read(&p.columns, &spec);
    value_free(&spec);
    p.measures = mem_zero(p.len, sizeof(*p.measures));
    for (size_t k = 0; k < p.len; k++) {
        const value *kind = value_get(value_at(rules, k), "measure");
        measure_setting s = {
            .solution = &p.columns, .demand = &p.columns, .today = "2026-02-23", .title = "x"};
        err e = {0};
        if (!kind)
            continue;
        p.measures[k] = measure_new(kind, &s, &e);
        assert_non_null(p.measures[k]);
        for (size_t i = 0; i < value_len(rows); i++)
            measure_add(p.measures[k], value_at(rows, i));
        measure_ready(p.measures[k]);
    }
    return p;
}

static void pairs_free(pairs *p)
{
    for (size_t k = 0; k < p->len; k++)
        measure_free(p->measures[k]);
    free(p->measures);
    columns_free(&p->columns);
}

static void check_pair(const pairs *p, size_t rule, const value *said, const value *solution,
                       const value *demand)
{
    double share = measure_one(p->measures[rule], solution, demand);
    double points = MAX * share, told = value_as_double(value_at(said, 1), NAN);
    if (isnan(points) ? !isnan(told) : memcmp(&points, &told, sizeof points) != 0)
        fail_msg("rule %zu: as one pair %.17g, not %.17g", rule, points, told);
}

/* Returns how many gave points. */
static size_t check_ranking(stage *s, const pairs *p, const value *rows, const value *demand)
{
    size_t points = 0;
    rank(s, demand, ROWS, -1);
    assert_int_equal(value_len(&s->items), ROWS);
    value whole = s->items;
    s->items = value_nil();
    for (size_t i = 0; i < ROWS; i++) {
        const value *rules = value_get(value_at(&whole, i), "rules");
        int64_t at = value_get_int(value_at(&whole, i), "solution", -1);
        for (size_t k = 0; k < p->len; k += 2) {
            assert_same(value_at(rules, k), value_at(rules, k + 1), "called from Lua", k);
            check_pair(p, k, value_at(rules, k), value_at(rows, (size_t)at), demand);
            points += value_as_double(value_at(value_at(rules, k), 1), 0) > 0;
        }
        if (i % 20)
            continue;
        rank(s, demand, 1, at);
        for (size_t k = 0; k < p->len; k++)
            assert_same(value_at(rules, k), said_at(s, 0, k), "explained", k);
    }
    rank(s, demand, FEW, -1);
    for (size_t i = 0; i < FEW; i++)
        assert_true(value_equal(value_at(&whole, i), value_at(&s->items, i)));
    value_free(&whole);
    return points;
}

static void a_measure_of_each_kind_is_the_same_wherever_it_is_asked(void **state)
{
    (void)state;
    random_start();
    char *lua = lua_of();
    value rows = value_list(), rules = registered_rules(lua);
    for (size_t i = 0; i < ROWS; i++)
        value_push(&rows, some_row(i));
    pairs p = pairs_of(&rules, &rows);
    assert_int_equal(p.len, 40);
    stage *s = stage_of(lua, rules, value_copy(&rows));
    size_t points = 0;
    for (size_t d = 0; d < DEMANDS; d++) {
        value demand = some_row(d);
        points += check_ranking(s, &p, &rows, &demand);
        value_free(&demand);
    }
    assert_true(points > ROWS * DEMANDS * p.len / 2 / 4); /* not all of it absent */
    stage_close(s);
    pairs_free(&p);
    value_free(&rows);
    free(lua);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_measure_of_each_kind_is_the_same_wherever_it_is_asked),
    };
    return cmocka_run_group_tests(tests, start_page, NULL);
}
