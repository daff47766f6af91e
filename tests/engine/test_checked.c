/* What a worker may not say. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/wire.h"
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

#define ANSWERS "[['points',3,'why']],[[true,'yes']]"

#define TWO_RULES "[['points',3,''],['points',3,'']],[[true,'']]"

static const char *const GOOD_ITEMS[] = {
    "[0,30,1," ANSWERS "]",
    "[2,null,0,[['not_applicable',null,'']],[[null,'broken']]]",
    "[1,100,0.5,[['failed',null,'x']],[[false,'no']]]",
    "[0,30,1,[['points',3,'why',[['a','b'],[],'']]],[[true,'yes',[[],['c'],'A sentence.']]]]",
};

static const char *const BAD_ITEMS[] = {
    "[]",
    "{}",
    "[3,30,1," ANSWERS "]",
    "[-1,30,1," ANSWERS "]",
    "['0',30,1," ANSWERS "]",
    "[0,101,1," ANSWERS "]",
    "[0,'30',1," ANSWERS "]",
    "[0,30,2," ANSWERS "]",
    "[0,30," ANSWERS "]",
    "[0,30,1,[],[[true,'']]]",
    "[0,30,1," TWO_RULES "]",
    "[0,30,1,[['points',11,'']],[[true,'']]]",
    "[0,30,1,[['points',null,'']],[[true,'']]]",
    "[0,30,1,[['failed',0,'']],[[true,'']]]",
    "[0,30,1,[['won',3,'']],[[true,'']]]",
    "[0,30,1,[['points',3,{}]],[[true,'']]]",
    "[0,30,1,[['points',3,'']],[['yes','']]]",
    "[0,30,1,[['points',3,'']],[[true,1]]]",
    "[0,30,1,[['points',3,'']],[[true]]]",
    "[0,30,1,[['points',-1,'']],[[true,'']]]",
    "[0,30,1,[[['points'],3,'']],[[true,'']]]",
    "[0,30,1,[[[],[],[]]],[[true,'']]]",
    "[0,30,1,[['points',3]],[[true,'']]]",
    "[0,30,1,[['points',3,'',[[],[]]]],[[true,'']]]",
    "[0,30,1,[['points',3,'',[[],[],7]]],[[true,'']]]",
    "[0,30,1,[['points',3,'',[[7],[],'']]],[[true,'']]]",
    "[0,30,1,[['points',3,'',[[],{},'']]],[[true,'']]]",
    "[0,30,1,[['points',3,'','a']],[[true,'']]]",
    "[0,30,1,[['points',3,'',[[],[],''],1]],[[true,'']]]",
    "[0,30,1,[['points',3,'']],[[true,'',[[['a']],[],'']]]]",
    "[0,30,1,[['points',3,'']],[[true,'',null]]]",
    "[0,30,1,[7],[[true,'']]]",
    "[0,30,1,{'points':3},[[true,'']]]",
    "[0,30,1,null,[[true,'']]]",
    "[0,30,1,[['points',3,'']]]",
    "[0,30,1,[['points',3,'']],null]",
    "[0,30,1," ANSWERS ",1]",
};

static bool is_taken(const char *quoted, bool explained, checked_place *place)
{
    value item = read_quoted(quoted);
    buf packed = {0};
    assert_true(pack_add(&packed, &item, &PACK_FROM_WORKER, NULL));
    const char *behind = checked_item(&PLAN, packed.data, &ROWS, explained, place);
    assert_true(!behind || behind == packed.data + packed.len);
    buf_free(&packed);
    value_free(&item);
    return behind;
}

static void only_items_that_can_be_count(void **state)
{
    (void)state;
    checked_place place;
    for (size_t i = 0; i < sizeof GOOD_ITEMS / sizeof GOOD_ITEMS[0]; i++)
        if (!is_taken(GOOD_ITEMS[i], true, &place))
            fail_msg("refused: %s", GOOD_ITEMS[i]);
    for (size_t i = 0; i < sizeof BAD_ITEMS / sizeof BAD_ITEMS[0]; i++)
        if (is_taken(BAD_ITEMS[i], true, &place))
            fail_msg("accepted: %s", BAD_ITEMS[i]);
}

/* Cut anywhere, or with more behind it, and with any byte another: never read past its end, and
 * taken only where it still is a whole item. */
static void bytes_that_were_kept_are_looked_at_anew(void **state)
{
    (void)state;
    value item = read_item("s/1", "[30,1,[['points',3,'why']],null]");
    size_t len = value_len(&item);
    assert_true(checked_kept(&PLAN, &item));
    assert_false(checked_kept(&PLAN, NULL));
    for (size_t some = 0; some < len; some++) {
        value cut = value_bytes(value_str(&item, ""), some);
        assert_false(checked_kept(&PLAN, &cut));
        value_free(&cut);
    }
    value more = value_bytes(value_str(&item, ""), len + 1); /* its NUL, a number 0 */
    assert_false(checked_kept(&PLAN, &more));
    int taken = 0;
    for (size_t at = 0; at < len; at++)
        for (int byte = 0; byte < 256; byte++) {
            value other = value_copy(&item);
            other.as.text.bytes[at] = (char)byte;
            if (checked_kept(&PLAN, &other)) {
                taken++;
                assert_true(strlen(item_look(&other).id) == 3);
            }
            value_free(&other);
        }
    assert_in_range(taken, len, len * 128); /* itself each time, other numbers and letters */
    value_free(&more);
    value_free(&item);
}

static void an_item_that_was_explained_is_none_that_is_kept(void **state)
{
    (void)state;
    value item = read_item("s/1", "[30,1,[['points',3,'why']],[[true,'yes']]]");
    value nameless = read_item("", "[30,1,[['points',3,'why']],null]");
    assert_false(checked_kept(&PLAN, &item));
    assert_false(checked_kept(&PLAN, &nameless));
    value_free(&item);
    value_free(&nameless);
}

static void a_ranking_has_no_gates(void **state)
{
    (void)state;
    checked_place place;
    assert_true(is_taken("[2,30,1,[['points',3,'why']],null]", false, &place));
    assert_int_equal(place.solution, 2);
    assert_true(place.score == 30);
    assert_false(is_taken("[2,30,1," ANSWERS "]", false, &place));
    assert_false(is_taken("[2,30,1,[['points',3,'why',[['a'],[],'']]],null]", false, &place));
}

#define FAILURE(number, pairs)                                                                     \
    "{'scored':2,'excluded':1,'failures':[{'number':" number ",'pairs':" pairs                     \
    ",'message':'m','where':'w','traceback':''}]}"

#define MORE(more)              "{'scored':2,'excluded':1,'failures':[]," more "}"
#define STEPS(steps)            "{'scored':2,'excluded':1,'failures':[],'steps':" steps "}"
#define STEP(number, asked, us) "[" number "," asked ",0,0," us "]"

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
    {STEPS("[[1]]"), false},
    {STEPS("[[1,3,0,0]]"), false},
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
        cmocka_unit_test(bytes_that_were_kept_are_looked_at_anew),
        cmocka_unit_test(an_item_that_was_explained_is_none_that_is_kept),
        cmocka_unit_test(a_ranking_has_no_gates),
        cmocka_unit_test(only_counts_that_can_be_count),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
