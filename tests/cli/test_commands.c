#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "cli/commands.h"

static void every_command_is_explained_with_an_example(void **state)
{
    (void)state;
    for (const command *const *at = COMMANDS; *at; at++) {
        const command *c = *at;
        assert_ptr_equal(command_find(c->name, NULL), c);
        assert_true(strlen(c->summary) > 0 && strlen(c->summary) < 64);
        assert_true(strlen(c->help) > 20);
        assert_non_null(c->exec);
        if (!strstr(c->example, "polder ") || !strstr(c->example, c->name))
            fail_msg("the example of %s doesn't show it", c->name);
    }
}

static void every_option_says_what_it_is(void **state)
{
    (void)state;
    for (const command *const *at = COMMANDS; *at; at++)
        for (const option *o = (*at)->options; o && o->name; o++) {
            bool flag = o->type == OPTION_FLAG;
            if (!o->help || !*o->help || flag != (o->value_name == NULL) ||
                (o->type == OPTION_ENUM) != (o->choices != NULL) ||
                (o->type == OPTION_INT && o->minimum >= o->maximum))
                fail_msg("polder %s --%s: the row is not whole", (*at)->name, o->name);
            if (o->type == OPTION_ENUM && o->otherwise)
                assert_true(choices_have(o->choices, o->otherwise));
            for (const option *other = (*at)->options; other != o; other++)
                assert_string_not_equal(other->name, o->name);
        }
}

static void an_unknown_command_is_answered_with_the_nearest(void **state)
{
    (void)state;
    err e = {0};
    assert_null(command_find("mtach", &e));
    assert_int_equal(e.code, ERR_USAGE);
    assert_non_null(strstr(e.message, "\"match\""));
    assert_null(command_find("xyzzyplugh", &e));
    assert_null(strstr(e.message, "did you mean"));
}

static void a_choice_is_a_whole_word_of_the_list(void **state)
{
    (void)state;
    assert_true(choices_have("list|info", "list"));
    assert_true(choices_have("list|info", "info"));
    assert_false(choices_have("list|info", "lis"));
    assert_false(choices_have("list|info", "list|info"));
    assert_false(choices_have("list|info", ""));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_command_is_explained_with_an_example),
        cmocka_unit_test(every_option_says_what_it_is),
        cmocka_unit_test(an_unknown_command_is_answered_with_the_nearest),
        cmocka_unit_test(a_choice_is_a_whole_word_of_the_list),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
