#include "support.h"

#include "store/kinds.h"
#include "store/reference.h"

static const char KIND[] =
    "[{\"name\":\"thing\",\"fields\":[{\"name\":\"owner\",\"type\":\"reference\",\"kind\":"
    "\"thing\"},"
    "{\"name\":\"parts\",\"type\":\"reference\",\"kind\":\"thing\",\"many\":true}]}]";

static int setup_kind(void **state)
{
    setup(state);
    fixture *f = *state;
    err e = {0};
    value kinds = json(KIND);
    assert_true(kinds_save(f->st, &kinds, &e));
    value_free(&kinds);
    return 0;
}

static void assert_missing(fixture *f, int64_t since, int64_t count, const char *expected)
{
    err e = {0};
    int64_t found = -1;
    value first = value_nil();
    if (!reference_missing(f->st, since, 2, &found, &first, &e))
        fail_msg("%s", e.message);
    char *text = text_of(&first);
    assert_string_equal(text, expected);
    assert_int_equal(found, count);
    free(text);
    value_free(&first);
}

static void a_reference_to_a_record_that_is_not_there_is_kept_and_told(void **state)
{
    fixture *f = *state;
    put_json(f->st, "thing/a", "{\"owner\":\"thing/b\",\"parts\":[\"thing/c\",\"thing/d\"]}", NULL);
    assert_record(f->st, "thing/a",
                  "{\"id\":\"thing/a\",\"kind\":\"thing\",\"version\":1,\"owner\":\"thing/b\","
                  "\"parts\":[\"thing/c\",\"thing/d\"]}");
    assert_missing(f, 0, 3,
                   "[{\"record\":\"thing/a\",\"field\":\"owner\",\"target\":\"thing/b\"},"
                   "{\"record\":\"thing/a\",\"field\":\"parts\",\"target\":\"thing/c\"}]");
    put_json(f->st, "thing/b", "{}", NULL);
    put_json(f->st, "thing/c", "{}", NULL);
    assert_missing(f, 0, 1,
                   "[{\"record\":\"thing/a\",\"field\":\"parts\",\"target\":\"thing/d\"}]");
}

static void only_what_changed_since_is_told(void **state)
{
    fixture *f = *state;
    err e = {0};
    int64_t head = 0;
    put_json(f->st, "thing/a", "{\"owner\":\"thing/x\"}", NULL);
    assert_true(event_head(f->st, &head, &e));
    assert_missing(f, head, 0, "[]");
    put_json(f->st, "thing/b", "{\"owner\":\"thing/y\"}", NULL);
    assert_missing(f, head, 1,
                   "[{\"record\":\"thing/b\",\"field\":\"owner\",\"target\":\"thing/y\"}]");
}

static void references_follow_changes_and_deletes(void **state)
{
    fixture *f = *state;
    err e = {0};
    put_json(f->st, "thing/b", "{}", NULL);
    put_json(f->st, "thing/a", "{\"owner\":\"thing/b\"}", NULL);
    assert_missing(f, 0, 0, "[]");
    assert_true(store_delete(f->st, "thing/b", &e));
    assert_missing(f, 0, 1,
                   "[{\"record\":\"thing/a\",\"field\":\"owner\",\"target\":\"thing/b\"}]");
    put_json(f->st, "thing/a", "{\"owner\":null}", NULL);
    assert_missing(f, 0, 0, "[]");
    put_json(f->st, "thing/a", "{\"owner\":\"thing/q\"}", NULL);
    assert_true(store_delete(f->st, "thing/a", &e));
    assert_missing(f, 0, 0, "[]");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define T(name) cmocka_unit_test_setup_teardown(name, setup_kind, teardown)
        T(a_reference_to_a_record_that_is_not_there_is_kept_and_told),
        T(only_what_changed_since_is_told),
        T(references_follow_changes_and_deletes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
