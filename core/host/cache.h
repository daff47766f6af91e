/* cache.h: answers that were dear and can be made again, each a file in the workspace's folder
 * .cache under a key that names all it was made from. Throwing any of it away at any time costs
 * time and changes nothing. Floor: host. Loop thread only. */
#ifndef POLDER_HOST_CACHE_H
#define POLDER_HOST_CACHE_H

#include "base/value.h"
#include "host/workspace.h"

/* `key`: letters and digits. false: nothing of that name, or it is damaged (and then gone). *out
 * owned by the caller. */
bool cache_get(workspace *ws, const char *key, value *out);
/* Replaces what had that key; of the oldest some go when they are too many, or too large. A full
 * disk, or a folder that can't be written, keeps nothing and is no error. */
void cache_put(workspace *ws, const char *key, const value *what);
/* What was forgotten stands in no file: false sets *e when one can't be removed. */
bool cache_clear(workspace *ws, err *e);

#endif
