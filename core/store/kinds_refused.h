/* kinds_refused.h: that a change of a kind was refused, so that the same change isn't held against
 * every record at every load. Floor: store, for kinds.c and forget.c. */
#ifndef POLDER_STORE_KINDS_REFUSED_H
#define POLDER_STORE_KINDS_REFUSED_H

#include "store/store.h"

/* Whether just this change was refused, and nothing about the kind's records has happened since;
 * then *why is what was said. */
bool kinds_refused(store *st, const value *before, const value *after, bool *out, err *why, err *e);
/* Remembers it, when nobody else writes just now. */
void kinds_refuse(store *st, const value *before, const value *after, const err *why);
/* Forgets it: it may quote records. */
bool kinds_refused_drop(store *st, const char *kind, err *e);

#endif
