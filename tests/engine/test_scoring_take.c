/* What a worker sends of a ranking, taken in parts. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "engine/scoring_take.h"
#include "quoted.h"

enum { TOP = 4 };

static plan_rule rules[] = {{.gate = false, .max = 10, .weight = 1}};
static plan PLAN = {.rules = rules, .len = 1};

static bool is_part(const scoring *s, const value *frame, value *result)
{
    buf packed = {0};
    assert_true(pack_add(&packed, frame, &PACK_FROM_WORKER, NULL));
    bool taken = take_items(s, packed.data, result);
    buf_free(&packed);
    return taken;
}

/* Two parts of one ranking, their answers packed. */
static bool taken(const char *one, const char *other, value *result)
{
    solution_rows rows = {.ranked = 3};
    const char *const parts[] = {one, other};
    bool ok = true;
    texts_add(&rows.ids, "solution/a");
    texts_add(&rows.ids, "solution/b");
    texts_add(&rows.ids, "solution/c");
    buf_str(&rows.kinds, "bbb");
    const scoring s = {.plan = &PLAN, .solutions = &rows, .top = TOP};
    *result = value_map();
    for (size_t i = 0; ok && i < 2; i++) {
        value frame = value_map();
        value items = read_quoted(parts[i]);
        value_add(&frame, "count", value_int((int64_t)value_len(&items)));
        value_add(&frame, "items", pack_all(&items));
        ok = is_part(&s, &frame, result);
        value_free(&frame);
        value_free(&items);
    }
    texts_free(&rows.ids);
    buf_free(&rows.kinds);
    return ok;
}

static bool is_taken(const char *one, const char *other)
{
    value result;
    bool ok = taken(one, other, &result);
    value_free(&result);
    return ok;
}

#define A(score) "[0," score ",1,[['points',3,'why']],null]"
#define B(score) "[1," score ",1,[['points',3,'why']],null]"
#define C(score) "[2," score ",1,[['points',3,'why']],null]"

static void parts_become_one_ranking_by_ids(void **state)
{
    (void)state;
    value result;
    assert_true(taken("[" B("90") "," C("40") "]", "[" A("null") "]", &result));
    const value *items = value_get(&result, "items");
    assert_int_equal(value_len(items), 3);
    assert_string_equal(item_look(value_at(items, 0)).id, "solution/b");
    assert_true(item_look(value_at(items, 0)).coverage == 1);
    assert_true(item_look(value_at(items, 1)).score == 40);
    assert_true(isnan(item_look(value_at(items, 2)).score));
    assert_string_equal(item_look(value_at(items, 2)).id, "solution/a");
    value_free(&result);
}

static void a_ranking_out_of_order_or_with_one_twice_is_none(void **state)
{
    (void)state;
    assert_true(is_taken("[" A("40") "," B("40") "]", "[" C("40") "]"));
    assert_true(is_taken("[" A("null") "]", "[" B("null") "," C("null") "]"));
    assert_false(is_taken("[" A("40") "," B("90") "]", "[]"));
    assert_false(is_taken("[" A("40") "]", "[" B("90") "]"));
    assert_false(is_taken("[" B("40") "," A("40") "]", "[]"));
    assert_false(is_taken("[" A("40") "," A("40") "]", "[]"));
    assert_false(is_taken("[" A("null") "]", "[" B("40") "]"));
    assert_false(is_taken("[" B("null") "," A("null") "]", "[]"));
    assert_false(is_taken("[" A("40") "," A("null") "]", "[" A("30") "]"));
}

static void more_than_were_asked_for_are_none(void **state)
{
    (void)state;
    assert_false(is_taken("[" A("90") "," B("80") "," C("70") "]", "[" A("60") "," B("50") "]"));
}

static void what_is_no_part_is_not_taken(void **state)
{
    (void)state;
    static const char *const FRAMES[] = {
        "{}",
        "{'count':0}",
        "{'count':1,'items':''}",
        "{'count':-1,'items':''}",
        "{'count':0,'items':'a'}",
        "{'count':1,'items':[]}",
        "{'items':''}",
    };
    const scoring s = {.plan = &PLAN, .top = TOP};
    for (size_t i = 0; i < sizeof FRAMES / sizeof FRAMES[0]; i++) {
        value frame = read_quoted(FRAMES[i]), result = value_map();
        if (is_part(&s, &frame, &result))
            fail_msg("taken: %s", FRAMES[i]);
        value_free(&frame);
        value_free(&result);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parts_become_one_ranking_by_ids),
        cmocka_unit_test(a_ranking_out_of_order_or_with_one_twice_is_none),
        cmocka_unit_test(more_than_were_asked_for_are_none),
        cmocka_unit_test(what_is_no_part_is_not_taken),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
