/* What moved between two small rankings, and by which rule. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "engine/compare.h"
#include "quoted.h"

#define ITEM(rank, solution, score, a, b)                                                          \
    "{'rank':" rank ",'solution':'" solution "','score':" score ",'rules':["                       \
    "{'rule':'z/a','outcome':'points','value':" a ",'max':10,'weight':3},"                         \
    "{'rule':'z/b','outcome':'points','value':" b ",'max':10,'weight':1}]}"
#define DOC(items) "{'demands':[{'demand':'demand/d','ranked':[" items "]}]}"

static value compared_to(const char *was, const char *is, int64_t depth)
{
    value a = read_quoted(was), b = read_quoted(is), list = compare_documents(&a, &b, depth);
    value_free(&a);
    value_free(&b);
    return list;
}

static value compared(const char *was, const char *is)
{
    return compared_to(was, is, 0);
}

static const value *moves_of(const value *list)
{
    return value_get(value_at(list, 0), "moves");
}

static void what_stays_is_counted_and_not_listed(void **state)
{
    (void)state;
    value list =
        compared(DOC(ITEM("1", "s/x", "60", "8", "0")), DOC(ITEM("1", "s/x", "60", "8", "0")));
    assert_int_equal(value_get_int(value_at(&list, 0), "same", -1), 1);
    assert_int_equal(value_len(moves_of(&list)), 0);
    value_free(&list);
}

static void a_change_of_score_is_the_sum_of_its_rules(void **state)
{
    (void)state;
    value list =
        compared(DOC(ITEM("1", "s/x", "60", "8", "0") "," ITEM("2", "s/y", "40", "4", "4")),
                 DOC(ITEM("1", "s/y", "67.5", "8", "3") "," ITEM("2", "s/x", "60", "8", "0")));
    const value *first = value_at(moves_of(&list), 0), *second = value_at(moves_of(&list), 1);
    assert_string_equal(value_get_str(first, "solution", ""), "s/y");
    assert_string_equal(value_get_str(first, "move", ""), "up");
    assert_float_equal(value_get_double(first, "by", 0), 27.5, 1e-9);
    const value *rules = value_get(first, "rules");
    assert_string_equal(value_get_str(value_at(rules, 0), "rule", ""), "z/a");
    assert_float_equal(value_get_double(value_at(rules, 0), "by", 0), 30, 1e-9);
    assert_float_equal(value_get_double(value_at(rules, 1), "by", 0), -2.5, 1e-9);
    assert_string_equal(value_str(value_at(value_get(first, "passed"), 0), ""), "s/x");
    /* The other one was passed: its own score stands. */
    assert_string_equal(value_get_str(second, "move", ""), "down");
    assert_int_equal(value_len(value_get(second, "rules")), 0);
    assert_string_equal(value_str(value_at(value_get(second, "passed_by"), 0), ""), "s/y");
    value_free(&list);
}

static void what_is_in_one_ranking_alone_entered_or_left(void **state)
{
    (void)state;
    value list =
        compared(DOC(ITEM("1", "s/x", "60", "8", "0")), DOC(ITEM("1", "s/y", "60", "8", "0")));
    const value *moves = moves_of(&list);
    assert_int_equal(value_len(moves), 2);
    assert_string_equal(value_get_str(value_at(moves, 0), "move", ""), "left");
    assert_true(value_is(value_get(value_at(moves, 0), "is"), VALUE_NIL));
    assert_string_equal(value_get_str(value_at(moves, 1), "move", ""), "entered");
    assert_true(value_is(value_get(value_at(moves, 1), "by"), VALUE_NIL));
    value_free(&list);
}

static void a_demand_that_is_new_or_gone_is_told(void **state)
{
    (void)state;
    value list = compared(DOC(ITEM("1", "s/x", "60", "8", "0")), "{'demands':[]}");
    assert_string_equal(value_get_str(value_at(&list, 0), "demand", ""), "demand/d");
    assert_string_equal(value_get_str(value_at(moves_of(&list), 0), "move", ""), "left");
    value_free(&list);
}

static void who_is_below_what_both_tell_has_not_left(void **state)
{
    (void)state;
    value list =
        compared_to(DOC(ITEM("1", "s/x", "60", "8", "0") "," ITEM(
                        "2", "s/y", "40", "4", "4") "," ITEM("3", "s/z", "30", "3", "3")),
                    DOC(ITEM("1", "s/z", "70", "9", "1") "," ITEM("2", "s/x", "60", "8", "0")), 2);
    const value *moves = moves_of(&list);
    assert_int_equal(value_len(moves), 3); /* z came up from below, x was passed, y left */
    assert_string_equal(value_get_str(value_at(moves, 0), "move", ""), "up");
    value_free(&list);
    list = compared_to(DOC(ITEM("1", "s/x", "60", "8", "0") "," ITEM("2", "s/y", "40", "4", "4")),
                       DOC(ITEM("1", "s/x", "60", "8", "0")), 1);
    assert_int_equal(value_len(moves_of(&list)), 0);
    assert_int_equal(value_get_int(value_at(&list, 0), "same", -1), 1);
    value_free(&list);
}

/* A ranking of `order`, by number: "s/00012". */
static value ranking_of(const int *order, int len)
{
    char id[16];
    value doc = value_map(), *demands = value_add(&doc, "demands", value_list());
    value *demand = value_push(demands, value_map());
    value_add(demand, "demand", value_text("demand/d"));
    value *ranked = value_add(demand, "ranked", value_list());
    for (int i = 0; i < len; i++) {
        snprintf(id, sizeof id, "s/%05d", order[i]);
        value *row = value_push(ranked, value_map());
        value_add(row, "rank", value_int(i + 1));
        value_add(row, "solution", value_text(id));
        value_add(row, "score", value_double(100.0 / (i + 1)));
    }
    return doc;
}

static int place_in(const int *order, int len, int which)
{
    for (int i = 0; i < len; i++)
        if (order[i] == which)
            return i;
    return len;
}

/* By a look at every pair: who is told, nearest first, and how many. */
static void assert_crossed(const value *move, const int *was, int was_len, const int *is,
                           int is_len, bool up)
{
    const value *told = value_get(move, up ? "passed" : "passed_by");
    int which = atoi(value_get_str(move, "solution", "") + 2), seen = 0;
    int then = place_in(was, was_len, which), now = place_in(is, is_len, which);
    for (int i = up ? now + 1 : now - 1; i >= 0 && i < is_len; i += up ? 1 : -1) {
        int other = place_in(was, was_len, is[i]);
        if (up ? other >= then : other <= then)
            continue;
        if (seen < 20)
            assert_int_equal(atoi(value_str(value_at(told, (size_t)seen), "s/-1") + 2), is[i]);
        seen++;
    }
    assert_int_equal(value_len(told), seen < 20 ? seen : 20);
    assert_int_equal(value_get_int(move, up ? "passed_more" : "passed_by_more", -1),
                     seen - (int)value_len(told));
}

static void shuffle(int *order, int len, uint32_t *seed)
{
    for (int i = len - 1; i > 0; i--) {
        *seed = *seed * 1664525 + 1013904223;
        int other = (int)(*seed >> 8) % (i + 1), held = order[i];
        order[i] = order[other];
        order[other] = held;
    }
}

/* Of 60 known solutions each side ranks some. */
static void the_nearest_who_changed_places_are_named_and_the_others_counted(void **state)
{
    enum { KNOWN = 60 };
    int was[KNOWN], is[KNOWN];
    uint32_t seed = 1;
    (void)state;
    for (int i = 0; i < KNOWN; i++)
        was[i] = is[i] = i;
    for (int round = 0; round < 200; round++) {
        int was_len = round % (KNOWN + 1), is_len = round * 7 % (KNOWN + 1);
        shuffle(was, KNOWN, &seed);
        shuffle(is, KNOWN, &seed);
        value a = ranking_of(was, was_len), b = ranking_of(is, is_len),
              list = compare_documents(&a, &b, 0);
        for (size_t i = 0; i < value_len(moves_of(&list)); i++)
            for (int up = 0; up < 2; up++)
                assert_crossed(value_at(moves_of(&list), i), was, was_len, is, is_len, up == 1);
        value_free(&a);
        value_free(&b);
        value_free(&list);
    }
}

/* A look at all others for each, or at each pair, would not come to an end in a test's time: 10^12
 * steps, and 2 GB of names. */
static void ten_thousand_that_all_changed_places_are_compared(void **state)
{
    enum { MANY = 10000 };
    static int was[MANY], is[MANY];
    (void)state;
    for (int i = 0; i < MANY; i++)
        was[i] = is[MANY - 1 - i] = i;
    value a = ranking_of(was, MANY), b = ranking_of(is, MANY), list = compare_documents(&a, &b, 0);
    const value *moves = moves_of(&list), *best = value_at(moves, 1), *worst = value_at(moves, 0);
    assert_int_equal(value_len(moves), MANY);
    assert_string_equal(value_get_str(worst, "solution", ""), "s/00000");
    assert_string_equal(value_str(value_at(value_get(worst, "passed_by"), 0), ""), "s/00001");
    assert_int_equal(value_get_int(worst, "passed_by_more", -1), MANY - 1 - 20);
    assert_int_equal(value_get_int(best, "passed_more", -1), MANY - 1 - 20);
    assert_int_equal(value_len(value_get(best, "passed")), 20);
    value_free(&a);
    value_free(&b);
    value_free(&list);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_stays_is_counted_and_not_listed),
        cmocka_unit_test(who_is_below_what_both_tell_has_not_left),
        cmocka_unit_test(a_change_of_score_is_the_sum_of_its_rules),
        cmocka_unit_test(what_is_in_one_ranking_alone_entered_or_left),
        cmocka_unit_test(a_demand_that_is_new_or_gone_is_told),
        cmocka_unit_test(the_nearest_who_changed_places_are_named_and_the_others_counted),
        cmocka_unit_test(ten_thousand_that_all_changed_places_are_compared),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
