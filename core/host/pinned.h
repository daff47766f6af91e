/* pinned.h: plugins as they were when a run was kept: their files come from the store, by hash, and
 * are loaded in fresh workers. Floor: host. Loop thread only. */
#ifndef POLDER_HOST_PINNED_H
#define POLDER_HOST_PINNED_H

#include "host/host.h"

/* What a run says of a plugin that took part: {version, hash, settings}. Owned by the caller. */
value pinned_note(const plugin *p);
/* Keeps its files in the store; cheap when they are there. */
bool pinned_keep(store *st, const plugin *p, err *e);

/* Starts as `pinned p = {0}`. */
typedef struct pinned {
    plugin_list plugins;
    registry *registry; /* of what they contribute */
} pinned;

/* `notes`: plugin's name → its note. Files that the store doesn't have are those of the plugin that
 * is there now, when its hash is the same; else ERR_NOT_FOUND says which plugin is missing. They
 * are loaded as on the day `today`, whether the operator disabled them since or not. */
bool pinned_load(host *h, const value *notes, const char *today, pinned *out, err *e);
void pinned_free(pinned *p);

#endif
