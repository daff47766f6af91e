/* dispatch_order.h: the handlers that are registered, in the order in which each event comes to
 * them. Floor: host. */
#ifndef POLDER_HOST_DISPATCH_ORDER_H
#define POLDER_HOST_DISPATCH_ORDER_H

#include "base/buf.h"
#include "host/handler_run.h"
#include "host/host.h"

typedef struct handler_turn {
    const contribution *c;
    const plugin *plugin;
    int64_t seen;     /* events up to here are dealt with, or none of its */
    int64_t cursor;   /* the same, as the store has it */
    value retries;    /* what it failed at and is to be tried again, if due */
    size_t retried;   /* of these */
    bool blocked;     /* waits before its next try */
    bool put_off;     /* and that is because it takes long */
    bool done;        /* has seen all that there is */
    bool behind;      /* gets none of the events that are being dealt with */
    bool slow;        /* took long the last time */
    handler_run *run; /* at an event now, or NULL */
} handler_turn;

/* By name, but behind those that its `after` names; where these go in a circle, by name. *out is
 * owned by the caller. */
size_t dispatch_order(host *h, handler_turn **out);

/* Whether a handler of `plugin` waits for itself by what `after` names: then each of the circle, as
 * "a/x is after b/y, which is after a/x", is appended. */
bool dispatch_circle(const registry *r, const char *plugin, buf *out);

/* Does its `after` name the other? */
bool dispatch_comes_after(const contribution *c, const contribution *other);

/* Is this event for the handler: type, kind, and may its plugin read the record? */
bool dispatch_wants(const contribution *c, const plugin *p, const value *event);

#endif
