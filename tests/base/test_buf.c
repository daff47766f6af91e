/* test_buf.c: a run of bytes with a NUL behind it. */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "check.h"

static void an_empty_buffer_reads_as_an_empty_text(void **state)
{
    (void)state;
    buf b = {0};
    assert_string_equal(buf_text(&b), "");
    char *taken = buf_take(&b);
    assert_string_equal(taken, "");
    free(taken);
    buf_free(&b);
    buf_free(NULL);
}

static void a_nul_stands_behind_every_addition(void **state)
{
    (void)state;
    buf b = {0};
    for (int i = 0; i < 1000; i++) {
        buf_char(&b, (char)('a' + i % 26));
        assert_int_equal(b.len, i + 1);
        assert_int_equal(b.data[b.len], '\0');
    }
    buf_free(&b);
}

static void bytes_are_kept_as_they_are(void **state)
{
    (void)state;
    buf b = {0};
    buf_add(&b, "a\0b", 3);
    buf_add(&b, NULL, 0);
    buf_str(&b, "c");
    assert_int_equal(b.len, 4);
    assert_memory_equal(b.data, "a\0bc", 5);
    buf_free(&b);
}

static void formats_of_every_length_fit(void **state)
{
    (void)state;
    char filler[301];
    for (size_t len = 0; len <= 300; len++) {
        buf b = {0};
        memset(filler, 'x', len);
        filler[len] = '\0';
        buf_fmt(&b, "<%s>", filler);
        buf_fmt(&b, "%d", 42);
        assert_int_equal(b.len, len + 4);
        assert_string_equal(b.data + len + 1, ">42");
        buf_free(&b);
    }
}

static void room_leaves_the_length_alone(void **state)
{
    (void)state;
    buf b = {0};
    buf_str(&b, "ab");
    char *end = buf_room(&b, 5000);
    assert_ptr_equal(end, b.data + 2);
    assert_true(b.cap >= 5003);
    assert_int_equal(b.len, 2);
    assert_string_equal(buf_text(&b), "ab");
    buf_free(&b);
}

static void clearing_keeps_the_memory(void **state)
{
    (void)state;
    buf b = {0};
    buf_clear(&b);
    buf_str(&b, "something");
    char *data = b.data;
    buf_clear(&b);
    assert_int_equal(b.len, 0);
    assert_string_equal(buf_text(&b), "");
    assert_ptr_equal(b.data, data);
    buf_free(&b);
    assert_null(b.data);
}

static void taking_empties_the_buffer(void **state)
{
    (void)state;
    buf b = {0};
    buf_str(&b, "mine");
    char *mine = buf_take(&b);
    assert_string_equal(mine, "mine");
    assert_null(b.data);
    assert_int_equal(b.len, 0);
    free(mine);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_empty_buffer_reads_as_an_empty_text),
        cmocka_unit_test(a_nul_stands_behind_every_addition),
        cmocka_unit_test(bytes_are_kept_as_they_are),
        cmocka_unit_test(formats_of_every_length_fit),
        cmocka_unit_test(room_leaves_the_length_alone),
        cmocka_unit_test(clearing_keeps_the_memory),
        cmocka_unit_test(taking_empties_the_buffer),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
