#include "support.h"

static void a_statement_is_prepared_once_and_can_be_nested(void **state)
{
    fixture *f = *state;
    err e = {0};
    db *d = store_db(f->st);
    query *outer = db_prepare(d, "select ? + 1", &e);
    query_bind_int64(outer, 1, 1);
    assert_true(query_step(outer, &e));
    query *inner = db_prepare(d, "select ? + 1", &e);
    assert_ptr_not_equal(outer, inner);
    query_bind_int64(inner, 1, 40);
    assert_true(query_step(inner, &e));
    assert_int_equal(query_int64(inner, 0), 41);
    assert_int_equal(query_int64(outer, 0), 2);
    query_free(inner);
    query_free(outer);
    query *again = db_prepare(d, "select ? + 1", &e);
    assert_ptr_equal(again, outer);
    assert_true(query_step(again, &e)); /* the old binding is gone */
    assert_true(query_is_null(again, 0));
    query_free(again);
}

static void many_different_statements_don_t_pile_up(void **state)
{
    fixture *f = *state;
    err e = {0};
    query *held = db_prepare(store_db(f->st), "select 'held'", &e);
    assert_true(query_step(held, &e));
    for (int i = 0; i < 1000; i++) {
        char sql[40];
        snprintf(sql, sizeof sql, "select %d", i);
        query *q = db_prepare(store_db(f->st), sql, &e);
        assert_true(query_step(q, &e));
        assert_int_equal(query_int64(q, 0), i);
        query_free(q);
    }
    assert_string_equal(query_text(held, 0), "held");
    query_free(held);
}

static void values_come_back_as_they_were_bound(void **state)
{
    fixture *f = *state;
    err e = {0};
    query *q = db_prepare(store_db(f->st), "select ?, ?, ?, ?, ?", &e);
    query_bind_text(q, 1, "caf\xc3\xa9");
    query_bind_bytes(q, 2, "a\0b", 3);
    query_bind_int64(q, 3, INT64_MIN);
    query_bind_double(q, 4, 0.1);
    query_bind_text(q, 5, NULL);
    assert_true(query_step(q, &e));
    assert_string_equal(query_text(q, 0), "caf\xc3\xa9");
    assert_int_equal(query_bytes(q, 1), 3);
    assert_memory_equal(query_text(q, 1), "a\0b", 3);
    assert_true(query_int64(q, 2) == INT64_MIN);
    assert_true(query_double(q, 3) == 0.1);
    assert_int_equal(query_type(q, 4), 'n');
    assert_false(query_step(q, &e));
    assert_false(query_failed(q));
    assert_int_equal(e.code, ERR_NONE);
    query_free(q);
}

static void a_parameter_that_is_not_there_is_an_error_and_not_silence(void **state)
{
    fixture *f = *state;
    err e = {0};
    query *q = db_prepare(store_db(f->st), "select ?", &e);
    query_bind_int64(q, 2, 1);
    assert_false(query_step(q, &e));
    assert_true(query_failed(q));
    assert_int_equal(e.code, ERR_BUG);
    query_free(q);
}

static int64_t count_to(db *d, int64_t n, err *e)
{
    query *q = db_prepare(d,
                          "with recursive n(i) as (select 1 union all select i + 1 from n"
                          " where i < ?) select count(*) from n",
                          e);
    assert_non_null(q);
    query_bind_int64(q, 1, n);
    int64_t counted = query_step(q, e) ? query_int64(q, 0) : -1;
    query_free(q);
    return counted;
}

static void a_reader_gets_no_further_than_what_it_is_allowed(void **state)
{
    fixture *f = *state;
    err e = {0};
    db *d = db_open_reader(f->path, 0, &e);
    assert_non_null(d);
    db_allow(d, 5);
    assert_int_equal(count_to(d, INT64_MAX, &e), -1);
    assert_int_equal(e.code, ERR_LIMIT);
    assert_true(db_ran_out(d));
    assert_int_equal(count_to(d, 1, &e), -1); /* nor has anything after it */
    db_allow(d, 5);
    while (count_to(d, 2, &e) == 2) /* each of them is short */
        ;
    assert_true(db_ran_out(d));
    db_allow(d, 0);
    assert_int_equal(count_to(d, 2, &e), 2);
    assert_false(db_ran_out(d));
    db_close(d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
        T(a_statement_is_prepared_once_and_can_be_nested),
        T(many_different_statements_don_t_pile_up),
        T(values_come_back_as_they_were_bound),
        T(a_parameter_that_is_not_there_is_an_error_and_not_silence),
        T(a_reader_gets_no_further_than_what_it_is_allowed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
