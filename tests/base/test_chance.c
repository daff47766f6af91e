#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/chance.h"

/* The numbers of the authors' own program for this seed. */
static void the_row_is_that_of_splitmix64(void **state)
{
    static const uint64_t ROW[] = {6457827717110365317u, 3203168211198807973u, 9817491932198370423u,
                                   4593380528125082431u, 16408922859458223821u};
    uint64_t at = 1234567;
    (void)state;
    for (size_t i = 0; i < sizeof ROW / sizeof *ROW; i++)
        assert_true(chance_next(&at) == ROW[i]);
}

static void a_unit_is_the_upper_bits_below_1(void **state)
{
    uint64_t at = 1234567, same = 1234567;
    (void)state;
    for (int i = 0; i < 1000; i++) {
        double unit = chance_unit(&at);
        assert_true(unit >= 0 && unit < 1);
        assert_true((uint64_t)(unit * 0x1p53) == chance_next(&same) >> 11);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_row_is_that_of_splitmix64),
        cmocka_unit_test(a_unit_is_the_upper_bits_below_1),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
