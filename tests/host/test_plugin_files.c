#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "folder.h"
#include "host/plugin_files.h"

static bool read_folder(const char *folder, value *files, char hash[HASH_TEXT], err *e)
{
    buf manifest = {0};
    *files = value_nil();
    bool ok = plugin_files_read(folder, files, &manifest, hash, e);
    if (ok)
        assert_string_equal(buf_text(&manifest), "{}");
    buf_free(&manifest);
    return ok;
}

static void fill(const char *folder)
{
    folder_text(folder, "plugin.json", "{}");
    folder_text(folder, "init.lua", "return 1");
    folder_text(folder, "rules/port.lua", "return 2");
}

static void only_lua_files_are_read_by_name(void **state)
{
    (void)state;
    char *folder = folder_new(), hash[HASH_TEXT];
    value files;
    err e = {0};
    fill(folder);
    folder_text(folder, "README.md", "no");
    folder_text(folder, ".hidden.lua", "no");
    folder_text(folder, ".git/hook.lua", "no");
    folder_put(folder, "rules/zero.lua", "a\0b", 3);
    assert_true(read_folder(folder, &files, hash, &e));
    assert_int_equal(value_len(&files), 3);
    assert_string_equal(files.as.map.items[0].key, "init.lua");
    assert_string_equal(value_get_str(&files, "rules/port.lua", ""), "return 2");
    assert_int_equal(value_len(value_get(&files, "rules/zero.lua")), 3);
    value_free(&files);
    folder_free(folder);
}

static void the_hash_is_of_names_and_contents_and_of_nothing_else(void **state)
{
    (void)state;
    char *one = folder_new(), *two = folder_new(), first[HASH_TEXT], second[HASH_TEXT];
    value files;
    err e = {0};
    fill(one);
    folder_text(two, "rules/port.lua", "return 2");
    folder_text(two, "init.lua", "return 1");
    folder_text(two, "plugin.json", "{}");
    folder_text(two, "README.md", "other");
    assert_true(read_folder(one, &files, first, &e));
    value_free(&files);
    assert_true(read_folder(two, &files, second, &e));
    value_free(&files);
    assert_string_equal(first, second);
    assert_int_equal(strlen(first), HASH_TEXT - 1);

    static const struct {
        const char *name, *text;
    } CHANGES[] = {{"init.lua", "return 3"}, {"rules/port.lua", ""}, {"more.lua", ""}};
    for (size_t i = 0; i < sizeof CHANGES / sizeof *CHANGES; i++) {
        folder_text(two, CHANGES[i].name, CHANGES[i].text);
        assert_true(read_folder(two, &files, second, &e));
        value_free(&files);
        assert_string_not_equal(first, second);
    }
    folder_free(one);
    folder_free(two);
}

static void a_link_that_leads_out_is_refused(void **state)
{
    (void)state;
    char *folder = folder_new(), *away = folder_new(), hash[HASH_TEXT];
    value files;
    err e = {0};
    fill(folder);
    folder_text(away, "secret.lua", "secret");
    char *target = folder_path(away, "secret.lua"), *link = folder_path(folder, "secret.lua");
    assert_int_equal(symlink(target, link), 0);
    assert_false(read_folder(folder, &files, hash, &e));
    assert_int_equal(e.code, ERR_NOT_ALLOWED);
    assert_string_equal(e.where, link);

    /* A neighbour whose name begins the same is outside too. */
    buf near = {0};
    buf_fmt(&near, "%s-near", folder);
    assert_int_equal(unlink(link), 0);
    folder_text(buf_text(&near), "secret.lua", "secret");
    buf_str(&near, "/secret.lua");
    assert_int_equal(symlink(buf_text(&near), link), 0);
    assert_false(read_folder(folder, &files, hash, &e));
    assert_int_equal(e.code, ERR_NOT_ALLOWED);

    near.data[near.len - strlen("/secret.lua")] = '\0';
    folder_free(buf_take(&near));
    free(target);
    free(link);
    folder_free(folder);
    folder_free(away);
}

/* Links as name → target; `error` where the folder is refused for it. */
static void links_stay_in_the_folder_and_lead_to_files(void **state)
{
    (void)state;
    char *folder = folder_new(), *away = folder_new(), hash[HASH_TEXT];
    char *port = folder_path(folder, "rules/port.lua"), *pipe = folder_path(folder, "pipe");
    fill(folder);
    assert_int_equal(mkfifo(pipe, 0600), 0); /* no name of ours: it is let be */
    const struct {
        const char *name, *target, *text;
        err_code error;
    } LINKS[] = {
        {"link.lua", "rules/port.lua", "return 2", ERR_NONE},
        {"link.lua", port, "return 2", ERR_NONE},
        {"rules/link.lua", "../init.lua", "return 1", ERR_NONE},
        {"linked", away, NULL, ERR_NONE}, /* not gone into */
        {"linked", "rules", NULL, ERR_NONE},
        {"linked.lua", "rules", NULL, ERR_BAD_DATA},
        {"link.lua", "pipe", NULL, ERR_BAD_DATA},
        {"link.lua", "none.lua", NULL, ERR_NOT_FOUND},
        {"link.lua", "link.lua", NULL, ERR_BAD_DATA}, /* a loop */
        {"linked.lua", away, NULL, ERR_NOT_ALLOWED},
        {"link.lua", ".", NULL, ERR_NOT_ALLOWED},
    };
    for (size_t i = 0; i < sizeof LINKS / sizeof *LINKS; i++) {
        value files;
        err e = {0};
        char *link = folder_path(folder, LINKS[i].name);
        assert_int_equal(symlink(LINKS[i].target, link), 0);
        read_folder(folder, &files, hash, &e);
        if (e.code != LINKS[i].error)
            fail_msg("%s to %s: %d %s", LINKS[i].name, LINKS[i].target, (int)e.code, e.message);
        if (LINKS[i].error == ERR_NONE) {
            assert_int_equal(value_len(&files), LINKS[i].text ? 3 : 2);
            assert_string_equal(value_get_str(&files, LINKS[i].name, "none"),
                                LINKS[i].text ? LINKS[i].text : "none");
        }
        value_free(&files);
        assert_int_equal(unlink(link), 0);
        free(link);
    }
    free(pipe);
    free(port);
    folder_free(folder);
    folder_free(away);
}

static void pipes_and_folders_are_not_read(void **state)
{
    (void)state;
    char *folder = folder_new(), hash[HASH_TEXT];
    value files;
    err e = {0};
    fill(folder);
    char *pipe = folder_path(folder, "pipe.lua");
    assert_int_equal(mkfifo(pipe, 0600), 0);
    assert_false(read_folder(folder, &files, hash, &e));
    assert_int_equal(e.code, ERR_BAD_DATA);
    assert_string_equal(e.where, pipe);
    free(pipe);
    folder_free(folder);
}

static void limits_hold(void **state)
{
    (void)state;
    char hash[HASH_TEXT], name[64];
    value files;
    char *large = folder_new(), *many = folder_new(), *heavy = folder_new(), *deep = folder_new();
    char *text = calloc(1, PLUGIN_FILE_BYTES + 1);
    err e = {0};
    assert_non_null(text);
    fill(large);
    folder_put(large, "big.lua", text, PLUGIN_FILE_BYTES);
    assert_true(read_folder(large, &files, hash, &e));
    value_free(&files);
    folder_put(large, "big.lua", text, PLUGIN_FILE_BYTES + 1);
    assert_false(read_folder(large, &files, hash, &e));
    assert_int_equal(e.code, ERR_LIMIT);

    for (int i = 0; i < PLUGIN_FILES_MOST; i++) {
        snprintf(name, sizeof name, "f%d.lua", i);
        folder_text(many, name, "");
    }
    folder_text(many, "plugin.json", "{}");
    e = (err){0};
    assert_false(read_folder(many, &files, hash, &e));
    assert_int_equal(e.code, ERR_LIMIT);

    for (int i = 0; i < 9; i++) {
        snprintf(name, sizeof name, "f%d.lua", i);
        folder_put(heavy, name, text, PLUGIN_FILE_BYTES);
    }
    e = (err){0};
    assert_false(read_folder(heavy, &files, hash, &e));
    assert_int_equal(e.code, ERR_LIMIT);

    folder_text(deep, "1/2/3/4/5/6/7/8/9/init.lua", "");
    e = (err){0};
    assert_false(read_folder(deep, &files, hash, &e));
    assert_int_equal(e.code, ERR_LIMIT);
    free(text);
    folder_free(large);
    folder_free(many);
    folder_free(heavy);
    folder_free(deep);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_lua_files_are_read_by_name),
        cmocka_unit_test(the_hash_is_of_names_and_contents_and_of_nothing_else),
        cmocka_unit_test(a_link_that_leads_out_is_refused),
        cmocka_unit_test(links_stay_in_the_folder_and_lead_to_files),
        cmocka_unit_test(pipes_and_folders_are_not_read),
        cmocka_unit_test(limits_hold),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
