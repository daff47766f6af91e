/* bm25_bag.h: texts as bags of words, and the query asked last. Not for others. Floor: score. */
#ifndef POLDER_SCORE_BM25_BAG_H
#define POLDER_SCORE_BM25_BAG_H

#include <stdbool.h>

#include "base/buf.h"
#include "score/bm25_in.h"

/* A word of a query (or of a document), with how often it is there, weighted. While a text is read
 * each occurrence is an item of its own. */
typedef struct item {
    uint32_t word;  /* of `words` */
    uint32_t place; /* among all occurrences: of the first one */
    double count;
    const char *text; /* as it is written at that place */
    size_t len;
} item;

typedef struct bag {
    item *items;
    size_t len, cap;
    const bm25_text *part; /* the one that is read */
} bag;

/* One query is asked of many documents, so the last one is kept as it was read. */
struct bm25_asked {
    buf parts;    /* what was asked: of each part length and weight, then its bytes */
    bag bag;      /* its different words in the order they first appear */
    uint32_t *at; /* by word: its place in the bag, plus 1; 0: it isn't asked */
    size_t words; /* known when it was read */
};

/* Appends an item for each word of the part. */
void bm25_bag_read(bag *b, terms *words, const bm25_text *part);
/* One item for each word; they stand by word. */
void bm25_bag_fold(bag *b);
/* The query's different words in the order they first appear: c->asked->bag. Good until another is
 * asked. */
const bag *bm25_query_bag(bm25 *c, const bm25_text *query, size_t parts);
/* What a word of the query counts for a document in which it is `found`, or not. A word that only
 * this document has is a word that the collection might have had. */
double bm25_query_weight(const bm25 *c, const item *q, bool found);

#endif
