/* test_json_number.c: numbers written in whole numbers are those that printf writes. */
#include <float.h>
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/json_number.h"
#include "check.h"
#include "random.h"

static void check(double number)
{
    char text[JSON_NUMBER], slow[JSON_NUMBER];
    if (!isfinite(number))
        return;
    json_number(text, number);
    json_number_slow(slow, number);
    assert_string_equal(text, slow);
}

/* And its neighbours. */
static void check_around(double number)
{
    check(number);
    check(-number);
    check(nextafter(number, 0));
    check(nextafter(number, INFINITY));
}

static void any_double_is_written_as_printf_does(void **state)
{
    (void)state;
    random_start();
    for (int i = 0; i < 100000; i++) {
        uint64_t bits = random_next();
        double number;
        memcpy(&number, &bits, sizeof number);
        check(number);
        check((double)(bits >> 11) / 0x1p53);
        check((double)(bits >> 11) / 0x1p53 * 100.0);
        check((double)(bits % 1000000) / 1000.0);
        check((double)(bits >> 40) / 3.0);
    }
}

static void edges_are_written_as_printf_does(void **state)
{
    (void)state;
    for (int i = -320; i <= 308; i++)
        check_around(pow(10, i));
    for (int i = -1074; i <= 1023; i++) {
        check_around(ldexp(1, i));
        check_around(ldexp(1.5, i));
    }
    const double others[] = {0.5,
                             0.1,
                             0.3,
                             0.001,
                             0.00099999999999999999,
                             2.5,
                             999.9995,
                             1e15,
                             1e15 - 0.125,
                             0.1 + 0.2,
                             62.5 + 0x1p-46,
                             9.9999999999999982,
                             0.5 + 0x1p-53,
                             DBL_MAX,
                             DBL_MIN,
                             123456789012345.67,
                             99999999999999.98};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        check_around(others[i]);
}

static void whole_numbers_are_written_as_printf_does(void **state)
{
    const int64_t numbers[] = {0, 1, -1, 9, 10, -10, 99, 12345678901, INT64_MAX, INT64_MIN};
    (void)state;
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        char text[JSON_NUMBER], wanted[JSON_NUMBER];
        json_whole(text, numbers[i]);
        snprintf(wanted, sizeof wanted, "%" PRId64, numbers[i]);
        assert_string_equal(text, wanted);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_double_is_written_as_printf_does),
        cmocka_unit_test(edges_are_written_as_printf_does),
        cmocka_unit_test(whole_numbers_are_written_as_printf_does),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
