/* handler.h: how far each handler of a plugin has come in the log, and what it failed at. Floor:
 * store. A handler is its full name, "plugin/name". Effects and place are kept in one transaction:
 * that is what makes them happen once. */
#ifndef POLDER_STORE_HANDLER_H
#define POLDER_STORE_HANDLER_H

#include "store/store.h"

/* *out: the seq of the last event it has dealt with. At first sight that is the newest: a new
 * handler doesn't get the past. */
bool handler_start(store *st, const char *handler, int64_t *out, err *e);

/* The same without writing anything; *found is false when it was never seen. */
bool handler_at(store *st, const char *handler, int64_t *out, bool *found, err *e);

/* Inside the caller's transaction: event `seq` is dealt with, with any failure it had before.
 * *first is false when somebody else had done so already: then the caller rolls back. */
bool handler_done(store *st, const char *handler, int64_t seq, bool *first, err *e);
/* The events up to `seq` were none of its. */
bool handler_skip(store *st, const char *handler, int64_t seq, err *e);

typedef struct handler_failure {
    const char *handler;
    int64_t seq; /* of the event */
    int64_t attempts;
    int64_t next_ms; /* when it is tried again (clock_now_ms); less than 0: put off until that much
                        later than 0, but due for who has the time */
    bool parked;     /* given up: the handler goes on with the next event */
    const char *message, *where;
} handler_failure;

/* Keeps a failed attempt, unless somebody else has dealt with the event since. One transaction. */
bool handler_fail(store *st, const handler_failure *f, err *e);

/* It takes too long for who ran it. Where it has failed before, what is known of that stays. */
bool handler_put_off(store *st, const handler_failure *f, err *e);

/* Those to be tried again: list of {id, handler, event, attempts, next_ms, message, where}, by
 * event; of all handlers, or one. */
bool handler_waiting(store *st, const char *handler, value *out, err *e);
/* Those given up: the same, with type and subject of the event, by id. */
bool handler_parked(store *st, value *out, err *e);
/* One that is parked, or waits, is due again at once, with all its attempts; ERR_NOT_FOUND. */
bool handler_retry(store *st, int64_t id, err *e);

/* The words of failures at events about this record go, for an error may quote what it was about.
 */
bool handler_forget(store *st, const char *record, err *e);

/* What the host remembers of the plugins that react (host/reactions.h): any value; nil when there
 * is none. *out owned by the caller. */
bool handler_noted(store *st, value *out, err *e);
bool handler_note(store *st, const value *note, err *e);

#endif
