/* past.h: what was known at an earlier position of the log. What a record was before its last
 * change stands in table `version`, one row for each state that a later event ended; a fold of the
 * log gives the same rows. Floor: store. */
#ifndef POLDER_STORE_PAST_H
#define POLDER_STORE_PAST_H

#include "store/store.h"

/* The position that `when` means: "1234" that event, "2026-02-23" the last event of that day (UTC),
 * an RFC 3339 time the last event at or before it. ERR_USAGE when it is none of these or past the
 * end of the log; ERR_NOT_FOUND before the first event. */
bool past_at(store *st, const char *when, int64_t *out_seq, err *e);

/* store_get and store_claims as they would have answered after event `seq`; what was erased since
 * (forget.h) is gone from these too. */
bool past_get(store *st, const char *id, int64_t seq, value *out, err *e);
bool past_claims(store *st, const char *id, int64_t seq, value *out, err *e);
/* Those, and behind them what store_claims_withdrawn would have answered; `seq` 0: now. */
bool past_claims_all(store *st, const char *id, int64_t seq, value *out, err *e);

/* One state of a record, from the event `since` to before the event `until`. Borrowed. */
typedef struct past_state {
    const char *id;
    int64_t version, since;
    int64_t until;     /* 0: it still stands */
    const value *data; /* its fields */
} past_state;

/* Every state of every record as the log alone tells it, by record and time. */
bool past_fold(store *st, bool (*state)(void *ctx, const past_state *s, err *e), void *ctx, err *e);

/* How the tables that answer (record, version, claim) and the log differ. */
typedef struct past_report {
    int64_t records; /* so many were held against the log */
    int64_t differ;  /* so many are not what it tells */
    int64_t made;    /* so many of those store_reindex (search.h) makes as the log tells */
    value first; /* the first of those: list of {id, part ("record", "version", "claim", …, "run",
                    "kind", "view", "table", "index", "trigger", "plugin"), field (nil: no field's
                    value), table, log (both values, nil: there is none), says (it in words)}; owned
                    by the caller */
} past_report;
enum { PAST_FIRST = 10 };

/* Folds the log and holds each record, its versions and its claims against what it tells, and runs,
 * kinds and kept plugins. What was erased is in neither. false only when something can't be read.
 * `progress` may be NULL. */
bool past_verify(store *st, past_report *out, void (*progress)(void *ctx, int64_t done, int64_t of),
                 void *ctx, err *e);

/* Fills table `version` from the log, once, in a store that was made before there was one. */
bool past_ready(store *st, err *e);
/* Fills it anew from the log. Inside the caller's transaction. */
bool past_again(store *st, err *e);

/* For `from`: the records that were there after event ?1, with the columns id, kind, version and
 * data. The plus signs keep SQLite from going by `changed`: it would then have to sort by id. */
#define PAST_RECORDS                                                                               \
    "(select id, kind, version, data from record where +changed <= ?1 and deleted is null"         \
    " union all select r.id, r.kind, v.version, v.data from record r join version v"               \
    " on v.record = r.id and v.since ="                                                            \
    " (select max(since) from version where record = r.id and since <= ?1)"                        \
    " where +r.changed > ?1 and v.until > ?1)"

#endif
