/* search.h: full-text search over the texts of all records, in Dutch and English: words meet
 * whatever their form, case and accents. Floor: store. */
#ifndef POLDER_STORE_SEARCH_H
#define POLDER_STORE_SEARCH_H

#include "store/store.h"

typedef struct search_request {
    /* Words that must all be there; "some words" in this order; -word or -"some words" must not be
     * there. Words that say nothing
     * ("the", "van") are left out. Nothing in it is an error of syntax. */
    const char *text;
    const char *kind;  /* NULL: all */
    int64_t limit;     /* below 0: none */
    const char *after; /* where the page before ended; NULL: from the best */
} search_request;

/* Calls `row` with each record ({id, kind, version, …fields}, borrowed) and a piece of it with the
 * words in it, best first (BM25, a title counts four times; ties by id), until it returns false.
 * ERR_USAGE when the text has no word to look for. */
bool store_search(store *st, const search_request *r,
                  bool (*row)(void *ctx, const value *record, const char *snippet, err *e),
                  void *ctx, err *e);
/* The same; when `limit` left records out, *next is where this page ended, for `after` of the same
 * search; else NULL. Owned by the caller. What changes in between may move others a little, for how
 * much a word says is counted over all records. */
bool store_search_page(store *st, const search_request *r,
                       bool (*row)(void *ctx, const value *record, const char *snippet, err *e),
                       void *ctx, char **next, err *e);

/* Makes anew what the log and the records tell: full-text index, references, values that no two may
 * share, earlier versions, kinds, views, triggers and indexes. One transaction. */
bool store_reindex(store *st, err *e);

#endif
