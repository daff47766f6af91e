#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "cli/args.h"

static const option OPTIONS[] = {
    {.name = "top",
     .type = OPTION_INT,
     .value_name = "K",
     .minimum = 1,
     .maximum = 9,
     .otherwise = "5",
     .help = "x"},
    {.name = "output", .letter = 'o', .type = OPTION_TEXT, .value_name = "FILE", .help = "x"},
    {.name = "today", .type = OPTION_DATE, .value_name = "DATE", .help = "x"},
    {.name = "format",
     .type = OPTION_ENUM,
     .value_name = "F",
     .choices = "table|json",
     .help = "x"},
    {.name = "demand", .type = OPTION_TEXT, .value_name = "ID", .many = true, .help = "x"},
    {.name = "json", .type = OPTION_FLAG, .help = "x"},
    {0},
};

static const command COMMAND = {
    .name = "try", .usage = "A [B]", .options = OPTIONS, .words_min = 1, .words_max = 2};

static const command CHOOSING = {.name = "choose",
                                 .usage = "list | info",
                                 .words_min = 1,
                                 .words_max = 1,
                                 .choices = "list|info"};

enum { MOST = 8 };

static size_t count_words(const char *const *words)
{
    size_t count = 0;
    while (count < MOST && words[count])
        count++;
    return count;
}

static bool read_words(args *a, const command *c, const char *const words[MOST], err *e)
{
    return args_read(a, c, (char *const *)words, count_words(words), e);
}

static void options_and_words_are_read_in_any_order(void **state)
{
    (void)state;
    static const char *const FORMS[][MOST] = {
        {"a", "--top", "3", "-o", "f", "b", "--json"},
        {"--top=3", "-of", "--json", "a", "b"},
        {"--json", "--output=f", "--top", "3", "--", "a", "b"},
    };
    for (size_t i = 0; i < sizeof FORMS / sizeof *FORMS; i++) {
        args a = {0};
        err e = {0};
        if (!read_words(&a, &COMMAND, FORMS[i], &e))
            fail_msg("form %zu: %s", i, e.message);
        assert_int_equal(args_int(&a, "top"), 3);
        assert_string_equal(args_text(&a, "output"), "f");
        assert_true(args_flag(&a, "json"));
        assert_string_equal(args_word(&a, 0), "a");
        assert_string_equal(args_word(&a, 1), "b");
        assert_null(args_word(&a, 2));
        args_free(&a);
    }
}

static void what_is_not_given_has_its_default_or_nothing(void **state)
{
    (void)state;
    static const char *const WORDS[MOST] = {"-"};
    args a = {0};
    err e = {0};
    assert_true(read_words(&a, &COMMAND, WORDS, &e));
    assert_int_equal(args_int(&a, "top"), 5);
    assert_null(args_text(&a, "output"));
    assert_false(args_flag(&a, "json"));
    assert_string_equal(args_word(&a, 0), "-"); /* stdin is a word */
    args_free(&a);
}

static void an_option_for_many_keeps_all_in_order(void **state)
{
    (void)state;
    static const char *const WORDS[MOST] = {"a", "--demand", "x", "--demand=y"};
    args a = {0};
    err e = {0};
    assert_true(read_words(&a, &COMMAND, WORDS, &e));
    assert_string_equal(args_nth(&a, "demand", 0), "x");
    assert_string_equal(args_nth(&a, "demand", 1), "y");
    assert_null(args_nth(&a, "demand", 2));
    args_free(&a);
}

static void words_behind_two_hyphens_are_no_options(void **state)
{
    (void)state;
    static const char *const WORDS[MOST] = {"--", "--top", "-o"};
    args a = {0};
    err e = {0};
    assert_true(read_words(&a, &COMMAND, WORDS, &e));
    assert_string_equal(args_word(&a, 0), "--top");
    assert_string_equal(args_word(&a, 1), "-o");
    args_free(&a);
}

static void wrong_usage_says_what_is_wrong_and_what_is_near(void **state)
{
    (void)state;
    static const struct {
        const char *words[MOST], *message, *hint;
    } ROWS[] = {
        {{"a", "--topp", "3"}, "unknown option --topp; did you mean --top?", "polder help try"},
        {{"a", "--hom=x"}, "unknown option --hom; did you mean --home?", ""},
        {{"a", "-x"}, "unknown option -x", ""},
        {{"a", "--qqqqqqqq"}, "unknown option --qqqqqqqq", ""},
        {{"a", "--top"}, "--top: the K is missing", ""},
        {{"a", "--top", "0"}, "from 1 to 9, got \"0\"", ""},
        {{"a", "--top", "10"}, "from 1 to 9, got \"10\"", ""},
        {{"a", "--top", "3x"}, "got \"3x\"", ""},
        {{"a", "--top="}, "got \"\"", ""},
        {{"a", "--top", "99999999999999999999"}, "got \"99999999999999999999\"", ""},
        {{"a", "--top", "3", "--top", "4"}, "--top is given twice", ""},
        {{"a", "--output="}, "--output: expected FILE, got nothing", ""},
        {{"a", "--today", "2026-02-30"}, "\"2026-02-30\" is not a date", "2026-11-24"},
        {{"a", "--format", "jsn"}, "there is no \"jsn\"", "did you mean json?"},
        {{"a", "--format", "xml"}, "there is no \"xml\"", "table|json"},
        {{"a", "--json=yes"}, "--json takes no value", ""},
        {{NULL}, "try: an argument is missing", "usage: polder try A [B]"},
        {{"a", "b", "c"}, "\"c\" is one argument too many", "usage: polder try A [B]"},
    };
    for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++) {
        args a = {0};
        err e = {0};
        assert_false(read_words(&a, &COMMAND, ROWS[i].words, &e));
        assert_int_equal(e.code, ERR_USAGE);
        if (!strstr(e.message, ROWS[i].message) || !strstr(e.hint, ROWS[i].hint))
            fail_msg("row %zu gave: %s (%s)", i, e.message, e.hint);
        args_free(&a);
    }
}

static void the_first_word_can_be_a_choice(void **state)
{
    (void)state;
    static const char *const GOOD[MOST] = {"info"}, *const NEAR[MOST] = {"lst"};
    args a = {0};
    err e = {0};
    assert_true(read_words(&a, &CHOOSING, GOOD, &e));
    args_free(&a);
    assert_false(read_words(&a, &CHOOSING, NEAR, &e));
    assert_string_equal(e.hint, "did you mean list?");
    args_free(&a);
}

static void help_needs_no_arguments(void **state)
{
    (void)state;
    static const char *const WORDS[MOST] = {"-h"};
    args a = {0};
    err e = {0};
    assert_true(read_words(&a, &COMMAND, WORDS, &e));
    assert_true(args_flag(&a, "help"));
    args_free(&a);
}

static void global_options_end_where_the_command_begins(void **state)
{
    (void)state;
    static const char *const WORDS[MOST] = {"--home", "x", "get", "--top"};
    static const char *const WRONG[MOST] = {"--top", "3"};
    args a = {0};
    err e = {0};
    size_t used = 0;
    assert_true(args_read_global(&a, (char *const *)WORDS, 4, &used, &e));
    assert_int_equal(used, 2);
    assert_string_equal(args_text(&a, "home"), "x");
    args_free(&a);
    assert_false(args_read_global(&a, (char *const *)WRONG, 2, &used, &e));
    args_free(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(options_and_words_are_read_in_any_order),
        cmocka_unit_test(what_is_not_given_has_its_default_or_nothing),
        cmocka_unit_test(an_option_for_many_keeps_all_in_order),
        cmocka_unit_test(words_behind_two_hyphens_are_no_options),
        cmocka_unit_test(wrong_usage_says_what_is_wrong_and_what_is_near),
        cmocka_unit_test(the_first_word_can_be_a_choice),
        cmocka_unit_test(help_needs_no_arguments),
        cmocka_unit_test(global_options_end_where_the_command_begins),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
