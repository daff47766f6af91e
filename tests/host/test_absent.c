#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "base/mem.h"
#include "host/absent.h"

/* A failed plugin, a disabled one and one that works. */
static plugin_list plugins(void)
{
    static const struct {
        const char *name, *text, *error, *where;
        plugin_state state;
    } ROWS[] = {
        {"good", "polder.kind { name = \"crate\" }", "", "", PLUGIN_ENABLED},
        {"kist", "polder.kind { name = \"box\" }", "type: got \"dat\"", "kist/init.lua:2",
         PLUGIN_FAILED},
        {"off", "polder.rule { name = 'port' }", "disabled in polder.lua", "", PLUGIN_DISABLED},
    };
    plugin_list list = {mem_zero(3, sizeof(plugin)), 3};
    for (size_t i = 0; i < 3; i++) {
        plugin *p = &list.items[i];
        *p = (plugin){.name = mem_text(ROWS[i].name), .state = ROWS[i].state};
        p->files = value_map();
        value_add(&p->files, "init.lua", value_text(ROWS[i].text));
        err_set(&p->error, ERR_BAD_DATA, "%s", ROWS[i].error);
        err_where(&p->error, "%s", ROWS[i].where);
    }
    return list;
}

static void the_plugin_that_would_have_it_is_named_with_its_own_error(void **state)
{
    (void)state;
    static const struct {
        const char *message, *hint, *told;
    } ROWS[] = {
        {"there is no kind \"box\"", "there are: crate",
         "plugin kist failed (kist/init.lua:2): type: got \"dat\""},
        {"there is no kind \"box\"", "did you mean \"boxes\"?",
         "plugin kist failed (kist/init.lua:2): type: got \"dat\""},
        {"there is no rule \"port\"", "", "plugin off is not enabled: disabled in polder.lua"},
        {"scorecard a/b: there is no rule \"off/any\"", "",
         "plugin off is not enabled: disabled in polder.lua"},
        {"there is no report \"kist/x\"", "", "plugin kist failed (kist/init.lua:2)"},
        /* a plugin that says nothing of it may make the name some other way */
        {"there is no kind \"barrel\"", "there are: crate",
         "plugin kist, which may have it, failed"},
        {"there is no kind \"crat\"", "did you mean \"crate\"?", "did you mean \"crate\"?"},
        {"there is no report \"good/x\"", "there are: …", "there are: …"},
        {"nothing in quotes", "so it is", "so it is"},
    };
    for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++) {
        err e = {0};
        plugin_list list = plugins();
        err_set(&e, ERR_NOT_FOUND, "%s", ROWS[i].message);
        err_hint(&e, "%s", ROWS[i].hint);
        assert_false(absent_hint(&list, &e));
        assert_string_equal(e.message, ROWS[i].message);
        if (!strstr(e.hint, ROWS[i].told))
            fail_msg("%s: %s", ROWS[i].message, e.hint);
        plugin_list_free(&list);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_plugin_that_would_have_it_is_named_with_its_own_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
