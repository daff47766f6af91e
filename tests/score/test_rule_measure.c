/* Measures as rules and gates of a card, beside rules in Lua. */
#include "stage.h"

static const char LUA[] =
    "local polder = require 'polder'\n"
    "polder.rule { name = 'short', on = 'pair', max = 10, needs = { solution = { 'x' } },\n"
    "  score = function(s) return #s.x end }\n";

#define X "'solution':[{'at':1,'name':'x'}],'demand':[{'at':1,'name':'x'}]"
#define Y "'solution':[{'at':2,'name':'y'}],'demand':[{'at':2,'name':'y'}]"

static const char RULES[] =
    "[{'name':'test/least','number':1,'gate':true," Y ",'measure':{'kind':'number',"
    "'a':{'side':'solution','field':'y'},'at_least':{'side':'demand','field':'y'}}},"
    "{'name':'test/themes','number':2,'weight':2,'max':10," X ",'measure':{'kind':'overlap',"
    "'a':{'side':'demand','field':'x'},'b':{'side':'solution','field':'x'}}},"
    "{'name':'test/grade','number':3,'weight':1,'max':4," Y ",'title':'Rijpheid',"
    "'reason':'{title} {value}','measure':{'kind':'number',"
    "'a':{'side':'solution','field':'y'},'full':9,'zero':1}},"
    "{'name':'test/short','number':4,'plugin':0,'on':'pair','weight':1,'max':10,"
    "'solution':[{'at':1,'name':'x','many':true}],'demand':[]}]";

static const char ROWS[] = "[['s/0',['a','b'],9],['s/1',['a'],5],['s/2',null,7],['s/3',['a'],2]]";

static void assert_said(const value *said, const char *outcome, double points, const char *reason)
{
    assert_string_equal(value_str(value_at(said, 0), ""), outcome);
    assert_true(value_as_double(value_at(said, 1), -1) == points);
    assert_string_equal(value_str(value_at(said, 2), ""), reason);
}

static void measures_rank_and_say_why(void **state)
{
    stage *s = stage_open(LUA, RULES, ROWS);
    (void)state;
    run(s, "['d/1',['a','b'],3]", 10, -1);
    assert_int_equal(value_get_int(&s->done, "excluded", -1), 1);
    assert_int_equal(value_len(&s->items), 3);
    assert_int_equal(solution_at(s, 0), 0);
    assert_true(number_at(s, 0, "score") == 100.0 * (2 * 10 + 4 + 2) / 34);
    assert_said(said_at(s, 0, 0), "points", 10, "a en b");
    assert_said(said_at(s, 0, 1), "points", 4, "Rijpheid 9");
    assert_int_equal(solution_at(s, 1), 1);
    assert_said(said_at(s, 1, 0), "points", 5, "1 van 2: a; niet b");
    assert_said(said_at(s, 2, 0), "not_applicable", -1, "de oplossing noemt hierover niets");
    stage_close(s);
}

static void a_gate_says_why_it_refused(void **state)
{
    stage *s = stage_open(LUA, RULES, ROWS);
    (void)state;
    run(s, "['d/1',['a'],3]", 10, 3);
    const value *gate = value_at(value_get(value_at(&s->items, 0), "gates"), 0);
    assert_false(value_as_bool(value_at(gate, 0), true));
    assert_string_equal(value_str(value_at(gate, 1), ""), "2, minder dan 3");
    stage_close(s);
}

static void another_demand_is_answered_anew(void **state)
{
    stage *s = stage_open(LUA, RULES, ROWS);
    (void)state;
    run(s, "['d/1',['a','b'],3]", 10, -1);
    run(s, "['d/2',['b','c'],null]", 10, -1);
    assert_int_equal(value_get_int(&s->done, "excluded", -1), 0);
    assert_int_equal(solution_at(s, 0), 0);
    assert_said(said_at(s, 0, 0), "points", 5, "1 van 2: b; niet c");
    stage_close(s);
}

/* A gate in C keeps two of three out before the rule in Lua is asked. */
static int64_t told(const value *step, size_t place)
{
    return value_as_int(value_at(step, place), -1);
}

static void steps_are_counted_when_asked_for(void **state)
{
    (void)state;
    static const char CODE[] = "require('polder').rule { name = 'b', on = 'pair', max = 1,\n"
                               "  score = function() return 1 end }";
    stage *s = stage_open(
        CODE,
        "[{'name':'test/a','number':1,'gate':true,'solution':[{'at':1,'name':'x'}],'demand':[],"
        "'measure':{'kind':'number','a':{'side':'solution','field':'x'},'at_least':5}},"
        "{'name':'test/b','plugin':0,'number':2,'on':'pair','max':1,"
        "'solution':[{'at':1,'name':'x'}],'demand':[]}]",
        "[['s/1',1],['s/2',9],['s/3',2]]");
    value demand = quoted("['d/1',1]"), expected = quoted("[[1,3,2],[2,1,0]]");
    err e = {0};
    card_request r = {.demand = &demand, .top = 3, .only = -1, .plan = true};
    s->items = value_list();
    assert_true(card_run(s->card, &r, take_part, s, &e));
    const value *steps = value_get(&s->done, "steps");
    assert_int_equal(value_len(steps), 2);
    for (size_t i = 0; i < 2; i++) {
        const value *step = value_at(steps, i), *row = value_at(&expected, i);
        assert_int_equal(told(step, WIRE_STEP_NUMBER), told(row, 0));
        assert_int_equal(told(step, WIRE_STEP_ASKED), told(row, 1));
        assert_int_equal(told(step, WIRE_STEP_OUT), told(row, 2));
        assert_true(told(step, WIRE_STEP_US) >= 0);
    }
    assert_true(card_run(s->card, &r, take_part, s, &e));
    steps = value_get(&s->done, "steps");
    assert_int_equal(told(value_at(steps, 0), WIRE_STEP_ASKED), 0);
    assert_int_equal(told(value_at(steps, 0), WIRE_STEP_OUT), 2);
    assert_int_equal(told(value_at(steps, 1), WIRE_STEP_ASKED), 1);
    r.plan = false;
    assert_true(card_run(s->card, &r, take_part, s, &e));
    assert_null(value_get(&s->done, "steps"));
    value_free(&demand);
    value_free(&expected);
    stage_close(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(measures_rank_and_say_why),
        cmocka_unit_test(a_gate_says_why_it_refused),
        cmocka_unit_test(another_demand_is_answered_anew),
        cmocka_unit_test(steps_are_counted_when_asked_for),
    };
    return cmocka_run_group_tests(tests, start_page, NULL);
}
