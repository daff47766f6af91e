/* test_value.c: the variant type. */
#include <math.h>
#include <string.h>

#include "base/mem.h"
#include "base/value.h"
#include "check.h"
#include "random.h"

static void a_map_keeps_the_order_of_insertion(void **state)
{
    (void)state;
    value map = value_map();
    value_set(&map, "z", value_int(1));
    value_set(&map, "a", value_int(2));
    value_set(&map, "m", value_int(3));
    value_set(&map, "z", value_text("replaced in place"));
    assert_int_equal(value_len(&map), 3);
    assert_string_equal(map.as.map.items[0].key, "z");
    assert_string_equal(map.as.map.items[2].key, "m");
    assert_string_equal(value_get_str(&map, "z", ""), "replaced in place");
    value_free(&map);
    assert_int_equal(map.type, VALUE_NIL);
}

static void a_map_of_literals_is_like_any_other(void **state)
{
    (void)state;
    value map = value_map_literal(1), plain = value_map();
    value_add(&map, "a", value_text("first"));
    value_add(&map, "b", value_int(2)); /* more than it had room for */
    value_set(&map, "a", value_int(1));
    value_set(&map, "c", value_int(3));
    assert_true(value_drop(&map, "b"));
    value_add(&plain, "a", value_int(1));
    value_add(&plain, "c", value_int(3));
    value copy = value_copy(&map);
    value_free(&map);
    assert_true(value_equal(&copy, &plain));
    value_free(&copy);
    value_free(&plain);
}

static void dropping_closes_the_gap(void **state)
{
    (void)state;
    value map = value_map();
    value_add(&map, "a", value_int(1));
    value_add(&map, "b", value_text("two"));
    value_add(&map, "c", value_int(3));
    assert_true(value_drop(&map, "b"));
    assert_false(value_drop(&map, "b"));
    assert_int_equal(value_len(&map), 2);
    assert_int_equal(value_get_int(&map, "c", 0), 3);
    value_free(&map);
}

static void what_is_taken_out_of_a_map_stays_whole(void **state)
{
    (void)state;
    value map = value_map(), inner = value_list(), none = value_nil();
    value_push(&inner, value_text("kept"));
    value_add(&map, "a", inner);
    value_add(&map, "b", value_int(2));
    value taken = value_take(&map, "a");
    assert_string_equal(value_str(value_at(&taken, 0), ""), "kept");
    value_free(&taken);
    assert_int_equal(value_len(&map), 1);
    taken = value_take(&map, "a");
    assert_true(value_is(&taken, VALUE_NIL));
    taken = value_take(&none, "a");
    assert_true(value_is(&taken, VALUE_NIL));
    value_free(&map);
}

static void reading_nothing_gives_the_other_answer(void **state)
{
    (void)state;
    value text = value_text("t");
    assert_null(value_get(NULL, "a"));
    assert_null(value_get(&text, "a"));
    assert_null(value_at(NULL, 0));
    assert_null(value_at(&text, 0));
    assert_int_equal(value_len(NULL), 0);
    assert_true(value_is(NULL, VALUE_NIL));
    assert_string_equal(value_str(NULL, "other"), "other");
    assert_int_equal(value_as_int(&text, -1), -1);
    assert_true(value_as_bool(NULL, true));
    assert_int_equal(value_get_int(NULL, "a", 5), 5);
    assert_true(value_get_double(NULL, "a", 0.5) == 0.5);
    assert_true(value_get_bool(&text, "a", true));
    value_free(&text);
    value_free(NULL);
}

static void numbers_convert_only_when_nothing_is_lost(void **state)
{
    (void)state;
    const struct {
        double number;
        int64_t expected; /* -7: refused */
    } rows[] = {
        {3.0, 3},        {-3.0, -3}, {0.5, -7},      {1e18, 1000000000000000000},
        {0x1p63, -7},    {NAN, -7},  {INFINITY, -7}, {-0x1p63, INT64_MIN},
        {-0x1.8p63, -7}, {-0.0, 0},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        value v = value_double(rows[i].number);
        assert_int_equal(value_as_int(&v, -7), rows[i].expected);
    }
    value whole = value_int(4);
    assert_true(value_as_double(&whole, 0) == 4.0);
}

static void one_and_one_point_zero_are_equal(void **state)
{
    (void)state;
    value a = value_int(1), b = value_double(1.0), c = value_double(1.5), t = value_text("1");
    value yes = value_bool(true);
    assert_true(value_equal(&a, &b));
    assert_true(value_equal(&b, &a));
    assert_false(value_equal(&a, &c));
    assert_false(value_equal(&a, &t));
    assert_false(value_equal(&a, &yes));
    assert_true(value_equal(NULL, NULL));
    assert_false(value_equal(NULL, &a));
    value_free(&t);
}

static void great_integers_are_not_rounded_when_compared(void **state)
{
    (void)state;
    value a = value_int(INT64_C(9007199254740993)), b = value_double(9007199254740992.0);
    assert_false(value_equal(&a, &b));
}

static void maps_are_equal_in_any_order(void **state)
{
    (void)state;
    value a = value_map(), b = value_map();
    value_add(&a, "x", value_int(1));
    value_add(&a, "y", value_nil());
    value_add(&b, "y", value_nil());
    value_add(&b, "x", value_double(1));
    assert_true(value_equal(&a, &b));
    value_drop(&b, "y");
    value_add(&b, "z", value_nil());
    assert_false(value_equal(&a, &b));
    value_free(&a);
    value_free(&b);
}

static void texts_hold_any_byte(void **state)
{
    (void)state;
    value a = value_bytes("a\0b", 3), b = value_bytes("a\0c", 3), nothing = value_text(NULL);
    assert_int_equal(value_len(&a), 3);
    assert_int_equal(a.as.text.bytes[3], '\0');
    assert_false(value_equal(&a, &b));
    assert_int_equal(nothing.type, VALUE_NIL);
    value_free(&a);
    value_free(&b);
}

static void a_copy_is_equal_and_shares_nothing(void **state)
{
    (void)state;
    for (int i = 0; i < 500; i++) {
        value v = random_value(4, INT64_MAX), copy = value_copy(&v);
        assert_true(value_equal(&v, &copy));
        value_free(&v); /* the sanitizer sees what is shared */
        value again = value_copy(&copy);
        assert_true(value_equal(&again, &copy));
        value_free(&again);
        value_free(&copy);
    }
}

static void lists_grow_and_answer_by_index(void **state)
{
    (void)state;
    value list = value_list();
    for (int i = 0; i < 100; i++)
        assert_int_equal(value_push(&list, value_int(i))->as.integer, i);
    assert_int_equal(value_len(&list), 100);
    assert_int_equal(value_as_int(value_at(&list, 99), -1), 99);
    assert_null(value_at(&list, 100));
    value_free(&list);
}

static void a_list_holds_a_text_or_not(void **state)
{
    (void)state;
    value list = value_list();
    value_push(&list, value_int(7));
    value_push(&list, value_text("sonar"));
    assert_true(value_holds(&list, "sonar"));
    assert_false(value_holds(&list, "son"));
    assert_false(value_holds(&list, "7"));
    assert_false(value_holds(NULL, "sonar"));
    value_free(&list);
}

static void a_text_may_take_over_its_bytes(void **state)
{
    (void)state;
    char *bytes = mem_copy("a\0b", 3);
    value text = value_adopt(bytes, 3), same = value_bytes("a\0b", 3);
    assert_ptr_equal(value_str(&text, ""), bytes);
    assert_true(value_equal(&text, &same));
    value_free(&text);
    value_free(&same);
}

static void types_have_names_for_people(void **state)
{
    (void)state;
    assert_string_equal(value_type_name(VALUE_TEXT), "text");
    assert_string_equal(value_type_name(VALUE_LIST), "list");
    assert_string_equal(value_type_name((value_type)99), "nothing");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_map_keeps_the_order_of_insertion),
        cmocka_unit_test(a_map_of_literals_is_like_any_other),
        cmocka_unit_test(dropping_closes_the_gap),
        cmocka_unit_test(what_is_taken_out_of_a_map_stays_whole),
        cmocka_unit_test(reading_nothing_gives_the_other_answer),
        cmocka_unit_test(numbers_convert_only_when_nothing_is_lost),
        cmocka_unit_test(one_and_one_point_zero_are_equal),
        cmocka_unit_test(great_integers_are_not_rounded_when_compared),
        cmocka_unit_test(maps_are_equal_in_any_order),
        cmocka_unit_test(texts_hold_any_byte),
        cmocka_unit_test(a_copy_is_equal_and_shares_nothing),
        cmocka_unit_test(lists_grow_and_answer_by_index),
        cmocka_unit_test(a_list_holds_a_text_or_not),
        cmocka_unit_test(a_text_may_take_over_its_bytes),
        cmocka_unit_test(types_have_names_for_people),
    };
    random_start();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
