#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>

#include "cli/lang.h"

static void locale(const char *all, const char *messages, const char *lang)
{
    setenv("LC_ALL", all, 1);
    setenv("LC_MESSAGES", messages, 1);
    setenv("LANG", lang, 1);
}

static void the_first_locale_that_is_set_decides(void **state)
{
    (void)state;
    static const struct {
        const char *all, *messages, *lang, *code;
    } ROWS[] = {
        {"", "", "", "en"},           {"", "", "nl_NL.UTF-8", "nl"},
        {"", "nl_BE", "en_GB", "nl"}, {"C.UTF-8", "nl_NL", "nl_NL", "en"},
        {"nl", "en", "en", "nl"},     {"de_DE", "", "", "en"},
    };
    for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++) {
        locale(ROWS[i].all, ROWS[i].messages, ROWS[i].lang);
        assert_string_equal(lang_code(), ROWS[i].code);
    }
}

static void a_title_is_in_the_users_language_or_what_stands_for_it(void **state)
{
    (void)state;
    value both = value_map(), plain = value_text("Zeeland"), dutch = value_map();
    value_set(&both, "nl", value_text("Titel"));
    value_set(&both, "en", value_text("Title"));
    value_set(&dutch, "nl", value_text("Alleen"));
    locale("nl_NL", "", "");
    assert_string_equal(lang_title(&both, "title"), "Titel");
    locale("en_GB", "", "");
    assert_string_equal(lang_title(&both, "title"), "Title");
    assert_string_equal(lang_title(&plain, "x"), "Zeeland");
    assert_string_equal(lang_title(&dutch, "title"), "title");
    assert_string_equal(lang_title(NULL, "title"), "title");
    value_free(&both);
    value_free(&plain);
    value_free(&dutch);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_first_locale_that_is_set_decides),
        cmocka_unit_test(a_title_is_in_the_users_language_or_what_stands_for_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
