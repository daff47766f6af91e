/* reactions.h: whether a change would wake any plugin: known without loading one, so that a change
 * costs no more than it must where there are neither checks nor handlers. Floor: host. Loop thread
 * only. */
#ifndef POLDER_HOST_REACTIONS_H
#define POLDER_HOST_REACTIONS_H

#include "base/err.h"
#include "base/hash.h"
#include "host/host.h"

/* *out is false when the plugins and polder.lua are as they were when none of them had a check or a
 * handler. *checked: there was a check when they were last loaded. */
bool reactions_needed(workspace *ws, bool *out, bool *checked, err *e);

/* One hash over plugins and polder.lua as they are on disk: whether another host would be open. */
bool reactions_fingerprint(workspace *ws, char out[HASH_TEXT], err *e);

/* Before a change, after host_load: kinds are saved (declared.h), checks are asked from now on
 * (checks.h), new handlers get their place in the log. A check of a plugin that has failed since
 * refuses what it would have been asked about. */
bool reactions_attach(host *h, err *e);

bool reactions_handlers(const host *h);               /* is any registered? */
bool reactions_wake(const host *h, const char *type); /* any that events of this type wake? */

/* The handlers of plugins that are disabled or failed, as they were when they last worked: *out is
 * full name → {event, kind?, file, line}, owned by the caller. */
bool reactions_silent(host *h, value *out, err *e);

#endif
