/* settle.h: what people decide about claims: whose word stands on a field, and which source was
 * wrong. Each decision is one event with its reason, and can be undone. Floor: store. */
#ifndef POLDER_STORE_SETTLE_H
#define POLDER_STORE_SETTLE_H

#include "store/store.h"

/* From now on the claim of `source` (NULL: the actor's own word) on this field stands over all
 * others, whatever it states later; it replaces a former decision on the field, and ends when that
 * source has no claim on the field any more. ERR_NOT_FOUND when it has none now. Nothing happens
 * when just that is decided already. */
bool store_settle(store *st, const char *id, const char *field, const char *source, const char *why,
                  err *e);
/* Takes the decision back; ERR_NOT_FOUND when there is none. */
bool store_unsettle(store *st, const char *id, const char *field, const char *why, err *e);

/* Called while many records are resolved again. */
typedef void withdraw_progress(void *ctx, int64_t done, int64_t of);

/* The source was wrong: all it states of other records ends (of itself it may speak on), those
 * records are resolved again, and nothing more is taken from it: all in one transaction, one event
 * source.withdrawn and one record.changed a record whose value changed. *out (may be NULL), owned
 * by the caller: {source, event, records: [{id, fields: {name: new value or null}, lost: [required
 * fields that have no value now]}]}. ERR_NOT_ALLOWED when it is withdrawn already. */
bool store_withdraw(store *st, const char *source, const char *why, withdraw_progress *progress,
                    void *ctx, value *out, err *e);
/* Takes that back: its claims and the decisions that ended with them live again, but on records
 * that were deleted since and where something else was said or decided in their place. One event
 * source.restored. *out as above. ERR_NOT_FOUND when it isn't withdrawn. */
bool store_restore(store *st, const char *source, const char *why, withdraw_progress *progress,
                   void *ctx, value *out, err *e);
/* What ended with sources that are withdrawn: the claims on a record as store_claims has them, each
 * with withdrawn (why). */
bool store_claims_withdrawn(store *st, const char *id, value *out, err *e);

/* For this floor. Whether `source` is withdrawn. */
bool withdraw_is(store *st, const char *source, bool *out, err *e);
/* A decision on what is withdrawn: it comes back with it. */
bool settle_withdrawn(store *st, const statement *s, err *e);
/* ERR_NOT_ALLOWED, with who, when and why, when `source` is withdrawn. */
bool withdraw_check(store *st, const char *source, err *e);
/* Ends the decision on a field, when there is one. */
bool settle_end(store *st, const char *record, const char *field, int64_t event, err *e);
/* A reason is a text of at most 2,000 bytes that isn't blank. */
bool settle_check_why(const char *why, err *e);

#endif
