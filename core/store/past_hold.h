/* past_hold.h: what the files that hold the tables against the log share. Floor: store, past_*.c
 * only. */
#ifndef POLDER_STORE_PAST_HOLD_H
#define POLDER_STORE_PAST_HOLD_H

#include "store/past_parts.h"

enum { HOLD_SHOWN_BYTES = 60 };

typedef struct holding {
    store *st;
    told *claims;
    past_report *out;
    query *versions; /* those of the record that is told; NULL: not begun */
    value found;     /* the first difference of this record; nil: none yet */
    int64_t events, of;
    void (*progress)(void *ctx, int64_t done, int64_t of);
    void *ctx;
} holding;

bool hold_has_found(const holding *h);
/* A difference in a value. `who`: "the table", "version 2 in the table"; takes the values over. */
void hold_differ(holding *h, const char *part, const char *who, const char *field, value table,
                 value log);
/* One in words alone. */
void hold_so(holding *h, const char *part, const char *says);
/* Whether both are the same; a difference after the first is not looked at. */
bool hold_number(holding *h, const char *part, const char *who, const char *what, int64_t table,
                 int64_t log);

/* After the last event of the record. */
bool hold_claims(holding *h, const past_end *r, err *e);

#endif
