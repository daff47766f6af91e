/* plugin_files.h: what a plugin consists of: its plugin.json and the Lua files below its folder,
 * read once. Floor: host. */
#ifndef POLDER_HOST_PLUGIN_FILES_H
#define POLDER_HOST_PLUGIN_FILES_H

#include "base/buf.h"
#include "base/err.h"
#include "base/hash.h"
#include "base/value.h"

enum {
    PLUGIN_FILES_MOST = 200,
    PLUGIN_FILE_BYTES = 1 << 20,
    PLUGIN_ALL_BYTES = 8 << 20,
    PLUGIN_LEVELS = 8, /* folders inside each other */
};

/* Of `folder`, which is no link. *files: "rules/port.lua" → text, by name; `manifest` gets
 * plugin.json; `hash` is over names, lengths and contents of both. ERR_LIMIT over a limit above;
 * ERR_NOT_ALLOWED for a link that leads out of the folder. Outputs change only on success. */
bool plugin_files_read(const char *folder, value *files, buf *manifest, char hash[HASH_TEXT],
                       err *e);
/* The hash of such a plugin; `files` in order of name. */
void plugin_files_hash(const value *files, const char *manifest, size_t len, char out[HASH_TEXT]);

#endif
