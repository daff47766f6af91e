/* guest.h: one plugin in one worker, asked one thing at a time, and kept for the next. A plugin has
 * a second where one is needed while the first is at work. Floor: host. Loop thread only, and not
 * from within a callback of the loop. */
#ifndef POLDER_HOST_GUEST_H
#define POLDER_HOST_GUEST_H

#include "base/err.h"
#include "base/value.h"
#include "host/host.h"

typedef struct guest guest; /* opaque */

/* Answers what the plugin asks while it runs; *out is owned by the caller. */
typedef bool guest_serve(void *ctx, const char *fn, const value *args, value *out, err *e);

/* One of the plugin's that nothing is asked of now. Borrowed from the host, which ends it. */
guest *guest_of(host *h, const plugin *p);

/* Sends {op, name, given, seed, now, lang} and waits, for a worker to start and load the plugin
 * too. false: *e is the plugin's failure, or its worker's end (ERR_LIMIT: time or memory), after
 * which the next question gets a new worker. *answer is owned by the caller. */
bool guest_ask(guest *g, const char *op, const char *name, const value *given, int64_t seed,
               guest_serve *serve, void *ctx, value *answer, err *e);

/* The same for who has else to do in between: begin; step after each turn of the loop, until it is
 * true; end, or cut it off. */
void guest_begin(guest *g, const char *op, const char *name, const value *given, int64_t seed,
                 guest_serve *serve, void *ctx);
bool guest_step(guest *g);                       /* answers what it asks; has it ended? */
bool guest_asked(const guest *g);                /* or is the plugin still being loaded? */
bool guest_end(guest *g, value *answer, err *e); /* as guest_ask */
void guest_cut(guest *g);                        /* ends its worker; accepts one that has ended */

void guests_close(host *h); /* ends them all */

#endif
