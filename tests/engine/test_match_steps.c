/* What workers counted, added up over demands. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/json.h"
#include "engine/match_steps.h"
#include "quoted.h"

static const char RULES[] =
    "[{'type':'rule','name':'open','file':'a.lua','line':1,'spec':{'on':'demand','computes':'gate',"
    "'measure':{'kind':'dates'}}},"
    "{'type':'rule','name':'far','file':'a.lua','line':2,'spec':{'on':'pair','max':1}},"
    "{'type':'rule','name':'near','file':'a.lua','line':3,'spec':{'on':'solution','max':1}},"
    "{'type':'scorecard','name':'a','file':'a.lua','line':3,'spec':{'gates':['open'],"
    "'rules':{'far':1,'near':1}}}]";

/* Numbers are of the plan: open 1, far 2, near 3. */
static const char RESULTS[] = "[{'steps':[[1,1,9,8,500]]},"
                              "{'steps':[[3,9,0,0,250],[1,1,0,0,500],"
                              "[2,9,4,0,1000]]},"
                              "{'steps':[[1,1,2,0,0],[2,7,3,0,0]]}]";

static void steps_add_up_in_the_order_of_the_demand_that_met_most(void **state)
{
    registry *r = registry_new();
    value contributions = read_quoted(RULES), results = read_quoted(RESULTS);
    value expected = read_quoted(
        "[{'step':1,'rule':'t/near','work':'rule','on':'solution','by':'lua','asked':9,"
        "'excluded':0,'unseen':0,'pruned':0,'ms':0.25},"
        "{'step':2,'rule':'t/open','work':'gate','on':'demand','by':'measure','asked':3,"
        "'excluded':11,'unseen':8,'pruned':0,'ms':1},"
        "{'step':3,'rule':'t/far','work':'rule','on':'pair','by':'lua','asked':16,"
        "'excluded':0,'unseen':0,'pruned':7,'ms':1}]");
    plan p = {0};
    err e = {0};
    (void)state;
    assert_true(registry_add(r, "t", &contributions, &e));
    assert_true(plan_make(r, "a", &p, &e));
    value steps = match_steps(&p, &results);
    buf got = {0}, wanted = {0};
    json_write(&got, &steps);
    json_write(&wanted, &expected);
    assert_string_equal(buf_text(&got), buf_text(&wanted));
    buf_free(&got);
    buf_free(&wanted);
    value_free(&steps);
    value_free(&expected);
    value_free(&results);
    value_free(&contributions);
    plan_free(&p);
    registry_free(r);
}

static void check_phases(const match_times *times, const char *expected)
{
    value phases = match_phases(times, 6000), wanted = read_quoted(expected);
    assert_true(value_equal(&phases, &wanted));
    value_free(&phases);
    value_free(&wanted);
}

static void phases_follow_each_other_without_a_gap(void **state)
{
    (void)state;
    match_times times = {0};
    check_phases(&times, "{'kept':0,'records':0,'match':0,'document':6}");
    match_times_add(&times, 1000, &(scoring_clock){1500, 4000}, 4200);
    check_phases(&times, "{'kept':0,'records':0.5,'match':2.5,'document':3}");
    match_times_add(&times, 4200, &(scoring_clock){4500, 0}, 4700); /* none was ranked */
    times.kept = 250;
    check_phases(&times, "{'kept':0.25,'records':1,'match':2.5,'document':2.25}");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(steps_add_up_in_the_order_of_the_demand_that_met_most),
        cmocka_unit_test(phases_follow_each_other_without_a_gap),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
