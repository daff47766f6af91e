#include "support.h"

#include "store/conflict.h"
#include "store/kinds.h"
#include "store/settle.h"

static bool note(void *ctx, const value *conflict, err *e)
{
    (void)e;
    buf_fmt(ctx, "%s %s\n", value_get_str(conflict, "record", ""),
            value_get_str(conflict, "field", ""));
    return true;
}

static void assert_conflicts(fixture *f, const char *id, const char *expected)
{
    err e = {0};
    buf got = {0};
    if (!store_conflicts(f->st, id, note, &got, &e))
        fail_msg("%s", e.message);
    assert_string_equal(buf_text(&got), expected);
    buf_free(&got);
}

static void sources(fixture *f)
{
    put_json(f->st, "source/x", "{\"reliability\":\"B\",\"date\":\"2026-02-23\"}", NULL);
    put_json(f->st, "source/y", "{}", NULL);
}

static void claims_that_differ_are_a_conflict_and_those_that_agree_are_not(void **state)
{
    fixture *f = *state;
    sources(f);
    put_json(f->st, "demand/b", "{\"trl\":7,\"n\":1,\"same\":{\"a\":1,\"b\":2}}", "source/x");
    put_json(f->st, "demand/b", "{\"trl\":6,\"n\":1.0,\"same\":{\"b\":2,\"a\":1}}", "source/y");
    put_json(f->st, "demand/a", "{\"title\":\"x\",\"trl\":7}", "source/x");
    put_json(f->st, "demand/a", "{\"title\":\"y\",\"trl\":8}", NULL);
    assert_conflicts(f, NULL, "demand/a title\ndemand/a trl\ndemand/b trl\n");
    assert_conflicts(f, "demand/b", "demand/b trl\n");
    assert_conflicts(f, "source/x", "");
}

static void that_there_is_none_disagrees_with_a_value(void **state)
{
    fixture *f = *state;
    sources(f);
    put_json(f->st, "demand/a", "{\"trl\":7}", "source/x");
    put_json(f->st, "demand/a", "{\"trl\":null}", "source/y");
    assert_conflicts(f, NULL, "demand/a trl\n");
}

static void a_field_of_many_is_no_conflict(void **state)
{
    fixture *f = *state;
    err e = {0};
    value kinds = json("[{\"name\":\"demand\",\"plugin\":\"p\",\"fields\":["
                       "{\"name\":\"themes\",\"type\":\"text\",\"many\":true},"
                       "{\"name\":\"trl\",\"type\":\"integer\"}]}]");
    assert_true(kinds_save(f->st, &kinds, &e));
    value_free(&kinds);
    sources(f);
    put_json(f->st, "demand/a", "{\"themes\":[\"a\"],\"trl\":1}", "source/x");
    put_json(f->st, "demand/a", "{\"themes\":[\"b\"],\"trl\":2}", "source/y");
    /* Of a kind that nobody declares, lists are taken for many, and only lists. */
    put_json(f->st, "other/a", "{\"themes\":[\"a\"],\"trl\":[1]}", "source/x");
    put_json(f->st, "other/a", "{\"themes\":[\"b\"],\"trl\":2}", "source/y");
    assert_conflicts(f, NULL, "demand/a trl\nother/a trl\n");
}

static void what_ended_is_no_conflict(void **state)
{
    fixture *f = *state;
    err e = {0};
    sources(f);
    put_json(f->st, "demand/a", "{\"trl\":7}", "source/x");
    put_json(f->st, "demand/a", "{\"trl\":6}", "source/y");
    put_json(f->st, "demand/a", "{\"trl\":7}", "source/y");
    put_json(f->st, "demand/b", "{\"trl\":7}", "source/x");
    put_json(f->st, "demand/b", "{\"trl\":6}", "source/y");
    assert_true(store_delete(f->st, "demand/b", &e));
    assert_conflicts(f, NULL, "");
    assert_false(store_conflicts(f->st, "demand/b", note, NULL, &e));
    assert_int_equal(e.code, ERR_NOT_FOUND);
}

static bool keep(void *ctx, const value *conflict, err *e)
{
    (void)e;
    *(char **)ctx = text_of(conflict);
    return true;
}

static void a_conflict_tells_what_stands_who_says_what_and_what_was_settled(void **state)
{
    fixture *f = *state;
    err e = {0};
    int64_t now = 0;
    char *text = NULL;
    assert_true(clock_time_parse("2026-11-24T10:00:00Z", &now));
    clock_set(now);
    sources(f);
    put_json(f->st, "demand/a", "{\"trl\":7}", "source/x");
    put_json(f->st, "demand/a", "{\"trl\":6}", "source/y");
    assert_true(store_settle(f->st, "demand/a", "trl", "source/y", "tested", &e));
    assert_true(store_conflicts(f->st, NULL, keep, &text, &e));
    assert_string_equal(
        text, "{\"record\":\"demand/a\",\"field\":\"trl\",\"value\":6,\"settled\":true,\"claims\":["
              "{\"value\":7,\"source\":\"source/x\",\"place\":null,\"date\":\"2026-02-23\","
              "\"reliability\":\"B\",\"time\":\"2026-11-24T10:00:00.000Z\",\"event\":3,"
              "\"stands\":false},"
              "{\"value\":6,\"source\":\"source/y\",\"place\":null,\"date\":\"2026-11-24\","
              "\"reliability\":\"C\",\"time\":\"2026-11-24T10:00:00.000Z\",\"event\":4,"
              "\"settled\":\"tested\",\"stands\":true}]}");
    free(text);
}

static bool refuse(void *ctx, const value *conflict, err *e)
{
    (void)conflict;
    ++*(int *)ctx;
    return err_set(e, ERR_LIMIT, "enough");
}

static void whoever_asks_may_stop(void **state)
{
    fixture *f = *state;
    err e = {0};
    int calls = 0;
    sources(f);
    put_json(f->st, "demand/a", "{\"a\":1,\"b\":1}", "source/x");
    put_json(f->st, "demand/a", "{\"a\":2,\"b\":2}", "source/y");
    assert_false(store_conflicts(f->st, NULL, refuse, &calls, &e));
    assert_string_equal(e.message, "enough");
    assert_int_equal(calls, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
        T(claims_that_differ_are_a_conflict_and_those_that_agree_are_not),
        T(that_there_is_none_disagrees_with_a_value),
        T(a_field_of_many_is_no_conflict),
        T(what_ended_is_no_conflict),
        T(a_conflict_tells_what_stands_who_says_what_and_what_was_settled),
        T(whoever_asks_may_stop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
