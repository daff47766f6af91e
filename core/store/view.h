/* view.h: for people's SQL: each kind is a view of its name with a column a field (`select title,
 * trl from solution`): integer and boolean as integer, decimal as real, money as its amount with
 * `FIELD_currency` beside it, lists as JSON, the rest as text. Floor: store, nobody else. */
#ifndef POLDER_STORE_VIEW_H
#define POLDER_STORE_VIEW_H

#include "base/buf.h"
#include "store/store.h"

/* Appends a name as SQL text has it: quoted, so that it is never anything but a name. */
void view_name(buf *sql, const char *name);
/* Whether a view of a kind may have this name: ERR_BAD_DATA when it is that of a table. */
bool view_is_free(store *st, const char *kind, err *e);
/* The statement that makes it. */
void view_sql(const value *kind, buf *out);
/* In place of the one of that name. These inside the caller's transaction. */
bool view_make(store *st, const value *kind, err *e);
bool view_drop(store *st, const char *kind, err *e);
/* Makes those of the list of kinds, and no others. A kind that has the name of a table has none,
 * until its plugin gives it another. */
bool view_make_all(store *st, const value *kinds, err *e);

#endif
