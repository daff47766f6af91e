/* serve.h: `polder serve`, killed where it takes a request, reads for it, answers, sends events and
 * runs handlers, while a client asks and another process puts. Floor: tests. */
#ifndef POLDER_FAULT_SERVE_H
#define POLDER_FAULT_SERVE_H

#include "base/value.h"

/* Kills it at each such point, at `passes` of its passes. Whatever it had answered is in the store,
 * what was put is there once, so is what each handler did of it, and the log is whole; else the
 * end. Adds all points that it passes to `known`. How often it was killed. */
long serve_kills(long passes, value *known);

#endif
