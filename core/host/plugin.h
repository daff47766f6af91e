/* plugin.h: plugins found on disk: in the workspace first, then the bundled ones, and what became
 * of each. Floor: host. */
#ifndef POLDER_HOST_PLUGIN_H
#define POLDER_HOST_PLUGIN_H

#include "base/err.h"
#include "base/hash.h"
#include "base/value.h"

typedef enum plugin_state {
    PLUGIN_FOUND,
    PLUGIN_ENABLED,
    PLUGIN_DISABLED,
    PLUGIN_FAILED
} plugin_state;

/* Plain data; owned by the list. */
typedef struct plugin {
    char *name; /* the manifest's, or the folder's when the manifest is broken */
    char *path; /* its folder, absolute */
    bool bundled;
    value manifest;       /* nil when broken */
    value manifest_text;  /* plugin.json as it stands there */
    value settings;       /* the operator's over the defaults */
    value files;          /* "init.lua" → text: every .lua file below the folder */
    char hash[HASH_TEXT]; /* over manifest and files */
    plugin_state state;
    err error; /* why it failed or is disabled */
    size_t contributions;
} plugin;

typedef struct plugin_list {
    plugin *items; /* by name */
    size_t len;
} plugin_list;

/* Folders that hold a plugin.json below `workspace_folder` and `bundled_folder` (either may be
 * NULL), at most three deep; a workspace plugin hides a bundled one of the same name. Broken ones
 * are in the list, failed, with their error. */
bool plugin_discover(const char *workspace_folder, const char *bundled_folder, plugin_list *out,
                     err *e);
void plugin_list_free(plugin_list *list);

/* Every file by name, plugin.json among them: what its hash is over. Owned by the caller. */
value plugin_sources(const plugin *p);
/* A plugin out of such files, without a folder; ERR_BAD_DATA when their hash isn't `hash`. Owned by
 * the caller, as that of a list. */
bool plugin_from_sources(const value *files, const value *settings, const char *hash, plugin *out,
                         err *e);
plugin *plugin_find(const plugin_list *list, const char *name,
                    err *e);                       /* NULL sets *e with the nearest name */
const char *plugin_state_name(plugin_state state); /* "enabled", "disabled", "failed" */

#endif
