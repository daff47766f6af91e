/* conflict.h: what claims disagree on. Floor: store. */
#ifndef POLDER_STORE_CONFLICT_H
#define POLDER_STORE_CONFLICT_H

#include "store/store.h"

/* Calls `row` with each field that holds one value and of which the live claims state different
 * ones (that there is none is one too), by record and field, until it returns false (then *e is
 * its): {record, field, value (the one that stands, or null), settled (a person decided), claims:
 * [{value, source, place, date, reliability, time, event, settled (why, when it is), stands}]},
 * borrowed. `id` NULL: of all records. A field that its kind declares `many` is no conflict, nor
 * are lists where no kind declares the field. */
bool store_conflicts(store *st, const char *id,
                     bool (*row)(void *ctx, const value *conflict, err *e), void *ctx, err *e);
/* How many values that were said without a source after event `since` are not their records', for
 * what a better source states, or a person decided, stands; *record is one of those (NULL: none),
 * owned by the caller. */
bool store_outweighed(store *st, int64_t since, int64_t *count, char **record, err *e);

#endif
