/* polder/events.h: the log: writing to it, reading it, following it, proving it. Part of polder.h,
 * where ownership, errors and threads are explained. */
#ifndef POLDER_EVENTS_H
#define POLDER_EVENTS_H

#include <polder.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Appends an event of the program's own. `type` is like "harbour.closed" (small letters, digits,
 * '-', '_', a point); the types that Polder writes ("record.…", "run.…", …) are "not_allowed".
 * `subject` is one line of at most 200 bytes, a record's id or another name. `data` is a JSON
 * object; NULL: {}. On p's thread, in no check and no callback for rows. */
POLDER_EXPORT bool polder_emit(polder *p, const char *type, const char *subject, const char *data,
                               polder_error *e);

/* What of the log to read. Starts as `{.size = sizeof(polder_events_options)}`: all of it. */
typedef struct polder_events_options {
    size_t size;         /* of this struct in bytes */
    int64_t since;       /* only events after this number: the last one of the page before */
    const char *type;    /* glob, as "record.*"; NULL: all */
    const char *subject; /* a record's id, for its history, or another name; NULL: all */
    int64_t limit;       /* events at most; 0 or less: no limit */
} polder_events_options;

/* Calls `row` for each event, oldest first: {"seq","time","actor","type","subject","data","prev",
 * "hash"}; "data" is without what was erased. On p's thread, in any callback too. */
POLDER_EXPORT bool polder_events(polder *p, const polder_events_options *o, polder_row *row,
                                 void *ctx, polder_error *e);

/* Is all as it was written? Checks every event from the first by its hash, every signed end of the
 * log, and then every record, claim and index against what the log tells, and gives the document of
 * `polder audit verify --json`, {"whole","checked","signatures","bad_seq","damage","records",
 * "differ","differences"}; *whole is its first. Damage is no error here. `heads` is a JSON list of
 * what `polder audit sign --json` printed earlier, to check as well; NULL: none. With `public_key`
 * only its signatures count, and there must be one; NULL: all do. Takes as long as the log is.
 * Owned by the caller; NULL sets *e. On p's thread, in no check and no callback for rows. */
POLDER_EXPORT char *polder_verify(polder *p, const char *heads, const char *public_key, bool *whole,
                                  polder_error *e);

/* An event: {"seq","time","actor","type","subject","kind","data"}, "kind" only when the subject is
 * a record's id. `event` is borrowed, `len` its bytes without the NUL. Called on p's thread. */
typedef void polder_event_fn(void *ctx, const char *event, size_t len);

/* Calls `fn` for each event from now on, whoever wrote it, whose type fits the glob `type`
 * ("record.*"; NULL: all) and whose subject is of `kind` (NULL: all), in the order of the log:
 * right after the program's own change, or from polder_poll. It is told once while the program
 * runs, and nothing is kept for the next time: for effects that must not be missed write a plugin,
 * or keep the last number and read on from it (polder_events). The result stays Polder's, good
 * until polder_unsubscribe or polder_close; NULL sets *e. On p's thread, in no check and no
 * callback for rows. */
POLDER_EXPORT polder_subscription *polder_subscribe(polder *p, const char *type, const char *kind,
                                                    polder_event_fn *fn, void *ctx,
                                                    polder_error *e);
/* Accepts NULL. On its workspace's thread, also in a callback for events. */
POLDER_EXPORT void polder_unsubscribe(polder_subscription *s);

/* Tells subscriptions what is new, other processes' events too, 256 events at most: *more says that
 * there may be others. Waits for no event and for no writer, and starts no process: for a timer or
 * an idle turn of the program's loop. With nothing new it costs one look into an index. On p's
 * thread, in no check and no callback for rows. */
POLDER_EXPORT bool polder_poll(polder *p, bool *more, polder_error *e);

#ifdef __cplusplus
}
#endif

#endif
