/* keeper.h: one process that stays: it notices what any process writes, has the writer thread act
 * on it, and lets others read through the pool. One a workspace. Its loop runs no SQL and no
 * plugin. Floor: host. Loop thread only. */
#ifndef POLDER_HOST_KEEPER_H
#define POLDER_HOST_KEEPER_H

#include "host/pool.h"
#include "host/writer.h"

typedef struct keeper keeper; /* opaque */

/* What serves people by it: web/. All are called on the loop. */
typedef struct keeper_server {
    void (*news)(void *ctx); /* the writer told something */
    void (*stop)(void *ctx); /* takes nothing new from now on, and ends what has no end by itself */
    bool (*idle)(void *ctx); /* has answered all */
    void *ctx;
} keeper_server;

/* Takes the workspace: ERR_UNAVAILABLE names the process that serves it already. NULL sets *e. */
keeper *keeper_open(const char *home, err *e);
void keeper_serve(keeper *d, const keeper_server *server); /* copied; NULL: nobody */
/* Until SIGTERM, SIGINT or SIGHUP; then no more is taken, what was begun is ended, and it returns.
 */
bool keeper_run(keeper *d, err *e);
void keeper_close(keeper *d); /* accepts NULL */

uv_loop_t *keeper_loop(keeper *d);
pool *keeper_pool(keeper *d);
writer *keeper_writer(keeper *d);
const char *keeper_home(const keeper *d); /* absolute, borrowed */

#endif
