#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <fcntl.h>
#include <unistd.h>

#include "folder.h"
#include "host/cache.h"

static char *home;
static workspace *ws;

static int set_up(void **state)
{
    err e = {0};
    (void)state;
    home = folder_new();
    assert_true(workspace_init(home, &e));
    ws = workspace_open(home, &e);
    assert_non_null(ws);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    workspace_close(ws);
    folder_free(home);
    return 0;
}

static void put_number(const char *key, int64_t number)
{
    value v = value_int(number);
    cache_put(ws, key, &v);
}

/* -1: not there. */
static int64_t number_of(const char *key)
{
    value v = value_nil();
    int64_t number = cache_get(ws, key, &v) ? v.as.integer : -1;
    value_free(&v);
    return number;
}

static size_t files(void)
{
    value names = value_list();
    file_list(workspace_path(ws, ".cache"), &names, NULL);
    size_t len = value_len(&names);
    value_free(&names);
    return len;
}

static void what_was_put_comes_back_by_its_key(void **state)
{
    (void)state;
    assert_int_equal(number_of("aa"), -1);
    put_number("aa", 1);
    put_number("bb", 2);
    put_number("aa", 3);
    assert_int_equal(number_of("aa"), 3);
    assert_int_equal(number_of("bb"), 2);
    assert_int_equal(files(), 2);
}

/* Cut at every byte, and each byte changed. */
static void a_damaged_file_is_as_none_and_goes(void **state)
{
    (void)state;
    buf whole = {0};
    err e = {0};
    char *path = folder_path(home, ".cache/aa");
    put_number("aa", 70000);
    assert_true(file_read(path, 1000, &whole, &e));
    for (size_t i = 0; i < whole.len; i++) {
        folder_put(home, ".cache/aa", whole.data, i);
        assert_int_equal(number_of("aa"), -1);
        assert_false(file_exists(path));
        whole.data[i] ^= 1;
        folder_put(home, ".cache/aa", whole.data, whole.len);
        whole.data[i] ^= 1;
        assert_int_equal(number_of("aa"), -1);
    }
    folder_put(home, ".cache/aa", whole.data, whole.len);
    assert_int_equal(number_of("aa"), 70000);
    buf_free(&whole);
    free(path);
}

static void the_oldest_go_when_there_are_many(void **state)
{
    (void)state;
    char key[16];
    for (int i = 0; i < 70; i++) {
        snprintf(key, sizeof key, "key%d", i);
        put_number(key, i);
        char *name = folder_path(home, ".cache"), *path = file_join(name, key);
        const struct timespec old[2] = {{.tv_sec = 1000 + i}, {.tv_sec = 1000 + i}};
        utimensat(AT_FDCWD, path, old, 0);
        free(path);
        free(name);
    }
    assert_true(files() <= 64);
    assert_int_equal(number_of("key0"), -1);
    assert_int_equal(number_of("key69"), 69);
}

/* Files without a block on the disk. */
static void the_oldest_go_when_they_are_large(void **state)
{
    (void)state;
    for (int i = 0; i < 3; i++) {
        char name[16];
        snprintf(name, sizeof name, ".cache/old%d", i);
        put_number("aa", i);
        folder_text(home, name, "");
        char *path = folder_path(home, name);
        const struct timespec old[2] = {{.tv_sec = 1000 + i}, {.tv_sec = 1000 + i}};
        assert_int_equal(truncate(path, 200 << 20), 0);
        utimensat(AT_FDCWD, path, old, 0);
        free(path);
    }
    assert_int_equal(files(), 4);
    put_number("aa", 7);
    char *first = folder_path(home, ".cache/old0"), *last = folder_path(home, ".cache/old2");
    assert_false(file_exists(first));
    assert_true(file_exists(last));
    assert_int_equal(number_of("aa"), 7);
    free(first);
    free(last);
}

static void a_folder_that_cannot_be_made_keeps_nothing(void **state)
{
    (void)state;
    folder_text(home, ".cache", "a file");
    put_number("aa", 1);
    assert_int_equal(number_of("aa"), -1);
}

static void clearing_leaves_no_file(void **state)
{
    (void)state;
    err e = {0};
    assert_true(cache_clear(ws, &e));
    put_number("aa", 1);
    put_number("bb", 1);
    folder_text(home, ".cache/cc.12345", "a write that a crash cut off");
    assert_true(cache_clear(ws, &e));
    assert_int_equal(files(), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define T(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
        T(what_was_put_comes_back_by_its_key),         T(a_damaged_file_is_as_none_and_goes),
        T(the_oldest_go_when_there_are_many),          T(the_oldest_go_when_they_are_large),
        T(a_folder_that_cannot_be_made_keeps_nothing), T(clearing_leaves_no_file),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
