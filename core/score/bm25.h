/* bm25.h: text similarity over one collection: Okapi BM25 (Robertson, Zaragoza 2009; k1 1.2, b
 * 0.75, idf = ln(1 + (N - df + 0.5) / (df + 0.5))), divided by the query's best possible score, so
 * that it lies in [0, 1). Order of work never changes a bit of a result: sums run in the order of
 * the query's words. Floor: score. One thread. */
#ifndef POLDER_SCORE_BM25_H
#define POLDER_SCORE_BM25_H

#include <stddef.h>
#include <stdint.h>

#include "base/terms.h"

typedef struct bm25 bm25; /* opaque: one field of all documents */

bm25 *bm25_new(
    terms *words); /* owned; `words` is shared by all collections of a worker and outlives them */
void bm25_free(bm25 *c); /* accepts NULL */

/* Documents are numbered 0, 1, 2, … in the order they are added. */
void bm25_add(bm25 *c, const char *text, size_t len);
size_t bm25_documents(const bm25 *c);

/* Similarity of the query to every document: out[bm25_documents]. Costs the query's postings, not
 * the collection. */
void bm25_rank(bm25 *c, const char *query, size_t len, double *out);
/* Similarity to a text that is not in the collection, by the collection's statistics. */
double bm25_one(bm25 *c, const char *query, size_t len, const char *text, size_t text_len);

#endif
