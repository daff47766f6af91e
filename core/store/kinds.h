/* kinds.h: the kinds that plugins declared, as the store last heard of them: so a write can be
 * checked without running a plugin. Floor: store. */
#ifndef POLDER_STORE_KINDS_H
#define POLDER_STORE_KINDS_H

#include "store/store.h"

/* Replaces what is stored: a list of maps {name, plugin, title, fields}. One transaction; nothing
 * is written when nothing changed. */
bool kinds_save(store *st, const value *kinds, err *e);
/* The list as saved; an empty list when none was. *out owned by the caller. */
bool kinds_load(store *st, value *out, err *e);

#endif
