#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <signal.h>

#include "host/dispatch_order.h"
#include "reacting.h"

#define HANDLER(name, options)                                                                     \
    "require('polder').on { name = '" name "', event = 'record.*', " options                       \
    " handler = function() end }\n"

static void comes_to(const char *alpha, const char *beta, const char *expected)
{
    reacting r = reacting_new();
    handler_turn *turns = NULL;
    buf got = {0};
    reacting_plugin(&r, "alpha", alpha);
    reacting_plugin(&r, "beta", beta);
    reacting_open(&r);
    size_t count = dispatch_order(r.host, &turns);
    for (size_t i = 0; i < count; i++)
        buf_fmt(&got, "%s%s", i ? " " : "", turns[i].c->full);
    assert_string_equal(buf_text(&got), expected);
    buf_free(&got);
    free(turns);
    reacting_free(&r);
}

static void order_is_by_name_unless_one_names_another(void **state)
{
    (void)state;
    comes_to(HANDLER("b", "") HANDLER("a", ""), HANDLER("a", ""), "alpha/a alpha/b beta/a");
    comes_to(HANDLER("b", "") HANDLER("a", "after = { 'beta/*' },"),
             HANDLER("a", "") HANDLER("c", ""), "alpha/b beta/a beta/c alpha/a");
    comes_to(HANDLER("a", "after = { '*/b' },") HANDLER("b", ""),
             HANDLER("b", "after = { 'alpha/b' },"), "alpha/b beta/b alpha/a");
}

static void a_circle_is_cut_at_the_first_name(void **state)
{
    (void)state;
    comes_to(HANDLER("a", "after = { 'beta/*' },"), HANDLER("a", "after = { 'alpha/*' },"),
             "alpha/a beta/a");
    comes_to(HANDLER("a", "after = { 'alpha/a', '*' },"), HANDLER("a", ""), "beta/a alpha/a");
}

static void circle_of(const char *plugin, const char *alpha, const char *beta, const char *expected)
{
    reacting r = reacting_new();
    buf got = {0};
    reacting_plugin(&r, "alpha", alpha);
    reacting_plugin(&r, "beta", beta);
    reacting_open(&r);
    bool found = dispatch_circle(host_registry(r.host), plugin, &got);
    assert_string_equal(buf_text(&got), expected);
    assert_int_equal(found, *expected != 0);
    buf_free(&got);
    reacting_free(&r);
}

static void a_circle_is_told_handler_by_handler(void **state)
{
    (void)state;
    circle_of("alpha",
              HANDLER("a", "after = { 'alpha/c' },") HANDLER("b", "after = { 'alpha/a' },")
                  HANDLER("c", "after = { 'alpha/b', 'alpha/d' },") HANDLER("d", ""),
              HANDLER("a", "after = { 'alpha/*' },"),
              "alpha/a is after alpha/c, which is after alpha/b, which is after alpha/a");
    circle_of("beta", HANDLER("a", "after = { 'beta/*' },"), HANDLER("a", "after = { 'alpha/*' },"),
              "beta/a is after alpha/a, which is after beta/a");
    circle_of("alpha", HANDLER("a", "after = { '*' },") HANDLER("b", "after = { 'beta/a' },"),
              HANDLER("a", ""), "");
    /* of others, which those can mend */
    circle_of("beta", HANDLER("a", "after = { 'alpha/b' },") HANDLER("b", "after = { 'alpha/a' },"),
              HANDLER("a", "after = { 'alpha/a' },"), "");
}

int main(void)
{
    signal(SIGPIPE, SIG_IGN);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(order_is_by_name_unless_one_names_another),
        cmocka_unit_test(a_circle_is_cut_at_the_first_name),
        cmocka_unit_test(a_circle_is_told_handler_by_handler),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
