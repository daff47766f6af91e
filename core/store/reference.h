/* reference.h: which records point at which: table `reference` (record, field, target), for SQL
 * too. A reference to a record that is not there is kept, for it may come. Floor: store. */
#ifndef POLDER_STORE_REFERENCE_H
#define POLDER_STORE_REFERENCE_H

#include "store/store.h"

/* References to records that are not there, of records changed after event `since` (0: all): how
 * many there are, and the first `most` as a list of {record, field, target}. *out is owned by the
 * caller. */
bool reference_missing(store *st, int64_t since, int64_t most, int64_t *count, value *out, err *e);
/* The same of one record, of those fields that are in the map `fields`. */
bool reference_missing_of(store *st, const char *record, const value *fields, int64_t most,
                          int64_t *count, value *out, err *e);
/* References of other records to `target`, whether it is there or not. */
bool reference_to(store *st, const char *target, int64_t most, int64_t *count, value *out, err *e);

#endif
