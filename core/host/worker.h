/* worker.h: one worker process: started, spoken to in frames, watched, ended. Floor: host. Loop
 * thread only. */
#ifndef POLDER_HOST_WORKER_H
#define POLDER_HOST_WORKER_H

#include <stdbool.h>
#include <stdint.h>
#include <uv.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/value.h"
#include "host/send.h"

typedef struct worker worker; /* opaque */

/* How a worker came to its end, in words of ours. What the worker itself has said of it is
 * `contribution` (its page: check the range), `where` (escaped) and `traceback` (to be escaped when
 * it is shown). */
typedef struct worker_death {
    uint32_t contribution; /* what it was running, WIRE_NOBODY when plugin code was not running */
    char kind[16]; /* "time", "memory", "killed" (by a signal), "ended", "nonsense" (not a frame) */
    char message[200]; /* "used more than 2000 ms of processor time in one call" */
    char where[128];   /* "zeeland/init.lua:12", "" when unknown */
    char *traceback;   /* owned by the worker */
} worker_death;

typedef struct worker_limits {
    int64_t call_ms; /* processor time of one call into plugin code; then the signal, and soon after
                        SIGKILL */
    int64_t memory_mb; /* for messages: the vm holds the cap */
} worker_limits;

typedef struct worker_events {
    /* May take a frame where it lies, before it is made a value: a packed map, or whatever it sent
     * (pack_cell.h); false: it goes on. Not the first one, hello. NULL: takes none. */
    bool (*look)(void *ctx, worker *w, const char *packed);
    void (*frame)(void *ctx, worker *w,
                  value *frame); /* hello first, then any but hello, log, limit; may be moved out */
    void (*gone)(
        void *ctx, worker *w,
        const worker_death *death);     /* not after worker_stop; the worker frees itself after */
    void (*sent)(void *ctx, worker *w); /* something sent has left the host; may be NULL */
    /* Of the contribution that runs, where each has its own; NULL: those given to worker_start hold
     * for all. */
    worker_limits (*limits)(void *ctx, uint32_t contribution);
    void *ctx;
} worker_events;

/* Starts `program` in its sandbox. The events may come from the next turn of the loop on. NULL sets
 * *e. */
worker *worker_start(uv_loop_t *loop, const char *program, const worker_limits *limits,
                     const worker_events *events, err *e);
/* Ends it with SIGKILL, which loses nothing, and frees it when the loop has let go. Accepts NULL.
 */
void worker_stop(worker *w);

bool worker_send(worker *w, const value *frame, err *e);
/* Frames that are packed already, taken over; no bytes are no frames. */
bool worker_send_packed(worker *w, buf *frames, err *e);
/* The same for many workers. */
bool worker_send_shared(worker *w, shared_bytes *shared, err *e);
/* Bytes sent that wait in the host. */
size_t worker_queued(const worker *w);
/* It waited `ms` for the host: that is not the plugin's time. */
void worker_waited(worker *w, int64_t ms);
/* What its hello said of the sandbox: list of {layer, works, detail}; nil before. */
bool worker_logged(const worker *w); /* has its code logged anything? */
const value *worker_sandbox(const worker *w);

#endif
