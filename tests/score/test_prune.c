/* Leaving pairs out early changes no ranking: few of many, against the same ranking asked for
 * whole. */
#include "stage.h"

enum { SOLUTIONS = 3000, TOP = 15 };

/* One rule on solutions and four on pairs in Lua, two measures on pairs, one on solutions, with
 * pairs they don't apply to, ties, and pairs they fail for. */
static const char RULES[] =
    "local polder = require 'polder'\n"
    "local needs = { solution = { 'a', 'b', 'c' }, demand = { 'y' } }\n"
    "polder.rule { name = 'own', on = 'solution', max = 4, needs = { solution = { 'a' } },\n"
    "  score = function(s) return s.a % 5 end }\n"
    "polder.rule { name = 'heavy', on = 'pair', max = 10, needs = needs,\n"
    "  score = function(s, d) if s.a % 53 == 1 then error('heavy of ' .. s.a) end\n"
    "    return (s.a * d.y) % 11 end }\n"
    "polder.rule { name = 'some', on = 'pair', max = 10, needs = needs,\n"
    "  score = function(s) if s.b % 3 == 0 then return nil, 'no' end return s.b % 10 end }\n"
    "polder.rule { name = 'shaky', on = 'pair', max = 2, needs = needs,\n"
    "  score = function(s, d) print('asked') if s.c == 7 then error('seven of ' .. s.a) end return "
    "s.c % 3 "
    "end }\n"
    "polder.rule { name = 'last', on = 'pair', max = 5, needs = needs,\n"
    "  score = function(s, d) print('asked') return (s.c + d.y) % 6 end }\n";

/* Few different shares, so that many pairs tie. */
static const char *const MEASURES[] = {
    "{'kind':'number','a':{'side':'solution','field':'c'},'of':'distance',"
    "'with':{'side':'demand','field':'y'},'curve':[[0,1],[20,0.5],[50,0]]}",
    "{'kind':'number','a':{'side':'solution','field':'a'},'of':'ratio',"
    "'with':{'side':'demand','field':'y'},'full':4,'inverse':true}",
    "{'kind':'value','a':{'side':'solution','field':'b'},'full':300,'half':500}",
};

enum { RULES_LEN = 8, HEAVY = 1, SHAKY = 3 };

static const int MAX[RULES_LEN] = {4, 10, 10, 2, 5, 6, 3, 0};

static double weight_of(unsigned weights, size_t rule)
{
    return 1 + (double)((weights >> (2 * rule)) & 3);
}

static value card_rules(unsigned weights)
{
    static const char *const NAMES[] = {"own",  "heavy", "some", "shaky",
                                        "last", "near",  "rate", "rare"};
    static const char *const FIELDS[] = {"a", "b", "c"};
    value rules = value_list();
    for (size_t i = 0; i < 8; i++) {
        value *r = value_push(&rules, value_map());
        value solution = value_list(), demand = value_list();
        for (size_t f = 0; f < 3; f++) {
            value *column = value_push(&solution, value_map());
            value_add(column, "at", value_int((int64_t)f + 1));
            value_add(column, "name", value_text(FIELDS[f]));
        }
        value *column = value_push(&demand, value_map());
        value_add(column, "at", value_int(1));
        value_add(column, "name", value_text("y"));
        char name[20];
        snprintf(name, sizeof name, "test/%s", NAMES[i]);
        value_add(r, "name", value_text(name));
        if (i >= 5)
            value_add(r, "measure", quoted(MEASURES[i - 5]));
        value_add(r, "plugin", value_int(0));
        value_add(r, "number", value_int((int64_t)i + 1));
        value_add(r, "on", value_text(i == 0 ? "solution" : "pair"));
        value_add(r, "weight", value_double(weight_of(weights, i)));
        value_add(r, "max", value_double(MAX[i]));
        value_add(r, "solution", solution);
        value_add(r, "demand", demand);
    }
    return rules;
}

static value random_rows(void)
{
    value rows = value_list();
    for (int i = 0; i < SOLUTIONS; i++) {
        char id[20];
        value *row = value_push(&rows, value_list());
        snprintf(id, sizeof id, "s/%05d", i);
        value_push(row, value_text(id));
        for (int f = 0; f < 3; f++)
            value_push(row, value_int(random() % (f == 2 ? 12 : 1000)));
    }
    return rows;
}

static stage *random_stage(unsigned weights)
{
    value rules = card_rules(weights), rows = random_rows();
    stage *s = stage_of(RULES, rules, rows);
    return s;
}

static void assert_same_item(const value *a, const value *b)
{
    assert_int_equal(value_get_int(a, "solution", -1), value_get_int(b, "solution", -2));
    assert_true(value_equal(a, b));
}

static void few_of_many_are_the_first_of_all(void **state)
{
    unsigned seed = 20260223;
    (void)state;
    print_message("seed %u\n", seed);
    srandom(seed);
    for (int round = 0; round < 20; round++) {
        stage *s = random_stage((unsigned)random());
        char demand[40];
        snprintf(demand, sizeof demand, "['d/1',%d]", (int)(random() % 50));
        run(s, demand, SOLUTIONS, -1);
        int asked_for_all = s->lines;
        value all = value_copy(&s->items);
        s->lines = 0;
        run(s, demand, TOP, -1);
        assert_int_equal(value_len(&s->items), TOP);
        for (size_t i = 0; i < TOP; i++)
            assert_same_item(value_at(&s->items, i), value_at(&all, i));
        assert_int_equal(value_get_int(&s->done, "scored", -1), SOLUTIONS);
        assert_true(s->lines <
                    asked_for_all / 2); /* or nothing was left out, and this tests nothing */
        value_free(&all);
        stage_close(s);
    }
}

static void ask_above(stage *s, const char *demand, int64_t top, int64_t reserve, double least)
{
    err e = {0};
    value row = quoted(demand);
    card_request r = {.demand = &row, .top = top, .reserve = reserve, .least = least, .only = -1};
    value_free(&s->items);
    s->items = value_list();
    assert_true(card_run(s->card, &r, take_part, s, &e));
    value_free(&row);
}

static void ask_for(stage *s, const char *demand, int64_t top, int64_t reserve)
{
    ask_above(s, demand, top, reserve, 0);
}

static void assert_same_score(const value *one, const value *item)
{
    const value *score = value_get(item, "score");
    assert_int_equal(value_len(one), 2);
    assert_int_equal(value_as_int(value_at(one, 0), -1), value_get_int(item, "solution", -2));
    assert_true(value_equal(value_at(one, 1), score));
}

static void a_reserve_is_the_next_ones_without_reasons(void **state)
{
    static const int64_t ASKED[][2] = {{5, 10}, {0, 15}, {15, 0}, {1, 1}, {10, SOLUTIONS}};
    (void)state;
    srandom(20261124);
    for (size_t i = 0; i < sizeof ASKED / sizeof *ASKED; i++) {
        int64_t top = ASKED[i][0], reserve = ASKED[i][1];
        stage *s = random_stage((unsigned)random());
        run(s, "['d/1',33]", SOLUTIONS, -1);
        value all = value_copy(&s->items);
        ask_for(s, "['d/1',33]", top, reserve);
        const value *more = value_get(&s->done, "reserve");
        int64_t rest = SOLUTIONS - top < reserve ? SOLUTIONS - top : reserve;
        assert_int_equal(value_len(&s->items), top);
        assert_int_equal(value_len(more), rest);
        for (size_t k = 0; k < value_len(&s->items); k++)
            assert_same_item(value_at(&s->items, k), value_at(&all, k));
        for (size_t k = 0; k < value_len(more); k++)
            assert_same_score(value_at(more, k), value_at(&all, (size_t)top + k));
        assert_int_equal(value_get_int(&s->done, "scored", -1), SOLUTIONS);
        value_free(&all);
        stage_close(s);
    }
}

/* Whoever has enough is told, in order; that something failed is heard of all pairs, also of those
 * left out. */
static void those_that_score_too_little_need_not_be_told(void **state)
{
    enum { TOLD = 5 };
    (void)state;
    srandom(20261130);
    for (int round = 0; round < 20; round++) {
        stage *s = random_stage((unsigned)random());
        run(s, "['d/1',33]", SOLUTIONS, -1);
        value all = value_copy(&s->items), done = value_copy(&s->done);
        size_t enough = 1 + (size_t)random() % 200, told;
        double least = value_get_double(value_at(&all, enough - 1), "score", -1);
        ask_above(s, "['d/1',33]", TOLD, SOLUTIONS, least);
        const value *more = value_get(&s->done, "reserve");
        told = value_len(&s->items) + value_len(more);
        assert_in_range(told, enough, SOLUTIONS / 2);
        for (size_t k = 0; k < enough && k < TOLD; k++)
            assert_same_item(value_at(&s->items, k), value_at(&all, k));
        for (size_t k = TOLD; k < enough; k++)
            assert_same_score(value_at(more, k - TOLD), value_at(&all, k));
        assert_int_equal(value_get_int(&s->done, "scored", -1), SOLUTIONS);
        assert_true(value_len(value_get(&done, "failures")) > 0);
        assert_false(value_get_bool(&s->done, "fresh", true));
        value_free(&all);
        value_free(&done);
        stage_close(s);
    }
}

static bool has_failed(const value *item, size_t rule)
{
    const value *said = value_at(value_get(item, "rules"), rule);
    return strcmp(value_str(value_at(said, 0), ""), "failed") == 0;
}

/* The score that a pair would have, had the rules that failed for it given all. */
static double score_at_best(unsigned weights, const value *item)
{
    double points = 0, possible = 0;
    for (size_t i = 0; i < RULES_LEN; i++) {
        const value *said = value_at(value_get(item, "rules"), i);
        double all = weight_of(weights, i) * MAX[i];
        if (strcmp(value_str(value_at(said, 0), ""), "not_applicable") == 0)
            continue;
        points += has_failed(item, i)
                      ? all
                      : weight_of(weights, i) * value_as_double(value_at(said, 1), 0);
        possible += all;
    }
    return 100 * points / possible;
}

static int64_t count_expected(unsigned weights, const value *all, size_t top, size_t rule)
{
    double least = value_get_double(value_at(all, top - 1), "score", 0);
    int64_t count = 0;
    for (size_t i = 0; i < value_len(all); i++)
        count +=
            has_failed(value_at(all, i), rule) && score_at_best(weights, value_at(all, i)) >= least;
    return count;
}

static int64_t pairs_told(const value *failures, size_t rule)
{
    for (size_t i = 0; i < value_len(failures); i++)
        if (value_get_int(value_at(failures, i), "number", 0) == (int64_t)rule + 1)
            return value_get_int(value_at(failures, i), "pairs", 0);
    return 0;
}

/* However many were asked about to find the best: those count that could be among them. */
static void what_failed_is_told_of_the_same_pairs_however_they_were_found(void **state)
{
    static const int64_t RESERVES[] = {0, 7, 400};
    int64_t told = 0;
    (void)state;
    srandom(20261201);
    for (int round = 0; round < 12; round++) {
        unsigned weights = (unsigned)random();
        size_t top = 1 + (size_t)random() % 40;
        stage *s = random_stage(weights);
        run(s, "['d/1',33]", SOLUTIONS, -1);
        int64_t heavy = count_expected(weights, &s->items, top, HEAVY),
                shaky = count_expected(weights, &s->items, top, SHAKY);
        value first = value_nil();
        for (size_t i = 0; i < sizeof RESERVES / sizeof *RESERVES; i++) {
            ask_for(s, "['d/1',33]", (int64_t)top, RESERVES[i]);
            const value *failures = value_get(&s->done, "failures");
            assert_int_equal(pairs_told(failures, HEAVY), heavy);
            assert_int_equal(pairs_told(failures, SHAKY), shaky);
            assert_false(value_get_bool(&s->done, "fresh", true));
            if (i == 0)
                first = value_copy(failures);
            assert_true(value_equal(&first, failures)); /* and the same one says why */
        }
        told += heavy + shaky;
        value_free(&first);
        stage_close(s);
    }
    assert_in_range(told, 1, 12 * SOLUTIONS / 24);
}

/* Half of all pass the gate, and no two of these look the same to the first measure. */
static void answers_are_counted_once(void **state)
{
    static const char CODE[] =
        "local polder = require 'polder'\n"
        "polder.rule { name = 'even', on = 'solution', needs = { solution = { 'a' } },\n"
        "  gate = function(s) return s.a % 2 == 0, '' end }\n"
        "polder.rule { name = 'last', on = 'pair', max = 1,\n"
        "  needs = { solution = { 'a' }, demand = { 'y' } },\n"
        "  score = function(s, d) return s.a * d.y % 97 / 97 end }\n";
    value rows = value_list(), rules = value_list(), row = quoted("['d/1',33]");
    (void)state;
    for (int i = 0; i < SOLUTIONS; i++) {
        char id[20];
        value *one = value_push(&rows, value_list());
        snprintf(id, sizeof id, "s/%05d", i);
        value_push(one, value_text(id));
        value_push(one, value_int(i));
    }
    for (int i = 0; i < 4; i++) {
        static const char *const NAMES[] = {"even", "rate", "more", "last"};
        char text[300];
        snprintf(text, sizeof text,
                 "{'name':'test/%s','plugin':0,'number':%d,'gate':%s,'on':'%s','max':%d,"
                 "'solution':[{'at':1,'name':'a'}],'demand':[{'at':1,'name':'y'}]}",
                 NAMES[i], i + 1, i ? "false" : "true", i ? "pair" : "solution", i == 3 ? 1 : 9);
        value *rule = value_push(&rules, quoted(text));
        if (i == 1 || i == 2)
            value_add(rule, "measure", quoted(MEASURES[1]));
    }
    stage *s = stage_of(CODE, rules, rows);
    card_request r = {.demand = &row, .top = TOP, .only = -1, .plan = true};
    s->items = value_list();
    assert_true(card_run(s->card, &r, take_part, s, NULL));
    const value *steps = value_get(&s->done, "steps");
    int found = 0;
    for (size_t i = 0; i < value_len(steps); i++) {
        int64_t number = value_as_int(value_at(value_at(steps, i), WIRE_STEP_NUMBER), 0),
                asked = value_as_int(value_at(value_at(steps, i), WIRE_STEP_ASKED), 0);
        if (number == 2 || number == 3)
            assert_int_equal(asked, SOLUTIONS / 2);
        if (number == 4)
            assert_in_range(asked, TOP, SOLUTIONS / 2 - 1);
        found += number > 1;
    }
    assert_int_equal(found, 3);
    value_free(&row);
    stage_close(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(few_of_many_are_the_first_of_all),
        cmocka_unit_test(a_reserve_is_the_next_ones_without_reasons),
        cmocka_unit_test(those_that_score_too_little_need_not_be_told),
        cmocka_unit_test(what_failed_is_told_of_the_same_pairs_however_they_were_found),
        cmocka_unit_test(answers_are_counted_once),
    };
    return cmocka_run_group_tests(tests, start_page, NULL);
}
