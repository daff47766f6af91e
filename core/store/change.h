/* change.h: one change of one record while it is made: its live claims, what comes of them, the
 * event that tells it. Inside the caller's transaction. Floor: store, put.c and what decides about
 * claims (settle.c, withdraw.c). */
#ifndef POLDER_STORE_CHANGE_H
#define POLDER_STORE_CHANGE_H

#include "store/claim.h"

typedef struct change {
    const char *id; /* borrowed */
    stored before;
    claim_set claims;
    value touched;     /* a map with a key for each field to resolve */
    value stated;      /* the new claims, for the event */
    value fields;      /* what changed by them: new values, nil for what went */
    value data;        /* the record's fields after */
    bool is_new;       /* there was no record, or a deleted one */
    const char *event; /* its type; NULL: record.created or record.changed */
    const value *why;  /* a map that the event's data holds as well; NULL: none */
} change;

/* Reads the record and its live claims; what isn't there yet is a new record without claims. */
bool change_begin(store *st, const char *id, change *c, err *e);
void change_free(change *c);
/* Resolves the touched fields from the claims. */
bool change_resolve(change *c, err *e);
/* Whether the record has, after that, what its kind requires, and nothing that only another may
 * have. */
bool change_check(store *st, const change *c, err *e);
/* Appends the event, writes record and claims; *seq of the event may be NULL. */
bool change_write(store *st, const change *c, int64_t *seq, err *e);
/* When the record is a source whose weight changed: resolves again what rests on it. After
 * change_write. ERR_BAD_DATA when that gives a record a unique value that is another's. */
bool change_follow(store *st, const change *c, err *e);
/* The same in parts, where many records change: *changed is a map of record to changed fields, and
 * what is unique is looked at when all have changed. */
bool change_follow_in(store *st, const change *c, value *changed, err *e);
void change_note(const change *c, value *changed);
bool change_check_unique(store *st, const value *changed, err *e);
/* Resolves again where somebody's own word stands beside what a source states: a store from before
 * own words had a grade has it over all of those. */
bool change_regrade(store *st, err *e);

#endif
