/* events_handlers.h: `polder events parked`, `events retry` and `events run`: what handlers gave
 * up, and what is due. Floor: cli. */
#ifndef POLDER_CLI_EVENTS_HANDLERS_H
#define POLDER_CLI_EVENTS_HANDLERS_H

#include "cli/cli.h"

/* Does the command's first word, "parked", "retry" or "run". */
bool events_handlers(cli *c, err *e);

#endif
