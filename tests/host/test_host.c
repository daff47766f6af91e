#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <signal.h>
#include <sys/resource.h>

#include "folder.h"
#include "host/host.h"
#include "host/install.h"
#include "store/kinds.h"

static const char MANIFEST[] = "{\"name\":\"%s\",\"version\":\"1.0.0\",\"api\":1,\"requires\":%s}";
static const char KIND[] = "require('polder').kind { name = 'ship', title = { nl = 'S', en = 'S' },"
                           " fields = { { name = 'title', type = 'text' } } }";

/* A host finds its worker and the bundled plugins from the folder its program lies in, which must
 * be bin/ of a whole tree. */
static void need_tree(void)
{
    char *worker = install_worker(NULL);
    if (!worker) {
        print_message("skipped: this test does not lie in bin/ of a tree\n");
        skip();
    }
    free(worker);
}

static void put_plugin(const char *folder, const char *name, const char *needs, const char *lua)
{
    char path[120], manifest[200];
    snprintf(path, sizeof path, "plugins/%s/plugin.json", name);
    snprintf(manifest, sizeof manifest, MANIFEST, name, needs);
    folder_text(folder, path, manifest);
    snprintf(path, sizeof path, "plugins/%s/init.lua", name);
    folder_text(folder, path, lua);
}

static workspace *open_in(const char *folder)
{
    err made = {0};
    char *path = folder_path(folder, "polder.db"); /* which only init makes */
    store *st = store_open(path, true, &made);
    assert_non_null(st);
    store_close(st);
    free(path);
    err e = {0};
    workspace *ws = workspace_open(folder, &e);
    if (!ws)
        fail_msg("%s", e.message);
    return ws;
}

static host *open_host(workspace *ws, bool safe)
{
    err e = {0};
    host *h = host_open(ws, safe, &e);
    if (!h)
        fail_msg("%s (%s)", e.message, e.where);
    return h;
}

static const plugin *find(const host *h, const char *name)
{
    err e = {0};
    const plugin *p = plugin_find(host_plugins(h), name, &e);
    if (!p)
        fail_msg("%s", e.message);
    return p;
}

static void without_descriptors_a_host_is_an_error(void **state)
{
    (void)state;
    char *folder = folder_new();
    err e = {0};
    struct rlimit before, few;
    folder_text(folder, "polder.lua", "return {}");
    workspace *ws = open_in(folder);
    getrlimit(RLIMIT_NOFILE, &before);
    few = (struct rlimit){3, before.rlim_max};
    setrlimit(RLIMIT_NOFILE, &few);
    host *h = host_open(ws, false, &e);
    setrlimit(RLIMIT_NOFILE, &before);
    assert_null(h);
    assert_int_equal(e.code, ERR_UNAVAILABLE);
    workspace_close(ws);
    folder_free(folder);
}

static void a_broken_configuration_is_an_error_also_when_nobody_asks_why(void **state)
{
    (void)state;
    need_tree();
    static const char *const BROKEN[] = {"return {", "error('no')", "return { wrkers = 1 }",
                                         "return 7", "return { settings = { nobody = {} } }"};
    for (size_t i = 0; i < sizeof BROKEN / sizeof BROKEN[0]; i++) {
        char *folder = folder_new();
        err e = {0};
        folder_text(folder, "polder.lua", BROKEN[i]);
        workspace *ws = open_in(folder);
        assert_null(host_open(ws, false, NULL));
        assert_null(host_open(ws, false, &e));
        assert_true(e.code == ERR_BAD_DATA || e.code == ERR_NOT_FOUND);
        assert_non_null(strstr(e.where[0] ? e.where : e.message, "polder.lua"));
        workspace_close(ws);
        folder_free(folder);
    }
}

static void one_plugin_that_fails_is_left_out_whole(void **state)
{
    (void)state;
    need_tree();
    char *folder = folder_new();
    err e = {0};
    folder_text(folder, "polder.lua", "return { disabled = { 'off' } }");
    put_plugin(folder, "fleet", "{}", KIND);
    put_plugin(
        folder, "half", "{}",
        "require('polder').kind { name = 'tug', title = { nl = 'T', en = 'T' }, fields = {} }\n"
        "error('after the first')");
    put_plugin(folder, "needy", "{\"half\":\">=1.0\"}", "");
    put_plugin(folder, "again", "{\"fleet\":\">=1.0\"}", KIND);
    put_plugin(folder, "off", "{}", KIND);
    workspace *ws = open_in(folder);
    host *h = open_host(ws, false);
    assert_true(host_load(h, &e));
    assert_int_equal(find(h, "half")->state, PLUGIN_FAILED);
    assert_string_equal(find(h, "half")->error.where, "half/init.lua:2");
    assert_null(registry_find(host_registry(h), "kind", "tug", NULL, &e));
    assert_int_equal(find(h, "needy")->state, PLUGIN_FAILED);
    assert_non_null(strstr(find(h, "needy")->error.message, "waits for half"));
    assert_int_equal(find(h, "off")->state, PLUGIN_DISABLED);
    /* The plugin that the other requires has the kind that both declare. */
    assert_int_equal(find(h, "fleet")->state, PLUGIN_ENABLED);
    assert_int_equal(find(h, "again")->state, PLUGIN_FAILED);
    assert_non_null(strstr(find(h, "again")->error.message, "fleet/init.lua"));
    host_close(h);
    workspace_close(ws);
    folder_free(folder);
}

static void plugins_that_require_each_other_are_loaded(void **state)
{
    (void)state;
    need_tree();
    char *folder = folder_new();
    err e = {0};
    folder_text(folder, "polder.lua", "return {}");
    put_plugin(folder, "circle-a", "{\"circle-b\":\">=1.0\"}", "");
    put_plugin(folder, "circle-b", "{\"circle-a\":\">=1.0\"}", "");
    workspace *ws = open_in(folder);
    host *h = open_host(ws, false);
    assert_true(host_load(h, &e));
    assert_int_equal(find(h, "circle-a")->state, PLUGIN_ENABLED);
    assert_int_equal(find(h, "circle-b")->state, PLUGIN_ENABLED);
    assert_int_equal(find(h, "partnership")->state, PLUGIN_ENABLED);
    host_close(h);
    workspace_close(ws);
    folder_free(folder);
}

static bool store_knows(workspace *ws, const char *kind)
{
    err e = {0};
    value kinds = value_nil();
    bool found = false;
    assert_true(kinds_load(workspace_store(ws, &e), &kinds, &e));
    for (size_t i = 0; i < value_len(&kinds); i++)
        found = found || strcmp(value_get_str(value_at(&kinds, i), "name", ""), kind) == 0;
    value_free(&kinds);
    return found;
}

static void load_once(workspace *ws)
{
    err e = {0};
    host *h = open_host(ws, false);
    assert_true(host_load(h, &e));
    host_close(h);
}

/* Its records are still in the store, and a slow day of the machine must not make them unknown. */
static void a_plugin_that_fails_later_keeps_its_kinds_and_one_that_leaves_does_not(void **state)
{
    (void)state;
    need_tree();
    char *folder = folder_new();
    folder_text(folder, "polder.lua", "return {}");
    put_plugin(folder, "fleet", "{}", KIND);
    workspace *ws = open_in(folder);
    load_once(ws);
    assert_true(store_knows(ws, "ship"));
    put_plugin(folder, "fleet", "{}", "error('not today')");
    load_once(ws);
    assert_true(store_knows(ws, "ship"));
    folder_text(folder, "polder.lua", "return { disabled = { 'fleet' } }");
    load_once(ws);
    assert_false(store_knows(ws, "ship"));
    workspace_close(ws);
    folder_free(folder);
}

static void a_safe_host_runs_no_plugin(void **state)
{
    (void)state;
    need_tree();
    char *folder = folder_new();
    err e = {0};
    folder_text(folder, "polder.lua", "return {}");
    put_plugin(folder, "fleet", "{}", KIND);
    workspace *ws = open_in(folder);
    host *h = open_host(ws, true);
    assert_true(host_load(h, &e));
    assert_int_equal(find(h, "fleet")->state, PLUGIN_DISABLED);
    assert_int_equal(registry_len(host_registry(h)), 0);
    host_close(h);
    workspace_close(ws);
    folder_free(folder);
}

int main(void)
{
    signal(SIGPIPE, SIG_IGN);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_descriptors_a_host_is_an_error),
        cmocka_unit_test(a_broken_configuration_is_an_error_also_when_nobody_asks_why),
        cmocka_unit_test(one_plugin_that_fails_is_left_out_whole),
        cmocka_unit_test(plugins_that_require_each_other_are_loaded),
        cmocka_unit_test(a_plugin_that_fails_later_keeps_its_kinds_and_one_that_leaves_does_not),
        cmocka_unit_test(a_safe_host_runs_no_plugin),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
