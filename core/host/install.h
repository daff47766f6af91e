/* install.h: where this copy of Polder lies: its worker program and bundled plugins, found from the
 * running binary or library. Floor: host. */
#ifndef POLDER_HOST_INSTALL_H
#define POLDER_HOST_INSTALL_H

#include "base/err.h"

char *install_worker(err *e); /* path of polder-worker; owned by the caller; NULL sets *e */
char *install_plugins(
    err *e); /* folder of the bundled plugins; owned by the caller; NULL sets *e */

#endif
