#include <math.h>

#include "support.h"

static void ids_are_a_kind_and_a_slug(void **state)
{
    (void)state;
    static const char *const GOOD[] = {"demand/a", "solution/Avy-2.0_x~1", "a_1/0", "x/-"};
    static const char *const BAD[] = {"",          "demand",          "demand/",    "/a",
                                      "Demand/a",  "demand/a b",      "demand/a/b", "1x/a",
                                      "de-mand/a", "demand/\xc3\xa9", "demand/a\n", "d\x01/a"};
    err e = {0};
    for (size_t i = 0; i < sizeof GOOD / sizeof GOOD[0]; i++)
        assert_true(store_check_id(GOOD[i], &e));
    for (size_t i = 0; i < sizeof BAD / sizeof BAD[0]; i++) {
        assert_false(store_check_id(BAD[i], &e));
        assert_int_equal(e.code, ERR_BAD_DATA);
    }
}

static void ids_have_a_longest_length(void **state)
{
    (void)state;
    char id[200];
    err e = {0};
    memset(id, 'a', sizeof id);
    memcpy(id, "demand/", 7);
    id[7 + 120] = '\0';
    assert_true(store_check_id(id, &e));
    id[7 + 120] = 'a';
    id[7 + 121] = '\0';
    assert_false(store_check_id(id, &e));
    assert_false(store_check_id("abcdefghijabcdefghijabcdefghijabcdefghijk/a", &e));
}

static void a_bad_slug_gets_a_better_one_as_hint(void **state)
{
    (void)state;
    err e = {0};
    assert_false(store_check_id("region/Frysl\xc3\xa2n Noord", &e));
    assert_says(e.hint, "region/fryslan-noord");
}

static void check_refused(fixture *f, value v, const char *says)
{
    err e = {0};
    value fields = value_map();
    value_set(&fields, "field", v);
    assert_false(store_put(f->st, &(statement){.id = "demand/a", .fields = &fields}, NULL, &e));
    assert_int_equal(e.code, ERR_BAD_DATA);
    assert_says(e.message, says);
    assert_string_equal(e.where, "demand/a");
    value_free(&fields);
}

static void values_that_would_not_come_back_the_same_are_refused(void **state)
{
    fixture *f = *state;
    check_refused(f, value_bytes("a\xff", 2), "UTF-8");
    check_refused(f, value_bytes("a\0b", 3), "zero byte");
    check_refused(f, value_double(NAN), "finite");
    check_refused(f, value_double(INFINITY), "finite");
    check_refused(f, value_int(9007199254740993), "2^53");
    value deep = value_int(1);
    for (int i = 0; i < 17; i++) {
        value list = value_list();
        value_push(&list, deep);
        deep = list;
    }
    check_refused(f, deep, "deep");
}

static void the_deepest_value_that_is_taken_can_be_read_from_the_log(void **state)
{
    fixture *f = *state;
    char fields[128] = "{\"x\":";
    for (int i = 0; i < 16; i++)
        strcat(fields, "[");
    strcat(fields, "1");
    for (int i = 0; i < 16; i++)
        strcat(fields, "]");
    strcat(fields, "}");
    put_json(f->st, "demand/a", fields, NULL);
    value claims = value_nil();
    err e = {0};
    assert_true(store_claims(f->st, "demand/a", &claims, &e));
    value_free(&claims);
    query *q = db_prepare(store_db(f->st), "select data from event", &e);
    assert_true(query_step(q, &e));
    value data = json(query_text(q, 0));
    value_free(&data);
    query_free(q);
}

static void names_of_fields_are_plain_and_not_polder_s_own(void **state)
{
    fixture *f = *state;
    static const char *const BAD[] = {"{\"\":1}",   "{\"a\\nb\":1}",   "{\"version\":1}",
                                      "{\"id\":1}", "{\"claims\":[]}", "{\"kind\":\"x\"}"};
    for (size_t i = 0; i < sizeof BAD / sizeof BAD[0]; i++) {
        err e = {0};
        assert_false(try_put(f->st, "demand/a", BAD[i], NULL, &e));
        assert_int_equal(e.code, ERR_BAD_DATA);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ids_are_a_kind_and_a_slug),
        cmocka_unit_test(ids_have_a_longest_length),
        cmocka_unit_test(a_bad_slug_gets_a_better_one_as_hint),
#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
        T(values_that_would_not_come_back_the_same_are_refused),
        T(the_deepest_value_that_is_taken_can_be_read_from_the_log),
        T(names_of_fields_are_plain_and_not_polder_s_own),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
