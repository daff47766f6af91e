/* Which values of a field are worth trying. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "engine/changes.h"
#include "quoted.h"

static void check(const char *field, const char *stands, const char *others, const char *demand,
                  const char *expected)
{
    value f = read_quoted(field), s = read_quoted(stands), o = read_quoted(others),
          d = read_quoted(demand);
    value list = changes_candidates(&f, &s, &o, &d);
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
    value_free(&list);
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
          "{'most':5,'title':'Vraag','budget':{'amount':12,'currency':'EUR'}}", "[0,5,12,7,9]");
    check("{'name':'p','type':'money'}", "{'amount':5,'currency':'EUR'}",
          "[{'amount':8,'currency':'EUR'}]", "{'budget':{'amount':12,'currency':'EUR'}}",
          "[{'amount':12,'currency':'EUR'},{'amount':8,'currency':'EUR'}]");
    check("{'name':'d','type':'date'}", "'2026-01-01'", "['2026-02-01']", "{'by':'2026-03-01'}",
          "['2026-03-01','2026-02-01']");
}

static void a_list_gets_one_term_more_or_less(void **state)
{
    (void)state;
    check("{'name':'t','type':'term','many':true,'terms':[{'name':'a'},{'name':'b'}]}", "['a']",
          "[['c']]", "{'t':['d']}", "[['a','b'],['a','d'],['a','c'],[]]");
}

static void yes_or_no_turns_round_and_texts_are_left_alone(void **state)
{
    (void)state;
    check("{'name':'b','type':'boolean'}", "true", "[]", "{}", "[false]");
    check("{'name':'b','type':'boolean'}", "null", "[]", "{}", "[false,true]");
    check("{'name':'x','type':'text'}", "'een'", "['twee']", "{'x':'drie'}", "[]");
    check("{'name':'x','type':'place'}", "'Goes'", "['Ede']", "{}", "[]");
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
        cmocka_unit_test(a_list_gets_one_term_more_or_less),
        cmocka_unit_test(yes_or_no_turns_round_and_texts_are_left_alone),
        cmocka_unit_test(between_two_values_is_a_whole_step),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
