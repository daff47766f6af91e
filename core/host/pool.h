/* pool.h: connections that only read, each owned by one job at a time, on libuv's threads: so that
 * no SQL runs on the loop. Jobs have three lanes: those that are quick by nature (one record by its
 * id), those of which nobody knows, and those that are long. One of which nobody knows is tried for
 * a moment; when that isn't enough, it starts over among the long ones. Long ones leave two
 * connections to others, and those that are tried one to the quick: so what is quick, by nature or
 * not, waits for no long one. Floor: host. Loop thread only, but for the jobs. */
#ifndef POLDER_HOST_POOL_H
#define POLDER_HOST_POOL_H

#include <uv.h>

#include "base/err.h"
#include "store/store.h"

typedef struct pool pool; /* opaque */

enum {
    POOL_WAITING = 1000, /* jobs that may wait; one more is ERR_LIMIT at once */
    POOL_TRY_MS = 10,    /* of the processor's time, as db_allow counts it */
};

typedef enum pool_lane { POOL_QUICK, POOL_TRIED, POOL_LONG, POOL_LANES } pool_lane;

/* On a thread of libuv's; all it reads is of one moment. One that is tried may be run once more,
 * with what the first time left behind. */
typedef bool pool_job(store *st, void *ctx, err *e);
/* On the loop, later. `why` is the job's error; ERR_UNAVAILABLE when the pool closed before. */
typedef void pool_done(void *ctx, bool ok, const err *why);

/* `readers`: connections, at least 3, at most the threads that libuv has; `limit_ms` of each
 * statement. NULL sets *e. */
pool *pool_new(uv_loop_t *loop, const char *path, size_t readers, int64_t limit_ms, err *e);
void pool_ask(pool *p, pool_lane lane, pool_job *job, pool_done *done, void *ctx);
/* Tells all that wait that it is over; what runs goes on. */
void pool_stop(pool *p);
bool pool_is_idle(const pool *p);
void pool_free(pool *p); /* accepts NULL; only when it is idle */

typedef struct pool_state {
    size_t readers, busy, waiting;
    int64_t done;
} pool_state;
pool_state pool_look(const pool *p);

#endif
