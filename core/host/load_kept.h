/* load_kept.h: what plugins contributed when they were loaded, in the cache (cache.h) as long as
 * all that it came from is the same: their files, their settings, the day, and the worker that ran
 * them. Of a plugin that failed, or had something to say while it was loaded, nothing is kept.
 * Floor: host. Loop thread only. */
#ifndef POLDER_HOST_LOAD_KEPT_H
#define POLDER_HOST_LOAD_KEPT_H

#include "base/hash.h"
#include "host/plugin.h"
#include "host/workspace.h"

typedef struct load_kept {
    workspace *ws; /* borrowed */
    char key[HASH_TEXT];
    value known; /* name → contributions */
    bool news;
} load_kept;

/* For those plugins that are to be loaded (PLUGIN_FOUND). `program`: the worker's path; `today` as
 * they see it. */
void load_kept_open(load_kept *k, workspace *ws, const plugin_list *plugins, const char *program,
                    const char *today);
/* The contributions, owned by the caller; nil: it has to be loaded. */
value load_kept_take(load_kept *k, const plugin *p);
void load_kept_add(load_kept *k, const plugin *p, const value *contributions);
/* Keeps what was added, and what was not taken. */
void load_kept_close(load_kept *k);

#endif
