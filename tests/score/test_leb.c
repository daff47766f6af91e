/* Numbers and texts come back as they went, and nothing is read behind the end. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "score/leb.h"

static const uint64_t NUMBERS[] = {0, 1, 127, 128, 300, UINT32_MAX, UINT64_MAX - 1, UINT64_MAX};

static void what_was_written_is_read(void **state)
{
    buf b = {0};
    const char *text;
    size_t len;
    double x;
    (void)state;
    for (size_t i = 0; i < sizeof NUMBERS / sizeof *NUMBERS; i++)
        leb_add(&b, NUMBERS[i]);
    leb_add_double(&b, -1.0 / 3);
    leb_add_text(&b, "a\0b", 3);
    leb from = {b.data, b.len};
    for (size_t i = 0; i < sizeof NUMBERS / sizeof *NUMBERS; i++) {
        uint64_t number = 7;
        assert_true(leb_number(&from, UINT64_MAX, &number));
        assert_true(number == NUMBERS[i]);
    }
    assert_true(leb_double(&from, &x) && x == -1.0 / 3);
    assert_true(leb_text(&from, 3, &text, &len));
    assert_true(len == 3 && memcmp(text, "a\0b", 3) == 0 && from.len == 0);
    buf_free(&b);
}

static void what_ends_early_or_is_too_much_is_refused(void **state)
{
    static const struct {
        const char *bytes;
        size_t len;
    } numbers[] = {{"", 0},
                   {"\x80", 1},
                   {"\x0B", 1},                                          /* 11 of at most 10 */
                   {"\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x7F", 10},     /* more than 64 bits */
                   {"\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x01", 11}, /* and without end */
                   {"\x80\x80\x80\x80\x80\x80\x80\x80\x80\x02", 10}};
    const char *text;
    size_t len;
    double x;
    (void)state;
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        uint64_t number;
        leb from = {numbers[i].bytes, numbers[i].len};
        assert_false(leb_number(&from, 10, &number));
    }
    assert_false(leb_double(&(leb){"1234567", 7}, &x));
    assert_false(leb_text(&(leb){"\x03xy", 3}, 10, &text, &len));
    assert_false(leb_text(&(leb){"\x03xyz", 4}, 2, &text, &len));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_written_is_read),
        cmocka_unit_test(what_ends_early_or_is_too_much_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
