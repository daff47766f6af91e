/* Our own functions against the C library's: the same to a few units in the last place. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "score/exact.h"

static void near(double got, double wanted, double scale)
{
    if (!(fabs(got - wanted) <= 8 * 2.220446049250313e-16 * scale))
        fail_msg("%.17g, not %.17g", got, wanted);
}

static void powers_of_a_half(void **state)
{
    (void)state;
    for (double t = 0; t < 60; t += 0.0137)
        near(exact_half(t), pow(0.5, t), pow(0.5, t));
    assert_true(exact_half(0) == 1 && exact_half(1) == 0.5 && exact_half(1e300) == 0);
}

static void angles(void **state)
{
    (void)state;
    for (double x = 0; x <= 1; x += 0.00037)
        near(exact_asin(x), asin(x), asin(x) + 1e-300);
    near(exact_asin(1), asin(1), 1);
    for (double d = -360; d <= 360; d += 0.37) {
        double s, c;
        exact_sin_cos(d, &s, &c);
        near(s, sin(d * (3.14159265358979323846 / 180)), 8);
        near(c, cos(d * (3.14159265358979323846 / 180)), 8);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(powers_of_a_half),
        cmocka_unit_test(angles),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
