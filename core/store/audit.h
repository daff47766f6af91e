/* audit.h: is the store as it was written? The chain of the log, the signed ends of it, and all
 * tables held against what it tells. Floor: store. */
#ifndef POLDER_STORE_AUDIT_H
#define POLDER_STORE_AUDIT_H

#include "store/event.h"
#include "store/past.h"

/* Starts as `audit a = {0}`. */
typedef struct audit {
    event_report log;   /* bad_seq 0: chain and signed ends are right */
    bool chain;         /* the chain is right by itself */
    int64_t signatures; /* signed ends that were right */
    past_report tables; /* nothing when the log is wrong: they are held against one that is right */
} audit;

/* "events checked", "records held against the log" */
typedef void audit_progress(const char *what, int64_t done, int64_t of);

/* `heads` and `public_key` as of head_verify; `progress` may be NULL. false only when something
 * can't be read. */
bool audit_run(store *st, const value *heads, const char *public_key, audit_progress *progress,
               audit *out, err *e);
void audit_free(audit *a);

/* As {whole, checked, signatures, bad_seq, damage, records, differ, differences}, the last as
 * `first` of a past_report; bad_seq and damage are nil when the log is right, records and differ
 * when it isn't. Owned by the caller. */
value audit_document(const audit *a);

#endif
