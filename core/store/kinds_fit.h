/* kinds_fit.h: whether the records of a kind fit what the kind becomes. Floor: store, for kinds.c
 * only. */
#ifndef POLDER_STORE_KINDS_FIT_H
#define POLDER_STORE_KINDS_FIT_H

#include "store/store.h"

/* `before` may be NULL. Looks only at fields that are declared otherwise than before: at every live
 * claim on them, also those that don't give the value now, and at what a record lacks; what
 * kinds_migrate can write otherwise is not in the way. ERR_BAD_DATA lists the first records that
 * stand in the way. */
bool kinds_fit(store *st, const value *before, const value *after, err *e);

#endif
