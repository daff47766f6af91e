/* dispatch_chain.h: events as handlers get them, and the chain of handlers that led to one: a
 * handler whose own writes wake it for ever is found by it. Floor: host. */
#ifndef POLDER_HOST_DISPATCH_CHAIN_H
#define POLDER_HOST_DISPATCH_CHAIN_H

#include "base/buf.h"
#include "base/err.h"
#include "base/value.h"
#include "store/store.h"

/* Handlers that wake each other, one after the other; times that one stands among these: more is a
 * loop. By the second one is found that grows in breadth, before it has filled the log. */
enum { DISPATCH_CHAIN = 16, DISPATCH_OWN = 5 };

/* At most `limit` events later than `since`: list of {seq, time, actor, type, subject, kind, data}.
 * *out is owned by the caller. */
bool dispatch_events(store *st, int64_t since, int64_t limit, value *out, err *e);

/* `handler` is to get the event. Appends to `loop` what is wrong, with the whole chain, for which
 * an err has no room; nothing where there is no loop. A loop is a mistake of somebody's: trying
 * again would not end it. */
bool dispatch_check_chain(store *st, const value *event, const char *handler, buf *loop, err *e);

#endif
