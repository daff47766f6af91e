/* What a worker may not say. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "engine/checked.h"
#include "quoted.h"

/* Three that are ranked, and behind them one that is only counted and one that is gone. */
static char kinds[] = "bbrcg";
static const solution_rows ROWS = {
    .kinds = {.data = kinds, .len = 5}, .ids = {.len = 5}, .ranked = 3};
enum { RESERVE = 2 };

/* One gate, one rule of at most 10 points. */
static plan_rule rules[] = {{.gate = true}, {.gate = false, .max = 10, .weight = 1}};
static const plan PLAN = {.rules = rules, .len = 2};

#define ANSWERS "'rules':[['points',3,'why']],'gates':[[true,'yes']]"

#define TWO_RULES "'rules':[['points',3,''],['points',3,'']],'gates':[[true,'']]"

static const char *const GOOD_ITEMS[] = {
    "{'solution':0,'score':30,'coverage':1," ANSWERS "}",
    "{'solution':2,'score':null,'coverage':0,'rules':[['not_applicable',null,'']],'gates':[[null,'"
    "broken']]}",
    "{'solution':1,'score':100,'coverage':0.5,'rules':[['failed',null,'x']],'gates':[[false,null,'"
    "no']]}",
};

static const char *const BAD_ITEMS[] = {
    "[]",
    "{}",
    "{'solution':3,'score':30,'coverage':1," ANSWERS "}",
    "{'solution':-1,'score':30,'coverage':1," ANSWERS "}",
    "{'solution':'0','score':30,'coverage':1," ANSWERS "}",
    "{'solution':0,'score':101,'coverage':1," ANSWERS "}",
    "{'solution':0,'score':'30','coverage':1," ANSWERS "}",
    "{'solution':0,'score':30,'coverage':2," ANSWERS "}",
    "{'solution':0,'score':30," ANSWERS "}",
    "{'solution':0,'score':30,'coverage':1,'rules':[],'gates':[[true,'']]}",
    "{'solution':0,'score':30,'coverage':1," TWO_RULES "}",
    "{'solution':0,'score':30,'coverage':1,'rules':[['points',11,'']],'gates':[[true,'']]}",
    "{'solution':0,'score':30,'coverage':1,'rules':[['points',null,'']],'gates':[[true,'']]}",
    "{'solution':0,'score':30,'coverage':1,'rules':[['failed',0,'']],'gates':[[true,'']]}",
    "{'solution':0,'score':30,'coverage':1,'rules':[['won',3,'']],'gates':[[true,'']]}",
    "{'solution':0,'score':30,'coverage':1,'rules':[['points',3,{}]],'gates':[[true,'']]}",
    "{'solution':0,'score':30,'coverage':1,'rules':[['points',3,'']],'gates':[['yes','']]}",
    "{'solution':0,'score':30,'coverage':1,'rules':[['points',3,'']]}",
};

static void only_items_that_can_be_count(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof GOOD_ITEMS / sizeof GOOD_ITEMS[0]; i++) {
        value item = read_quoted(GOOD_ITEMS[i]);
        if (!checked_item(&PLAN, &item, &ROWS, true))
            fail_msg("refused: %s", GOOD_ITEMS[i]);
        value_free(&item);
    }
    for (size_t i = 0; i < sizeof BAD_ITEMS / sizeof BAD_ITEMS[0]; i++) {
        value item = read_quoted(BAD_ITEMS[i]);
        if (checked_item(&PLAN, &item, &ROWS, true))
            fail_msg("accepted: %s", BAD_ITEMS[i]);
        value_free(&item);
    }
}

static void a_ranking_needs_no_gates(void **state)
{
    (void)state;
    value item = read_quoted("{'solution':0,'score':30,'coverage':1,'rules':[['points',3,'why']]}");
    assert_true(checked_item(&PLAN, &item, &ROWS, false));
    value_free(&item);
}

#define FAILURE(number, pairs)                                                                     \
    "{'scored':2,'excluded':1,'failures':[{'number':" number ",'pairs':" pairs                     \
    ",'message':'m','where':'w','traceback':''}]}"

#define MORE(more)   "{'scored':2,'excluded':1,'failures':[]," more "}"
#define STEPS(steps) "{'scored':2,'excluded':1,'failures':[],'steps':" steps "}"
#define STEP(number, asked, us)                                                                    \
    "{'number':" number ",'asked':" asked ",'out':0,'unseen':0,'us':" us "}"

static const struct {
    const char *frame;
    bool good;
} DONE[] = {
    {"{'scored':2,'excluded':1,'failures':[]}", true},
    {FAILURE("1", "3"), true},
    {"{'scored':2,'excluded':2,'failures':[]}", false},
    {"{'scored':-1,'excluded':4,'failures':[]}", false},
    {"{'scored':9223372036854775807,'excluded':1,'failures':[]}", false},
    {"{'scored':2,'excluded':1}", false},
    {FAILURE("0", "1"), false},
    {FAILURE("3", "1"), false},
    {FAILURE("1", "6"), false},
    {FAILURE("1", "0"), false},
    {"{'scored':2,'excluded':1,'failures':[{'number':1,'pairs':1}]}", false},
    {STEPS("[" STEP("1", "3", "20") "," STEP("2", "3", "0") "]"), true},
    {STEPS("[" STEP("0", "3", "20") "]"), false},
    {STEPS("[" STEP("3", "3", "20") "]"), false},
    {STEPS("[" STEP("1", "-1", "20") "]"), false},
    {STEPS("[" STEP("1", "3", "1000000000001") "]"), false},
    {STEPS("[{'number':1}]"), false},
    {STEPS("{'a':1}"), false},
    {MORE("'gone':2"), true},
    {MORE("'gone':3"), false},
    {MORE("'gone':-1"), false},
    {MORE("'reserve':[[0,70],[2,null]]"), true},
    {MORE("'reserve':[[0,70],[1,60],[2,50]]"), false},
    {MORE("'reserve':[[3,70]]"), false},
    {MORE("'reserve':[[0,101]]"), false},
    {MORE("'reserve':[['0',70]]"), false},
};

static void only_counts_that_can_be_count(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof DONE / sizeof DONE[0]; i++) {
        value frame = value_nil();
        if (i == 4) { /* more than JSON may say */
            frame = read_quoted(DONE[0].frame);
            value_set(&frame, "scored", value_int(INT64_MAX));
        } else {
            frame = read_quoted(DONE[i].frame);
        }
        if (checked_done(&PLAN, &frame, &ROWS, RESERVE) != DONE[i].good)
            fail_msg("%s: %s", DONE[i].good ? "refused" : "accepted", DONE[i].frame);
        value_free(&frame);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_items_that_can_be_count),
        cmocka_unit_test(a_ranking_needs_no_gates),
        cmocka_unit_test(only_counts_that_can_be_count),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
