/* past_hold.h: what the files that hold the tables against the log share. Floor: store, past_*.c
 * only. */
#ifndef POLDER_STORE_PAST_HOLD_H
#define POLDER_STORE_PAST_HOLD_H

#include "base/terms.h"
#include "store/past_parts.h"

enum { HOLD_SHOWN_BYTES = 60, HOLD_SUMS_MOST = 4 << 20 };

typedef struct holding {
    store *st;
    told *claims;
    past_report *out;
    query *versions;   /* those of the record that is told; NULL: not begun */
    value found;       /* the first difference of this record; nil: none yet */
    value barred;      /* {field: event}: what was forgotten of it; nil: nothing */
    int64_t barred_by; /* the event of an older Polder that forgot something of it; 0: none */
    terms *words;      /* NULL: none yet */
    uint64_t *sums;    /* of the words of one record each (past_hold_found.c) */
    size_t sums_len;
    int64_t texts, title_words, body_words; /* that the full-text index should hold */
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

/* A difference between texts of the table and the log; both may be NULL. */
void hold_text(holding *h, const char *part, const char *who, const char *what, const char *table,
               const char *log);
/* What was found so far is of `id`. */
void hold_note(holding *h, const char *id);

/* After the last event of the record; hold_decisions after hold_claims. */
bool hold_claims(holding *h, const past_end *r, err *e);
bool hold_decisions(holding *h, const char *id, err *e);
void hold_forgotten_event(holding *h, const past_event *v); /* at each record.forgotten */
bool hold_forgotten(holding *h, const char *id, err *e);
bool hold_found(holding *h, const past_end *r, err *e); /* references, unique values, texts */

/* Before and after all records. */
bool hold_words_begin(holding *h, err *e);
bool hold_words_end(holding *h, err *e);
bool hold_withdrawals(holding *h, err *e);
/* What is no record (past_hold_kept.c). */
bool hold_runs(holding *h, err *e);
bool hold_kinds(holding *h, err *e);
bool hold_plugins(holding *h, err *e);
/* What the file declares (past_hold_declared.c). */
bool hold_declared(holding *h, err *e);
bool hold_views(holding *h, const value *kinds, err *e);

#endif
