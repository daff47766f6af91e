/* sandbox.h: gives up, for ever, what a worker doesn't need: files, network, processes, new
 * descriptors. Floor: worker. Once per process, before any plugin code. */
#ifndef POLDER_WORKER_SANDBOX_H
#define POLDER_WORKER_SANDBOX_H

#include "base/value.h"

enum sandbox_layer {
    SANDBOX_NO_NEW_PRIVS = 1,
    SANDBOX_LIMITS = 2, /* setrlimit: no core, no files written, no descriptors, no processes, 4 GiB
                           of addresses */
    SANDBOX_LANDLOCK = 4, /* a ruleset with no path in it */
    SANDBOX_SECCOMP = 8,  /* an allow-list; anything else is the end of the process */
    SANDBOX_ALL = 15,
};

/* Applies `layers` in an order that lets each succeed. *out: list of {layer, works, detail}: what a
 * kernel lacks is told, not fatal: the host decides whether plugin code may come. */
void sandbox_enter(unsigned layers, value *out);

#endif
