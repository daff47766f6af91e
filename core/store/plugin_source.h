/* plugin_source.h: what plugins consisted of when they took part in a run that was kept. Each is
 * kept once, by its hash, however many runs it took part in, and stays when the plugin changes or
 * leaves. Floor: store. */
#ifndef POLDER_STORE_PLUGIN_SOURCE_H
#define POLDER_STORE_PLUGIN_SOURCE_H

#include "base/hash.h"
#include "store/store.h"

/* The hash of a plugin is over its files in order of bytes of their names, each added so: name,
 * length and content, each with an end, so that no two different plugins hash the same bytes. */
void plugin_source_add(hash *h, const char *name, const char *text, size_t len);

/* Inside the caller's transaction or in one of its own. `files`: every file by name in order of
 * bytes, plugin.json among them. Nothing is written when it is there already. */
bool plugin_source_keep(store *st, const char *hash, const char *name, const char *version,
                        const value *files, err *e);
/* *files as above, owned by the caller; nil, and true, when nothing is kept under the hash. */
bool plugin_source_load(store *st, const char *hash, value *files, err *e);

/* Whether it was kept, also when its files were erased since (forget.h). */
bool plugin_source_known(store *st, const char *hash, bool *out, err *e);

#endif
