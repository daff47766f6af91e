/* folder.h: a temporary folder with files in it, for tests of what lies on disk. Each test makes
 * one and removes it. */
#ifndef POLDER_TESTS_HOST_FOLDER_H
#define POLDER_TESTS_HOST_FOLDER_H

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/file.h"

static inline char *folder_new(void)
{
    char path[] = "/tmp/polder-test-XXXXXX";
    assert_non_null(mkdtemp(path));
    return file_absolute(path, NULL);
}

static inline int folder_remove_one(const char *path, const struct stat *info, int type,
                                    struct FTW *at)
{
    (void)info;
    (void)type;
    (void)at;
    return remove(path);
}

static inline void folder_free(char *folder)
{
    nftw(folder, folder_remove_one, 16, FTW_DEPTH | FTW_PHYS);
    free(folder);
}

static inline char *folder_path(const char *folder, const char *name)
{
    return file_join(folder, name);
}

/* Writes a file, with the folders it lies in. */
static inline void folder_put(const char *folder, const char *name, const void *bytes, size_t len)
{
    err e = {0};
    char *path = file_join(folder, name), *slash = strrchr(path, '/');
    *slash = '\0';
    assert_true(file_make_folder(path, &e));
    *slash = '/';
    if (!file_write(path, bytes, len, &e))
        fail_msg("%s: %s", path, e.message);
    free(path);
}

static inline void folder_text(const char *folder, const char *name, const char *text)
{
    folder_put(folder, name, text, strlen(text));
}

#endif
