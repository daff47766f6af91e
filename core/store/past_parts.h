/* past_parts.h: what the log tells of one record after the other, for whoever holds the tables
 * against it. Floor: store, past_*.c only. */
#ifndef POLDER_STORE_PAST_PARTS_H
#define POLDER_STORE_PAST_PARTS_H

#include "store/past.h"
#include "store/past_decisions.h"
#include "store/store_parts.h"

/* An event of a record. All borrowed. */
typedef struct past_event {
    const char *id, *time, *type, *actor;
    int64_t seq;
    const value *data;
} past_event;

/* A record as its last event left it. All borrowed. */
typedef struct past_end {
    const char *id;
    bool is_there; /* it isn't deleted */
    int64_t version, created;
    int64_t changed; /* or deleted */
    const value *data;
} past_end;

/* Who is told; `event` (before the state that it makes) and `end` may be NULL. */
typedef struct past_teller {
    bool (*state)(void *ctx, const past_state *s, err *e);
    bool (*event)(void *ctx, const past_event *v, err *e);
    bool (*end)(void *ctx, const past_end *r, err *e);
    void *ctx;
} past_teller;

/* The whole log, record by record; what is kept of it is one record. */
bool past_tell(store *st, const past_teller *t, err *e);

/* One claim of a record as the log tells it. */
typedef struct told_claim {
    char *field, *value, *source, *place, *date; /* as in `claim`; owned */
    char *waits;          /* for this source's withdrawal; owned; NULL: it doesn't */
    bool on_the_day;      /* nobody said the date: it is the day of the event */
    int64_t event, ended; /* 0: it is live */
    size_t rank, at;      /* its place in the order; when it was made */
} told_claim;

/* The claims of one record after some of its events. */
typedef struct told told; /* opaque */

told *told_new(store *st, err *e); /* owned; reads when which source was withdrawn; NULL sets *e */
void told_free(told *t);           /* accepts NULL */
void told_event(told *t, const past_event *v);
/* After the last event of its record: its claims in their order, until the next told_event. */
const told_claim *told_end(told *t, const past_end *r, size_t *len);
/* After that: what was decided about them, by field and event. */
const told_decision *told_decided(told *t, size_t *len);

#endif
