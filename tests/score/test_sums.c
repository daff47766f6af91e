/* What a ranking is at the edges: nothing to rank, nothing to score by, all the same, too much. */
#include <math.h>

#include "stage.h"

enum { MANY = 10000 };

#define X     "'solution':[{'at':1,'name':'x'}],'demand':[{'at':1,'name':'x'}]"
#define AT(x) "{'side':'solution','field':'" x "'}"
#define SAME  "'measure':{'kind':'number','a':" AT("x") ",'full':3,'zero':9}"

static const char ONE[] = "[{'name':'t/a','number':1,'weight':1,'max':10," X "," SAME "}]";
static const char NOTHING[] = "[{'name':'t/a','number':1,'weight':1,'max':0," X "," SAME "}]";
static const char TEXT[] = "[{'name':'t/a','number':1,'weight':1,'max':10," X ",'measure':"
                           "{'kind':'value','a':" AT("x") ",'length':2000000}}]";

static value rows_with(size_t len, value cell)
{
    value rows = value_list();
    for (size_t i = 0; i < len; i++) {
        char id[20];
        snprintf(id, sizeof id, "s/%05zu", i);
        value *row = value_push(&rows, value_list());
        value_push(row, value_text(id));
        value_push(row, value_copy(&cell));
    }
    value_free(&cell);
    return rows;
}

static void nothing_to_rank_gives_an_empty_ranking(void **state)
{
    stage *s = stage_of("", quoted(ONE), value_list());
    (void)state;
    run(s, "['d/1',3]", 20, -1);
    assert_int_equal(value_len(&s->items), 0);
    assert_int_equal(value_get_int(&s->done, "scored", -1), 0);
    stage_close(s);
}

static void equal_ones_come_in_order_of_their_ids(void **state)
{
    stage *s = stage_of("", quoted(ONE), rows_with(MANY, value_int(6)));
    (void)state;
    run(s, "['d/1',3]", 20, -1);
    assert_int_equal(value_len(&s->items), 20);
    for (size_t i = 0; i < 20; i++) {
        assert_int_equal(solution_at(s, i), (int64_t)i);
        assert_true(number_at(s, i, "score") == 50);
    }
    run(s, "['d/1',3]", MANY + 5, -1);
    assert_int_equal(value_len(&s->items), MANY);
    assert_int_equal(solution_at(s, MANY - 1), MANY - 1);
    stage_close(s);
}

static void a_rule_of_no_points_gives_no_score(void **state)
{
    stage *s = stage_of("", quoted(NOTHING), rows_with(3, value_int(3)));
    (void)state;
    run(s, "['d/1',3]", 20, -1);
    assert_int_equal(value_len(&s->items), 3);
    assert_true(value_is(value_get(value_at(&s->items, 0), "score"), VALUE_NIL));
    assert_true(number_at(s, 0, "coverage") == 1);
    stage_close(s);
}

static void what_is_no_number_does_not_apply(void **state)
{
    const double ODD[] = {NAN, INFINITY, -INFINITY};
    (void)state;
    for (size_t i = 0; i < 3; i++) {
        stage *s = stage_of("", quoted(ONE), rows_with(2, value_double(ODD[i])));
        run(s, "['d/1',3]", 20, -1);
        assert_string_equal(value_str(value_at(said_at(s, 0, 0), 0), ""), "not_applicable");
        assert_true(value_is(value_get(value_at(&s->items, 0), "score"), VALUE_NIL));
        stage_close(s);
    }
}

static void texts_may_be_of_a_megabyte(void **state)
{
    char *text = mem_alloc(1000000);
    (void)state;
    memset(text, 'a', 1000000);
    stage *s = stage_of("", quoted(TEXT), rows_with(3, value_bytes(text, 1000000)));
    run(s, "['d/1',3]", 20, -1);
    assert_true(number_at(s, 0, "score") == 50);
    stage_close(s);
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_to_rank_gives_an_empty_ranking),
        cmocka_unit_test(equal_ones_come_in_order_of_their_ids),
        cmocka_unit_test(a_rule_of_no_points_gives_no_score),
        cmocka_unit_test(what_is_no_number_does_not_apply),
        cmocka_unit_test(texts_may_be_of_a_megabyte),
    };
    return cmocka_run_group_tests(tests, start_page, NULL);
}
