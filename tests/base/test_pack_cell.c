/* test_pack_cell.c: packed values are found, skipped and made where they lie. */
#include <math.h>
#include <string.h>

#include "base/pack_cell.h"
#include "base/pack_walk.h"
#include "check.h"
#include "random.h"

static void values_behind_one_another_are_found_by_skipping(void **state)
{
    (void)state;
    enum { VALUES = 40 };
    for (int round = 0; round < 200; round++) {
        buf packed = {0};
        value made[VALUES];
        for (int i = 0; i < VALUES; i++) {
            made[i] = random_value(4, INT64_MAX);
            assert_true(pack_add(&packed, &made[i], &PACK_TO_WORKER, NULL));
        }
        assert_true(pack_walk(packed.data, packed.len, VALUES, &PACK_TO_WORKER, NULL));
        const char *at = packed.data;
        for (int i = 0; i < VALUES; i++) {
            value back = value_nil();
            assert_true(pack_make(at, &back, NULL));
            assert_true(value_equal(&made[i], &back));
            at = pack_skip(at);
            value_free(&back);
            value_free(&made[i]);
        }
        assert_ptr_equal(at, packed.data + packed.len);
        buf_free(&packed);
    }
}

static void a_look_tells_type_number_and_text(void **state)
{
    (void)state;
    const char *at = "\xFB\xC3\xCB\x3F\xF8\0\0\0\0\0\0\xA3rad\x92\x01\x02\x81\xA1x\xC0";
    pack_cell c;
    at = pack_look(at, &c);
    assert_true(c.type == VALUE_INT && c.as.integer == -5);
    at = pack_look(at, &c);
    assert_true(c.type == VALUE_BOOL && c.as.boolean);
    at = pack_look(at, &c);
    assert_true(c.type == VALUE_DOUBLE && c.as.number == 1.5);
    at = pack_look(at, &c);
    assert_true(c.type == VALUE_TEXT && c.len == 3 && memcmp(c.inner, "rad", 3) == 0);
    at = pack_look(at, &c);
    assert_ptr_equal(at, c.inner);
    assert_true(c.type == VALUE_LIST && c.len == 2);
    pack_look(pack_skip(pack_skip(at)), &c);
    assert_true(c.type == VALUE_MAP && c.len == 1);
}

static void a_walk_wants_just_as_many_values_as_it_was_told(void **state)
{
    (void)state;
    err e = {0};
    assert_true(pack_walk("\x01\x02\x93\x01\x02\x03", 6, 3, &PACK_TO_WORKER, &e));
    assert_false(pack_walk("\x01\x02\x03", 3, 2, &PACK_TO_WORKER, &e));
    assert_false(pack_walk("\x01\x02\x03", 3, 4, &PACK_TO_WORKER, &e));
    assert_true(pack_walk("", 0, 0, &PACK_TO_WORKER, &e));
}

static void an_entry_is_found_by_its_key(void **state)
{
    (void)state;
    const char *map =
        "\x84\xA2op\xA3one\xA4skip\x92\x01\xA2op\xA3opp\x02\xA1n\xCB\x3F\xF8\0\0\0\0\0\0";
    pack_cell c = {0};
    assert_true(pack_field(map, "op", &c));
    assert_true(pack_is(&c, "one"));
    assert_false(pack_is(&c, "on"));
    assert_false(pack_is(&c, "once"));
    assert_true(isnan(pack_number(&c)));
    assert_true(pack_field(map, "opp", &c));
    assert_false(pack_is(&c, ""));
    assert_true(pack_number(&c) == 2);
    assert_true(pack_field(map, "n", &c));
    assert_true(pack_number(&c) == 1.5);
    assert_false(pack_field(map, "o", &c));
    assert_false(pack_field("\x80", "op", &c));
    assert_false(pack_field("\x82\xA2op\x01\xA2op\x01", "op", &c));
    assert_false(pack_field("\x92\xA2op\x01", "op", &c));
    assert_false(pack_field("\xA2op", "op", &c));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_behind_one_another_are_found_by_skipping),
        cmocka_unit_test(a_look_tells_type_number_and_text),
        cmocka_unit_test(an_entry_is_found_by_its_key),
        cmocka_unit_test(a_walk_wants_just_as_many_values_as_it_was_told),
    };
    random_start();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
