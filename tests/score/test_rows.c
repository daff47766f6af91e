/* Rows are kept packed, and cells come out as they went in. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/json.h"
#include "base/mem.h"
#include "packed.h"
#include "score/rows.h"

static value read(const char *json)
{
    value v = value_nil();
    assert_true(json_read(json, strlen(json), "test", &v, NULL));
    return v;
}

static void cells_come_out_as_they_went_in(void **state)
{
    (void)state;
    value part = read("[[\"a\",1,null,{\"x\":[1.5,\"y\"]}],[\"b\",\"text\"],[]]");
    rows *r = rows_new();
    for (int i = 0; i < 3; i++)
        assert_true(rows_add(r, packed(&part), 3, NULL));
    assert_int_equal(rows_len(r), 9);
    for (size_t row = 0; row < 9; row++) {
        const value *given = value_at(&part, row % 3);
        for (size_t cell = 0; cell < 5; cell++) {
            value got = rows_value(r, row, cell);
            assert_true(value_equal(&got, value_at(given, cell)));
            assert_int_equal(rows_cell(r, row, cell) != NULL, cell < value_len(given));
            value_free(&got);
        }
    }
    assert_null(rows_cell(r, 9, 0));
    rows_free(r);
    value_free(&part);
}

static int64_t number_in(const rows *r, size_t row, size_t cell)
{
    value found = rows_value(r, row, cell);
    int64_t number = value_as_int(&found, -1);
    value_free(&found);
    return number;
}

static void a_cell_is_found_however_long_its_row_and_whichever_stands_in_its_place(void **state)
{
    (void)state;
    value part = read("[[\"a\",\"\",1,2],[\"b\",\"\",3,4,5],[\"c\"]]"), other = value_list();
    char *huge = mem_zero(70001, 1);
    memset(huge, 'x', 70000);
    value *row = &part.as.list.items[1];
    value_free(&row->as.list.items[1]);
    row->as.list.items[1] = value_text(huge);
    value_push(&other, value_copy(value_at(&part, 1)));
    rows *r = rows_new();
    assert_true(rows_add(r, packed(&part), 3, NULL));
    assert_int_equal(number_in(r, 0, 3), 2);
    assert_int_equal(number_in(r, 1, 2), 3);
    assert_int_equal(number_in(r, 1, 3), 4); /* beyond what a short note can say */
    assert_int_equal(number_in(r, 1, 4), 5); /* beyond the first row's width */
    assert_null(rows_cell(r, 2, 1));
    value swapped = packed(&other);
    const char *stood = rows_swap(r, 0, value_str(&swapped, ""));
    assert_int_equal(number_in(r, 0, 3), 4);
    rows_swap(r, 0, stood);
    assert_int_equal(number_in(r, 0, 3), 2);
    rows_free(r);
    value_free(&swapped);
    value_free(&other);
    value_free(&part);
    free(huge);
}

static void only_texts_are_texts(void **state)
{
    (void)state;
    value part = read("[[\"a\",1,\"text\"]]");
    const char *text;
    size_t len;
    rows *r = rows_new();
    assert_true(rows_add(r, packed(&part), 1, NULL));
    assert_true(rows_text(r, 0, 2, &text, &len));
    assert_true(len == 4 && memcmp(text, "text", 4) == 0);
    assert_false(rows_text(r, 0, 1, &text, &len));
    assert_false(rows_text(r, 0, 3, &text, &len));
    assert_false(rows_text(r, 1, 0, &text, &len));
    rows_free(r);
    value_free(&part);
}

static void bytes_that_are_no_rows_are_refused(void **state)
{
    (void)state;
    rows *r = rows_new();
    err e = {0};
    assert_false(rows_add(r, value_bytes("\x91\x01", 2), 2, &e));
    assert_int_equal(e.code, ERR_BAD_DATA);
    assert_false(rows_add(r, value_bytes("\x92\x01", 2), 1, &e));
    assert_false(rows_add(r, value_bytes("\x01", 1), 1, &e));
    assert_int_equal(rows_len(r), 0);
    assert_true(rows_add(r, value_text(""), 0, &e));
    rows_free(r);
}

static void rows_are_there_for_what_they_were_told(void **state)
{
    (void)state;
    value part = read("[[\"a\"],[\"b\"],[\"c\"],[\"d\"]]");
    rows *r = rows_new();
    err e = {0};
    assert_false(rows_kinds(r, "b", 1, &e));
    assert_true(rows_add(r, packed(&part), 4, NULL));
    assert_int_equal(rows_kind(r, 3), ROW_BOTH);
    assert_int_equal(rows_raced(r), 4);
    assert_true(rows_kinds(r, "bcrg", 4, &e));
    assert_int_equal(rows_kind(r, 1), ROW_COUNTED);
    assert_int_equal(rows_kind(r, 2), ROW_RANKED);
    assert_int_equal(rows_kind(r, 3), ROW_GONE);
    assert_int_equal(rows_raced(r), 2);
    assert_true(rows_add(r, packed(&part), 4, NULL));
    assert_int_equal(rows_kind(r, 4), ROW_BOTH);
    assert_int_equal(rows_raced(r), 6);
    assert_false(rows_kinds(r, "bx", 2, &e));
    assert_int_equal(e.code, ERR_BAD_DATA);
    rows_free(r);
    value_free(&part);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cells_come_out_as_they_went_in),
        cmocka_unit_test(a_cell_is_found_however_long_its_row_and_whichever_stands_in_its_place),
        cmocka_unit_test(only_texts_are_texts),
        cmocka_unit_test(bytes_that_are_no_rows_are_refused),
        cmocka_unit_test(rows_are_there_for_what_they_were_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
