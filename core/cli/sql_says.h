/* sql_says.h: what to do about SQL that people wrote and that failed. Floor: cli. */
#ifndef POLDER_CLI_SQL_SAYS_H
#define POLDER_CLI_SQL_SAYS_H

#include "cli/cli.h"

/* Makes of what `d` says of `sql` what helps whoever wrote it: the nearest table or column,
 * how to give it more time, what to do instead of writing. Returns false. */
bool sql_says(cli *c, db *d, const char *sql, err *e);

#endif
