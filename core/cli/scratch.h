/* scratch.h: an empty workspace in the temporary folder, for commands that need a host and were not
 * called in a workspace. Floor: cli. */
#ifndef POLDER_CLI_SCRATCH_H
#define POLDER_CLI_SCRATCH_H

#include "cli/cli.h"

/* Makes it the workspace of `c` (an open one is closed). `plugin` (may be NULL) is a folder that
 * becomes its one plugin. Returns its folder, owned by the caller and given to scratch_close; NULL
 * sets *e. */
char *scratch_open(cli *c, const char *plugin, err *e);
void scratch_close(cli *c, char *folder); /* closes and removes it; accepts NULL */

#endif
