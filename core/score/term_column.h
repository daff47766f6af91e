/* term_column.h: the terms of one field of all solutions, as numbers. Floor: score. */
#ifndef POLDER_SCORE_TERM_COLUMN_H
#define POLDER_SCORE_TERM_COLUMN_H

#include "score/dict.h"
#include "score/measure_in.h"

/* Plain data. Row i has numbers[start[i]] to numbers[start[i + 1] - 1], each once. */
typedef struct term_column {
    dict *terms; /* owned */
    uint32_t *start, *numbers;
    uint32_t room;
} term_column;

void term_column_free(term_column *c);
/* The texts of the cell, of the row that `m` adds now. */
void term_column_add(term_column *c, const measure *m, const value *cell);

/* The texts of a cell: item `index` of a list, or the text itself as item 0; NULL: it is none. */
const value *term_at(const value *cell, size_t index);
size_t terms_len(const value *cell);
bool has_terms(const value *cell); /* at least one text */

#endif
