/* query.h: the two ways of `polder query`: by kind, and by SQL. Floor: cli. */
#ifndef POLDER_CLI_QUERY_H
#define POLDER_CLI_QUERY_H

#include "cli/cli.h"

bool query_kind(cli *c, const char *kind, err *e);
bool query_sql(cli *c, const char *sql, err *e);

#endif
