/* test_mem.c: memory is there, or the process ends. */
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/mem.h"
#include "check.h"

/* Runs `fn` in a child whose standard error is caught; returns its exit code. */
static int in_child(void (*fn)(void), char *said, size_t size)
{
    int ends[2], status = 0;
    assert_int_equal(pipe(ends), 0);
    pid_t child = fork();
    if (child == 0) {
        dup2(ends[1], STDERR_FILENO);
        fn();
        _exit(0);
    }
    close(ends[1]);
    ssize_t got = read(ends[0], said, size - 1);
    said[got > 0 ? got : 0] = '\0';
    close(ends[0]);
    waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void ask_for_more_than_can_be_counted(void)
{
    free(mem_grow(NULL, SIZE_MAX / 2, 4));
}

static void a_size_that_overflows_ends_the_process_with_a_message(void **state)
{
    (void)state;
    char said[200];
    assert_int_equal(in_child(ask_for_more_than_can_be_counted, said, sizeof said), 70);
    assert_string_equal(said, "polder: error: out of memory\n");
}

static void nothing_asked_is_still_a_pointer(void **state)
{
    (void)state;
    void *none[] = {mem_alloc(0), mem_zero(0, 8), mem_zero(8, 0), mem_grow(NULL, 0, 8)};
    for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
        assert_non_null(none[i]);
        free(none[i]);
    }
}

static void zeroed_memory_is_zero(void **state)
{
    (void)state;
    unsigned char *bytes = mem_zero(100, 3), zeroes[300] = {0};
    assert_memory_equal(bytes, zeroes, 300);
    free(bytes);
}

static void growing_keeps_what_was_there(void **state)
{
    (void)state;
    char *text = mem_text("dijk");
    text = mem_grow(text, 1000, 10);
    assert_string_equal(text, "dijk");
    free(text);
}

static void copies_end_with_a_nul(void **state)
{
    (void)state;
    char *part = mem_copy("havenbedrijf", 5), *empty = mem_copy(NULL, 0);
    assert_string_equal(part, "haven");
    assert_string_equal(empty, "");
    assert_null(mem_text(NULL));
    free(part);
    free(empty);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_size_that_overflows_ends_the_process_with_a_message),
        cmocka_unit_test(nothing_asked_is_still_a_pointer),
        cmocka_unit_test(zeroed_memory_is_zero),
        cmocka_unit_test(growing_keeps_what_was_there),
        cmocka_unit_test(copies_end_with_a_nul),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
