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
          "{'most':5,'title':'Vraag','budget':{'amount':12,'currency':'EUR'}}", "[0,4,2,5,12,7,9]");
    check("{'name':'p','type':'money'}", "{'amount':5,'currency':'EUR'}",
          "[{'amount':8,'currency':'EUR'}]", "{'budget':{'amount':12,'currency':'EUR'}}",
          "[{'amount':6,'currency':'EUR'},{'amount':4,'currency':'EUR'},"
          "{'amount':12,'currency':'EUR'},{'amount':8,'currency':'EUR'}]");
    check("{'name':'d','type':'date'}", "'2026-01-01'", "['2026-02-01']", "{'by':'2026-03-01'}",
          "['2026-01-02','2025-12-31','2026-03-01','2026-02-01']");
}

/* A value from which on a measure gives more, though nobody has it. */
static void numbers_that_measures_name_are_tried(void **state)
{
    (void)state;
    check_named("{'name':'n','type':'integer'}", "3", "[]", "{}", "[250,0.5]", "[4,2,250,0]");
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
    check("{'name':'x','type':'text'}", "'een zin'", "['NL21']", "{'x':'NL34'}", "[]");
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
        cmocka_unit_test(a_list_gets_one_term_more_or_less),
        cmocka_unit_test(yes_or_no_turns_round),
        cmocka_unit_test(a_code_becomes_another_but_prose_does_not),
        cmocka_unit_test(a_text_that_is_not_there_may_be_any),
        cmocka_unit_test(a_place_goes_to_the_demands_else_to_those_of_others),
        cmocka_unit_test(places_are_closed_in_upon_by_whole_kilometres),
        cmocka_unit_test(between_two_values_is_a_whole_step),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
