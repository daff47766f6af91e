/* polder/claims.h: what sources state of records, where they disagree, and what people decide about
 * it. Part of polder.h, where ownership, errors and threads are explained. */
#ifndef POLDER_CLAIMS_H
#define POLDER_CLAIMS_H

#include <polder.h>

#ifdef __cplusplus
extern "C" {
#endif

/* What is stated of a record, in the order it was said, then what was withdrawn: a list of
 * {"field","value","source" (null: an own word),"place","date","reliability" ("A" to "F"),"time",
 * "event"}, and "settled" or "withdrawn" (why) where people decided that. `when` as in
 * polder_get_as_of; NULL: now. "not_found" when the record isn't there. Owned by the caller; NULL
 * sets *e. On p's thread, in any callback too. */
POLDER_EXPORT char *polder_claims(polder *p, const char *id, const char *when, polder_error *e);

/* Calls `row` for each field that holds one value and of which sources state different ones, by
 * record and field: {"record","field","value" (that stands),"settled","claims":[{"value","source",
 * …,"stands"}]}. `id` NULL: of all records; else of that one, "not_found" when it isn't there. On
 * p's thread, in any callback too. */
POLDER_EXPORT bool polder_conflicts(polder *p, const char *id, polder_row *row, void *ctx,
                                    polder_error *e);

/* A person's decision, for the reason `why` (one text of at most 2,000 bytes, for the log): what
 * `source` (NULL: somebody's own word) states of the field stands, now and whatever others state
 * later, until the source states it no more or it is undone. "not_found" when it states nothing of
 * it now. Nothing is written when just that is decided already. On p's thread, in no check and no
 * callback for rows. */
POLDER_EXPORT bool polder_settle(polder *p, const char *id, const char *field, const char *source,
                                 const char *why, polder_error *e);
/* Takes the decision on this field back. "not_found" when there is none. On p's thread, in no check
 * and no callback for rows. */
POLDER_EXPORT bool polder_unsettle(polder *p, const char *id, const char *field, const char *why,
                                   polder_error *e);

/* The source was wrong: all that it states of other records ends, those are resolved again, and
 * nothing more is taken from it, all or nothing. Gives {"source","event","records":[{"id","fields":
 * {name: new value or null},"lost":[required fields that nobody states now]}]}. "not_allowed" when
 * it is withdrawn already. Takes as long as it has records. Owned by the caller; NULL sets *e. On
 * p's thread, in no check and no callback for rows. */
POLDER_EXPORT char *polder_withdraw(polder *p, const char *source, const char *why,
                                    polder_error *e);
/* It was right after all: what ended with it comes back, but where something else was said or
 * decided since. Gives the same. "not_found" when it isn't withdrawn. Owned by the caller; NULL
 * sets *e. On p's thread, in no check and no callback for rows. */
POLDER_EXPORT char *polder_restore(polder *p, const char *source, const char *why, polder_error *e);

/* Erases the personal values of a record (all of it, when its kind marks none) from the record, its
 * past, its claims, the log, the search index and kept answers; the file is written anew, which
 * takes as long as it is large. The id stays, and the log still verifies. Gives the document of
 * `polder forget --json`, {"id","whole","event" (null: there was nothing left),"fields",…,"others",
 * "others_before","related"}. "not_allowed" when other records rest on it as their source;
 * "partial" when all is erased and traces may be left in the file: then doing it again is enough.
 * Owned by the caller; NULL sets *e. On p's thread, in no check and no callback for rows. */
POLDER_EXPORT char *polder_forget(polder *p, const char *id, const char *why, polder_error *e);

#ifdef __cplusplus
}
#endif

#endif
