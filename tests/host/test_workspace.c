#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "folder.h"
#include "host/workspace.h"

static void a_new_workspace_has_its_parts_and_opens(void **state)
{
    (void)state;
    char *root = folder_new(), *home = folder_path(root, "deep/region");
    err e = {0};
    assert_true(workspace_init(home, &e));
    workspace *ws = workspace_open(home, &e);
    assert_non_null(ws);
    assert_string_equal(workspace_home(ws), home);
    static const char *const PARTS[] = {"polder.lua", "polder.db", "plugins", "scripts"};
    for (size_t i = 0; i < 4; i++)
        assert_true(file_exists(workspace_path(ws, PARTS[i])));
    store *st = workspace_store(ws, &e);
    assert_non_null(st);
    assert_ptr_equal(workspace_store(ws, &e), st);
    workspace_close(ws);
    workspace_close(NULL);
    free(home);
    folder_free(root);
}

static void a_workspace_is_not_made_twice(void **state)
{
    (void)state;
    char *root = folder_new();
    err e = {0};
    assert_true(workspace_init(root, &e));
    assert_false(workspace_init(root, &e));
    assert_int_equal(e.code, ERR_NOT_ALLOWED);
    assert_string_equal(e.where, root);
    folder_free(root);
}

static void files_that_are_there_are_kept(void **state)
{
    (void)state;
    char *root = folder_new(), *path = folder_path(root, "plugins/mine/init.lua");
    err e = {0};
    buf text = {0};
    folder_text(root, "plugins/mine/init.lua", "mine");
    assert_true(workspace_init(root, &e));
    assert_true(file_read(path, 100, &text, &e));
    assert_string_equal(buf_text(&text), "mine");
    buf_free(&text);
    free(path);
    folder_free(root);
}

static void the_nearest_folder_up_is_found(void **state)
{
    (void)state;
    char *root = folder_new(), *before = file_absolute(".", NULL);
    char *deep = folder_path(root, "a/b");
    err e = {0};
    unsetenv("POLDER_HOME");
    assert_true(workspace_init(root, &e));
    assert_true(file_make_folder(deep, &e));
    assert_int_equal(chdir(deep), 0);
    workspace *ws = workspace_open(NULL, &e);
    assert_non_null(ws);
    assert_string_equal(workspace_home(ws), root);
    workspace_close(ws);
    assert_int_equal(chdir(before), 0);
    free(deep);
    free(before);
    folder_free(root);
}

static void a_named_folder_comes_before_the_environment_and_that_before_the_place(void **state)
{
    (void)state;
    char *one = folder_new(), *two = folder_new();
    err e = {0};
    assert_true(workspace_init(one, &e));
    assert_true(workspace_init(two, &e));
    setenv("POLDER_HOME", one, 1);
    workspace *ws = workspace_open(NULL, &e);
    assert_string_equal(workspace_home(ws), one);
    workspace_close(ws);
    ws = workspace_open(two, &e);
    assert_string_equal(workspace_home(ws), two);
    workspace_close(ws);
    unsetenv("POLDER_HOME");
    folder_free(one);
    folder_free(two);
}

static void where_there_is_none_the_error_says_where_it_looked(void **state)
{
    (void)state;
    char *root = folder_new(), *before = file_absolute(".", NULL);
    err e = {0};
    unsetenv("POLDER_HOME");
    assert_null(workspace_open("/nowhere/at/all", &e));
    assert_int_equal(e.code, ERR_NOT_FOUND);
    assert_string_equal(e.where, "/nowhere/at/all");
    assert_null(workspace_open(root, &e));
    assert_int_equal(e.code, ERR_NOT_FOUND);
    assert_non_null(strstr(e.hint, "polder init"));
    assert_int_equal(chdir("/"), 0);
    assert_null(workspace_open(NULL, &e));
    assert_int_equal(e.code, ERR_NOT_FOUND);
    assert_string_equal(e.where, "/");
    setenv("POLDER_HOME", root, 1);
    assert_null(workspace_open(NULL, &e));
    assert_non_null(strstr(e.message, "POLDER_HOME"));
    unsetenv("POLDER_HOME");
    assert_int_equal(chdir(before), 0);
    free(before);
    folder_free(root);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_new_workspace_has_its_parts_and_opens),
        cmocka_unit_test(a_workspace_is_not_made_twice),
        cmocka_unit_test(files_that_are_there_are_kept),
        cmocka_unit_test(the_nearest_folder_up_is_found),
        cmocka_unit_test(a_named_folder_comes_before_the_environment_and_that_before_the_place),
        cmocka_unit_test(where_there_is_none_the_error_says_where_it_looked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
