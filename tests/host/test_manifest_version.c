#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "host/manifest.h"

static void a_version_fits_a_range_or_not(void **state)
{
    (void)state;
    static const struct {
        const char *version, *range;
        bool fits;
    } ROWS[] = {
        {"1.2.0", ">=1.0", true},
        {"1.2.0", ">=1.2.0", true},
        {"1.2.0", ">=1.2.1", false},
        {"1.10.0", ">=1.9", true},
        {"0.9.9", ">=1", false},
        {"1.2.0", ">1.2.0", false},
        {"1.2.1", ">1.2.0", true},
        {"1.2.0", "<2", true},
        {"2.0.0", "<2", false},
        {"1.9.0", ">=1.0 <2", true},
        {"2.1.0", ">=1.0 <2", false},
        {"1.2.0", "<=1.2.0", true},
        {"1.2.7", "1.2", true},
        {"1.3.0", "1.2", false},
        {"1.2.0", "=1.2.0", true},
        {"1.2.1", "=1.2.0", false},
        {"1.2.0", "*", true},
        {"1.2.0", "", false},
        {"1.2.0", "new", false},
        {"1.2.0", ">= 1.0", false},
        {"1.2.0", "1.2.0.0", false},
        {"1.2", ">=1.", false},
        {"x", "*", false},
        {"1.2.0", ">=1.0,<2", false},
        {"1.2.0", "1234567", false},
    };
    for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++)
        if (manifest_version_fits(ROWS[i].version, ROWS[i].range) != ROWS[i].fits)
            fail_msg("\"%s\" in \"%s\" should be %d", ROWS[i].version, ROWS[i].range, ROWS[i].fits);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(a_version_fits_a_range_or_not)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
