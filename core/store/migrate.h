/* migrate.h: brings a store's tables up to this version of Polder. Floor: store. */
#ifndef POLDER_STORE_MIGRATE_H
#define POLDER_STORE_MIGRATE_H

#include "store/db.h"

/* Applies the steps that are missing, all in one transaction. ERR_UNAVAILABLE when a newer Polder
 * made the store. */
bool migrate(db *d, err *e);
/* Whether the tables are this version's still: another, newer one may have the store open, too. */
bool migrate_check(db *d, err *e);
/* A store without records, in memory, with the tables as this version makes them; db_close. NULL
 * sets *e. */
db *migrate_model(err *e);
/* The number of the newest step this version knows. */
int64_t migrate_newest(void);

#endif
