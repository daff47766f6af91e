#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "folder.h"
#include "host/plugin.h"

static void put_plugin(const char *root, const char *folder, const char *name, const char *version)
{
    buf text = {0}, path = {0};
    buf_fmt(&text, "{\"name\": \"%s\", \"version\": \"%s\", \"api\": 1}", name, version);
    buf_fmt(&path, "%s/plugin.json", folder);
    folder_text(root, buf_text(&path), buf_text(&text));
    buf_clear(&path);
    buf_fmt(&path, "%s/init.lua", folder);
    folder_text(root, buf_text(&path), "-- nothing");
    buf_free(&text);
    buf_free(&path);
}

static const char *version_of(const plugin_list *list, const char *name)
{
    const plugin *p = plugin_find(list, name, NULL);
    return p ? value_get_str(&p->manifest, "version", "broken") : "absent";
}

static void plugins_are_found_up_to_three_folders_deep(void **state)
{
    (void)state;
    char *root = folder_new();
    plugin_list list = {0};
    err e = {0};
    put_plugin(root, "near", "near", "1.0.0");
    put_plugin(root, "regions/zeeland", "zeeland", "1.0.0");
    put_plugin(root, "a/b/third", "third", "1.0.0");
    put_plugin(root, "a/b/c/fourth", "fourth", "1.0.0");
    put_plugin(root, "near/inner", "inner", "1.0.0");
    put_plugin(root, ".hidden", "hidden", "1.0.0");
    assert_true(plugin_discover(root, NULL, &list, &e));
    assert_int_equal(list.len, 3);
    assert_string_equal(list.items[0].name, "near");
    assert_string_equal(list.items[1].name, "third");
    assert_string_equal(list.items[2].name, "zeeland");
    assert_int_equal(list.items[0].state, PLUGIN_FOUND);
    assert_non_null(value_get(&list.items[0].files, "init.lua"));
    assert_int_equal(strlen(list.items[0].hash), HASH_TEXT - 1);
    plugin_list_free(&list);
    folder_free(root);
}

static void a_workspace_plugin_hides_a_bundled_one(void **state)
{
    (void)state;
    char *own = folder_new(), *bundled = folder_new();
    plugin_list list = {0};
    err e = {0};
    put_plugin(own, "mine", "zeeland", "2.0.0");
    put_plugin(bundled, "regions/zeeland", "zeeland", "1.0.0");
    put_plugin(bundled, "partnership", "partnership", "1.0.0");
    assert_true(plugin_discover(own, bundled, &list, &e));
    assert_int_equal(list.len, 2);
    assert_string_equal(version_of(&list, "zeeland"), "2.0.0");
    assert_false(plugin_find(&list, "zeeland", NULL)->bundled);
    assert_true(plugin_find(&list, "partnership", NULL)->bundled);
    plugin_list_free(&list);
    folder_free(own);
    folder_free(bundled);
}

static void a_broken_plugin_is_listed_with_its_error(void **state)
{
    (void)state;
    char *root = folder_new();
    plugin_list list = {0};
    err e = {0};
    put_plugin(root, "good", "good", "1.0.0");
    put_plugin(root, "wrong", "Wrong!", "1.0.0");
    folder_text(root, "no-main/plugin.json",
                "{\"name\": \"headless\", \"version\": \"1.0.0\", \"api\": 1}");
    folder_text(root, "torn/plugin.json", "{\"name\":");
    assert_true(plugin_discover(root, NULL, &list, &e));
    assert_int_equal(list.len, 4);
    assert_int_equal(plugin_find(&list, "good", NULL)->state, PLUGIN_FOUND);
    static const char *const BROKEN[] = {"wrong", "headless", "torn"};
    for (size_t i = 0; i < 3; i++) {
        const plugin *p = plugin_find(&list, BROKEN[i], NULL);
        assert_non_null(p);
        assert_int_equal(p->state, PLUGIN_FAILED);
        assert_non_null(strstr(p->error.where, "plugin.json"));
    }
    plugin_list_free(&list);
    folder_free(root);
}

static void two_plugins_of_one_name_fail_the_second(void **state)
{
    (void)state;
    char *root = folder_new();
    plugin_list list = {0};
    err e = {0};
    put_plugin(root, "a", "same", "1.0.0");
    put_plugin(root, "b", "same", "2.0.0");
    assert_true(plugin_discover(root, NULL, &list, &e));
    assert_int_equal(list.len, 2);
    assert_int_equal(list.items[0].state, PLUGIN_FOUND);
    assert_int_equal(list.items[1].state, PLUGIN_FAILED);
    assert_non_null(strstr(list.items[1].error.message, list.items[0].path));
    assert_string_equal(version_of(&list, "same"), "1.0.0");
    plugin_list_free(&list);
    folder_free(root);
}

static void folders_that_are_not_there_are_empty(void **state)
{
    (void)state;
    plugin_list list = {0};
    err e = {0};
    assert_true(plugin_discover("/nowhere/at/all", NULL, &list, &e));
    assert_int_equal(list.len, 0);
    assert_null(plugin_find(&list, "zeeland", &e));
    assert_int_equal(e.code, ERR_NOT_FOUND);
    plugin_list_free(&list);
}

static void a_typing_error_in_a_name_is_answered_with_the_nearest(void **state)
{
    (void)state;
    char *root = folder_new();
    plugin_list list = {0};
    err e = {0};
    put_plugin(root, "zeeland", "zeeland", "1.0.0");
    assert_true(plugin_discover(root, NULL, &list, &e));
    assert_null(plugin_find(&list, "zeland", &e));
    assert_int_equal(e.code, ERR_NOT_FOUND);
    assert_non_null(strstr(e.hint, "zeeland"));
    plugin_list_free(&list);
    folder_free(root);
}

static void a_loop_of_links_ends(void **state)
{
    (void)state;
    char *root = folder_new();
    plugin_list list = {0};
    err e = {0};
    char *link = folder_path(root, "loop");
    assert_int_equal(symlink(root, link), 0);
    put_plugin(root, "mine", "mine", "1.0.0");
    assert_true(plugin_discover(root, NULL, &list, &e));
    assert_true(list.len >= 1);
    assert_int_equal(plugin_find(&list, "mine", NULL)->state, PLUGIN_FOUND);
    plugin_list_free(&list);
    free(link);
    folder_free(root);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plugins_are_found_up_to_three_folders_deep),
        cmocka_unit_test(a_workspace_plugin_hides_a_bundled_one),
        cmocka_unit_test(a_broken_plugin_is_listed_with_its_error),
        cmocka_unit_test(two_plugins_of_one_name_fail_the_second),
        cmocka_unit_test(folders_that_are_not_there_are_empty),
        cmocka_unit_test(a_typing_error_in_a_name_is_answered_with_the_nearest),
        cmocka_unit_test(a_loop_of_links_ends),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
