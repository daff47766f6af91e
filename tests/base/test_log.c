/* test_log.c: one line a message, safe on a terminal. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/log.h"
#include "check.h"

static void keep(void *ctx, log_level level, const char *line)
{
    buf_fmt(ctx, "%d[%s]", (int)level, line);
}

static int quiet_again(void **state)
{
    (void)state;
    log_set_level(LOG_INFO);
    log_set_sink(NULL, NULL);
    return 0;
}

static void only_what_is_loud_enough_is_shown(void **state)
{
    (void)state;
    buf lines = {0};
    log_set_sink(keep, &lines);
    log_line(LOG_ERROR, "%s", "a");
    log_line(LOG_WARN, "b");
    log_line(LOG_INFO, "c");
    log_line(LOG_DEBUG, "too quiet");
    log_set_level(LOG_WARN);
    log_line(LOG_INFO, "too quiet now");
    log_set_level(LOG_DEBUG);
    log_line(LOG_DEBUG, "d");
    assert_string_equal(buf_text(&lines),
                        "0[polder: error: a]1[polder: warning: b]2[polder: c]3[polder: debug: d]");
    buf_free(&lines);
}

static void control_characters_and_broken_bytes_are_escaped(void **state)
{
    (void)state;
    buf lines = {0};
    log_set_sink(keep, &lines);
    log_line(LOG_WARN, "%s", "a\nb\x1b[31m\xff");
    assert_string_equal(buf_text(&lines), "1[polder: warning: a\\nb\\x1b[31m\\xff]");
    buf_free(&lines);
}

static void a_line_is_at_most_4_kb(void **state)
{
    (void)state;
    static char text[100001];
    buf lines = {0};
    memset(text, '\x01', sizeof text - 1);
    log_set_sink(keep, &lines);
    log_line(LOG_WARN, "%s", text);
    assert_in_range(lines.len, 4000, 4096 + 3);
    assert_non_null(strstr(lines.data, "…]"));
    buf_free(&lines);
}

static void a_line_ends_on_stderr_with_a_newline(void **state)
{
    (void)state;
    char said[100];
    int ends[2], old = dup(STDERR_FILENO);
    assert_int_equal(pipe(ends), 0);
    dup2(ends[1], STDERR_FILENO);
    log_line(LOG_WARN, "%d rows", 3);
    dup2(old, STDERR_FILENO);
    close(old);
    close(ends[1]);
    ssize_t got = read(ends[0], said, sizeof said - 1);
    close(ends[0]);
    assert_in_range(got, 1, sizeof said - 1);
    said[got] = '\0';
    assert_string_equal(said, "polder: warning: 3 rows\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(only_what_is_loud_enough_is_shown, quiet_again),
        cmocka_unit_test_teardown(control_characters_and_broken_bytes_are_escaped, quiet_again),
        cmocka_unit_test_teardown(a_line_is_at_most_4_kb, quiet_again),
        cmocka_unit_test_teardown(a_line_ends_on_stderr_with_a_newline, quiet_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
