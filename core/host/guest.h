/* guest.h: one plugin in one worker, asked one thing at a time, and kept for the next. Floor: host.
 * Loop thread only, and not from within a callback of the loop. */
#ifndef POLDER_HOST_GUEST_H
#define POLDER_HOST_GUEST_H

#include "base/err.h"
#include "base/value.h"
#include "host/host.h"

typedef struct guest guest; /* opaque */

/* Answers what the plugin asks while it runs; *out is owned by the caller. */
typedef bool guest_serve(void *ctx, const char *fn, const value *args, value *out, err *e);

/* The plugin's worker, started and loaded when there is none that lives. Borrowed from the host;
 * NULL sets *e. */
guest *guest_of(host *h, const plugin *p, err *e);

/* Sends {op, name, given, seed, now, lang} and waits. false: *e is the plugin's failure, or its
 * worker's end (ERR_LIMIT: time or memory), after which guest_of gives another. *answer is owned by
 * the caller.
 */
bool guest_ask(guest *g, const char *op, const char *name, const value *given, int64_t seed,
               guest_serve *serve, void *ctx, value *answer, err *e);

void guests_close(host *h); /* ends them all */

#endif
