#include "support.h"

#include "store/seen.h"

static void ids_are_known_with_the_line_that_had_them_first(void **state)
{
    (void)state;
    enum { MANY = 50000 };
    seen *s = seen_new();
    char id[32];
    for (int i = 1; i <= MANY; i++) {
        snprintf(id, sizeof id, "demand/d%d", i);
        assert_int_equal(seen_add(s, id, i), 0);
    }
    for (int i = 1; i <= MANY; i++) {
        snprintf(id, sizeof id, "demand/d%d", i);
        assert_int_equal(seen_add(s, id, 7), i);
    }
    assert_false(seen_has(s, "demand/d0"));
    seen_free(s);
}

static void a_dropped_id_is_free_again_and_hides_no_other(void **state)
{
    (void)state;
    seen *s = seen_new();
    char id[32];
    for (int i = 1; i <= 5000; i++) {
        snprintf(id, sizeof id, "demand/d%d", i);
        seen_add(s, id, i);
        if (i % 2)
            seen_drop(s, id);
    }
    for (int i = 1; i <= 5000; i++) {
        snprintf(id, sizeof id, "demand/d%d", i);
        assert_int_equal(seen_has(s, id), i % 2 == 0);
    }
    assert_int_equal(seen_add(s, "demand/d1", 9), 0);
    assert_int_equal(seen_add(s, "demand/d1", 10), 9);
    seen_free(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ids_are_known_with_the_line_that_had_them_first),
        cmocka_unit_test(a_dropped_id_is_free_again_and_hides_no_other),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
