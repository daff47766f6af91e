/* test_texts.c: small texts in one piece. */
#include <stdio.h>
#include <string.h>

#include "base/texts.h"
#include "check.h"

static void texts_are_found_by_their_number(void **state)
{
    (void)state;
    texts t = {0};
    char text[16];
    assert_null(texts_at(&t, 0));
    for (int i = 0; i < 1000; i++) {
        snprintf(text, sizeof text, "%.*s%d", i % 5, "abcd", i);
        texts_add(&t, i == 500 ? "" : text);
    }
    for (int i = 0; i < 1000; i++) {
        snprintf(text, sizeof text, "%.*s%d", i % 5, "abcd", i);
        assert_string_equal(texts_at(&t, (size_t)i), i == 500 ? "" : text);
    }
    assert_null(texts_at(&t, 1000));
    texts_free(&t);
    assert_int_equal(t.len, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(texts_are_found_by_their_number)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
