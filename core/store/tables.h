/* tables.h: whether the file declares its tables, indexes and triggers as this Polder makes them:
 * who can write in the file can take the trigger away that keeps the past. The views are those of
 * the kinds (view.h). Floor: store, nobody else. */
#ifndef POLDER_STORE_TABLES_H
#define POLDER_STORE_TABLES_H

#include "store/db.h"

/* One that differs; `sql` makes it, NULL: Polder makes none of that name; `there`: the file has
 * one. Borrowed. */
typedef struct table_difference {
    const char *type, *name, *sql; /* "table", "index", "trigger" */
    bool there;
} table_difference;

typedef bool table_difference_fn(void *ctx, const table_difference *t, err *e);
bool tables_compare(db *d, table_difference_fn *differs, void *ctx, err *e);

/* Makes indexes and triggers as they should be and takes others away; tables stay, for of these
 * only a copy knows what they held. Inside the caller's transaction. */
bool tables_mend(db *d, err *e);

#endif
