/* broker_rows.h: the records that a plugin asks for, with what it has put so far. The caller has
 * looked whether it may read the kind. Floor: host. Loop thread only. */
#ifndef POLDER_HOST_BROKER_ROWS_H
#define POLDER_HOST_BROKER_ROWS_H

#include "host/broker.h"

/* polder.query: a list of records; ERR_LIMIT when there are more than it said it expects. */
bool broker_query(broker *b, const value *asked, value *out, err *e);

/* One page of polder.each: {rows, next}, `next` what is asked as `after` for the page behind it,
 * nil when this was the last. With `fields` only those of each record, beside id, kind and version;
 * ERR_BAD_DATA when the kind is declared and lacks one. */
bool broker_each(broker *b, const value *asked, const char *after, value *out, err *e);

#endif
