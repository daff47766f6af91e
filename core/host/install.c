/* A tree is bin/, lib/, libexec/polder/ and share/polder/ beside each other, installed or built: so
 * a moved prefix still works. */
#include "host/install.h"

#include <dlfcn.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/file.h"

static char *running_program(void)
{
    char path[PATH_MAX];
    ssize_t len = readlink("/proc/self/exe", path, sizeof path - 1);
    if (len <= 0)
        return NULL;
    path[len] = '\0';
    return file_absolute(path, NULL);
}

/* The file this code was loaded from: the library, in a program that embeds Polder. */
static char *running_library(void)
{
    static const char here;
    Dl_info info;
    if (!dladdr(&here, &info) || !info.dli_fname)
        return NULL;
    return file_absolute(info.dli_fname, NULL);
}

/* `below` in the tree that `program` (owned, taken) lies in, NULL when it isn't there. */
static char *beside(char *program, const char *below)
{
    char *found = NULL;
    buf path = {0};
    char *slash = program ? strrchr(program, '/') : NULL;
    if (!slash)
        goto done;
    *slash = '\0';
    buf_fmt(&path, "%s/../%s", program, below);
    if (file_exists(buf_text(&path)))
        found = file_absolute(buf_text(&path), NULL);
done:
    buf_free(&path);
    free(program);
    return found;
}

static char *find(const char *below, const char *what, err *e)
{
    char *found = beside(running_program(), below);
    if (!found)
        found = beside(running_library(), below);
    if (!found) {
        err_set(e, ERR_UNAVAILABLE, "%s not found", what);
        err_where(e, "../%s beside the program or libpolder", below);
        err_hint(e, "install Polder as a whole: cmake --install, or ./bootstrap install");
    }
    return found;
}

char *install_worker(err *e)
{
    return find("libexec/polder/polder-worker", "the worker program polder-worker was", e);
}

char *install_plugins(err *e)
{
    return find("share/polder/plugins", "the folder of bundled plugins was", e);
}
