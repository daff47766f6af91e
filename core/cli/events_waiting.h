/* events_waiting.h: what handlers still have to do, in the user's language. Floor: cli. */
#ifndef POLDER_CLI_EVENTS_WAITING_H
#define POLDER_CLI_EVENTS_WAITING_H

#include "cli/rows.h"

/* `waits` as waiting_list gives it. */
void events_waiting_print(rows_format format, const value *waits);
/* How many runs there were, and a line for each handler that still has something to do. */
void events_runs_print(int64_t runs, const value *waits);

#endif
