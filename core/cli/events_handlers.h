/* events_handlers.h: `polder events waiting`, `parked`, `retry` and `run`: what handlers still have
 * to do, what they gave up, and what is due. Floor: cli. */
#ifndef POLDER_CLI_EVENTS_HANDLERS_H
#define POLDER_CLI_EVENTS_HANDLERS_H

#include "cli/cli.h"

/* Does the command's first word, one of those. */
bool events_handlers(cli *c, err *e);

#endif
