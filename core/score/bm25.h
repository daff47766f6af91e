/* bm25.h: text similarity over one collection. BM25F (Zaragoza et al. 2004; k1 1.2, b 0.75; with
 * one field it is Okapi BM25), idf = ln(1 + (N - df + 0.5) / (df + 0.5)), divided by the query's
 * best possible score, then made less for documents that resemble everything: x = that share times
 * 2m / (m + c), where c is the document's mean similarity to the collection's documents taken as
 * queries, m the mean of c over them; the result is x - x²/4, in [0, 1]. So an average document
 * about keeps its number, a general text that turns up for every query loses, and equal documents
 * get equal numbers. (Such "hubs": Radovanović et al. 2010; centring them away: Suzuki et al.
 * 2013.) Order of work never changes a bit: sums run in the order of the query's words and of the
 * documents. Floor: score. One thread. */
#ifndef POLDER_SCORE_BM25_H
#define POLDER_SCORE_BM25_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/terms.h"

enum { BM25_FIELDS = 32 }; /* at most */

typedef struct bm25 bm25; /* opaque: the fields of all documents */

/* A part of a query or of a document, borrowed. `weight` counts in queries: as if the part stood
 * there so many times; a document's parts weigh what bm25_new was told. */
typedef struct bm25_text {
    const char *text;
    size_t len;
    double weight;
} bm25_text;

/* Owned; `words` is shared by all collections of a worker and outlives them. `weights` are of the
 * documents' fields, 1 to BM25_FIELDS of them, above 0. */
bm25 *bm25_new(terms *words, const double *weights, size_t fields);
void bm25_free(bm25 *c); /* accepts NULL */

/* The next document, one text for each field; none may follow the first question below. Documents
 * are numbered 0, 1, 2, … in the order they are added. */
void bm25_add(bm25 *c, const bm25_text *fields);
size_t bm25_documents(const bm25 *c);
/* The count is over: documents added from now on are ranked by the statistics of those before. A
 * word that none of these had counts in the best possible score of a document that has it. */
void bm25_counted(bm25 *c);

/* The statistics as bytes, appended; for documents elsewhere, which bm25_import lets be added to a
 * collection that counts none of its own. There they get the bits that they would get here. Import
 * trusts nothing that it reads; NULL sets *e. (bm25_count.c) */
void bm25_export(bm25 *c, buf *out);
bm25 *bm25_import(terms *words, const double *weights, size_t fields, const char *bytes, size_t len,
                  err *e);

/* Words of `words` that no document here has may have gone: nothing is kept that names them. */
void bm25_forget(bm25 *c);

/* Similarity of the query to every document: out[bm25_documents]. Costs the query's postings, not
 * the collection. */
void bm25_rank(bm25 *c, const bm25_text *query, size_t parts, double *out);
/* The same for some documents, the same bits; what stands in `out` for others is of no use. */
void bm25_rank_some(bm25 *c, const bm25_text *query, size_t parts, const uint32_t *which,
                    size_t count, double *out);
/* Similarity to a document by the collection's statistics: for one of the collection's, the very
 * bits of bm25_rank. */
double bm25_one(bm25 *c, const bm25_text *query, size_t parts, const bm25_text *fields);

/* A word that query and document share, as the document writes it first, and the share of the
 * similarity that comes from it. */
typedef struct bm25_word {
    const char *text; /* in `fields`, borrowed */
    size_t len;
    double share;
} bm25_word;

/* The words that count most, at most `most`, best first; returns how many. */
size_t bm25_words(bm25 *c, const bm25_text *query, size_t parts, const bm25_text *fields,
                  bm25_word *out, size_t most);

#endif
