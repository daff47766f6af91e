/* tree.h: the worker program of the build tree that a test lies in. */
#ifndef POLDER_TESTS_HOST_TREE_H
#define POLDER_TESTS_HOST_TREE_H

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/file.h"

/* Beside the test's folder (bin/) or in it. Owned by the caller. */
static inline char *tree_worker(void)
{
    static const char *const PLACES[] = {"..", "."};
    char self[PATH_MAX] = "";
    char *found = NULL;
    assert_true(readlink("/proc/self/exe", self, sizeof self - 1) > 0);
    *strrchr(self, '/') = '\0';
    for (size_t i = 0; !found && i < 2; i++) {
        buf path = {0};
        buf_fmt(&path, "%s/%s/libexec/polder/polder-worker", self, PLACES[i]);
        found = file_absolute(buf_text(&path), NULL);
        buf_free(&path);
    }
    assert_non_null(found);
    return found;
}

#endif
