#include "support.h"

typedef struct asked {
    char *last;
    int count;
    bool refuse;
} asked;

static bool on_change(void *ctx, const value *change, err *e)
{
    asked *a = ctx;
    free(a->last);
    a->last = text_of(change);
    a->count++;
    return !a->refuse || err_set(e, ERR_NOT_ALLOWED, "not this one");
}

static void a_check_sees_the_record_before_and_after_and_who_states_it(void **state)
{
    fixture *f = *state;
    asked a = {0};
    store_set_check(f->st, on_change, &a);
    put_json(f->st, "source/krant", "{\"title\":\"Krant\"}", NULL);
    put_json(f->st, "ship/a", "{\"title\":\"A\"}", "source/krant");
    assert_string_equal(a.last, "{\"id\":\"ship/a\",\"kind\":\"ship\",\"before\":null,\"after\":{"
                                "\"id\":\"ship/a\",\"kind\":\"ship\",\"title\":\"A\"},"
                                "\"source\":\"source/krant\"}");
    put_json(f->st, "ship/a", "{\"length\":9}", NULL);
    assert_string_equal(a.last, "{\"id\":\"ship/a\",\"kind\":\"ship\",\"before\":{"
                                "\"id\":\"ship/a\",\"kind\":\"ship\",\"title\":\"A\"},\"after\":{"
                                "\"id\":\"ship/a\",\"kind\":\"ship\",\"length\":9,\"title\":\"A\"},"
                                "\"source\":null}");
    free(a.last);
}

static void a_deletion_is_asked_about_too(void **state)
{
    fixture *f = *state;
    asked a = {0};
    err e = {0};
    put_json(f->st, "ship/a", "{\"title\":\"A\"}", NULL);
    store_set_check(f->st, on_change, &a);
    assert_true(store_delete(f->st, "ship/a", &e));
    assert_string_equal(a.last,
                        "{\"id\":\"ship/a\",\"kind\":\"ship\",\"before\":{\"id\":\"ship/a\","
                        "\"kind\":\"ship\",\"title\":\"A\"},\"after\":null,\"source\":null}");
    free(a.last);
}

static void what_is_refused_leaves_no_trace(void **state)
{
    fixture *f = *state;
    asked a = {.refuse = true};
    err e = {0};
    int64_t before = 0, after = 0;
    bool there = true;
    put_json(f->st, "ship/a", "{\"title\":\"A\"}", NULL);
    assert_true(event_head(f->st, &before, &e));
    store_set_check(f->st, on_change, &a);
    assert_false(try_put(f->st, "ship/b", "{\"title\":\"B\"}", NULL, &e));
    assert_int_equal(e.code, ERR_NOT_ALLOWED);
    assert_false(try_put(f->st, "ship/a", "{\"title\":\"C\"}", NULL, &e));
    assert_false(store_delete(f->st, "ship/a", &e));
    assert_true(event_head(f->st, &after, &e));
    assert_int_equal(before, after);
    assert_true(store_exists(f->st, "ship/b", &there, &e));
    assert_false(there);
    assert_record(f->st, "ship/a",
                  "{\"id\":\"ship/a\",\"kind\":\"ship\",\"version\":1,\"title\":\"A\"}");
    free(a.last);
}

static void nobody_is_asked_about_what_changes_nothing(void **state)
{
    fixture *f = *state;
    asked a = {.refuse = true};
    put_json(f->st, "ship/a", "{\"title\":\"A\"}", NULL);
    store_set_check(f->st, on_change, &a);
    assert_int_equal(put_json(f->st, "ship/a", "{\"title\":\"A\"}", NULL), PUT_SAME);
    assert_int_equal(a.count, 0);
    store_set_check(f->st, NULL, NULL);
    put_json(f->st, "ship/a", "{\"title\":\"B\"}", NULL);
    assert_int_equal(a.count, 0);
}

static bool keep_event(void *ctx, const value *event, err *e)
{
    (void)e;
    value_free(ctx);
    *(value *)ctx = value_copy(event);
    return true;
}

static void what_is_done_for_another_names_it_and_the_event_that_caused_it(void **state)
{
    fixture *f = *state;
    err e = {0};
    value last = value_nil();
    store_actor(f->st, "cli:anna");
    store_act_for(f->st, "plugin:zeeland", "zeeland/h", 7);
    put_json(f->st, "ship/a", "{\"title\":\"A\"}", NULL);
    assert_true(event_each(f->st, &(event_filter){.limit = -1}, keep_event, &last, &e));
    assert_string_equal(value_get_str(&last, "actor", ""), "plugin:zeeland");
    assert_int_equal(value_get_int(value_get(&last, "data"), "cause", 0), 7);
    assert_string_equal(value_get_str(value_get(&last, "data"), "handler", ""), "zeeland/h");
    store_act_for(f->st, NULL, NULL, 0);
    put_json(f->st, "ship/a", "{\"title\":\"B\"}", NULL);
    assert_true(event_each(f->st, &(event_filter){.limit = -1}, keep_event, &last, &e));
    assert_string_equal(value_get_str(&last, "actor", ""), "cli:anna");
    assert_null(value_get(value_get(&last, "data"), "cause"));
    assert_whole(f->st);
    value_free(&last);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_check_sees_the_record_before_and_after_and_who_states_it),
        TEST(a_deletion_is_asked_about_too),
        TEST(what_is_refused_leaves_no_trace),
        TEST(nobody_is_asked_about_what_changes_nothing),
        TEST(what_is_done_for_another_names_it_and_the_event_that_caused_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
