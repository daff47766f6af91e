/* dispatch.h: brings events to the handlers that plugins attach to them, in the order of the log.
 * Floor: host. Loop thread only. What a handler writes and its place in the log are one
 * transaction: each event has its effect exactly once, whatever is killed when. A handler that
 * fails at an event is tried again later, and one that takes long goes on by itself: neither keeps
 * others waiting, but for those that come `after` one that runs. After DISPATCH_ATTEMPTS failures
 * an event is parked. */
#ifndef POLDER_HOST_DISPATCH_H
#define POLDER_HOST_DISPATCH_H

#include "base/err.h"
#include "host/handler_run.h"
#include "host/host.h"

typedef struct dispatch dispatch; /* opaque */

typedef struct dispatch_limits {
    int64_t runs, wall_ms; /* of handlers, of all; 0: nothing is begun */
    /* Dealt with so far, and a handler that takes long or NULL; may be NULL. */
    void (*progress)(void *ctx, int64_t events, const char *slow);
    void (*failed)(void *ctx, const value *failure); /* {handler, event, type, subject, attempts,
                                                        parked, next_ms, message, where} */
    bool (*stop)(void *ctx); /* asked before each run: no more of them; may be NULL */
    bool patient;            /* has the time for what a command has cut off */
    bool leave; /* doesn't wait for what takes long: a daemon that serves the workspace does */
    void *ctx;
} dispatch_limits;

typedef struct dispatch_report {
    int64_t runs, failures;
    size_t running; /* handlers that take long, and are still at it */
    char slow[128]; /* one of these; "": none */
    bool more;      /* a bound was reached: the rest is done by whoever comes next */
} dispatch_report;

/* Whether what failed is to be tried again by now. */
bool dispatch_is_due(int64_t next_ms);

/* After host_load: a handler that is seen for the first time starts behind the newest event. */
bool dispatch_start(host *h, err *e);
/* Runs what is due until nothing is. What still runs when the time is over is cut off: nothing of
 * it is kept, and it is put off for a while. false: the store failed; what was done stays.
 */
bool dispatch_run(host *h, const dispatch_limits *l, dispatch_report *out, err *e);

/* For who stays: what takes long runs on from one dispatch_go to the next, each of which returns as
 * soon as nothing else is to be done. */
dispatch *dispatch_open(host *h, err *e);
void dispatch_close(dispatch *d); /* before the host; cuts off what runs; accepts NULL */
bool dispatch_go(dispatch *d, const dispatch_limits *l, dispatch_report *out, err *e);

#endif
