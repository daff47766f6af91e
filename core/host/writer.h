/* writer.h: the daemon's own thread that writes: it runs handlers as soon as anybody wrote, and
 * signs where the log ends when that is due. It has a workspace, a host and a store of its own, so
 * that nothing of these is touched by two threads. Floor: host. Loop thread only, but for
 * writer_wake. */
#ifndef POLDER_HOST_WRITER_H
#define POLDER_HOST_WRITER_H

#include <uv.h>

#include "base/buf.h"
#include "base/err.h"

typedef struct writer writer; /* opaque */

/* What it told last. */
typedef struct writer_news {
    int64_t log;            /* position of the newest event that it has seen */
    int64_t runs, failures; /* of handlers, since the start */
    int64_t signed_log;     /* the position that it signed last; 0: none */
    bool plugins;           /* they are loaded */
} writer_news;

/* Opens all and loads the plugins before it returns; plugins that can't be loaded are a warning,
 * for data can be read all the same. `news` is called on the loop after something changed. NULL
 * sets *e.
 */
writer *writer_start(uv_loop_t *loop, const char *home, void (*news)(void *ctx), void *ctx, err *e);
void writer_wake(writer *w); /* the log may have grown; any thread */
writer_news writer_look(writer *w);
/* The registry as a JSON list (host_contribution), appended. */
void writer_registry(writer *w, buf *out);

/* Ends it when what is being kept is kept; a handler that takes long is cut off, and begins again
 * with the next daemon. Its memory goes once the loop has
 * turned again. Accepts NULL. */
void writer_stop(writer *w);

#endif
