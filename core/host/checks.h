/* checks.h: plugins' checks, asked before a change is kept. Floor: host. Loop thread only. */
#ifndef POLDER_HOST_CHECKS_H
#define POLDER_HOST_CHECKS_H

#include "base/err.h"
#include "host/host.h"

/* From now on the workspace's store asks the checks that are registered for the kind of each
 * change, by name; after host_load. One that says no is ERR_NOT_ALLOWED with its name and reason;
 * one that fails refuses too. host_close ends it. */
bool checks_attach(host *h, err *e);

/* What the store then calls, for who has checks beside those of plugins and stands between. */
bool checks_ask(host *h, const value *change, err *e);

#endif
