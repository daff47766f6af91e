/* collections.h: the texts of a card's solutions, one index (bm25.h) for each set of fields that a
 * measure, ctx.text or a measure called from Lua compares with, however many of them ask. Which
 * solutions are counted and which only ranked is in the rows (rows.h); or the counting was done
 * elsewhere and came as bytes. Floor: score. One thread. */
#ifndef POLDER_SCORE_COLLECTIONS_H
#define POLDER_SCORE_COLLECTIONS_H

#include <stdbool.h>

#include "score/bm25.h"
#include "score/rows.h"

enum { COLLECTIONS_BYTES = 1 << 28 }; /* of statistics, at most */

typedef struct collections collections; /* opaque: all of one card */
typedef struct collection collection;   /* opaque: one, as long as the card */

/* Borrowed. Collections are the same when their fields have the same names, keys and weights. */
typedef struct text_field {
    const char *name; /* "" for ids */
    size_t at;        /* cell of a row */
    const char *key;  /* entry of the map in it, NULL: the field itself */
    double weight;
} text_field;

collections *collections_new(rows *solutions); /* borrowed, complete at the first index */
void collections_free(collections *c);         /* accepts NULL */
terms *collections_words(collections *c);

collection *collections_get(collections *c, const text_field *fields, size_t len);
/* Its index, made when it is first asked for; NULL: it is not in the statistics that were imported,
 * which is noted. */
bm25 *collection_index(collection *one);
/* Must the next collection_index make it, at the cost of all texts? */
bool collection_unmade(const collection *one);
/* The number that a solution has in every index. */
size_t collections_document(const collections *c, size_t solution);

/* Statistics counted elsewhere: any number of parts, then ready, which reads them. Both may fail.
 */
bool collections_take(collections *c, const char *bytes, size_t len, err *e);
bool collections_ready(collections *c, err *e);
/* Was one asked for that is not in the statistics? Then nothing that was said since counts. */
bool collections_uncounted(const collections *c);
/* Appends the statistics of all that anybody has got, but those of the keys in `known` (a list, or
 * NULL); nothing at all when there is a `known` and no more. *keys: of these; owned by the caller.
 */
void collections_export(collections *c, const value *known, buf *out, value *keys);

/* A row that another stands in the place of: indexes are made of what stood there. NULL: none. */
void collections_stood(collections *c, size_t solution, const char *packed);
bool collections_swapped(const collections *c, size_t solution);

/* Texts of demands, and of rules' own making, bring words without end: those that no collection has
 * are forgotten when they are too many. */
void collections_tidy(collections *c);

/* The text of a cell: itself, or a list's texts put together in `joined`. Borrowed from both. */
void text_of_cell(const value *cell, buf *joined, bm25_text *out);

#endif
