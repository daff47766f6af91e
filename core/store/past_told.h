/* past_told.h: the claims of one record while the log is told, for the files that do to them what
 * events did. Floor: store, past_claims.c and past_decided.c only. */
#ifndef POLDER_STORE_PAST_TOLD_H
#define POLDER_STORE_PAST_TOLD_H

#include "store/past_parts.h"

/* A source that was withdrawn, or is back. */
typedef struct turn {
    int64_t seq;
    char *source; /* owned */
    bool back;
} turn;

struct told {
    turn *turns; /* by seq; owned */
    size_t turns_len, turns_cap;
    char *id;             /* of the record that is told; owned; NULL: none yet */
    bool is_there, ended; /* ended: the next event is of another record */
    int64_t created;
    size_t turned;     /* so many of the turns were taken */
    told_claim *items; /* owned */
    size_t len, cap, made;
    size_t *live; /* which of them may be live: a long past costs nothing then; owned */
    size_t live_len, live_cap;
    decisions decided;
};

bool told_same(const char *a, const char *b); /* NULL is as NULL */
/* The event that withdrew the source, before event `seq`; 0: it was not withdrawn then. */
int64_t told_withdrawn_at(const told *t, const char *source, int64_t seq);
told_claim *told_live(told *t, const char *field, const char *source); /* NULL: there is none */
bool told_has(void *t, const char *field, const char *source, int64_t event); /* a decided_fn */
/* What the event says was decided. */
void told_decide(told *t, const past_event *v);

#endif
