/* Which values of a field are worth trying. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "engine/changes.h"
#include "quoted.h"

static void check_named(const char *field, const char *stands, const char *others,
                        const char *demand, const char *named, const char *expected)
{
    value f = read_quoted(field), s = read_quoted(stands), o = read_quoted(others),
          d = read_quoted(demand), n = read_quoted(named);
    value list = changes_candidates(&f, &s, &o, &d, &n);
    buf text = {0};
    json_write(&text, &list);
    for (size_t i = 0; i < text.len; i++)
        if (text.data[i] == '"')
            text.data[i] = '\'';
    assert_string_equal(buf_text(&text), expected);
    buf_free(&text);
    value_free(&f);
    value_free(&s);
    value_free(&o);
    value_free(&d);
    value_free(&n);
    value_free(&list);
}

static void check(const char *field, const char *stands, const char *others, const char *demand,
                  const char *expected)
{
    check_named(field, stands, others, demand, "[]", expected);
}

static void a_short_range_is_tried_whole(void **state)
{
    (void)state;
    check("{'name':'trl','type':'integer','minimum':1,'maximum':5}", "3", "[]", "{}", "[1,2,4,5]");
}

static void numbers_come_from_range_demand_and_others(void **state)
{
    (void)state;
    check("{'name':'n','type':'integer','minimum':0}", "3", "[7,3,-2,9]",
          "{'most':5,'title':'Vraag','budget':{'amount':12,'currency':'EUR'}}",
          "[0,4,2,5,12,7,9,6,1,24,48,96,192,384,768]");
    check("{'name':'p','type':'money'}", "{'amount':5,'currency':'EUR'}",
          "[{'amount':8,'currency':'EUR'}]", "{'budget':{'amount':12,'currency':'EUR'}}",
          "[{'amount':6,'currency':'EUR'},{'amount':4,'currency':'EUR'},"
          "{'amount':12,'currency':'EUR'},{'amount':8,'currency':'EUR'},"
          "{'amount':0,'currency':'EUR'},{'amount':10,'currency':'EUR'},"
          "{'amount':2,'currency':'EUR'},{'amount':20,'currency':'EUR'},"
          "{'amount':1,'currency':'EUR'},{'amount':40,'currency':'EUR'},"
          "{'amount':80,'currency':'EUR'},{'amount':160,'currency':'EUR'},"
          "{'amount':320,'currency':'EUR'},{'amount':640,'currency':'EUR'},"
          "{'amount':1280,'currency':'EUR'}]");
    check("{'name':'d','type':'date'}", "'2026-01-01'", "['2026-02-01']", "{'by':'2026-03-01'}",
          "['2026-01-02','2025-12-31','2026-03-01','2026-02-01','2026-01-08','2025-12-25',"
          "'2026-01-31','2025-12-02','2026-04-01','2025-10-03','2027-01-01','2025-01-01',"
          "'2035-12-30','2016-01-04']");
    check("{'name':'t','type':'time'}", "null", "['2026-02-01T10:00:00+01:00']",
          "{'by':'2026-03-01'}", "['2026-03-01T00:00:00Z','2026-02-01T09:00:00Z']");
}

/* Of 1, 10, 100 and so on one may gain, and from it on the least is looked for. */
static void a_number_that_nobody_has_is_tried_by_its_length(void **state)
{
    (void)state;
    check("{'name':'n','type':'integer','minimum':5,'maximum':1000}", "null", "[]", "{}",
          "[5,1000]");
    check("{'name':'n','type':'integer','maximum':1000}", "0", "[]", "{}", "[1000,1,-1,10,100]");
    check("{'name':'n','type':'integer'}", "null", "[]", "{}",
          "[0,1,10,100,1000,10000,100000,1000000,10000000]");
}

/* A value from which on a measure gives more, though nobody has it. */
static void numbers_that_measures_name_are_tried(void **state)
{
    (void)state;
    check_named("{'name':'n','type':'integer'}", "3", "[]", "{}", "[250,0.5]",
                "[4,2,250,0,6,1,12,24,48,96,192,384,768]");
    check_named("{'name':'p','type':'money'}", "null", "[]", "{}", "[9]",
                "[{'amount':9,'currency':'EUR'}]");
    check_named("{'name':'d','type':'date'}", "null", "[]", "{}", "[90]", "[]"); /* of days */
}

static void a_list_gets_one_term_more_or_less(void **state)
{
    (void)state;
    check("{'name':'t','type':'term','many':true,'terms':[{'name':'a'},{'name':'b'}]}", "['a']",
          "[['c']]", "{'t':['d']}", "[['a','b'],['a','d'],['a','c'],[]]");
}

/* Each try is a whole list: all of them would be the square of it. */
static void a_long_list_gets_few_tries(void **state)
{
    (void)state;
    value spec = read_quoted("{'name':'t','type':'text','many':true}"), stands = value_list();
    for (int64_t i = 0; i < 20000; i++)
        value_push(&stands, value_int(i));
    value list = changes_candidates(&spec, &stands, NULL, NULL, NULL);
    assert_in_range(value_len(&list), 1, 20);
    value few = value_list();
    for (int64_t i = 0; i < 300; i++)
        value_push(&few, value_int(i));
    value some = changes_candidates(&spec, &few, NULL, NULL, NULL);
    assert_int_equal(value_len(&some), 200);
    value_free(&spec);
    value_free(&stands);
    value_free(&list);
    value_free(&few);
    value_free(&some);
}

static void yes_or_no_turns_round(void **state)
{
    (void)state;
    check("{'name':'b','type':'boolean'}", "true", "[]", "{}", "[false]");
    check("{'name':'b','type':'boolean'}", "null", "[]", "{}", "[false,true]");
}

/* Degrees further west. */
static value place_at(const value *from, double degrees)
{
    value place = value_copy(from);
    value_set(&place, "lon", value_double(value_get_double(from, "lon", 0) - degrees));
    return place;
}

static void a_code_becomes_another_but_prose_does_not(void **state)
{
    (void)state;
    check("{'name':'r','type':'text'}", "'NL11'", "['NL21','a whole sentence']",
          "{'regions':['NL34'],'title':'Wat wij zoeken'}", "['NL34','NL21']");
    check("{'name':'x','type':'text'}", "'een zin die voor een code te lang is en een tekst'",
          "['NL21']", "{'x':'NL34'}", "[]");
    check("{'name':'x','type':'text'}", "'in gebruik'", "['NL21','op proef']", "{'x':'NL34'}",
          "['NL21','op proef']");
    check("{'name':'c','type':'text','many':true}", "['ISO 9001']", "[]",
          "{'c':['ISO 9001','AQAP 2110'],'title':'Wat wij zoeken'}",
          "[['ISO 9001','AQAP 2110'],[]]");
}

static void a_text_that_is_not_there_may_be_any(void **state)
{
    (void)state;
    check("{'name':'x','type':'text'}", "null", "['een zin','nog een']", "{}",
          "['een zin','nog een']");
}

/* Nothing can be made up for these. */
static void addresses_and_references_become_those_of_others(void **state)
{
    (void)state;
    check("{'name':'o','type':'reference','kind':'organisation'}", "'organisation/a'",
          "['organisation/b','organisation/a']",
          "{'owner':'organisation/c','title':'Vraag','other':'person/d'}",
          "['organisation/c','organisation/b']");
    check("{'name':'u','type':'url'}", "null", "['https://a.example/x']", "{'title':'Vraag'}",
          "['https://a.example/x']");
    check("{'name':'e','type':'email'}", "null", "['a@b.example']", "{}", "['a@b.example']");
    check("{'name':'any'}", "null", "[{'a':1},{'b':[2]}]", "{'title':'Vraag'}",
          "[{'a':1},{'b':[2]}]");
}

static void lists_of_anything_get_one_item_more_or_less(void **state)
{
    (void)state;
    check_named("{'name':'n','type':'integer','many':true}", "[5,7]", "[[9],[7,5]]", "{'n':[8]}",
                "[6]", "[[5,7,6],[5,7,8],[5,7,9],[7],[5]]");
    check("{'name':'r','type':'reference','many':true}", "['a/x']", "[['a/x','b/y']]", "{}",
          "[['a/x','b/y'],[]]");
    check("{'name':'d','type':'date','many':true}", "null", "[['2026-01-01']]", "{}",
          "[['2026-01-01']]");
}

static void a_place_goes_to_the_demands_else_to_those_of_others(void **state)
{
    (void)state;
    check("{'name':'x','type':'place'}", "{'lon':4,'lat':52}", "[{'lon':6,'lat':52}]",
          "{'place':{'lon':5,'lat':52}}", "[{'lon':5,'lat':52}]");
    check("{'name':'x','type':'place'}", "{'lon':4,'lat':52}", "[{'lon':6,'lat':52},'Ede']",
          "{'place':'Goes'}", "[{'lon':6,'lat':52}]");
    check("{'name':'x','type':'place'}", "{'lon':4,'lat':52}", "[{'lon':400,'lat':52}]", "{}",
          "[]");
}

static void places_are_closed_in_upon_by_whole_kilometres(void **state)
{
    (void)state;
    value spec = read_quoted("{'type':'place'}"), from = read_quoted("{'lon':179,'lat':0}"),
          to = read_quoted("{'lon':-179,'lat':0}"), aside = read_quoted("{'lon':180,'lat':0.5}");
    assert_float_equal(changes_distance(&spec, &from, &to), 222.39, 0.01); /* over the date line */
    value half = changes_between(&spec, &from, &to, 0.5);
    assert_float_equal(changes_distance(&spec, &from, &half), 111, 0.02);
    assert_float_equal(value_get_double(&half, "lat", 1), 0, 0);
    assert_true(changes_on_way(&spec, &from, &half, &to));
    assert_false(changes_on_way(&spec, &from, &aside, &to));
    assert_false(changes_on_way(&spec, &half, &from, &to));
    value near = place_at(&half, 0.008), none = changes_between(&spec, &half, &near, 0.9);
    assert_true(value_is(&none, VALUE_NIL)); /* 0.9 km apart */
    value_free(&spec);
    value_free(&from);
    value_free(&to);
    value_free(&aside);
    value_free(&half);
    value_free(&near);
}

static void between_two_values_is_a_whole_step(void **state)
{
    (void)state;
    value days = read_quoted("{'type':'integer'}"), money = read_quoted("{'type':'money'}");
    value a = value_int(10), b = value_int(12), next = value_int(11);
    value middle = changes_between(&days, &a, &b, 0.5),
          none = changes_between(&days, &a, &next, 0.5);
    assert_int_equal(value_as_int(&middle, 0), 11);
    assert_true(value_is(&none, VALUE_NIL));
    value low = read_quoted("{'amount':100,'currency':'USD'}"),
          high = read_quoted("{'amount':200,'currency':'USD'}");
    value amount = changes_between(&money, &low, &high, 0.25);
    assert_int_equal(value_get_int(&amount, "amount", 0), 125);
    assert_string_equal(value_get_str(&amount, "currency", ""), "USD");
    value share = read_quoted("{'type':'decimal'}"), from = value_double(0.2), to = value_int(1);
    value part = changes_between(&share, &from, &to, 1.0 / 17);
    assert_true(value_as_double(&part, 0) == 0.25); /* and not 0.247058823529 */
    value close = value_double(0.2001), nothing = changes_between(&share, &from, &close, 0.5);
    assert_true(value_is(&nothing, VALUE_NIL));
    value_free(&share);
    value_free(&days);
    value_free(&money);
    value_free(&low);
    value_free(&high);
    value_free(&amount);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_short_range_is_tried_whole),
        cmocka_unit_test(numbers_come_from_range_demand_and_others),
        cmocka_unit_test(numbers_that_measures_name_are_tried),
        cmocka_unit_test(a_number_that_nobody_has_is_tried_by_its_length),
        cmocka_unit_test(addresses_and_references_become_those_of_others),
        cmocka_unit_test(lists_of_anything_get_one_item_more_or_less),
        cmocka_unit_test(a_list_gets_one_term_more_or_less),
        cmocka_unit_test(a_long_list_gets_few_tries),
        cmocka_unit_test(yes_or_no_turns_round),
        cmocka_unit_test(a_code_becomes_another_but_prose_does_not),
        cmocka_unit_test(a_text_that_is_not_there_may_be_any),
        cmocka_unit_test(a_place_goes_to_the_demands_else_to_those_of_others),
        cmocka_unit_test(places_are_closed_in_upon_by_whole_kilometres),
        cmocka_unit_test(between_two_values_is_a_whole_step),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
