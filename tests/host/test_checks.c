#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <signal.h>

#include "base/clock.h"
#include "reacting.h"

#define CHECK(name, body)                                                                          \
    "require('polder').check { name = '" name "', kind = 'ship', check = function(change, ctx)\n"  \
    "  local polder = require 'polder'\n  " body "\nend }\n"

static void refuses(reacting *r, const char *fields, const char *part)
{
    err e = {0};
    int64_t before = head(r);
    if (try_put(r, "ship/a", fields, &e))
        fail_msg("not refused: %s", fields);
    assert_int_equal(e.code, ERR_NOT_ALLOWED);
    assert_string_equal(e.where, "ship/a");
    says(e.message, part);
    assert_int_equal(head(r), before);
}

static void a_check_that_says_no_is_named_with_its_reason(void **state)
{
    (void)state;
    reacting r = reacting_new();
    reacting_plugin(&r, "alpha",
                    CHECK("n", "if change.after.n < 0 then return false, 'te klein\\27[31m' end "
                               "return true"));
    reacting_open(&r);
    put(&r, "ship/a", "{\"n\":1}");
    refuses(&r, "{\"n\":-1}", "the check alpha/n refuses this: te klein\\x1b[31m");
    put(&r, "port/a", "{\"n\":-1}");
    assert_string_equal(field(&r, "ship/a", "n"), "1");
    reacting_free(&r);
}

static void a_check_sees_before_and_after_and_reads_other_records(void **state)
{
    (void)state;
    reacting r = reacting_new();
    reacting_plugin(
        &r, "alpha",
        CHECK("up", "local port = polder.get('port/p')\n"
                    "  local most = port and port.most or 0\n"
                    "  if change.after and change.after.n > most then return false, 'port' end\n"
                    "  if change.before and change.after and change.after.n < change.before.n "
                    "then return false, 'down' end\n"
                    "  if not change.after then return false, 'kept' end\n"
                    "  return change.id == 'ship/a' and change.kind == 'ship'"));
    reacting_open(&r);
    refuses(&r, "{\"n\":1}", "port");
    put(&r, "port/p", "{\"most\":9}");
    put(&r, "ship/a", "{\"n\":5}");
    refuses(&r, "{\"n\":4}", "down");
    err e = {0};
    assert_false(store_delete(r.store, "ship/a", &e));
    says(e.message, "kept");
    reacting_free(&r);
}

static void a_check_gives_its_reason_in_the_language_of_who_asks(void **state)
{
    (void)state;
    reacting r = reacting_new();
    reacting_plugin(&r, "alpha", CHECK("n", "return false, ctx.lang"));
    reacting_open(&r);
    refuses(&r, "{\"n\":1}", "the check alpha/n refuses this: nl");
    host_speak(r.host, "en");
    refuses(&r, "{\"n\":1}", "the check alpha/n refuses this: en");
    reacting_free(&r);
}

static void a_check_that_fails_refuses_and_says_so(void **state)
{
    (void)state;
    static const struct {
        const char *body, *part;
    } CASES[] = {
        {"error('boem')", "the check alpha/c failed, so this is not kept: boem (alpha/init.lua:3)"},
        {"return 'yes'", "a check returns true, or false and a reason, not a string"},
        {"return nil", "not a nil"},
        {"while true do pcall(error) end", "used more than 2000 ms"},
        {"local t = {} while true do t[#t + 1] = {} end", "needs more than 16 MB"},
        {"polder.put('ship/b', {})", "a check only says yes or no"},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) {
        reacting r = reacting_new();
        buf lua = {0};
        buf_fmt(&lua, CHECK("c", "%s"), CASES[i].body);
        reacting_plugin(&r, "alpha", buf_text(&lua));
        reacting_open(&r);
        refuses(&r, "{\"n\":1}", CASES[i].part);
        refuses(&r, "{\"n\":1}", CASES[i].part); /* in a new worker, where the old one died */
        buf_free(&lua);
        reacting_free(&r);
    }
}

static void a_handlers_writes_are_checked_as_well(void **state)
{
    (void)state;
    reacting r = reacting_new();
    reacting_plugin(&r, "alpha", CHECK("n", "return change.after.n < 10, 'te groot'"));
    reacting_plugin(&r, "beta",
                    POLDER "polder.on { name = 'h', event = 'record.*', kind = 'port', handler = "
                           "function(e)\n  polder.put('ship/a', { n = e.data.fields.n })\nend }");
    reacting_open(&r);
    put(&r, "port/p", "{\"n\":5}");
    handle(&r);
    assert_string_equal(field(&r, "ship/a", "n"), "5");
    put(&r, "port/p", "{\"n\":50}");
    handle(&r);
    says(buf_text(&r.failures), "beta/init.lua:3: polder.put: ship/a: the check alpha/n refuses");
    assert_string_equal(field(&r, "ship/a", "n"), "5");
    reacting_free(&r);
}

static void a_check_of_a_plugin_that_no_longer_loads_refuses(void **state)
{
    (void)state;
    reacting r = reacting_new();
    reacting_plugin(&r, "alpha", CHECK("n", "return true"));
    reacting_open(&r);
    put(&r, "ship/a", "{\"n\":1}");
    reacting_close(&r);
    reacting_plugin(&r, "alpha", "error('broken')");
    for (int i = 0; i < 2; i++) { /* it is not forgotten by being told once */
        reacting_open(&r);
        refuses(&r, "{\"n\":2}", "the check alpha/n can't be asked, so this is not kept: broken");
        put(&r, "port/a", "{\"n\":1}");
        reacting_close(&r);
    }
    folder_text(r.folder, "polder.lua",
                "return { disabled = { 'alpha', 'partnership', 'noord-holland', 'zeeland' } }");
    reacting_open(&r);
    put(&r, "ship/a", "{\"n\":3}");
    reacting_free(&r);
}

static void a_check_or_handler_of_a_kind_that_its_plugin_may_not_read_is_no_plugin(void **state)
{
    (void)state;
    reacting r = reacting_new();
    reacting_plugin(&r, "alpha", CHECK("n", "return true"));
    folder_text(r.folder, "plugins/alpha/plugin.json",
                "{\"name\":\"alpha\",\"version\":\"1.0.0\",\"api\":1}");
    reacting_open(&r);
    const plugin *p = plugin_find(host_plugins(r.host), "alpha", NULL);
    assert_int_equal(p->state, PLUGIN_FAILED);
    says(p->error.message, "is for records of kind ship, which it may not read");
    assert_string_equal(p->error.where, "alpha/init.lua:1");
    reacting_free(&r);
}

static void a_check_knows_the_time_of_the_host(void **state)
{
    (void)state;
    reacting r = reacting_new();
    reacting_plugin(&r, "alpha",
                    CHECK("n", "return ctx.now < '2026-06-30T15' and ctx.today == '2026-06-30', "
                               "ctx.today .. ' ' .. ctx.now"));
    reacting_open(&r);
    clock_set(1782831600000 - 1000); /* 2026-06-30T14:59:59Z */
    put(&r, "ship/a", "{\"n\":1}");
    clock_set(1782831600000);
    refuses(&r, "{\"n\":2}", "2026-06-30 2026-06-30T15:00:00.000Z");
    clock_set(-1);
    reacting_free(&r);
}

int main(void)
{
    signal(SIGPIPE, SIG_IGN);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_check_that_says_no_is_named_with_its_reason),
        cmocka_unit_test(a_check_knows_the_time_of_the_host),
        cmocka_unit_test(a_check_sees_before_and_after_and_reads_other_records),
        cmocka_unit_test(a_check_gives_its_reason_in_the_language_of_who_asks),
        cmocka_unit_test(a_check_that_fails_refuses_and_says_so),
        cmocka_unit_test(a_handlers_writes_are_checked_as_well),
        cmocka_unit_test(a_check_of_a_plugin_that_no_longer_loads_refuses),
        cmocka_unit_test(a_check_or_handler_of_a_kind_that_its_plugin_may_not_read_is_no_plugin),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
