/* rows.h: records of the store made into rows: the id and just the fields that rules need. Floor:
 * engine. */
#ifndef POLDER_ENGINE_ROWS_H
#define POLDER_ENGINE_ROWS_H

#include "base/buf.h"
#include "base/err.h"
#include "base/value.h"
#include "store/store.h"

/* {id, field, …} in the order of `fields`; absent is nil. Owned by the caller. */
value row_of(const value *record, const value *fields);

/* All solutions, as frames for scoring workers: made once, sent to each. */
typedef struct solution_rows {
    value ids;   /* list of text, in order */
    buf *frames; /* owned */
    size_t len;
} solution_rows;

/* `as_of`: a log position; 0: as they are. */
bool solution_rows_read(store *st, const char *kind, const value *fields, int64_t as_of,
                        solution_rows *out, err *e);
void solution_rows_free(solution_rows *rows);

#endif
