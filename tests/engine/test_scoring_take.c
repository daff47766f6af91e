/* What a worker sends of a ranking, taken in parts. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/wire.h"
#include "engine/scoring_take.h"
#include "quoted.h"

enum { TOP = 4 };

static plan_rule rules[] = {{.gate = false, .max = 10, .weight = 1}};
static plan PLAN = {.rules = rules, .len = 1};

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
        value *items = value_add(&frame, "items", read_quoted(parts[i]));
        for (size_t k = 0; k < value_len(items); k++)
            pack_answers(&items->as.list.items[k].as.list.items[WIRE_RULES]);
        ok = take_items(&s, &frame, result);
        value_free(&frame);
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

#define A(score) "[0," score ",1,[['points',3,'why']]]"
#define B(score) "[1," score ",1,[['points',3,'why']]]"
#define C(score) "[2," score ",1,[['points',3,'why']]]"

static void parts_become_one_ranking_by_ids(void **state)
{
    (void)state;
    value result;
    assert_true(taken("[" B("90") "," C("40") "]", "[" A("null") "]", &result));
    const value *items = value_get(&result, "items");
    assert_int_equal(value_len(items), 3);
    assert_string_equal(value_get_str(value_at(items, 0), "solution", ""), "solution/b");
    assert_true(value_get_double(value_at(items, 1), "score", 0) == 40);
    assert_true(value_is(value_get(value_at(items, 2), "score"), VALUE_NIL));
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parts_become_one_ranking_by_ids),
        cmocka_unit_test(a_ranking_out_of_order_or_with_one_twice_is_none),
        cmocka_unit_test(more_than_were_asked_for_are_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
