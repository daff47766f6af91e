/* rows.h: records of the store made into rows: the id and just the fields that rules need. Floor:
 * engine. */
#ifndef POLDER_ENGINE_ROWS_H
#define POLDER_ENGINE_ROWS_H

#include "base/buf.h"
#include "base/err.h"
#include "base/pack_json.h"
#include "base/texts.h"
#include "base/value.h"
#include "store/select.h"

/* {id, field, …} in the order of `fields`; absent is nil. Owned by the caller. */
value row_of(const value *record, const value *fields);

/* What a row is in a match: counted in the statistics of texts, and ranked; one of both; or gone:
 * only gates are asked about it. */
enum { ROW_BOTH = 'b', ROW_COUNTED = 'c', ROW_RANKED = 'r', ROW_GONE = 'g' };

/* All solutions, read from the store as often as they are to be sent, and never all held. Starts as
 * {.store, .kind, .fields, .counted, .since, .also}, borrowed. */
typedef struct solution_rows {
    store *store;
    const char *kind;
    const value *fields;
    int64_t counted;   /* texts are counted as they were after this event: what changed since comes
                          twice, as it was (counted) and as it is (ranked); 0: as they are */
    int64_t since;     /* only what changed after this event: as it was then (gone), and as it is
                          (ranked); 0: all */
    const texts *also; /* with `since`: ids that come too though they didn't change, in order */
    texts ids;         /* in order, of the rows read so far */
    buf kinds;         /* what each of them is */
    int64_t ranked;    /* how many of them are ranked */
    struct solution_reading *reading; /* while it is open */
    bool more;
} solution_rows;

/* Begins with the first. Until it is closed, all that is read from the store is of one moment: this
 * one. `as_of`: the records as they were after that event; 0: as they are. */
bool solution_rows_open(solution_rows *r, int64_t as_of, err *e);
/* The next frame for a scoring worker; empty: there are no more. */
bool solution_rows_next(solution_rows *r, buf *frame, err *e);
void solution_rows_close(solution_rows *r); /* the ids stay */
void solution_rows_free(solution_rows *r);
/* Where the row that is ranked stands among the ids; below 0: nowhere. */
int64_t solution_rows_find(const solution_rows *r, const char *id);
bool solution_rows_ranks(const solution_rows *r, size_t index);

#endif
