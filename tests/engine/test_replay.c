/* How a run that came out otherwise is told. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "engine/replay.h"
#include "quoted.h"

static const char WAS[] =
    "{'scorecard':'z/z','log':9,'failed_rules':[],'demands':[{'demand':'demand/a','scored':2,"
    "'ranked':[{'rank':1,'solution':'solution/x','score':50,'rules':[{'rule':'z/r','outcome':"
    "'points','value':5,'max':10,'weight':1,'reason':'half'}]},{'rank':2,'solution':'solution/y',"
    "'score':40,'rules':[]}]}]}";

static value differences(const char *is)
{
    value a = read_quoted(WAS), b = read_quoted(is), list = replay_differences(&a, &b);
    value_free(&a);
    value_free(&b);
    return list;
}

static void check_row(const value *row, const char *expected)
{
    buf text = {0};
    value e = read_quoted(expected);
    buf wanted = {0};
    json_write(&text, row);
    json_write(&wanted, &e);
    assert_string_equal(buf_text(&text), buf_text(&wanted));
    buf_free(&text);
    buf_free(&wanted);
    value_free(&e);
}

static void the_same_documents_have_no_differences(void **state)
{
    (void)state;
    value list = differences(WAS);
    assert_int_equal(value_len(&list), 0);
    value_free(&list);
}

static void a_difference_names_demand_solution_rule_and_both_values(void **state)
{
    (void)state;
    value list = differences(
        "{'scorecard':'z/z','log':9,'failed_rules':[],'demands':[{'demand':'demand/a','scored':3,"
        "'ranked':[{'rank':1,'solution':'solution/x','score':60,'rules':[{'rule':'z/r','outcome':"
        "'points','value':6,'max':10,'weight':1,'reason':'half'}]},{'rank':2,'solution':"
        "'solution/z','score':40,'rules':[]}]}]}");
    assert_int_equal(value_len(&list), 5);
    check_row(value_at(&list, 0), "{'demand':'demand/a','what':'scored','was':2,'is':3}");
    check_row(value_at(&list, 1), "{'demand':'demand/a','solution':'solution/x','what':'score',"
                                  "'was':50,'is':60}");
    check_row(value_at(&list, 2), "{'demand':'demand/a','solution':'solution/x','rule':'z/r',"
                                  "'what':'value','was':5,'is':6}");
    check_row(value_at(&list, 3), "{'demand':'demand/a','solution':'solution/y','what':'ranked',"
                                  "'was':true,'is':null}");
    check_row(value_at(&list, 4), "{'demand':'demand/a','solution':'solution/z','what':'ranked',"
                                  "'was':null,'is':true}");
    value_free(&list);
}

static void a_key_that_is_new_or_gone_is_a_difference(void **state)
{
    (void)state;
    value list = differences("{'scorecard':'z/z','failed_rules':[],'extra':1,'demands':[]}");
    assert_int_equal(value_len(&list), 3);
    check_row(value_at(&list, 0), "{'what':'log','was':9,'is':null}");
    check_row(value_at(&list, 1), "{'what':'extra','was':null,'is':1}");
    check_row(value_at(&list, 2), "{'demand':'demand/a','what':'matched','was':true,'is':null}");
    value_free(&list);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_same_documents_have_no_differences),
        cmocka_unit_test(a_difference_names_demand_solution_rule_and_both_values),
        cmocka_unit_test(a_key_that_is_new_or_gone_is_a_difference),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
