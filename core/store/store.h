/* store.h: records, claims, events and runs in one file. Every change is one transaction that
 * writes claims, resolves the record and appends the event with its hash. Floor: store. One thread
 * for one store. */
#ifndef POLDER_STORE_STORE_H
#define POLDER_STORE_STORE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/value.h"
#include "store/db.h"

typedef struct store store; /* opaque */

store *store_open(const char *path, bool create,
                  err *e); /* owned; brings the tables up to date (migrate.h) */
/* A connection that only reads a store that was opened before (by whoever brings tables up to
 * date), with a limit on the time of each statement (0: none). */
store *store_open_reader(const char *path, int64_t limit_ms, err *e);
void store_close(store *st); /* accepts NULL */
db *store_db(store *st);     /* borrowed */

/* Who acts, for the log: "cli:anna", "import", "plugin:zeeland". Copied. */
void store_actor(store *st, const char *actor);

/* Several changes as one: all or none. They nest; only the outermost commits. */
bool store_begin(store *st, err *e);
bool store_begin_at_once(store *st, bool *busy, err *e); /* as db_begin_at_once */
bool store_commit(store *st, err *e);
void store_rollback(store *st);

/* What a source states about one record. All borrowed. */
typedef struct statement {
    const char *id;      /* "kind/slug" */
    const value *fields; /* a map; nil as a value takes the field away; id, kind, version, claims
                            are not fields */
    const char *source;  /* id of a record of kind source that exists; NULL: the actor's own word */
    const char *place;   /* where in the source; NULL: the whole */
    const char *
        date; /* ISO day on which it was stated, where the source has no date itself; NULL: today */
    const char *settled;   /* import only: a person decided, for this reason, that it stands
                              (settle.h); NULL */
    const char *withdrawn; /* import only: with this source it was withdrawn, and doesn't count
                              until that is undone; NULL */
} statement;

typedef enum put_outcome { PUT_SAME, PUT_CREATED, PUT_CHANGED } put_outcome;

/* Writes one claim a field, resolves the record from its claims (claim.h), appends one event unless
 * nothing is new. *outcome may be NULL. */
bool store_put(store *st, const statement *s, put_outcome *outcome, err *e);

/* One record as {id, kind, version, …fields}; ERR_NOT_FOUND names the nearest id. *out owned by the
 * caller. */
bool store_get(store *st, const char *id, value *out, err *e);
bool store_exists(store *st, const char *id, bool *out, err *e);
/* Its claims in the order they were made: list of {field, value, source, place, date, reliability,
 * time, event}, and settled (why) when a person decided that it stands. */
bool store_claims(store *st, const char *id, value *out, err *e);
/* Marks a record deleted (its claims and past stay); one event. */
bool store_delete(store *st, const char *id, err *e);

/* Asked inside the transaction before a change of a record is kept: {id, kind, before, after,
 * source}, records as {id, kind, …fields}, `before` nil when it is new, `after` nil when it is to
 * be deleted. false refuses the change: *e says why. NULL: nobody is asked. */
typedef bool store_check_fn(void *ctx, const value *change, err *e);
void store_set_check(store *st, store_check_fn *fn, void *ctx);
/* While it is on nobody is asked: for changes that will be rolled back. */
void store_try_out(store *st, bool on);

/* The events that come now are the work of somebody else, `actor`, caused by event `seq`, made by
 * `handler` ("plugin/name", NULL: by none); NULL, NULL and 0 end it. */
void store_act_for(store *st, const char *actor, const char *handler, int64_t seq);

/* "kind/slug": kind [a-z][a-z0-9_]{0,39}, slug letters, digits, '.', '_', '-', '~', at most 120.
 * ERR_BAD_DATA says why not, with a hint. */
bool store_check_id(const char *id, err *e);

#endif
