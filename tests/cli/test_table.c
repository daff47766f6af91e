#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/text.h"
#include "cli/table.h"
#include "printed.h"

static void print_it(void *ctx)
{
    table_print(ctx);
}

static void a_table_is_as_wide_as_its_text(void **state)
{
    (void)state;
    static const column COLUMNS[] = {{"name", 0}, {"n", COLUMN_RIGHT}, {"note", COLUMN_SHRINKS}};
    table *t = table_new(COLUMNS, 3);
    table_cell(t, "Fryslân");
    table_cell_fmt(t, "%d", 7);
    table_cell(t, NULL);
    table_cell(t, "x");
    table_cell(t, "123");
    table_cell(t, "two\n lines\t");
    char *text = printed(print_it, t, "80");
    assert_string_equal(text, "name       n  note\n"
                              "Fryslân    7  \n"
                              "x        123  two lines\n");
    free(text);
    table_free(t);
}

static void the_widest_column_shrinks_until_the_table_fits(void **state)
{
    (void)state;
    static const column COLUMNS[] = {
        {"id", 0}, {"title", COLUMN_SHRINKS}, {"text", COLUMN_SHRINKS}};
    table *t = table_new(COLUMNS, 3);
    table_cell(t, "solution/kept");
    table_cell(t, "a title that is longer than there is room for");
    table_cell(t, "short");
    char *text = printed(print_it, t, "50");
    for (char *line = text; *line; line = strchr(line, '\n') + 1)
        assert_true(text_columns(line, strcspn(line, "\n")) <= 50);
    assert_non_null(strstr(text, "solution/kept  a title that is"));
    assert_non_null(strstr(text, "…  short\n"));
    free(text);
    table_free(t);
}

static void the_last_column_can_wrap(void **state)
{
    (void)state;
    static const column COLUMNS[] = {{"rule", 0}, {"reason", COLUMN_WRAPS}};
    table *t = table_new(COLUMNS, 2);
    table_indent(t, 2);
    table_cell(t, "port");
    table_cell(t, "een zin die niet op deze ene regel past, want hij is lang");
    char *text = printed(print_it, t, "40");
    assert_string_equal(text, "  rule  reason\n"
                              "  port  een zin die niet op deze ene\n"
                              "        regel past, want hij is lang\n");
    free(text);
    table_free(t);
}

static void control_characters_are_shown_never_sent(void **state)
{
    (void)state;
    static const column COLUMNS[] = {{"name", 0}};
    table *t = table_new(COLUMNS, 1);
    table_cell(t, "a\x1b[31mb");
    char *text = printed(print_it, t, "80");
    assert_null(strchr(text, '\x1b'));
    assert_non_null(strstr(text, "a\\x1b[31mb"));
    free(text);
    table_free(t);
}

static void a_table_without_rows_prints_nothing(void **state)
{
    (void)state;
    static const column COLUMNS[] = {{"name", 0}};
    table *t = table_new(COLUMNS, 1);
    char *text = printed(print_it, t, "80");
    assert_string_equal(text, "");
    free(text);
    table_free(t);
    table_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_table_is_as_wide_as_its_text),
        cmocka_unit_test(the_widest_column_shrinks_until_the_table_fits),
        cmocka_unit_test(the_last_column_can_wrap),
        cmocka_unit_test(control_characters_are_shown_never_sent),
        cmocka_unit_test(a_table_without_rows_prints_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
