/* A scorecard made into a plan: what it inherits, drops, adds, and what it is told when it can't
 * be. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "engine/scorecard.h"
#include "quoted.h"

static const char NATIONAL[] =
    "[{'type':'rule','name':'trl','file':'gates.lua','line':3,'spec':{'computes':'gate','on':'pair'"
    ","
    "'needs':{'solution':['trl'],'demand':['trl_min']}}},"
    "{'type':'rule','name':'themes','file':'rules.lua','line':9,'spec':{'computes':'score','on':'"
    "pair','max':10,"
    "'needs':{'solution':['themes','id'],'demand':['themes']}}},"
    "{'type':'rule','name':'dual','file':'rules.lua','line':20,'spec':{'computes':'score','on':'"
    "solution','max':5,"
    "'needs':{'solution':['civil_use','trl']}}},"
    "{'type':'scorecard','name':'national','file':'cards.lua','line':2,'spec':{'gates':['trl'],"
    "'rules':{'dual':1,'themes':2}}}]";

static const char ZEELAND[] =
    "[{'type':'rule','name':'port','file':'init.lua','line':4,'spec':{'computes':'score','on':'"
    "pair','max':10,"
    "'needs':{'solution':['technologies'],'demand':['themes']}}},"
    "{'type':'scorecard','name':'zeeland','file':'init.lua','line':20,'spec':{'extends':'national/"
    "national',"
    "'rules':{'port':3,'national/dual':0,'national/themes':4}}},"
    "{'type':'scorecard','name':'circle','file':'init.lua','line':30,'spec':{'extends':'circle','"
    "rules':{}}},"
    "{'type':'scorecard','name':'typo','file':'init.lua','line':40,'spec':{'rules':{'prot':1}}},"
    "{'type':'scorecard','name':'mixed','file':'init.lua','line':50,'spec':{'rules':{'national/"
    "trl':1}}}]";

static registry *both(void)
{
    registry *r = registry_new();
    err e = {0};
    value national = read_quoted(NATIONAL), zeeland = read_quoted(ZEELAND);
    assert_true(registry_add(r, "national", &national, &e));
    assert_true(registry_add(r, "zeeland", &zeeland, &e));
    value_free(&national);
    value_free(&zeeland);
    return r;
}

static void what_it_extends_comes_first_and_its_own_words_win(void **state)
{
    registry *r = both();
    plan p = {0};
    err e = {0};
    (void)state;
    assert_true(plan_make(r, "zeeland", &p, &e));
    assert_int_equal(p.len, 3);
    assert_string_equal(p.rules[0].from->full, "national/trl");
    assert_true(p.rules[0].gate);
    assert_string_equal(p.rules[1].from->full, "national/themes");
    assert_float_equal(p.rules[1].weight, 4, 0);
    assert_string_equal(p.rules[2].from->full, "zeeland/port");
    assert_float_equal(p.rules[2].max, 10, 0);
    plan_free(&p);
    registry_free(r);
}

static void a_weight_of_nothing_drops_a_rule_and_the_fields_only_it_needed(void **state)
{
    registry *r = both();
    plan p = {0};
    err e = {0};
    (void)state;
    assert_true(plan_make(r, "zeeland", &p, &e));
    for (size_t i = 0; i < value_len(&p.solution_fields); i++)
        assert_string_not_equal(value_str(value_at(&p.solution_fields, i), ""), "civil_use");
    assert_int_equal(value_len(&p.solution_fields),
                     3); /* trl, themes, technologies; the id is always there */
    plan_free(&p);
    registry_free(r);
}

static void a_plan_says_which_cell_of_a_row_each_rule_gets(void **state)
{
    registry *r = both();
    plan p = {0};
    err e = {0};
    (void)state;
    assert_true(plan_make(r, "national/national", &p, &e));
    value frame = plan_frame(&p, r, 7);
    const value *rules = value_get(&frame, "rules");
    const value *themes = NULL;
    for (size_t i = 0; i < value_len(rules); i++)
        if (strcmp(value_get_str(value_at(rules, i), "name", ""), "national/themes") == 0)
            themes = value_at(rules, i);
    const value *cells = value_get(themes, "solution");
    assert_int_equal(value_len(cells), 2);
    int64_t at = value_get_int(value_at(cells, 0), "at", -1);
    assert_string_equal(value_str(value_at(&p.solution_fields, (size_t)at - 1), ""), "themes");
    assert_int_equal(value_get_int(value_at(cells, 1), "at", -1), 0); /* id */
    value_free(&frame);
    plan_free(&p);
    registry_free(r);
}

static void a_rule_that_is_a_measure_goes_to_the_worker_whole(void **state)
{
    static const char RULES[] =
        "[{'type':'kind','name':'solution','file':'a.lua','line':1,'spec':{'fields':["
        "{'name':'trl','type':'integer','unit':'year','many':true}]}},"
        "{'type':'rule','name':'trl','file':'a.lua','line':1,'spec':{'title':{'nl':'Rijp'},"
        "'max':10,'reason':'TRL {value}','on':'solution','needs':{'solution':['trl']},"
        "'computes':'measure','measure':{'kind':'value','a':{'side':'solution','field':'trl'},"
        "'full':9,'zero':1}}},"
        "{'type':'rule','name':'open','file':'a.lua','line':2,'spec':{'on':'demand',"
        "'needs':{'demand':['deadline']},'computes':'gate','measure':{'kind':'dates'}}},"
        "{'type':'scorecard','name':'a','file':'a.lua','line':3,'spec':{'gates':['open'],"
        "'rules':{'trl':1}}}]";
    registry *r = registry_new();
    value contributions = read_quoted(RULES);
    plan p = {0};
    err e = {0};
    (void)state;
    assert_true(registry_add(r, "test", &contributions, &e));
    assert_true(plan_make(r, "a", &p, &e));
    value frame = plan_frame(&p, r, 7);
    const value *rules = value_get(&frame, "rules"), *gate = value_at(rules, 0);
    const value *rule = value_at(rules, 1);
    const value *spec = registry_find(r, "rule", "test/trl", NULL, &e)->spec;
    assert_true(value_get_bool(gate, "gate", false));
    assert_string_equal(value_get_str(value_get(gate, "measure"), "kind", ""), "dates");
    assert_string_equal(value_get_str(gate, "title", ""), "open");
    assert_false(value_get_bool(rule, "gate", true));
    assert_true(value_equal(value_get(rule, "measure"), value_get(spec, "measure")));
    assert_string_equal(value_get_str(rule, "reason", ""), "TRL {value}");
    assert_string_equal(value_get_str(rule, "title", ""), "Rijp");
    const value *column = value_at(value_get(rule, "solution"), 0);
    assert_true(value_get_bool(column, "year", false));
    assert_true(value_get_bool(column, "many", false));
    column = value_at(value_get(gate, "demand"), 0);
    assert_false(value_get_bool(column, "year", true));
    value_free(&frame);
    value_free(&contributions);
    plan_free(&p);
    registry_free(r);
}

static const struct {
    const char *card;
    err_code code;
    const char *message, *where;
} REFUSED[] = {
    {"circle", ERR_BAD_DATA, "circle", "zeeland/init.lua:30"},
    {"typo", ERR_NOT_FOUND, "prot", "zeeland/init.lua:40"},
    {"mixed", ERR_BAD_DATA, "gate", "zeeland/init.lua:50"},
    {"limburg", ERR_NOT_FOUND, "limburg", ""},
};

static void a_card_that_cannot_be_is_named_with_its_place(void **state)
{
    registry *r = both();
    (void)state;
    for (size_t i = 0; i < sizeof REFUSED / sizeof REFUSED[0]; i++) {
        plan p = {0};
        err e = {0};
        assert_false(plan_make(r, REFUSED[i].card, &p, &e));
        assert_int_equal(e.code, REFUSED[i].code);
        assert_non_null(strstr(e.message, REFUSED[i].message));
        assert_string_equal(e.where, REFUSED[i].where);
    }
    registry_free(r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_it_extends_comes_first_and_its_own_words_win),
        cmocka_unit_test(a_weight_of_nothing_drops_a_rule_and_the_fields_only_it_needed),
        cmocka_unit_test(a_plan_says_which_cell_of_a_row_each_rule_gets),
        cmocka_unit_test(a_rule_that_is_a_measure_goes_to_the_worker_whole),
        cmocka_unit_test(a_card_that_cannot_be_is_named_with_its_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
