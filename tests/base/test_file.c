/* test_file.c: whole files and folders in a folder of their own. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "check.h"

static char *folder;

static int make_folder(void **state)
{
    char name[] = "/tmp/polder-file-XXXXXX";
    *state = folder = mkdtemp(name) ? strdup(name) : NULL;
    return folder ? 0 : -1;
}

static int remove_folder(void **state)
{
    buf command = {0};
    (void)state;
    buf_fmt(&command, "rm -rf '%s'", folder);
    int code = system(buf_text(&command));
    buf_free(&command);
    free(folder);
    return code;
}

static void check_content(const char *path, const char *expected)
{
    buf content = {0};
    err e = {0};
    if (!file_read(path, 1000, &content, &e))
        fail_msg("%s", e.message);
    assert_string_equal(buf_text(&content), expected);
    buf_free(&content);
}

static size_t names_in(const char *path)
{
    value names = value_nil();
    assert_true(file_list(path, &names, NULL));
    size_t count = value_len(&names);
    value_free(&names);
    return count;
}

static void what_is_written_is_read(void **state)
{
    (void)state;
    char *path = file_join(folder, "note.txt");
    assert_false(file_exists(path));
    assert_true(file_write(path, "first", 5, NULL));
    assert_true(file_write(path, "second", 6, NULL));
    assert_true(file_exists(path));
    check_content(path, "second");
    assert_int_equal(names_in(folder), 1); /* nothing is left beside it */
    free(path);
}

static void reading_appends_and_failing_leaves_the_buffer(void **state)
{
    (void)state;
    char *path = file_join(folder, "note.txt");
    buf content = {0};
    err e = {0};
    buf_str(&content, "> ");
    assert_true(file_write(path, "0123456789", 10, NULL));
    assert_true(file_read(path, 10, &content, NULL));
    assert_string_equal(buf_text(&content), "> 0123456789");
    assert_false(file_read(path, 9, &content, &e));
    assert_int_equal(e.code, ERR_LIMIT);
    assert_string_equal(buf_text(&content), "> 0123456789");
    buf_free(&content);
    free(path);
}

/* What says that it is empty (as files of the kernel do), and what says more than is left. */
static void a_file_is_read_to_its_end_whatever_it_is_said_to_be_long(void **state)
{
    (void)state;
    char *path = file_join(folder, "note.txt");
    buf content = {0};
    err e = {0};
    assert_true(file_write(path, "0123456789", 10, NULL));
    int fd = open(path, O_RDONLY);
    assert_int_equal(lseek(fd, 4, SEEK_SET), 4);
    assert_true(file_read_open(fd, path, 1000, &content, &e));
    assert_string_equal(buf_text(&content), "456789");
    close(fd);
    buf_clear(&content);
    assert_true(file_read("/proc/self/status", 1 << 20, &content, &e));
    assert_non_null(strstr(buf_text(&content), "\nPid:"));
    assert_false(file_read("/proc/self/status", 10, &content, &e));
    assert_int_equal(e.code, ERR_LIMIT);
    buf_free(&content);
    free(path);
}

static void errors_name_the_file_and_have_their_code(void **state)
{
    (void)state;
    buf content = {0};
    err e = {0};
    char *missing = file_join(folder, "missing.txt"), *below = file_join(missing, "x");
    assert_false(file_read(missing, 10, &content, &e));
    assert_int_equal(e.code, ERR_NOT_FOUND);
    assert_non_null(strstr(e.message, "missing.txt"));
    assert_false(file_read(folder, 10, &content, &e));
    assert_int_equal(e.code, ERR_BAD_DATA);
    assert_false(file_write(below, "x", 1, &e));
    assert_int_equal(e.code, ERR_NOT_FOUND);
    assert_false(file_write(folder, "x", 1, &e));
    assert_int_equal(e.code, ERR_BAD_DATA);
    value names = value_int(77);
    assert_false(file_list(missing, &names, &e));
    assert_int_equal(names.as.integer, 77);
    assert_null(file_absolute(missing, &e));
    assert_int_equal(e.code, ERR_NOT_FOUND);
    assert_false(file_read("a\x1b[31m", 10, &content, &e));
    assert_non_null(strstr(e.message, "a\\x1b[31m"));
    free(missing);
    free(below);
    buf_free(&content);
}

static void a_full_disk_is_an_error(void **state)
{
    (void)state;
    err e = {0};
    assert_false(file_write("/dev/full", "x", 1, &e));
    assert_int_equal(e.code, ERR_UNAVAILABLE);
    assert_true(file_exists("/dev/full")); /* a device is written to, never replaced */
}

static void a_link_and_the_mode_of_a_file_stay(void **state)
{
    (void)state;
    struct stat status;
    char *path = file_join(folder, "secret"), *link = file_join(folder, "link");
    assert_true(file_write(path, "a", 1, NULL));
    assert_int_equal(chmod(path, 0600), 0);
    assert_int_equal(symlink("secret", link), 0);
    assert_true(file_write(link, "b", 1, NULL));
    check_content(path, "b");
    assert_int_equal(lstat(link, &status), 0);
    assert_true(S_ISLNK(status.st_mode));
    assert_int_equal(stat(path, &status), 0);
    assert_int_equal(status.st_mode & 0777, 0600);
    free(path);
    free(link);
}

static void folders_are_made_with_their_parents(void **state)
{
    (void)state;
    err e = {0};
    char *deep = file_join(folder, "a/b//c/"), *file = file_join(folder, "file");
    assert_true(file_make_folder(deep, NULL));
    assert_true(file_make_folder(deep, NULL));
    assert_true(file_is_folder(deep));
    assert_true(file_write(file, "", 0, NULL));
    assert_false(file_is_folder(file));
    assert_false(file_make_folder(file, &e));
    assert_int_equal(e.code, ERR_BAD_DATA);
    free(deep);
    free(file);
}

static void names_come_sorted_by_bytes(void **state)
{
    (void)state;
    static const char *const names[] = {"b", "a", "B", ".hidden", "é"};
    static const char *const sorted[] = {".hidden", "B", "a", "b", "é"};
    value list = value_nil();
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char *path = file_join(folder, names[i]);
        assert_true(file_write(path, "", 0, NULL));
        free(path);
    }
    assert_true(file_list(folder, &list, NULL));
    assert_int_equal(value_len(&list), 5);
    for (size_t i = 0; i < 5; i++)
        assert_string_equal(value_str(value_at(&list, i), ""), sorted[i]);
    value_free(&list);
}

static void paths_are_joined_with_one_slash(void **state)
{
    (void)state;
    const struct {
        const char *folder, *name, *path;
    } rows[] = {
        {"a", "b", "a/b"}, {"a/", "b", "a/b"}, {"/", "b", "/b"}, {"", "b", "b"}, {"a", "/b", "/b"}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char *path = file_join(rows[i].folder, rows[i].name);
        assert_string_equal(path, rows[i].path);
        free(path);
    }
}

static void standard_input_is_a_dash(void **state)
{
    (void)state;
    int ends[2], old = dup(STDIN_FILENO);
    buf content = {0};
    assert_int_equal(pipe(ends), 0);
    assert_int_equal(write(ends[1], "piped", 5), 5);
    close(ends[1]);
    dup2(ends[0], STDIN_FILENO);
    bool ok = file_read("-", 100, &content, NULL);
    dup2(old, STDIN_FILENO);
    close(old);
    close(ends[0]);
    assert_true(ok);
    assert_string_equal(buf_text(&content), "piped");
    buf_free(&content);
}

static void a_private_file_is_its_owner_s_alone_and_replaces_nothing(void **state)
{
    (void)state;
    err e = {0};
    struct stat about;
    char *path = file_join(folder, "secret.key");
    mode_t before = umask(0);
    bool ok = file_create_private(path, "secret", 6, &e);
    umask(before);
    assert_true(ok);
    assert_int_equal(stat(path, &about), 0);
    assert_int_equal(about.st_mode & 07777, 0600);
    assert_false(file_create_private(path, "other", 5, &e));
    assert_int_equal(e.code, ERR_NOT_ALLOWED);
    check_content(path, "secret");
    free(path);
    path = file_join(folder, "none/secret.key");
    assert_false(file_create_private(path, "secret", 6, &e));
    assert_int_equal(e.code, ERR_NOT_FOUND);
    free(path);
}

#define IN_FOLDER(test) cmocka_unit_test_setup_teardown(test, make_folder, remove_folder)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_FOLDER(what_is_written_is_read),
        IN_FOLDER(reading_appends_and_failing_leaves_the_buffer),
        IN_FOLDER(a_file_is_read_to_its_end_whatever_it_is_said_to_be_long),
        IN_FOLDER(errors_name_the_file_and_have_their_code),
        cmocka_unit_test(a_full_disk_is_an_error),
        IN_FOLDER(a_link_and_the_mode_of_a_file_stay),
        IN_FOLDER(a_private_file_is_its_owner_s_alone_and_replaces_nothing),
        IN_FOLDER(folders_are_made_with_their_parents),
        IN_FOLDER(names_come_sorted_by_bytes),
        cmocka_unit_test(paths_are_joined_with_one_slash),
        cmocka_unit_test(standard_input_is_a_dash),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
