/* kinds.h: the kinds that plugins declared, as the store last heard of them: so a write can be
 * checked without running a plugin. Floor: store. */
#ifndef POLDER_STORE_KINDS_H
#define POLDER_STORE_KINDS_H

#include "store/store.h"

/* Replaces what is stored: a list of maps {name, plugin, title, fields}. One transaction; nothing
 * is written when nothing changed. A kind whose name is that of a table is refused, and so is a
 * change of fields that records of the kind stand in the way of: such a kind stays as it was, the
 * others are saved all the same. Values that can be written otherwise without loss are
 * (kinds_migrate.h). Then false with ERR_BAD_DATA, which names the kind and the first records. */
bool kinds_save(store *st, const value *kinds, err *e);
/* The same for who only reads, and waits for nobody: *busy says that another process writes, and
 * nothing is saved, which is no error. */
bool kinds_save_at_once(store *st, const value *kinds, bool *busy, err *e);
/* As the log tells them: {name: kind}. *out owned by the caller. */
bool kinds_told(store *st, value *out, err *e);
/* Makes what is saved that. Inside the caller's transaction. */
bool kinds_again(store *st, err *e);
/* The list as saved; an empty list when none was. *out owned by the caller. */
bool kinds_load(store *st, value *out, err *e);

#endif
