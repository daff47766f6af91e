/* broker.h: what a plugin may ask while a handler or a check of its runs, held against the
 * capabilities of its plugin.json. Reads are answered at once; what it writes is kept back until
 * the caller commits it with the handler's end. Floor: host. Loop thread only. */
#ifndef POLDER_HOST_BROKER_H
#define POLDER_HOST_BROKER_H

#include "base/err.h"
#include "base/value.h"
#include "host/plugin.h"
#include "store/store.h"

enum {
    BROKER_EFFECTS = 1000,
    BROKER_BYTES = 4 << 20,
    BROKER_ROWS = 10000,
    BROKER_ROWS_ELSE = 1000
};

/* Plain data; starts as {.store =, .plugin =}. */
typedef struct broker {
    store *store;
    const plugin *plugin;
    bool writes;   /* may it put and emit? */
    value effects; /* list of what it did so far, in order */
    size_t bytes;  /* in it */
} broker;

/* A guest_serve; `ctx` is the broker. */
bool broker_serve(void *ctx, const char *fn, const value *args, value *out, err *e);
/* Does what was kept back, inside the caller's transaction, as the plugin, because of event `seq`.
 * *e names the line that asked for it. */
bool broker_commit(broker *b, int64_t seq, err *e);
void broker_free(broker *b);

/* Is `kind` among those that the plugin may "read" or "write"? */
bool broker_may(const plugin *p, const char *what, const char *kind);

#endif
