#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <signal.h>

#include "base/clock.h"
#include "host/waiting.h"
#include "reacting.h"

/* Ships are seen by alpha, in its second line, and by nobody else. */
#define SEES(body)                                                                                 \
    POLDER "polder.on { name = 'see', event = 'record.*', kind = 'ship', handler = function(e)\n"  \
           "  " body "\nend }"
#define FAILS_AT_B SEES("if e.subject == 'ship/b' then error('no') end")

enum { NOON = 43200000 };

/* As JSON, a handler a line. Good until the next call. */
static const char *waits(reacting *r)
{
    static buf text;
    value list = value_nil();
    err e = {0};
    buf_clear(&text);
    if (!waiting_list(r->host, &list, &e))
        fail_msg("%s", e.message);
    for (size_t i = 0; i < value_len(&list); i++) {
        json_write(&text, value_at(&list, i));
        buf_char(&text, '\n');
    }
    value_free(&list);
    return buf_text(&text);
}

static void open_again(reacting *r, const char *config)
{
    reacting_close(r);
    folder_text(r->folder, "polder.lua", config);
    reacting_open(r);
}

static void what_nobody_handled_yet_waits_and_is_due(void **state)
{
    (void)state;
    reacting r = reacting_new();
    reacting_plugin(&r, "alpha", SEES(""));
    reacting_open(&r);
    assert_string_equal(waits(&r), ""); /* a new handler doesn't get the past */
    clock_set(NOON);
    int64_t before = head(&r);
    put(&r, "port/x", "{\"n\":1}"); /* none of its */
    put(&r, "ship/a", "{\"n\":1}");
    clock_set(2 * NOON);
    put(&r, "ship/b", "{\"n\":1}");
    char expected[400];
    snprintf(expected, sizeof expected,
             "{\"handler\":\"alpha/see\",\"plugin\":\"alpha\",\"file\":\"init.lua\",\"line\":2,"
             "\"event\":\"record.*\",\"kind\":\"ship\",\"cursor\":%lld,\"waiting\":2,"
             "\"first\":%lld,\"since\":\"1970-01-01T12:00:00.000Z\",\"state\":\"due\"}\n",
             (long long)before, (long long)before + 2);
    assert_string_equal(waits(&r), expected);
    handle(&r);
    assert_string_equal(waits(&r), "");
    clock_set(-1);
    reacting_free(&r);
}

static void one_that_failed_waits_for_its_next_try_with_all_behind_it(void **state)
{
    (void)state;
    reacting r = reacting_new();
    reacting_plugin(&r, "alpha", FAILS_AT_B);
    reacting_open(&r);
    clock_set(NOON);
    put(&r, "ship/a", "{\"n\":1}");
    put(&r, "ship/b", "{\"n\":1}");
    put(&r, "ship/c", "{\"n\":1}");
    handle(&r);
    says(waits(&r), "\"waiting\":2,");
    says(waits(&r), "\"state\":\"retry\",\"attempts\":1,\"next\":\"1970-01-01T12:00:0");
    says(waits(&r), "\"error\":\"no\",\"where\":\"alpha/init.lua:3\"}");
    clock_set(NOON + 2000);
    says(waits(&r), "\"state\":\"due\"}");
    clock_set(-1);
    reacting_free(&r);
}

static void one_that_was_parked_and_is_asked_for_again_waits_beside_the_cursor(void **state)
{
    (void)state;
    reacting r = reacting_new();
    reacting_plugin(&r, "alpha", FAILS_AT_B);
    reacting_open(&r);
    put(&r, "ship/b", "{\"n\":1}");
    for (int i = 0; i < DISPATCH_ATTEMPTS; i++) {
        clock_set((int64_t)(i + 1) * NOON);
        handle(&r);
    }
    says(buf_text(&r.failures), "parked");
    assert_string_equal(waits(&r), "");
    value parked = value_nil();
    assert_true(handler_parked(r.store, &parked, NULL));
    assert_true(handler_retry(r.store, value_get_int(value_at(&parked, 0), "id", 0), NULL));
    value_free(&parked);
    says(waits(&r), "\"waiting\":1,");
    says(waits(&r), "\"state\":\"due\"");
    clock_set(-1);
    reacting_free(&r);
}

static void what_waits_for_a_plugin_that_is_off_or_broken_is_told_with_the_reason(void **state)
{
    (void)state;
    reacting r = reacting_new();
    reacting_plugin(&r, "alpha", SEES(""));
    reacting_open(&r);
    open_again(&r, "return { disabled = { 'alpha' } }");
    put(&r, "ship/a", "{\"n\":1}");
    handle(&r);
    says(waits(&r), "\"file\":\"init.lua\",\"line\":2,");
    says(waits(&r), "\"waiting\":1,");
    says(waits(&r), "\"state\":\"disabled\",\"error\":\"disabled in polder.lua\"}");
    reacting_plugin(&r, "alpha", "error('broken')");
    open_again(&r, "return {}");
    says(waits(&r), "\"line\":2,");
    says(waits(&r), "\"state\":\"failed\",\"error\":\"");
    says(waits(&r), "\"where\":\"alpha/init.lua:1\"}");
    reacting_plugin(&r, "alpha", SEES(""));
    open_again(&r, "return {}");
    says(waits(&r), "\"state\":\"due\"");
    handle(&r);
    assert_string_equal(waits(&r), "");
    reacting_free(&r);
}

static void a_handler_that_its_plugin_lost_waits_for_nothing(void **state)
{
    (void)state;
    reacting r = reacting_new();
    reacting_plugin(&r, "alpha", SEES(""));
    reacting_open(&r);
    put(&r, "ship/a", "{\"n\":1}");
    reacting_plugin(&r, "alpha", "");
    open_again(&r, "return {}");
    assert_string_equal(waits(&r), "");
    open_again(&r, "return { disabled = { 'alpha' } }");
    assert_string_equal(waits(&r), "");
    reacting_free(&r);
}

int main(void)
{
    signal(SIGPIPE, SIG_IGN);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_nobody_handled_yet_waits_and_is_due),
        cmocka_unit_test(one_that_failed_waits_for_its_next_try_with_all_behind_it),
        cmocka_unit_test(one_that_was_parked_and_is_asked_for_again_waits_beside_the_cursor),
        cmocka_unit_test(what_waits_for_a_plugin_that_is_off_or_broken_is_told_with_the_reason),
        cmocka_unit_test(a_handler_that_its_plugin_lost_waits_for_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
