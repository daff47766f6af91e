#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../host/folder.h"
#include "base/file.h"
#include "cli/lines.h"

enum { LINES = 5000 };

static const char LINE[] = "{\"seq\":1,\"type\":\"record.created\",\"subject\":\"demand/a\"}";

static void a_file_grows_on_disk_and_not_in_memory_and_is_there_whole_or_not_at_all(void **state)
{
    char *folder = folder_new(), *path = folder_path(folder, "out.jsonl");
    lines l = {.path = path};
    buf text = {0};
    err e = {0};
    (void)state;
    for (int i = 0; i < LINES; i++) {
        assert_true(lines_put(&l, LINE, sizeof LINE - 1, &e));
        assert_true(l.text.len <= 70000);
    }
    assert_false(file_exists(path));
    assert_true(lines_end(&l, &e));
    lines_free(&l);
    assert_true(file_read(path, 1 << 24, &text, &e));
    assert_int_equal(text.len, LINES * sizeof LINE);
    buf_free(&text);
    folder_free(folder);
    free(path);
}

static void what_is_given_up_leaves_nothing_behind(void **state)
{
    char *folder = folder_new(), *path = folder_path(folder, "out.jsonl");
    lines l = {.path = path, .json = true};
    value names = value_nil();
    (void)state;
    for (int i = 0; i < LINES; i++)
        assert_true(lines_put(&l, LINE, sizeof LINE - 1, NULL));
    lines_free(&l);
    assert_true(file_list(folder, &names, NULL));
    assert_int_equal(value_len(&names), 0);
    value_free(&names);
    folder_free(folder);
    free(path);
}

static void no_document_is_an_empty_list(void **state)
{
    char *folder = folder_new(), *path = folder_path(folder, "out.json");
    lines l = {.path = path, .json = true};
    buf text = {0};
    (void)state;
    assert_true(lines_end(&l, NULL));
    assert_true(file_read(path, 100, &text, NULL));
    assert_string_equal(buf_text(&text), "[]\n");
    lines_free(&l);
    buf_free(&text);
    folder_free(folder);
    free(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_file_grows_on_disk_and_not_in_memory_and_is_there_whole_or_not_at_all),
        cmocka_unit_test(what_is_given_up_leaves_nothing_behind),
        cmocka_unit_test(no_document_is_an_empty_list),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
