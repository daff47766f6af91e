#include "host/workspace.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/mem.h"
#include "host/config.h"

static const char CONFIG[] = "polder.lua";
static const char STORE[] = "polder.db";

struct workspace {
    char *home;
    store *store;
    buf path; /* what workspace_path gave last */
};

static bool holds_config(const char *folder)
{
    char *config = file_join(folder, CONFIG);
    bool found = file_exists(config) && !file_is_folder(config);
    free(config);
    return found;
}

static bool no_workspace(err *e, const char *message, const char *folder)
{
    err_set(e, ERR_NOT_FOUND, "%s", message);
    err_where(e, "%s", folder);
    return err_hint(e, "make a workspace with `polder init DIR`, or name one with --home DIR or "
                       "POLDER_HOME");
}

/* The folder that was named (by POLDER_HOME, or NULL: by who calls), when it is a workspace. Owned
 * by the caller. */
static char *named_home(const char *folder, const char *named_by, err *e)
{
    char *home = file_absolute(folder, NULL);
    buf message = {0};
    if (named_by)
        buf_fmt(&message, "%s names a folder %s", named_by,
                home ? "without polder.lua" : "that is not there");
    else
        buf_str(&message, home ? "this folder is no workspace: it has no polder.lua"
                               : "there is no such folder");
    if (!home || !holds_config(home)) {
        no_workspace(e, buf_text(&message), home ? home : folder);
        free(home);
        home = NULL;
    }
    buf_free(&message);
    return home;
}

/* The nearest folder with polder.lua, from the current one up. Owned by the caller. */
static char *nearest_home(err *e)
{
    char *start = file_absolute(".", e);
    if (!start)
        return NULL;
    char *home = mem_text(start);
    while (!holds_config(home)) {
        char *slash = strrchr(home, '/');
        if (!slash || !home[1]) {
            no_workspace(e, "no workspace here: there is no polder.lua in this folder or above it",
                         start);
            free(home);
            home = NULL;
            break;
        }
        slash[slash == home] = '\0'; /* the last one left is "/" */
    }
    free(start);
    return home;
}

workspace *workspace_open(const char *home, err *e)
{
    const char *from_env = getenv("POLDER_HOME");
    char *found;
    if (home)
        found = named_home(home, NULL, e);
    else if (from_env && *from_env)
        found = named_home(from_env, "POLDER_HOME", e);
    else
        found = nearest_home(e);
    if (!found)
        return NULL;
    workspace *ws = mem_zero(1, sizeof *ws);
    ws->home = found;
    return ws;
}

void workspace_close(workspace *ws)
{
    if (!ws)
        return;
    store_close(ws->store);
    buf_free(&ws->path);
    free(ws->home);
    free(ws);
}

static bool make_folder_in(const char *folder, const char *name, err *e)
{
    char *path = file_join(folder, name);
    bool ok = file_make_folder(path, e);
    free(path);
    return ok;
}

static bool make_store(const char *folder, err *e)
{
    char *path = file_join(folder, STORE);
    store *st = store_open(path, true, e);
    store_close(st);
    free(path);
    return st != NULL;
}

/* An empty table that shows every option. */
static bool make_config(const char *folder, err *e)
{
    buf text = {0};
    buf_str(
        &text,
        "-- Configuration of this workspace. What is not said here has its default.\nreturn {\n");
    for (size_t i = 0; i < CONFIG_OPTIONS_LEN; i++)
        buf_fmt(&text, "  -- %s: %s\n", CONFIG_OPTIONS[i].name, CONFIG_OPTIONS[i].help);
    buf_str(&text, "}\n");
    char *config = file_join(folder, CONFIG);
    bool ok = file_write(config, buf_text(&text), text.len, e);
    buf_free(&text);
    free(config);
    return ok;
}

bool workspace_init(const char *folder, err *e)
{
    if (holds_config(folder)) {
        char *there = file_absolute(folder, NULL);
        err_set(e, ERR_NOT_ALLOWED, "there is a workspace here already");
        err_where(e, "%s", there ? there : folder);
        free(there);
        return err_hint(e, "work in it, or name another folder: polder init DIR");
    }
    if (!file_make_folder(folder, e) || !make_folder_in(folder, "plugins", e) ||
        !make_folder_in(folder, "scripts", e) || !make_store(folder, e))
        return false;
    /* Last, for this file is what makes the folder a workspace: one that half succeeded can be made
     * again. */
    return make_config(folder, e);
}

const char *workspace_home(const workspace *ws)
{
    return ws->home;
}

const char *workspace_path(workspace *ws, const char *name)
{
    char *path = file_join(ws->home, name);
    buf_clear(&ws->path);
    buf_str(&ws->path, path);
    free(path);
    return buf_text(&ws->path);
}

store *workspace_store(workspace *ws, err *e)
{
    if (!ws->store) {
        char *path = file_join(ws->home, STORE);
        /* Only init makes one: a new one here would stand in for what was lost. */
        ws->store = store_open(path, false, e);
        free(path);
    }
    return ws->store;
}
