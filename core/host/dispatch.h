/* dispatch.h: brings events to the handlers that plugins attach to them, in the order of the log.
 * Floor: host. Loop thread only. What a handler writes and its place in the log are one
 * transaction: each event has its effect exactly once, whatever is killed when. A handler that
 * fails at an event is tried again later and keeps nobody else waiting; after DISPATCH_ATTEMPTS it
 * is parked there. */
#ifndef POLDER_HOST_DISPATCH_H
#define POLDER_HOST_DISPATCH_H

#include "base/err.h"
#include "host/host.h"

enum {
    DISPATCH_ATTEMPTS = 5,
    DISPATCH_CHAIN = 16, /* handlers that wake each other, one after the other: more is a loop */
};

typedef struct dispatch_limits {
    int64_t runs, wall_ms;                           /* of handlers, of all; 0: nothing is run */
    void (*progress)(void *ctx, int64_t events);     /* dealt with so far; may be NULL */
    void (*failed)(void *ctx, const value *failure); /* {handler, event, type, subject, attempts,
                                                        parked, next_ms, message, where} */
    bool (*stop)(void *ctx); /* asked before each run: no more of them; may be NULL */
    void *ctx;
} dispatch_limits;

typedef struct dispatch_report {
    int64_t runs, failures;
    bool more; /* a bound was reached: the rest is done by whoever comes next */
} dispatch_report;

/* Whether what failed is to be tried again by now. */
bool dispatch_is_due(int64_t next_ms);

/* After host_load: a handler that is seen for the first time starts behind the newest event. */
bool dispatch_start(host *h, err *e);
/* Runs what is due until nothing is. false: the store failed; what was done stays. */
bool dispatch_run(host *h, const dispatch_limits *l, dispatch_report *out, err *e);

#endif
