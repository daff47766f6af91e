/* rows.h: the solutions of a card as they came: packed (pack_cell.h), which takes a third of the
 * room of values; a cell is made into a value when somebody asks for it. Floor: score. One thread.
 */
#ifndef POLDER_SCORE_ROWS_H
#define POLDER_SCORE_ROWS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/value.h"

typedef struct rows rows; /* opaque */

rows *rows_new(void);    /* owned */
void rows_free(rows *r); /* accepts NULL */

/* Takes over a text of `count` packed lists: the next rows. Borrowed pointers stay good. */
bool rows_add(rows *r, value packed, size_t count, err *e);
size_t rows_len(const rows *r);

/* What rows are there for: all are both counted and ranked, until they are told otherwise. Gates
 * are asked about all but those only counted. */
enum { ROW_BOTH = 'b', ROW_COUNTED = 'c', ROW_RANKED = 'r', ROW_GONE = 'g' };
/* Of the last `count` rows, a letter each, which must be one of these. */
bool rows_kinds(rows *r, const char *kinds, size_t count, err *e);
char rows_kind(const rows *r, size_t row);
size_t rows_raced(const rows *r); /* how many are ranked */
size_t rows_gone(const rows *r);
size_t rows_ranked(const rows *r, uint32_t *out); /* which; as many */
static inline bool kind_is_ranked(char kind)
{
    return kind == ROW_BOTH || kind == ROW_RANKED;
}

/* Where a cell lies packed; NULL when the row, or the cell in it, isn't there. */
const char *rows_cell(const rows *r, size_t row, size_t cell);
/* The cell as a value, owned by the caller; nil when it isn't there. */
value rows_value(const rows *r, size_t row, size_t cell);
/* Is it a text? Then where it lies, borrowed, with no NUL behind it. */
bool rows_text(const rows *r, size_t row, size_t cell, const char **text, size_t *len);
/* Has `packed`, a list that stays, read in the place of a row; returns what stood there. */
const char *rows_swap(rows *r, size_t row, const char *packed);

#endif
