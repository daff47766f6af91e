/* event_row.h: an event as commands print it. Floor: cli. */
#ifndef POLDER_CLI_EVENT_ROW_H
#define POLDER_CLI_EVENT_ROW_H

#include "cli/rows.h"

/* {seq, time, actor, type, subject, data, prev, hash} and, for people, `changes`: "trl = 7; budget
 * = nothing". Owned by the caller. */
value event_row(const value *event, bool changes);

/* For a table what people look at, for CSV all keys but `changes`. */
const rows_column *event_columns(rows_format format, size_t *count);

#endif
