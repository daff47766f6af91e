/* test_err.c: errors carry code, message, place and hint. */
#include <string.h>

#include "base/err.h"
#include "base/text.h"
#include "check.h"

static void a_new_error_forgets_the_old_place_and_hint(void **state)
{
    (void)state;
    err e = {0};
    err_set(&e, ERR_USAGE, "old");
    err_where(&e, "old.csv:1");
    err_hint(&e, "try again");
    assert_false(err_set(&e, ERR_BAD_DATA, "row %d is empty", 7));
    assert_int_equal(e.code, ERR_BAD_DATA);
    assert_string_equal(e.message, "row 7 is empty");
    assert_string_equal(e.where, "");
    assert_string_equal(e.hint, "");
}

static void place_and_hint_leave_the_message(void **state)
{
    (void)state;
    err e = {0};
    err_set(&e, ERR_LIMIT, "too long");
    assert_false(err_where(&e, "%s:%d", "rows.jsonl", 3));
    assert_false(err_hint(&e, "split it"));
    assert_string_equal(e.message, "too long");
    assert_string_equal(e.where, "rows.jsonl:3");
    assert_string_equal(e.hint, "split it");
}

static void a_prefix_stands_before_the_message(void **state)
{
    (void)state;
    err e = {0};
    err_set(&e, ERR_BAD_DATA, "no such field");
    assert_false(err_prefix(&e, "cannot load %s: ", "zeeland"));
    assert_string_equal(e.message, "cannot load zeeland: no such field");
    assert_int_equal(e.code, ERR_BAD_DATA);
}

static void the_error_may_be_its_own_argument(void **state)
{
    (void)state;
    err e = {0};
    err_set(&e, ERR_BAD_DATA, "inner");
    err_where(&e, "a.lua:1");
    err_set(&e, ERR_BUG, "outer: %s at %s", e.message, e.where);
    assert_string_equal(e.message, "outer: inner at a.lua:1");
}

static void long_texts_are_cut_between_characters(void **state)
{
    (void)state;
    char text[2000];
    for (size_t shift = 0; shift < 3; shift++) {
        err e = {0};
        memset(text, 'x', shift);
        for (size_t i = shift; i + 3 < sizeof text; i += 3)
            memcpy(text + i, "\xE2\x82\xAC", 4);
        err_set(&e, ERR_BAD_DATA, "%s", text);
        err_where(&e, "%s", text);
        err_prefix(&e, "%s", "y");
        assert_in_range(strlen(e.message), sizeof e.message - 3, sizeof e.message - 1);
        assert_in_range(strlen(e.where), sizeof e.where - 3, sizeof e.where - 1);
        assert_int_equal(text_invalid_at(e.message, strlen(e.message)), strlen(e.message));
        assert_int_equal(text_invalid_at(e.where, strlen(e.where)), strlen(e.where));
    }
}

static void a_copy_has_all_of_the_other(void **state)
{
    (void)state;
    err from = {0}, to = {0};
    err_set(&from, ERR_LIMIT, "too much");
    err_where(&from, "a:1");
    err_hint(&from, "less");
    assert_false(err_copy(&to, &from));
    assert_int_equal(to.code, ERR_LIMIT);
    assert_string_equal(to.message, "too much");
    assert_string_equal(to.where, "a:1");
    assert_string_equal(to.hint, "less");
}

static void nobody_has_to_want_the_error(void **state)
{
    (void)state;
    assert_false(err_set(NULL, ERR_BUG, "x"));
    assert_false(err_where(NULL, "x"));
    assert_false(err_hint(NULL, "x"));
    assert_false(err_prefix(NULL, "x"));
    assert_false(err_copy(NULL, &(err){.code = ERR_BUG}));
}

static void each_code_has_a_name_and_an_exit_code(void **state)
{
    (void)state;
    assert_string_equal(err_name(ERR_BAD_DATA), "bad_data");
    assert_int_equal(err_exit(ERR_BAD_DATA), 3);
    assert_int_equal(err_exit(ERR_NONE), 0);
    assert_int_equal(err_exit(ERR_BUG), 70);
    assert_string_equal(err_name((err_code)999), "bug");
    assert_int_equal(err_exit((err_code)999), 70);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_new_error_forgets_the_old_place_and_hint),
        cmocka_unit_test(place_and_hint_leave_the_message),
        cmocka_unit_test(a_prefix_stands_before_the_message),
        cmocka_unit_test(the_error_may_be_its_own_argument),
        cmocka_unit_test(long_texts_are_cut_between_characters),
        cmocka_unit_test(a_copy_has_all_of_the_other),
        cmocka_unit_test(nobody_has_to_want_the_error),
        cmocka_unit_test(each_code_has_a_name_and_an_exit_code),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
