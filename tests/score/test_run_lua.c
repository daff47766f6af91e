/* A scorecard at work, with rules in Lua: what counts, who is asked how often, and what a failing
 * rule does to the rest. */
#include "stage.h"

#define PAIR_RULE(name, max)                                                                       \
    "{'name':'test/" name "','plugin':0,'number':1,'on':'pair','weight':1,'max':" max ","          \
    "'solution':[{'at':1,'name':'x'}],'demand':[{'at':1,'name':'y'}]}"

static void the_score_is_the_share_of_what_applied_with_the_coverage_beside_it(void **state)
{
    (void)state;
    stage *s = stage_open(
        "local polder = require 'polder'\n"
        "polder.rule { name = 'a', on = 'pair', max = 10, needs = { solution = { 'x' } },\n"
        "  score = function(s) return s.x, 'x is ' .. s.x end }\n"
        "polder.rule { name = 'b', on = 'solution', max = 4, needs = { solution = { 'x' } },\n"
        "  score = function(s) if s.x == 5 then return nil, 'five' end return 4, 'ok' end }\n",
        "[{'name':'test/"
        "a','plugin':0,'number':1,'on':'pair','weight':3,'max':10,'solution':[{'at':1,'name':'x'}]}"
        ","
        "{'name':'test/"
        "b','plugin':0,'number':2,'on':'solution','weight':1,'max':4,'solution':[{'at':1,'name':'x'"
        "}]}]",
        "[['s/a',2],['s/b',5],['s/c',0]]");
    run(s, "['d/1']", 10, -1);
    assert_int_equal(value_len(&s->items), 3);
    assert_int_equal(solution_at(s, 0), 1); /* 50 of 100 over the rule that applied */
    assert_float_equal(number_at(s, 0, "score"), 50, 1e-9);
    assert_float_equal(number_at(s, 0, "coverage"), 0.75, 1e-9);
    assert_int_equal(solution_at(s, 1), 0);
    assert_float_equal(number_at(s, 1, "score"), 100.0 * (3 * 2 + 4) / (3 * 10 + 4), 1e-9);
    assert_float_equal(number_at(s, 1, "coverage"), 1, 1e-9);
    assert_string_equal(value_str(value_at(said_at(s, 0, 1), 0), ""), "not_applicable");
    assert_true(value_is(value_at(said_at(s, 0, 1), 1), VALUE_NIL));
    assert_string_equal(value_str(value_at(said_at(s, 0, 1), 2), ""), "five");
    assert_string_equal(value_str(value_at(said_at(s, 0, 0), 2), ""), "x is 5");
    stage_close(s);
}

static void nought_is_a_score_and_nothing_applicable_is_none(void **state)
{
    (void)state;
    stage *s = stage_open(
        "require 'polder'.rule { name = 'a', on = 'solution', max = 10,\n"
        "  needs = { solution = { 'x' } },\n"
        "  score = function(s) if not s.x then return nil, 'unknown' end return s.x end }",
        "[{'name':'test/a','plugin':0,'number':1,'on':'solution','weight':1,'max':10,"
        "'solution':[{'at':1,'name':'x'}]}]",
        "[['s/a',null],['s/b',0]]");
    run(s, "['d/1']", 10, -1);
    assert_int_equal(solution_at(s, 0), 1);
    assert_float_equal(number_at(s, 0, "score"), 0, 0);
    assert_true(value_is(value_get(value_at(&s->items, 1), "score"), VALUE_NIL));
    assert_float_equal(number_at(s, 1, "coverage"), 0, 0);
    stage_close(s);
}

static void gates_keep_pairs_from_being_scored(void **state)
{
    (void)state;
    stage *s = stage_open(
        "local polder = require 'polder'\n"
        "polder.rule { name = 'old', on = 'solution', needs = { solution = { 'x' } },\n"
        "  gate = function(s) return s.x > 1, 'x is ' .. s.x end }\n"
        "polder.rule { name = 'fits', on = 'pair', needs = { solution = { 'x' }, demand = { 'y' } "
        "},\n"
        "  gate = function(s, d) print('asked') return s.x <= d.y end }\n"
        "polder.rule { name = 'a', on = 'solution', max = 10, needs = { solution = { 'x' } },\n"
        "  score = function(s) return s.x end }\n",
        "[{'name':'test/fits','plugin':0,'number':1,'on':'pair','gate':true,"
        "'solution':[{'at':1,'name':'x'}],'demand':[{'at':1,'name':'y'}]},"
        "{'name':'test/"
        "old','plugin':0,'number':2,'on':'solution','gate':true,'solution':[{'at':1,'name':'x'}]},"
        "{'name':'test/"
        "a','plugin':0,'number':3,'on':'solution','weight':1,'max':10,'solution':[{'at':1,'name':'"
        "x'}]}]",
        "[['s/a',1],['s/b',2],['s/c',3],['s/d',4]]");
    run(s, "['d/1',3]", 10, -1);
    assert_int_equal(value_len(&s->items), 2);
    assert_int_equal(solution_at(s, 0), 2);
    assert_int_equal(value_get_int(&s->done, "scored", -1), 2);
    assert_int_equal(value_get_int(&s->done, "excluded", -1), 2);
    assert_int_equal(s->lines, 3); /* the gate on one record came first */
    stage_close(s);
}

static void a_rule_on_solutions_is_asked_once_for_each_whatever_the_demands(void **state)
{
    (void)state;
    stage *s =
        stage_open("require 'polder'.rule { name = 'a', on = 'solution', max = 10,\n"
                   "  needs = { solution = { 'x' } },\n"
                   "  score = function(s) print('asked') return s.x end }",
                   "[{'name':'test/a','plugin':0,'number':1,'on':'solution','weight':1,'max':10,"
                   "'solution':[{'at':1,'name':'x'}]}]",
                   "[['s/a',1],['s/b',2],['s/c',3]]");
    run(s, "['d/1']", 1, -1);
    run(s, "['d/2']", 1, -1);
    run(s, "['d/3']", 1, -1);
    assert_int_equal(s->lines, 3 + 3); /* and once more for the reason of each that is shown */
    stage_close(s);
}

static void one_pair_that_fails_is_failed_there_and_nowhere_else(void **state)
{
    (void)state;
    stage *s = stage_open(
        "local polder = require 'polder'\n"
        "polder.rule { name = 'a', on = 'pair', max = 10, needs = { solution = { 'x' } },\n"
        "  score = function(s)\n"
        "    if s.x == 2 then error('no twos') end\n"
        "    return s.x end }\n"
        "polder.rule { name = 'b', on = 'pair', max = 10, score = function() return 10 end }",
        "[" PAIR_RULE(
            "a", "10") ",{'name':'test/b','plugin':0,'number':2,'on':'pair','weight':1,'max':10}]",
        "[['s/a',1],['s/b',2],['s/c',3]]");
    run(s, "['d/1',0]", 10, -1);
    assert_int_equal(solution_at(s, 0),
                     1); /* 10 of 10 over what applied: a failure is not 0 points */
    assert_float_equal(number_at(s, 0, "coverage"), 0.5, 1e-9);
    assert_string_equal(value_str(value_at(said_at(s, 0, 0), 0), ""), "failed");
    assert_non_null(strstr(value_str(value_at(said_at(s, 0, 0), 2), ""), "no twos"));
    const value *failure = value_at(value_get(&s->done, "failures"), 0);
    assert_int_equal(value_get_int(failure, "pairs", 0), 1);
    assert_string_equal(value_get_str(failure, "where", ""), "test/init.lua:4");
    assert_string_equal(value_str(value_at(said_at(s, 1, 0), 0), ""), "points");
    stage_close(s);
}

static const char *const NO_POINTS[] = {"0/0",  "1/0", "-1",    "10.5", "'7'",
                                        "true", "{}",  "print", "-0.1"};

static void what_is_no_number_of_points_is_a_failure(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof NO_POINTS / sizeof NO_POINTS[0]; i++) {
        char lua[300];
        snprintf(
            lua, sizeof lua,
            "require 'polder'.rule { name = 'a', on = 'pair', max = 10, score = function() return "
            "%s end }",
            NO_POINTS[i]);
        stage *s = stage_open(
            lua, "[{'name':'test/a','plugin':0,'number':1,'on':'pair','weight':1,'max':10}]",
            "[['s/a']]");
        run(s, "['d/1']", 1, -1);
        if (strcmp(value_str(value_at(said_at(s, 0, 0), 0), ""), "failed") != 0)
            fail_msg("%s counted", NO_POINTS[i]);
        assert_true(value_is(value_get(value_at(&s->items, 0), "score"), VALUE_NIL));
        stage_close(s);
    }
}

static void a_rule_that_changes_its_mind_is_told_of(void **state)
{
    (void)state;
    stage *s = stage_open("local calls = 0\n"
                          "require 'polder'.rule { name = 'a', on = 'pair', max = 1000,\n"
                          "  score = function() calls = calls + 1 return calls end }",
                          "[" PAIR_RULE("a", "1000") "]", "[['s/a',1],['s/b',2]]");
    run(s, "['d/1',0]", 2, -1);
    assert_string_equal(value_get_str(&s->done, "op", ""), "broken");
    assert_int_equal(value_get_int(&s->done, "number", 0), 1);
    assert_int_equal(value_len(&s->items), 0);
    stage_close(s);
}

static void a_failing_gate_keeps_nobody_out(void **state)
{
    (void)state;
    stage *s = stage_open(
        "local polder = require 'polder'\n"
        "polder.rule { name = 'g', on = 'pair', gate = function() return 'yes' end }\n"
        "polder.rule { name = 'a', on = 'pair', max = 1, score = function() return 1 end }",
        "[{'name':'test/g','plugin':0,'number':1,'on':'pair','gate':true},"
        "{'name':'test/a','plugin':0,'number':2,'on':'pair','weight':1,'max':1}]",
        "[['s/a'],['s/b']]");
    run(s, "['d/1']", 10, -1);
    assert_int_equal(value_get_int(&s->done, "scored", -1), 2);
    assert_int_equal(value_get_int(value_at(value_get(&s->done, "failures"), 0), "pairs", 0), 2);
    stage_close(s);
}

static void a_rule_sees_the_fields_it_named_and_no_others(void **state)
{
    (void)state;
    stage *s = stage_open(
        "require 'polder'.rule { name = 'a', on = 'pair', max = 10, needs = { solution = { 'tags' "
        "} },\n"
        "  score = function(s, d, ctx)\n"
        "    assert(#s.tags == 0 and s.tags.port == nil and s.secret == nil and next(d) == nil)\n"
        "    return 7, ctx.today end }",
        "[{'name':'test/a','plugin':0,'number':1,'on':'pair','weight':1,'max':10,"
        "'solution':[{'at':2,'name':'tags','many':true}]}]",
        "[['s/a','secret',null]]");
    run(s, "['d/1','hidden']", 1, -1);
    assert_string_equal(value_str(value_at(said_at(s, 0, 0), 0), ""), "points");
    assert_string_equal(value_str(value_at(said_at(s, 0, 0), 2), ""), "2026-02-23");
    stage_close(s);
}

static double random_points(stage *s, const char *demand)
{
    run(s, demand, 10, 1); /* the second solution alone */
    return value_as_double(value_at(said_at(s, 0, 0), 1), -1);
}

static void chance_is_the_same_for_the_same_pair_whatever_came_before(void **state)
{
    (void)state;
    stage *s = stage_open("require 'polder'.rule { name = 'a', on = 'pair', max = 1,\n"
                          "  score = function() return math.random() end }",
                          "[" PAIR_RULE("a", "1") "]", "[['s/a',1],['s/b',2]]");
    double first = random_points(s, "['d/1',0]");
    double other = random_points(s, "['d/2',0]");
    run(s, "['d/3',0]", 2, -1);
    assert_true(first >= 0 && first < 1);
    assert_true(first != other);
    assert_float_equal(random_points(s, "['d/1',0]"), first, 0);
    stage_close(s);
}

static void explaining_tells_every_gate_also_of_a_pair_that_was_kept_out(void **state)
{
    (void)state;
    stage *s = stage_open(
        "local polder = require 'polder'\n"
        "polder.rule { name = 'g', on = 'pair', gate = function() return false, 'closed' end }\n"
        "polder.rule { name = 'a', on = 'pair', max = 4, score = function() return 1, 'why' end }",
        "[{'name':'test/g','plugin':0,'number':1,'on':'pair','gate':true},"
        "{'name':'test/a','plugin':0,'number':2,'on':'pair','weight':1,'max':4}]",
        "[['s/a']]");
    run(s, "['d/1']", 10, 0);
    const value *gate = value_at(value_get(value_at(&s->items, 0), "gates"), 0);
    assert_false(value_as_bool(value_at(gate, 0), true));
    assert_string_equal(value_str(value_at(gate, 1), ""), "closed");
    assert_float_equal(number_at(s, 0, "score"), 25, 1e-9);
    stage_close(s);
}

static void text_is_compared_by_the_collection_of_its_field(void **state)
{
    (void)state;
    stage *s = stage_open(
        "require 'polder'.rule { name = 'a', on = 'pair', max = 1,\n"
        "  needs = { solution = { 'x' }, demand = { 'y' } },\n"
        "  score = function(s, d, ctx) return ctx.text(d.y, s.x) end }",
        "[" PAIR_RULE("a", "1") "]",
        "[['s/a','zarkob teplor'],['s/b','lumix teplor'],['s/c',null],['s/d','qorvan teplor']]");
    run(s, "['d/1','lumix teplor']", 10, -1);
    assert_int_equal(solution_at(s, 0), 1); /* the rare word decides */
    assert_int_equal(solution_at(s, 1), 0); /* equal ones by place */
    assert_int_equal(solution_at(s, 3), 2);
    assert_float_equal(number_at(s, 3, "score"), 0, 0);
    stage_close(s);
}

static void solutions_that_look_the_same_to_a_rule_are_asked_about_once(void **state)
{
    (void)state;
    stage *s = stage_open("require 'polder'.rule { name = 'a', on = 'pair', max = 10,\n"
                          "  needs = { solution = { 'x' } },\n"
                          "  score = function(s) print('asked') return s.x end }",
                          "[" PAIR_RULE("a", "10") "]",
                          "[['s/a',1],['s/b',2],['s/c',1],['s/d',1],['s/e',2]]");
    run(s, "['d/1',0]", 1, -1);
    assert_int_equal(s->lines, 2 + 1);
    assert_int_equal(value_get_int(&s->done, "scored", -1), 5);
    run(s, "['d/2',0]", 5, -1);
    assert_int_equal(solution_at(s, 1), 4); /* equal ones by place */
    assert_float_equal(number_at(s, 1, "score"), 20, 1e-9);
    stage_close(s);
}

static void a_rule_that_draws_is_asked_about_each(void **state)
{
    (void)state;
    stage *s = stage_open("require 'polder'.rule { name = 'a', on = 'pair', max = 1,\n"
                          "  score = function() return math.random() end }",
                          "[" PAIR_RULE("a", "1") "]", "[['s/a',1],['s/b',1],['s/c',1]]");
    run(s, "['d/1',0]", 3, -1);
    assert_string_equal(value_get_str(&s->done, "op", ""), "done");
    assert_true(number_at(s, 0, "score") > number_at(s, 1, "score"));
    assert_true(number_at(s, 1, "score") > number_at(s, 2, "score"));
    stage_close(s);
}

/* The rule scores for whom it met first: without a fresh start the second demand would be scored by
 * the first. */
static void what_a_rule_keeps_is_gone_with_the_next_demand(void **state)
{
    (void)state;
    stage *s = stage_open(
        "local first\n"
        "require 'polder'.rule { name = 'a', on = 'pair', max = 10, needs = { demand = { 'y' } },\n"
        "  score = function(_, d) first = first or d.y return first end }",
        "[" PAIR_RULE("a", "10") "]", "[['s/a',1],['s/b',2]]");
    run(s, "['d/1',3]", 2, -1);
    assert_float_equal(number_at(s, 0, "score"), 30, 1e-9);
    run(s, "['d/2',7]", 2, -1);
    assert_float_equal(number_at(s, 0, "score"), 70, 1e-9);
    assert_int_equal(s->reloads, 2);
    stage_close(s);
}

static void a_rule_that_keeps_nothing_is_not_loaded_again(void **state)
{
    (void)state;
    stage *s = stage_open(
        "local weights = { a = 1, b = { 2 } }\n"
        "require 'polder'.rule { name = 'a', on = 'pair', max = 10, needs = { demand = { 'y' } },\n"
        "  score = function(_, d) local n = weights.b[1] return n + d.y end }",
        "[" PAIR_RULE("a", "10") "]", "[['s/a',1],['s/b',2]]");
    run(s, "['d/1',3]", 2, -1);
    run(s, "['d/2',7]", 2, -1);
    assert_int_equal(s->reloads, 0);
    stage_close(s);
}

static void all_pairs_of_a_failing_group_count(void **state)
{
    (void)state;
    stage *s = stage_open("require 'polder'.rule { name = 'a', on = 'pair', max = 1, needs = { "
                          "solution = { 'x' } },\n"
                          "  score = function(s) if s.x == 1 then error('one') end return 1 end }",
                          "[" PAIR_RULE("a", "1") "]", "[['s/a',1],['s/b',2],['s/c',1]]");
    run(s, "['d/1',0]", 3, -1);
    assert_int_equal(value_get_int(value_at(value_get(&s->done, "failures"), 0), "pairs", 0), 2);
    run(s, "['d/2',0]", 3, -1);
    assert_int_equal(value_get_int(value_at(value_get(&s->done, "failures"), 0), "pairs", 0), 2);
    stage_close(s);
}

static void without_solutions_there_is_an_empty_ranking(void **state)
{
    (void)state;
    stage *s =
        stage_open("require 'polder'.rule { name = 'a', on = 'pair', max = 1, score = function() "
                   "return 1 end }",
                   "[" PAIR_RULE("a", "1") "]", "[]");
    run(s, "['d/1',0]", 10, -1);
    assert_int_equal(value_get_int(&s->done, "scored", -1), 0);
    assert_int_equal(value_len(&s->items), 0);
    stage_close(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_score_is_the_share_of_what_applied_with_the_coverage_beside_it),
        cmocka_unit_test(nought_is_a_score_and_nothing_applicable_is_none),
        cmocka_unit_test(gates_keep_pairs_from_being_scored),
        cmocka_unit_test(a_rule_on_solutions_is_asked_once_for_each_whatever_the_demands),
        cmocka_unit_test(one_pair_that_fails_is_failed_there_and_nowhere_else),
        cmocka_unit_test(what_is_no_number_of_points_is_a_failure),
        cmocka_unit_test(a_rule_that_changes_its_mind_is_told_of),
        cmocka_unit_test(a_failing_gate_keeps_nobody_out),
        cmocka_unit_test(a_rule_sees_the_fields_it_named_and_no_others),
        cmocka_unit_test(chance_is_the_same_for_the_same_pair_whatever_came_before),
        cmocka_unit_test(explaining_tells_every_gate_also_of_a_pair_that_was_kept_out),
        cmocka_unit_test(text_is_compared_by_the_collection_of_its_field),
        cmocka_unit_test(solutions_that_look_the_same_to_a_rule_are_asked_about_once),
        cmocka_unit_test(a_rule_that_draws_is_asked_about_each),
        cmocka_unit_test(what_a_rule_keeps_is_gone_with_the_next_demand),
        cmocka_unit_test(a_rule_that_keeps_nothing_is_not_loaded_again),
        cmocka_unit_test(all_pairs_of_a_failing_group_count),
        cmocka_unit_test(without_solutions_there_is_an_empty_ranking),
    };
    return cmocka_run_group_tests(tests, start_page, NULL);
}
