#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "base/json.h"
#include "host/registry.h"

static bool add(registry *r, const char *plugin, const char *json, err *e)
{
    value list = value_nil();
    assert_true(json_read(json, strlen(json), NULL, &list, e));
    bool ok = registry_add(r, plugin, &list, e);
    value_free(&list);
    return ok;
}

#define PORT                                                                                       \
    "{\"type\":\"rule\",\"name\":\"port\",\"file\":\"rules/"                                       \
    "port.lua\",\"line\":3,\"spec\":{\"max\":10}}"
#define CARD                                                                                       \
    "{\"type\":\"scorecard\",\"name\":\"own\",\"file\":\"init.lua\",\"line\":9,\"spec\":{}}"
#define KIND                                                                                       \
    "{\"type\":\"kind\",\"name\":\"solution\",\"file\":\"kinds.lua\",\"line\":1,\"spec\":{}}"

static void contributions_are_listed_by_type_and_full_name(void **state)
{
    (void)state;
    registry *r = registry_new();
    err e = {0};
    assert_true(add(r, "zeeland", "[" CARD "," PORT "]", &e));
    assert_true(add(r, "alfa", "[" PORT "]", &e));
    assert_int_equal(registry_len(r), 3);
    assert_string_equal(registry_at(r, 0)->full, "alfa/port");
    assert_string_equal(registry_at(r, 1)->full, "zeeland/port");
    assert_string_equal(registry_at(r, 2)->type, "scorecard");
    assert_null(registry_at(r, 3));
    const contribution *c = registry_at(r, 1);
    assert_string_equal(c->name, "port");
    assert_string_equal(c->plugin, "zeeland");
    assert_string_equal(c->file, "rules/port.lua");
    assert_int_equal(c->line, 3);
    assert_int_equal(value_get_int(c->spec, "max", 0), 10);
    registry_free(r);
}

static void a_clash_adds_nothing_and_names_both_places(void **state)
{
    (void)state;
    registry *r = registry_new();
    err e = {0};
    assert_true(add(r, "partnership", "[" KIND "]", &e));
    assert_false(add(r, "zeeland", "[" PORT "," CARD "," PORT "]", &e));
    assert_int_equal(e.code, ERR_BAD_DATA);
    assert_int_equal(registry_len(r), 1);
    /* A kind has one owner, whatever the plugin: records are named by it. */
    assert_false(add(r, "zeeland", "[" PORT "," KIND "]", &e));
    assert_int_equal(e.code, ERR_BAD_DATA);
    assert_non_null(strstr(e.message, "partnership/kinds.lua:1"));
    assert_string_equal(e.where, "zeeland/kinds.lua:1");
    assert_int_equal(registry_len(r), 1);
    registry_free(r);
}

static void a_plugin_leaves_whole(void **state)
{
    (void)state;
    registry *r = registry_new();
    err e = {0};
    assert_true(add(r, "alfa", "[" PORT "]", &e));
    assert_true(add(r, "zeeland", "[" PORT "," CARD "]", &e));
    const contribution *stays = registry_find(r, "rule", "alfa/port", NULL, &e);
    registry_drop(r, "zeeland");
    registry_drop(r, "nobody");
    assert_int_equal(registry_len(r), 1);
    assert_ptr_equal(registry_at(r, 0), stays);
    assert_true(add(r, "zeeland", "[" PORT "," CARD "]", &e));
    assert_ptr_equal(registry_find(r, "rule", "alfa/port", NULL, &e), stays);
    registry_free(r);
}

static void names_are_found_in_full_in_their_plugin_and_where_only_one_has_them(void **state)
{
    (void)state;
    registry *r = registry_new();
    err e = {0};
    assert_true(add(r, "alfa", "[" PORT "]", &e));
    assert_true(add(r, "zeeland", "[" PORT "," CARD "]", &e));
    assert_string_equal(registry_find(r, "rule", "zeeland/port", "alfa", &e)->plugin, "zeeland");
    assert_string_equal(registry_find(r, "rule", "port", "alfa", &e)->plugin, "alfa");
    assert_string_equal(registry_find(r, "scorecard", "own", NULL, &e)->plugin, "zeeland");
    assert_string_equal(registry_find(r, "scorecard", "own", "alfa", &e)->plugin, "zeeland");

    assert_null(registry_find(r, "rule", "port", NULL, &e));
    assert_int_equal(e.code, ERR_USAGE);
    assert_non_null(strstr(e.hint, "alfa/port, zeeland/port"));
    assert_null(registry_find(r, "rule", "prot", NULL, &e));
    assert_int_equal(e.code, ERR_NOT_FOUND);
    assert_non_null(strstr(e.hint, "port"));
    assert_null(registry_find(r, "rule", "zeland/port", NULL, &e));
    assert_int_equal(e.code, ERR_NOT_FOUND);
    assert_non_null(strstr(e.hint, "zeeland/port"));
    assert_null(registry_find(r, "rule", "own", NULL, &e)); /* another type */
    assert_null(registry_find(r, "report", "own", NULL, &e));
    assert_int_equal(e.code, ERR_NOT_FOUND);
    registry_free(r);
}

static void a_flood_of_contributions_is_refused(void **state)
{
    (void)state;
    registry *r = registry_new();
    value list = value_list();
    err e = {0};
    for (int i = 0; i < 1001; i++) {
        value one = value_map();
        char name[16];
        snprintf(name, sizeof name, "r%d", i);
        value_set(&one, "type", value_text("rule"));
        value_set(&one, "name", value_text(name));
        value_set(&one, "file", value_text("init.lua"));
        value_push(&list, one);
    }
    assert_false(registry_add(r, "flood", &list, &e));
    assert_int_equal(e.code, ERR_LIMIT);
    assert_int_equal(registry_len(r), 0);
    value_free(&list);
    registry_free(r);
}

/* The worker checks all this too, but a plugin that broke its Lua VM speaks for the worker. */
static void what_no_honest_worker_sends_is_refused_whole(void **state)
{
    (void)state;
    static const char *const BAD[] = {
        "{}",
        "7",
        "[7]",
        "[" PORT ",{}]",
        "[{\"type\":\"spell\",\"name\":\"a\",\"file\":\"init.lua\"}]",
        "[{\"type\":\"rule\",\"name\":\"\",\"file\":\"init.lua\"}]",
        "[{\"type\":\"rule\",\"name\":7,\"file\":\"init.lua\"}]",
        "[{\"type\":\"rule\",\"name\":\"a/b\",\"file\":\"init.lua\"}]",
        "[{\"type\":\"rule\",\"name\":\"a\\u001b[2J\",\"file\":\"init.lua\"}]",
        "[{\"type\":\"rule\",\"name\":\"a\"}]",
        "[{\"type\":\"rule\",\"name\":\"a\",\"file\":\"a\\nb.lua\"}]",
        "[{\"type\":\"rule\",\"name\":\"a\",\"file\":\"init.lua\",\"line\":-1}]",
        "[{\"type\":\"rule\",\"name\":\"a\",\"file\":\"init.lua\",\"line\":4294967297}]",
        "[{\"type\":\"rule\",\"name\":\"a\",\"file\":\"init.lua\",\"line\":1,\"spec\":[1]}]",
    };
    for (size_t i = 0; i < sizeof BAD / sizeof BAD[0]; i++) {
        registry *r = registry_new();
        err e = {0};
        if (add(r, "broken", BAD[i], &e))
            fail_msg("%s was taken", BAD[i]);
        assert_int_equal(e.code, ERR_BAD_DATA);
        assert_int_equal(registry_len(r), 0);
        registry_free(r);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(contributions_are_listed_by_type_and_full_name),
        cmocka_unit_test(a_clash_adds_nothing_and_names_both_places),
        cmocka_unit_test(a_plugin_leaves_whole),
        cmocka_unit_test(names_are_found_in_full_in_their_plugin_and_where_only_one_has_them),
        cmocka_unit_test(a_flood_of_contributions_is_refused),
        cmocka_unit_test(what_no_honest_worker_sends_is_refused_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
