#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/json.h"
#include "cli/events_waiting.h"
#include "printed.h"

#define HANDLER                                                                                    \
    "\"plugin\":\"wacht\",\"file\":\"init.lua\",\"line\":9,\"cursor\":14,\"waiting\":2,"           \
    "\"first\":15,\"since\":\"2026-02-23T13:05:09.120Z\","
static const char RETRY[] =
    "[{\"handler\":\"wacht/a\"," HANDLER "\"state\":\"retry\",\"attempts\":1,"
    "\"next\":\"2026-02-23T13:06:10.120Z\",\"error\":\"nee\",\"where\":\"wacht/init.lua:13\"}]";
static const char OTHERS[] =
    "[{\"handler\":\"wacht/a\"," HANDLER "\"state\":\"due\"},"
    "{\"handler\":\"wacht/b\"," HANDLER
    "\"state\":\"disabled\",\"error\":\"disabled in polder.lua\"},"
    "{\"handler\":\"wacht/c\"," HANDLER "\"state\":\"failed\",\"error\":\"stuk\","
    "\"where\":\"wacht/init.lua:1\"}]";

static value list;

static void print_table(void *ctx)
{
    (void)ctx;
    events_waiting_print(ROWS_TABLE, &list);
}

static void print_runs(void *ctx)
{
    (void)ctx;
    events_runs_print(1, &list);
}

static void prints(void (*print)(void *ctx), const char *json, const char *locale,
                   const char *expected)
{
    setenv("LC_ALL", locale, 1);
    assert_true(json_read(json, strlen(json), NULL, &list, NULL));
    char *text = printed(print, NULL, "120");
    assert_string_equal(text, expected);
    free(text);
    value_free(&list);
}

static void a_table_tells_who_waits_where_since_when_and_why(void **state)
{
    (void)state;
    prints(print_table, RETRY, "C.UTF-8",
           "handler  made at           is at  wait  since (UTC)       why\n"
           "wacht/a  wacht/init.lua:9     14     2  2026-02-23 13:05"
           "  failed 1 time, again after 2026-02-23 13:06:10: nee\n");
    prints(print_table, RETRY, "nl_NL.UTF-8",
           "handler  gemaakt in        is bij  nog  sinds (UTC)       waarom\n"
           "wacht/a  wacht/init.lua:9      14    2  2026-02-23 13:05"
           "  1 keer mislukt, weer na 2026-02-23 13:06:10: nee\n");
    prints(print_table, "[]", "C.UTF-8", "no handler has anything left to do\n");
    prints(print_table, "[]", "nl_NL.UTF-8", "geen handler heeft nog iets te doen\n");
}

static void a_run_tells_what_still_waits_and_why(void **state)
{
    (void)state;
    prints(print_runs, "[]", "C.UTF-8", "handlers ran 1 time\n");
    prints(print_runs, RETRY, "C.UTF-8",
           "handlers ran 1 time\nstill waiting: wacht/a, 2 events since 2026-02-23 13:05: failed 1 "
           "time, again after 2026-02-23 13:06:10: nee (wacht/init.lua:13)\n");
    prints(
        print_runs, OTHERS, "nl_NL.UTF-8",
        "handlers liepen 1 keer\n"
        "nog te doen: wacht/a, 2 gebeurtenissen sinds 2026-02-23 13:05: aan de beurt: `polder "
        "events run`\n"
        "nog te doen: wacht/b, 2 gebeurtenissen sinds 2026-02-23 13:05: plugin wacht staat uit: "
        "disabled in polder.lua\n"
        "nog te doen: wacht/c, 2 gebeurtenissen sinds 2026-02-23 13:05: plugin wacht laadt niet: "
        "stuk (wacht/init.lua:1)\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_table_tells_who_waits_where_since_when_and_why),
        cmocka_unit_test(a_run_tells_what_still_waits_and_why),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
