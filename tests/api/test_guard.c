#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "embedded.h"

/* Keeps what it was asked, and refuses what says "no". */
static const char *no_no(void *ctx, const char *change)
{
    embedded *m = ctx;
    buf_fmt(&m->told, "%s\n", change);
    return strstr(change, "\"no\"") ? "zo niet\x1b[31m" : NULL;
}

static const char *always(void *ctx, const char *change)
{
    (void)change;
    return ctx;
}

static void a_check_refuses_with_its_name_and_reason(void **state)
{
    (void)state;
    embedded m = embedded_new();
    embedded_open(&m);
    assert_true(polder_check(m.p, "polite", "ship", no_no, &m, m.e));
    put(&m, "ship/a", "{\"x\":\"yes\"}");
    refused(&m, polder_put(m.p, "ship/a", "{\"x\":\"no\"}", NULL, NULL, NULL, NULL, m.e),
            "not_allowed", "the check polite refuses this: zo niet\\x1b[31m");
    assert_string_equal(polder_error_where(m.e), "ship/a");
    holds(&m, "ship/a", "\"x\":\"yes\"");
    put(&m, "port/a", "{\"x\":\"no\"}");
    embedded_free(&m);
}

static void a_check_sees_what_was_and_what_is_to_be(void **state)
{
    (void)state;
    embedded m = embedded_new();
    embedded_open(&m);
    assert_true(polder_check(m.p, "polite", NULL, no_no, &m, m.e));
    put(&m, "ship/a", "{\"n\":1}");
    put(&m, "ship/a", "{\"n\":2}");
    assert_true(polder_delete(m.p, "ship/a", NULL, m.e));
    assert_string_equal(buf_text(&m.told),
                        "{\"id\":\"ship/a\",\"kind\":\"ship\",\"before\":null,\"after\":{\"id\":"
                        "\"ship/a\",\"kind\":\"ship\",\"n\":1},\"source\":null}\n"
                        "{\"id\":\"ship/a\",\"kind\":\"ship\",\"before\":{\"id\":\"ship/a\","
                        "\"kind\":\"ship\",\"n\":1},\"after\":{\"id\":\"ship/a\",\"kind\":\"ship\","
                        "\"n\":2},\"source\":null}\n"
                        "{\"id\":\"ship/a\",\"kind\":\"ship\",\"before\":{\"id\":\"ship/a\","
                        "\"kind\":\"ship\",\"n\":2},\"after\":null,\"source\":null}\n");
    embedded_free(&m);
}

static void a_check_is_replaced_and_taken_away_by_name(void **state)
{
    (void)state;
    embedded m = embedded_new();
    embedded_open(&m);
    assert_true(polder_check(m.p, "one", NULL, always, (void *)"first", m.e));
    assert_true(polder_check(m.p, "two", NULL, always, (void *)"second", m.e));
    refused(&m, polder_put(m.p, "ship/a", "{}", NULL, NULL, NULL, NULL, m.e), "not_allowed",
            "first");
    assert_true(polder_check(m.p, "one", NULL, always, NULL, m.e));
    refused(&m, polder_put(m.p, "ship/a", "{}", NULL, NULL, NULL, NULL, m.e), "not_allowed",
            "second");
    assert_true(polder_check(m.p, "two", NULL, NULL, NULL, m.e));
    assert_true(polder_check(m.p, "one", NULL, NULL, NULL, m.e));
    assert_true(polder_check(m.p, "none", NULL, NULL, NULL, m.e));
    put(&m, "ship/a", "{\"n\":1}");
    refused(&m, polder_check(m.p, "Not a name", NULL, always, NULL, m.e), "usage", "name");
    refused(&m, polder_check(m.p, "", NULL, always, NULL, m.e), "usage", "name");
    embedded_free(&m);
}

static void ignore(void *ctx, const char *event, size_t len)
{
    (void)ctx, (void)event, (void)len;
}

/* Tries all there is, and says how it went. */
static const char *meddles(void *ctx, const char *change)
{
    static char said[200];
    embedded *m = ctx;
    polder *p = m->p;
    (void)change;
    polder_subscription *s = polder_subscribe(p, NULL, NULL, ignore, NULL, m->e);
    const polder_match_options o = {.size = sizeof o, .scorecard = "x"};
    bool acts[] = {polder_put(p, "ship/b", "{}", NULL, NULL, NULL, NULL, NULL),
                   polder_delete(p, "ship/a", NULL, NULL),
                   polder_emit(p, "a.b", "x", NULL, NULL),
                   polder_check(p, "x", NULL, always, NULL, NULL),
                   polder_poll(p, NULL, NULL),
                   polder_match(p, &o, NULL) != NULL,
                   s != NULL};
    int acted = 0;
    for (size_t i = 0; i < sizeof acts / sizeof acts[0]; i++)
        acted += acts[i];
    snprintf(said, sizeof said, "%d acts, %s, %s", acted, polder_error_code(m->e),
             is_there(m, "ship/a") ? "read" : "not read");
    return said;
}

static void a_check_may_read_and_do_nothing_else(void **state)
{
    (void)state;
    embedded m = embedded_new();
    embedded_open(&m);
    put(&m, "ship/a", "{\"n\":1}");
    assert_true(polder_check(m.p, "meddler", NULL, meddles, &m, m.e));
    refused(&m, polder_put(m.p, "ship/a", "{\"n\":2}", NULL, NULL, NULL, NULL, m.e), "not_allowed",
            "0 acts, not_allowed, read");
    assert_true(polder_check(m.p, "meddler", NULL, NULL, NULL, m.e));
    put(&m, "ship/a", "{\"n\":3}");
    embedded_free(&m);
}

static void the_programs_checks_stand_beside_those_of_plugins(void **state)
{
    (void)state;
    embedded m = embedded_new();
    embedded_plugin(&m, "local polder = require 'polder'\n"
                        "polder.check { name = 'c', kind = 'ship', check = function(change)\n"
                        "  return change.after.x ~= 'bad', 'van de plugin' end }\n"
                        "polder.on { name = 'h', event = 'record.created', kind = 'ship',\n"
                        "  handler = function() polder.put('note/n', { x = 'no' }) end }");
    embedded_open(&m);
    assert_true(polder_check(m.p, "polite", NULL, no_no, &m, m.e));
    refused(&m, polder_put(m.p, "ship/a", "{\"x\":\"no\"}", NULL, NULL, NULL, NULL, m.e),
            "not_allowed", "polite");
    refused(&m, polder_put(m.p, "ship/a", "{\"x\":\"bad\"}", NULL, NULL, NULL, NULL, m.e),
            "not_allowed", "van de plugin");
    put(&m, "ship/a", "{\"x\":\"good\"}");
    says(buf_text(&m.told), "\"id\":\"note/n\""); /* what a handler writes is asked about too */
    assert_false(is_there(&m, "note/n"));
    embedded_free(&m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_check_refuses_with_its_name_and_reason),
        cmocka_unit_test(a_check_sees_what_was_and_what_is_to_be),
        cmocka_unit_test(a_check_is_replaced_and_taken_away_by_name),
        cmocka_unit_test(a_check_may_read_and_do_nothing_else),
        cmocka_unit_test(the_programs_checks_stand_beside_those_of_plugins),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
