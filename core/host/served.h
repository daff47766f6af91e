/* served.h: the lock that says which process serves a workspace. The kernel holds it, and knows
 * who: nothing is left when the process is killed. Floor: host. */
#ifndef POLDER_HOST_SERVED_H
#define POLDER_HOST_SERVED_H

#include <stdbool.h>

#include "base/err.h"

/* Takes it, until the file descriptor is closed; ERR_UNAVAILABLE names the process that has it. -1
 * sets *e. */
int served_take(const char *home, err *e);

/* Has another process taken it? Not for the process that has: looking would let go of it. */
bool served_by_other(const char *home);

#endif
