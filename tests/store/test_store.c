#include "support.h"

static void a_put_makes_a_record_and_a_second_one_changes_it(void **state)
{
    fixture *f = *state;
    assert_int_equal(put_json(f->st, "demand/a", "{\"trl\":6,\"title\":\"A\"}", NULL), PUT_CREATED);
    assert_record(
        f->st, "demand/a",
        "{\"id\":\"demand/a\",\"kind\":\"demand\",\"version\":1,\"title\":\"A\",\"trl\":6}");
    assert_int_equal(put_json(f->st, "demand/a", "{\"trl\":6}", NULL), PUT_SAME);
    assert_int_equal(put_json(f->st, "demand/a", "{\"trl\":7}", NULL), PUT_CHANGED);
    assert_record(
        f->st, "demand/a",
        "{\"id\":\"demand/a\",\"kind\":\"demand\",\"version\":2,\"title\":\"A\",\"trl\":7}");
}

static void what_is_the_same_makes_no_event(void **state)
{
    fixture *f = *state;
    err e = {0};
    int64_t before = 0, after = 0;
    put_json(f->st, "demand/a", "{\"place\":{\"lon\":4.5,\"lat\":52.1}}", NULL);
    assert_true(event_head(f->st, &before, &e));
    put_json(f->st, "demand/a", "{\"place\":{\"lat\":52.1,\"lon\":4.5}}", NULL);
    put_json(f->st, "demand/a", "{\"other\":null}", NULL);
    put_json(f->st, "demand/a", "{}", NULL);
    assert_true(event_head(f->st, &after, &e));
    assert_int_equal(before, after);
}

static void a_record_may_have_no_fields(void **state)
{
    fixture *f = *state;
    assert_int_equal(put_json(f->st, "demand/a", "{}", NULL), PUT_CREATED);
    assert_record(f->st, "demand/a", "{\"id\":\"demand/a\",\"kind\":\"demand\",\"version\":1}");
}

static void null_takes_a_field_away(void **state)
{
    fixture *f = *state;
    put_json(f->st, "demand/a", "{\"trl\":6,\"title\":\"A\"}", NULL);
    assert_int_equal(put_json(f->st, "demand/a", "{\"trl\":null}", NULL), PUT_CHANGED);
    assert_record(f->st, "demand/a",
                  "{\"id\":\"demand/a\",\"kind\":\"demand\",\"version\":2,\"title\":\"A\"}");
}

static void a_missing_record_is_named_with_the_nearest(void **state)
{
    fixture *f = *state;
    err e = {0};
    value v = value_nil();
    put_json(f->st, "demand/harbour", "{}", NULL);
    assert_false(store_get(f->st, "demand/harbor", &v, &e));
    assert_int_equal(e.code, ERR_NOT_FOUND);
    assert_says(e.hint, "demand/harbour");
}

static void a_deleted_record_is_gone_and_may_come_again(void **state)
{
    fixture *f = *state;
    err e = {0};
    bool there = true;
    value v = value_nil();
    put_json(f->st, "demand/a", "{\"title\":\"A\",\"trl\":3}", NULL);
    assert_true(store_delete(f->st, "demand/a", &e));
    assert_false(store_get(f->st, "demand/a", &v, &e));
    assert_true(store_exists(f->st, "demand/a", &there, &e));
    assert_false(there);
    assert_false(store_delete(f->st, "demand/a", &e));
    assert_int_equal(e.code, ERR_NOT_FOUND);
    assert_int_equal(put_json(f->st, "demand/a", "{\"title\":\"B\"}", NULL), PUT_CREATED);
    assert_record(f->st, "demand/a",
                  "{\"id\":\"demand/a\",\"kind\":\"demand\",\"version\":3,\"title\":\"B\"}");
    assert_whole(f->st);
}

static void a_source_that_others_rest_on_can_t_be_deleted(void **state)
{
    fixture *f = *state;
    err e = {0};
    put_json(f->st, "source/s", "{}", NULL);
    put_json(f->st, "demand/a", "{\"title\":\"A\"}", "source/s");
    assert_false(store_delete(f->st, "source/s", &e));
    assert_int_equal(e.code, ERR_NOT_ALLOWED);
    assert_says(e.message, "demand/a");
    assert_true(store_delete(f->st, "demand/a", &e));
    assert_true(store_delete(f->st, "source/s", &e));
}

static void several_changes_are_kept_together_or_not_at_all(void **state)
{
    fixture *f = *state;
    err e = {0};
    bool there = true;
    assert_true(store_begin(f->st, &e));
    put_json(f->st, "demand/a", "{}", NULL);
    store_rollback(f->st);
    assert_true(store_exists(f->st, "demand/a", &there, &e));
    assert_false(there);
    assert_true(store_begin(f->st, &e));
    put_json(f->st, "demand/a", "{}", NULL);
    assert_true(store_begin(f->st, &e));
    put_json(f->st, "demand/b", "{}", NULL);
    store_rollback(f->st); /* the inner one alone */
    assert_true(store_commit(f->st, &e));
    assert_true(store_exists(f->st, "demand/a", &there, &e) && there);
    assert_true(store_exists(f->st, "demand/b", &there, &e));
    assert_false(there);
    assert_whole(f->st);
}

static void a_failed_put_inside_others_leaves_them(void **state)
{
    fixture *f = *state;
    err e = {0};
    bool there = false;
    assert_true(store_begin(f->st, &e));
    put_json(f->st, "demand/a", "{}", NULL);
    assert_false(try_put(f->st, "demand/b", "{\"x\":1}", "source/none", &e));
    assert_true(store_commit(f->st, &e));
    assert_true(store_exists(f->st, "demand/a", &there, &e) && there);
    assert_true(store_exists(f->st, "demand/b", &there, &e));
    assert_false(there);
}

static void the_actor_stands_in_the_log_as_one_line(void **state)
{
    fixture *f = *state;
    err e = {0};
    store_actor(f->st, "cli:anna\nforged");
    put_json(f->st, "demand/a", "{}", NULL);
    query *q = db_prepare(store_db(f->st), "select actor from event", &e);
    assert_true(query_step(q, &e));
    assert_string_equal(query_text(q, 0), "cli:anna\\nforged");
    query_free(q);
    assert_whole(f->st);
}

/* Some other program wrote into the file. */
static void data_that_is_no_object_is_damage_and_not_the_end(void **state)
{
    fixture *f = *state;
    static const char *const DATA[] = {"[1, 2]", "\"text\"", "7", "null", "{"};
    put_json(f->st, "demand/a", "{\"x\":1}", NULL);
    for (size_t i = 0; i < sizeof DATA / sizeof DATA[0]; i++) {
        err e = {0};
        value record = value_nil();
        query *q = db_prepare(store_db(f->st), "update record set data = ?", &e);
        query_bind_text(q, 1, DATA[i]);
        assert_true(query_run(q, &e));
        query_free(q);
        assert_false(store_get(f->st, "demand/a", &record, &e));
        assert_int_equal(e.code, ERR_UNAVAILABLE);
        assert_says(e.message, "the store is damaged");
        assert_false(try_put(f->st, "demand/a", "{\"x\":2}", NULL, &e));
        assert_int_equal(e.code, ERR_UNAVAILABLE);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
        T(a_put_makes_a_record_and_a_second_one_changes_it),
        T(what_is_the_same_makes_no_event),
        T(a_record_may_have_no_fields),
        T(null_takes_a_field_away),
        T(a_missing_record_is_named_with_the_nearest),
        T(a_deleted_record_is_gone_and_may_come_again),
        T(a_source_that_others_rest_on_can_t_be_deleted),
        T(several_changes_are_kept_together_or_not_at_all),
        T(a_failed_put_inside_others_leaves_them),
        T(the_actor_stands_in_the_log_as_one_line),
        T(data_that_is_no_object_is_damage_and_not_the_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
