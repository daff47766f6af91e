#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <signal.h>

#include "host/guest.h"
#include "reacting.h"

static const char LUA[] = POLDER
    "local count = 0\n"
    "polder.check { name = 'count', kind = 'ship', check = function() count = count + 1\n"
    "  return false, tostring(count) end }\n"
    "polder.check { name = 'asks', kind = 'ship', check = function(c)\n"
    "  return true, polder.get(c.id).title end }\n"
    "polder.check { name = 'fails', kind = 'ship', check = function() error('a\\27b') end }\n"
    "polder.check { name = 'hangs', kind = 'ship', check = function() while true do end end }";

static bool serve(void *ctx, const char *fn, const value *args, value *out, err *e)
{
    (void)e;
    (*(int *)ctx)++;
    assert_string_equal(fn, "get");
    *out = value_map();
    value_add(out, "title", value_text(value_get_str(args, "id", "")));
    return true;
}

/* The reason that the check gives. */
static bool ask(reacting *r, const char *check, int *asked, char reason[64], err *e)
{
    const plugin *p = plugin_find(host_plugins(r->host), "alpha", e);
    value given = value_map(), answer = value_nil();
    value_add(&given, "id", value_text("ship/a"));
    guest *g = guest_of(r->host, p);
    bool ok = guest_ask(g, "check", check, &given, 0, asked ? serve : NULL, asked, &answer, e);
    if (ok)
        snprintf(reason, 64, "%s", value_get_str(&answer, "reason", ""));
    value_free(&given);
    value_free(&answer);
    return ok;
}

static void a_guest_is_kept_for_the_next_question_and_replaced_when_it_died(void **state)
{
    (void)state;
    reacting r = reacting_new();
    char reason[64];
    err e = {0};
    reacting_plugin(&r, "alpha", LUA);
    reacting_open(&r);
    assert_true(ask(&r, "count", NULL, reason, &e));
    assert_true(ask(&r, "count", NULL, reason, &e));
    assert_string_equal(reason, "2");
    assert_false(ask(&r, "hangs", NULL, reason, &e));
    assert_int_equal(e.code, ERR_LIMIT);
    assert_string_equal(e.where, "alpha/init.lua:8");
    assert_true(ask(&r, "count", NULL, reason, &e));
    assert_string_equal(reason, "1");
    reacting_free(&r);
}

static void what_a_plugin_asks_is_answered_while_it_runs(void **state)
{
    (void)state;
    reacting r = reacting_new();
    char reason[64];
    int asked = 0;
    err e = {0};
    reacting_plugin(&r, "alpha", LUA);
    reacting_open(&r);
    assert_true(ask(&r, "asks", &asked, reason, &e));
    assert_string_equal(reason, "ship/a");
    assert_int_equal(asked, 1);
    assert_false(ask(&r, "asks", NULL, reason, &e)); /* and refused where nobody serves */
    reacting_free(&r);
}

static void a_failure_is_told_with_its_line_and_made_safe(void **state)
{
    (void)state;
    reacting r = reacting_new();
    char reason[64];
    err e = {0};
    reacting_plugin(&r, "alpha", LUA);
    reacting_open(&r);
    assert_false(ask(&r, "fails", NULL, reason, &e));
    assert_string_equal(e.message, "a\\x1bb");
    assert_string_equal(e.where, "alpha/init.lua:7");
    assert_false(ask(&r, "none", NULL, reason, &e));
    says(e.message, "did not register this check");
    reacting_free(&r);
}

int main(void)
{
    signal(SIGPIPE, SIG_IGN);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_guest_is_kept_for_the_next_question_and_replaced_when_it_died),
        cmocka_unit_test(what_a_plugin_asks_is_answered_while_it_runs),
        cmocka_unit_test(a_failure_is_told_with_its_line_and_made_safe),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
