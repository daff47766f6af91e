/* polder/records.h: records and kinds: reading, searching, changing, checking. Part of polder.h,
 * where ownership, errors and threads are explained. */
#ifndef POLDER_RECORDS_H
#define POLDER_RECORDS_H

#include <polder.h>

#ifdef __cplusplus
extern "C" {
#endif

/* One record as {"id","kind","version",…fields}. `id` is "kind/slug". "not_found" when it isn't
 * there or was deleted. Owned by the caller; NULL sets *e. On p's thread, in any callback too. */
POLDER_EXPORT char *polder_get(polder *p, const char *id, polder_error *e);

/* The same as it was known at `when`: a day ("2026-02-23": at its end, in UTC), a time, or the
 * number of an event. "usage" when that isn't one of these, or an event that isn't there yet. What
 * was erased since is gone from it too. Owned by the caller; NULL sets *e. On p's thread, in any
 * callback too. */
POLDER_EXPORT char *polder_get_as_of(polder *p, const char *id, const char *when, polder_error *e);

/* The kinds of records that plugins declare, as a list of {"name","plugin","title","fields":[…]}. A
 * workspace that has heard of none loads its plugins for it, but in a callback. Owned by the
 * caller; NULL sets *e. On p's thread, in any callback too. */
POLDER_EXPORT char *polder_kinds(polder *p, polder_error *e);

/* What to read. Starts as `{.size = sizeof(polder_query_options), .kind = "solution"}`: 0 and NULL
 * mean the default. */
typedef struct polder_query_options {
    size_t size; /* of this struct in bytes, so that later versions can add to it */
    const char *kind;
    const char *where; /* condition, as 'trl >= 6 and region == "NL34"'; NULL: all */
    const char *order; /* field, "-field" for falling; NULL: by id */
    const char *after; /* what `next` of the page before gave, same kind and order; NULL: start */
    int64_t limit;     /* records at most; 0 or less: no limit */
    const char *as_of; /* records as they were known then, as in polder_get_as_of; NULL: now */
} polder_query_options;

/* Calls `row` for each record; a kind that nobody declares and that has no record gives none. *next
 * becomes what `after` takes for the page behind this one, owned by the caller, or NULL when
 * `limit` left nothing out or `row` ended it. On p's thread, in any callback too. */
POLDER_EXPORT bool polder_query(polder *p, const polder_query_options *o, polder_row *row,
                                void *ctx, char **next, polder_error *e);

/* What to look for. Starts as `{.size = sizeof(polder_search_options), .text = "drones"}`. */
typedef struct polder_search_options {
    size_t size;       /* of this struct in bytes */
    const char *text;  /* all these words; "a phrase" in quotes; -word must not be there */
    const char *kind;  /* NULL: all */
    const char *after; /* what `next` of the page before gave, of the same search; NULL: start */
    int64_t limit;     /* records at most; 0 or less: no limit */
} polder_search_options;

/* Calls `row` for each record with the words in a text, in any form (Dutch, English), best first,
 * with "snippet" beside its fields. "usage" when the text has no word to look for. *next as in
 * polder_query; what changes between two pages may move others a little. On p's thread, in any
 * callback too. */
POLDER_EXPORT bool polder_search(polder *p, const polder_search_options *o, polder_row *row,
                                 void *ctx, char **next, polder_error *e);

typedef enum polder_outcome {
    POLDER_SAME,    /* nothing was new: nothing was written */
    POLDER_CREATED, /* the record is new */
    POLDER_CHANGED, /* the record, or what a source states about it, changed */
} polder_outcome;

/* Writes what a source states about a record, which is made when it isn't there: one claim for each
 * field, one event in the log. `fields` is a JSON object; null takes a field away; "id", "kind",
 * "version" and "claims" can't be fields. `source` is the id of a record of kind source; NULL: the
 * actor's own word, which stands over what sources graded C to F state and is kept beside what one
 * graded A or B does. `place` says where in the source; NULL: the whole.
 *
 * * *notes becomes what `polder put` would warn of, or NULL when that is nothing: a list of
 * {"note", "field","message","hint",…}, where "note" is "undeclared_kind", "undeclared_field",
 * "unknown_term" (and "term"), "missing_reference" (and "target") or "outweighed" (what stands over
 * it: "value","source","reliability","settled"). It is owned by the caller, and costs some reading
 * only where it is asked for. On p's thread, in no check and no callback for rows. */
POLDER_EXPORT bool polder_put(polder *p, const char *id, const char *fields, const char *source,
                              const char *place, polder_outcome *outcome, char **notes,
                              polder_error *e);

/* Marks a record deleted; its past stays. "not_found" when it isn't there. *naming becomes which
 * records name it still, with references that lead nowhere now: a list of {"record","field",
 * "target"}, 1,000 at most, owned by the caller; NULL when none does. On p's thread, in no check
 * and no callback for rows. */
POLDER_EXPORT bool polder_delete(polder *p, const char *id, char **naming, polder_error *e);

/* Asked before a change is kept, inside its transaction. `change` is {"id","kind","before","after",
 * "source"}, records as {"id","kind",…fields}; "before" is null for one that is new, "after" for
 * one that is to be deleted. Borrowed. NULL lets it pass; a text refuses it and says why, and must
 * be good until this is called again. Called on p's thread. */
typedef const char *polder_check_fn(void *ctx, const char *change);

/* Has changes of records of `kind` (NULL: of all) checked, when they are made through `p`: by the
 * program, or by handlers that run after its changes. `name` ([a-z0-9_-], at most 60 bytes) stands
 * in the error; a check of the same name is replaced, or taken away when `fn` is NULL. The
 * program's checks are asked in the order they came, then those of plugins. On p's thread, in no
 * check and no callback for rows. */
POLDER_EXPORT bool polder_check(polder *p, const char *name, const char *kind, polder_check_fn *fn,
                                void *ctx, polder_error *e);

#ifdef __cplusplus
}
#endif

#endif
