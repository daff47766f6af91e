/* event.h: the append-only log. hash = SHA-256 over "polder-event-1", prev, seq, time, actor, type,
 * subject and digest, each followed by a newline; digest = SHA-256 over salt (its hex text), a
 * newline and data (the JSON text as stored): so the chain still verifies when data and salt are
 * erased (forget.h): an event record.forgotten then tells the digest of what is left of the data,
 * SHA-256 of its bytes alone. The first event's prev is 64 zeros. Floor: store. */
#ifndef POLDER_STORE_EVENT_H
#define POLDER_STORE_EVENT_H

#include "base/clock.h"
#include "base/hash.h"
#include "store/store.h"

/* Appends inside the caller's transaction. `data` is a map. *out_seq may be NULL. */
bool event_append(store *st, const char *type, const char *subject, const value *data,
                  int64_t *out_seq, err *e);

/* By how many milliseconds the clock stands before the newest event, and that event's time ("":
 * there is none); 0: it doesn't. Time never goes back in the log: events get the newest's time
 * until the clock has come past it. */
bool event_clock(store *st, int64_t *behind_ms, char newest[CLOCK_TIME_TEXT], err *e);

/* Log position of the newest event, 0 when the log is empty. */
bool event_head(store *st, int64_t *out_seq, err *e);

/* The hash of the event at `seq`, which is of all that came before too; false without an error: the
 * log is shorter. */
bool event_hash_at(store *st, int64_t seq, char out[HASH_TEXT], err *e);

/* Who set event `seq` going: the actor of the first of its causes (`cause` in data), or its own.
 * Owned by the caller; NULL: there is no such event, or *e. */
char *event_origin(store *st, int64_t seq, err *e);

typedef struct event_filter {
    int64_t since;         /* only later than this seq */
    const char *type;      /* glob; NULL: all */
    const char *subject;   /* exactly; NULL: all */
    const value *subjects; /* list: of any of these; NULL: all */
    int64_t limit;         /* below 0: none */
    bool brief;            /* data is nil: much faster where it is large */
} event_filter;

/* Each event as {seq, time, actor, type, subject, data, prev, hash, salt, digest}, oldest first. */
bool event_each(store *st, const event_filter *f,
                bool (*row)(void *ctx, const value *event, err *e), void *ctx, err *e);

/* An event of event_each as people get it: {seq, time, actor, type, subject, data, prev, hash}. */
value event_shown(const value *event);

/* Each event as a line of JSON (without its newline) with the keys seq, time, actor, type, subject,
 * prev, hash, salt, digest and, last, data: the bytes between `,"data":` and the last brace are
 * those that the digest is of. scripts/audit_verify.py checks such lines. */
bool event_lines(store *st, bool (*line)(void *ctx, const char *text, size_t len, err *e),
                 void *ctx, err *e);

typedef struct event_report {
    int64_t checked;  /* events that were right, from the first */
    int64_t bad_seq;  /* 0: the chain is whole */
    char damage[160]; /* what is wrong with bad_seq, in words */
} event_report;

/* Walks the whole chain; false only when it can't be read. `progress` may be NULL. */
bool event_verify(store *st, event_report *out,
                  void (*progress)(void *ctx, int64_t done, int64_t of), void *ctx, err *e);

#endif
