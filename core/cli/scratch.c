#include "cli/scratch.h"

#include <errno.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/file.h"

static int remove_one(const char *path, const struct stat *info, int type, struct FTW *at)
{
    (void)info;
    (void)type;
    (void)at;
    return remove(path);
}

static char *temporary_folder(err *e)
{
    const char *base = getenv("TMPDIR");
    buf path = {0};
    buf_fmt(&path, "%s/polder-XXXXXX", base && *base ? base : "/tmp");
    char *folder = buf_take(&path);
    if (mkdtemp(folder))
        return folder;
    err_set(e, ERR_UNAVAILABLE, "cannot make a temporary folder: %s", strerror(errno));
    err_where(e, "%s", folder);
    free(folder);
    return NULL;
}

/* A link, so that lines in errors are those of the plugin's own files. */
static bool link_plugin(const char *folder, const char *plugin, err *e)
{
    buf link = {0};
    char *target = file_absolute(plugin, e);
    buf_fmt(&link, "%s/plugins/checked", folder);
    bool ok = target && symlink(target, buf_text(&link)) == 0;
    if (target && !ok)
        err_set(e, ERR_UNAVAILABLE, "cannot link %s: %s", plugin, strerror(errno));
    buf_free(&link);
    free(target);
    return ok;
}

char *scratch_open(cli *c, const char *plugin, err *e)
{
    char *folder = temporary_folder(e);
    if (!folder)
        return NULL;
    cli_close(c);
    c->home = folder;
    if (!workspace_init(folder, e) || (plugin && !link_plugin(folder, plugin, e))) {
        scratch_close(c, folder);
        return NULL;
    }
    return folder;
}

void scratch_close(cli *c, char *folder)
{
    if (!folder)
        return;
    cli_close(c);
    c->home = NULL;
    nftw(folder, remove_one, 16, FTW_DEPTH | FTW_PHYS);
    free(folder);
}
