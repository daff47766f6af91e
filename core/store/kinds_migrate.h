/* kinds_migrate.h: values of records that a changed kind wants otherwise, and that can be written
 * so without loss. Floor: store, for kinds*.c only. */
#ifndef POLDER_STORE_KINDS_MIGRATE_H
#define POLDER_STORE_KINDS_MIGRATE_H

#include "store/store.h"

/* What `v`, which the field doesn't take, is in its terms; false when that can't be said without
 * loss or guessing. One value is a list of one, a list of one is its item, an empty list is
 * nothing; a text that reads as a number or boolean, and is written the same again, is that; and
 * the other way round; a decimal that is whole is an integer. *out is owned by the caller. */
bool kinds_convert(const value *field, const value *v, value *out);

/* Inside the caller's transaction: writes every such live claim anew, in its place, and one event
 * record.changed a record, whose data has what was there before ({"migrated": kind, "was": {field:
 * value}}). Looks only at fields that are declared otherwise than before. */
bool kinds_migrate(store *st, const value *before, const value *after, err *e);

#endif
