#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <signal.h>

#include "reacting.h"

#define HANDLER "require('polder').on { name = 'h', event = 'record.*', handler = function() end }"
#define CHECK                                                                                      \
    "require('polder').check { name = 'c', kind = 'ship', check = function() return true end }"

static bool was_checked; /* at the last look */

static bool needed(reacting *r)
{
    bool out = false, checked = false;
    err e = {0};
    workspace *ws = workspace_open(r->folder, &e);
    if (!ws || !reactions_needed(ws, &out, &checked, &e))
        fail_msg("%s", e.message);
    workspace_close(ws);
    was_checked = checked;
    return out;
}

static void look(reacting *r)
{
    reacting_open(r);
    reacting_close(r);
}

static void plugins_that_do_not_react_need_not_be_loaded_again(void **state)
{
    (void)state;
    reacting r = reacting_new();
    reacting_plugin(&r, "alpha", "");
    assert_true(needed(&r));
    look(&r);
    assert_false(needed(&r));
    reacting_free(&r);
}

static void a_handler_or_a_check_is_always_needed(void **state)
{
    (void)state;
    static const char *const LUA[] = {HANDLER, CHECK};
    for (size_t i = 0; i < 2; i++) {
        reacting r = reacting_new();
        reacting_plugin(&r, "alpha", LUA[i]);
        look(&r);
        assert_true(needed(&r));
        assert_int_equal(was_checked, i == 1);
        reacting_free(&r);
    }
}

static void any_change_of_a_plugin_or_of_the_configuration_is_looked_at(void **state)
{
    (void)state;
    reacting r = reacting_new();
    reacting_plugin(&r, "alpha", "");
    look(&r);
    reacting_plugin(&r, "alpha", " ");
    assert_true(needed(&r));
    look(&r);
    assert_false(needed(&r));
    reacting_plugin(&r, "beta", "");
    assert_true(needed(&r));
    look(&r);
    folder_text(r.folder, "polder.lua", "return {}");
    assert_true(needed(&r));
    reacting_free(&r);
}

int main(void)
{
    signal(SIGPIPE, SIG_IGN);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plugins_that_do_not_react_need_not_be_loaded_again),
        cmocka_unit_test(a_handler_or_a_check_is_always_needed),
        cmocka_unit_test(any_change_of_a_plugin_or_of_the_configuration_is_looked_at),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
