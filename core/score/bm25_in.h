/* bm25_in.h: what the index and the questions to it share. Not for others. Floor: score. */
#ifndef POLDER_SCORE_BM25_IN_H
#define POLDER_SCORE_BM25_IN_H

#include "score/bm25.h"

/* A word as a field of a document has it, until the collection is closed: small, for there are
 * fifty in a paragraph. */
enum { ENTRY_COUNT_MOST = (1 << 24) - 1 };
typedef struct entry {
    uint32_t term, count : 24, field : 8;
} entry;

typedef struct bm25_asked bm25_asked; /* the query asked last (bm25_bag.h) */

/* Words are numbered anew, in the order the documents bring them: the numbers of `words` depend on
 * what else the worker has read, these don't, and sums run by them. The statistics are `counted`,
 * `words_all`, `df`, `common`, `mean_common` and which word has which number below `known`. */
struct bm25 {
    terms *words;
    size_t fields;
    double weights[BM25_FIELDS];
    size_t documents, documents_cap;
    uint32_t *lengths;               /* words, by document and field */
    uint64_t words_all[BM25_FIELDS]; /* and of all that are counted */

    int fixed;       /* the count is over: later documents are only ranked */
    size_t counting; /* documents here that were counted: the first ones */
    size_t counted;  /* documents in the statistics: those, or as many as were elsewhere */
    size_t known;    /* terms in the statistics: the first ones */
    int imported;    /* `df`, `common` and `mean_common` came from elsewhere */
    uint32_t *df;    /* by term: counted documents that have it */

    uint32_t *own; /* number of a term of `words` here, plus 1; 0: no document has it */
    size_t own_len;
    size_t terms;
    entry *entries;
    size_t entries_len, entries_cap;
    size_t *begins; /* by document: its first entry */
    uint32_t *last; /* of each term the last entry, while one document is added, plus 1 */
    size_t last_cap;

    int closed;
    size_t *starts; /* terms + 1: where the postings of a term begin */
    uint32_t *posted;
    double *gains; /* of each posting: saturated frequency, below 1; or the different ones */
    uint16_t *gain_numbers; /* of each posting, which of these (bm25_gains.c); NULL: each its own */
    uint32_t *dense_at;     /* by term: number of its column in `dense`, plus 1; 0: it has none */
    double *dense;          /* gains of all documents for the terms that most have (bm25_dense.c) */
    double *idf;            /* by term */
    double *common;         /* by term: its part in the collection taken as one query */
    double *factor;         /* by document: what its commonness does to its share */
    double mean_common;
    bm25_asked *asked;
};

/* Numbers of the collection's words: of those in the statistics; of all that a document here has.
 */
#define BM25_NO_TERM UINT32_MAX
uint32_t bm25_term(const bm25 *c, uint32_t word);
uint32_t bm25_term_here(const bm25 *c, uint32_t word);
uint32_t bm25_term_made(bm25 *c, uint32_t word);
double bm25_idf(const bm25 *c, uint32_t term); /* also for BM25_NO_TERM */
/* What one field brings: its weight times the count, less in a text longer than the mean. */
double bm25_evened(const bm25 *c, size_t field, double count, double length);
double bm25_gain(double evened);
double bm25_factor(const bm25 *c, double commonness);
void bm25_close(bm25 *c); /* makes the index, once */
void bm25_gains_number(bm25 *c);
static inline double bm25_gain_at(const bm25 *c, size_t posting)
{
    return c->gains[c->gain_numbers ? c->gain_numbers[posting] : posting];
}
void bm25_dense_make(bm25 *c);
/* `factor` is below 2 and `share` below 1: the curve x - x²/4 leaves small numbers as they are, and
 * brings 2 to 1. */
static inline double bm25_moved(double share, double factor)
{
    double x = share * factor;
    return x - 0.25 * x * x;
}
void bm25_move_all(const bm25 *c, double *out);
/* Adds what a term brings to each document. */
void bm25_add_term(const bm25 *c, uint32_t term, double weight, double *out);
/* To those in `which` at least. */
void bm25_add_term_some(const bm25 *c, uint32_t term, double weight, const uint32_t *which,
                        size_t count, double *out);
void bm25_asked_free(bm25_asked *a); /* accepts NULL */

#endif
