/* test_load_kept.c: what a plugin contributed is known as long as all that it came from is the
 * same. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "base/clock.h"
#include "host/load_kept.h"
#include "host/loop.h"
#include "reacting.h"

static char *home;
static workspace *ws;
static plugin plugins[2];
static const plugin_list LIST = {plugins, 2};

static int set_up(void **state)
{
    err e = {0};
    (void)state;
    home = folder_new();
    assert_true(workspace_init(home, &e));
    ws = workspace_open(home, &e);
    assert_non_null(ws);
    plugins[0] = (plugin){.name = (char *)"one", .hash = "11", .settings = value_int(1)};
    plugins[1] = (plugin){.name = (char *)"two", .hash = "22", .settings = value_int(1)};
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    workspace_close(ws);
    folder_free(home);
    return 0;
}

/* Of the first plugin. */
static bool is_known(const char *program, const char *today)
{
    load_kept k;
    load_kept_open(&k, ws, &LIST, program, today);
    value found = load_kept_take(&k, &plugins[0]), other = load_kept_take(&k, &plugins[1]);
    bool known = strcmp(value_str(value_at(&found, 0), ""), "a rule") == 0;
    assert_true(value_is(&other, VALUE_NIL));
    load_kept_close(&k);
    value_free(&found);
    return known;
}

static void keep(const char *program, const char *today)
{
    load_kept k;
    value contributions = value_list();
    value_push(&contributions, value_text("a rule"));
    load_kept_open(&k, ws, &LIST, program, today);
    load_kept_add(&k, &plugins[0], &contributions);
    load_kept_close(&k);
    value_free(&contributions);
}

static void what_was_added_is_known_and_nothing_else(void **state)
{
    (void)state;
    assert_false(is_known("/bin/sh", "2026-11-24"));
    keep("/bin/sh", "2026-11-24");
    assert_true(is_known("/bin/sh", "2026-11-24"));
}

static void another_file_setting_day_worker_or_plugin_beside_it_makes_it_unknown(void **state)
{
    (void)state;
    keep("/bin/sh", "2026-11-24");
    assert_false(is_known("/bin/sh", "2026-11-25"));
    assert_false(is_known("/bin/cat", "2026-11-24"));
    plugins[0].settings = value_int(2);
    assert_false(is_known("/bin/sh", "2026-11-24"));
    plugins[0].settings = value_int(1);
    memcpy(plugins[1].hash, "33", 3);
    assert_false(is_known("/bin/sh", "2026-11-24"));
    plugins[1].state = PLUGIN_DISABLED;
    assert_false(is_known("/bin/sh", "2026-11-24"));
    plugins[1].state = PLUGIN_FOUND;
    memcpy(plugins[1].hash, "22", 3);
    assert_true(is_known("/bin/sh", "2026-11-24"));
}

/* What a host would find to load: alpha, and beta when `both`; the rest of that is gone after. */
static bool knows(reacting *r, bool both)
{
    char today[CLOCK_DATE_TEXT];
    load_kept k;
    clock_date_text(clock_today(), today);
    r->ws = workspace_open(r->folder, NULL);
    r->host = host_open(r->ws, false, NULL);
    const plugin_list *all = host_plugins(r->host);
    const plugin *one = plugin_find(all, "alpha", NULL), *two = plugin_find(all, "beta", NULL);
    load_kept_open(&k, r->ws, all, host_program(r->host), today);
    value alpha = load_kept_take(&k, one), beta = load_kept_take(&k, two);
    bool known = value_len(&alpha) == 1 && value_len(&beta) == both;
    load_kept_add(&k, one, &alpha);
    load_kept_close(&k);
    value_free(&alpha);
    value_free(&beta);
    reacting_close(r);
    return known;
}

static void who_is_loaded_anew_is_kept_beside_those_that_were_known(void **state)
{
    (void)state;
    reacting r = reacting_new();
    reacting_plugin(&r, "alpha", "require('polder').kind { name = 'ship', fields = {} }");
    reacting_plugin(&r, "beta", "require('polder').kind { name = 'quay', fields = {} }");
    reacting_open(&r);
    reacting_close(&r);
    assert_true(knows(&r, true));
    assert_true(knows(&r, false));
    reacting_open(&r);
    reacting_close(&r);
    assert_true(knows(&r, true));
    reacting_free(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_was_added_is_known_and_nothing_else, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(
            another_file_setting_day_worker_or_plugin_beside_it_makes_it_unknown, set_up,
            tear_down),
        cmocka_unit_test(who_is_loaded_anew_is_kept_beside_those_that_were_known),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
