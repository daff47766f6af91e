/* loop.h: what features need to run workers of their own. Floor: host. Loop thread only. */
#ifndef POLDER_HOST_LOOP_H
#define POLDER_HOST_LOOP_H

#include <uv.h>

#include "host/host.h"

uv_loop_t *host_loop(host *h);
const char *host_program(const host *h); /* path of polder-worker, borrowed */

/* The frame that gives a plugin to a worker; `number` (above 0) stands on the shared page while its
 * main file runs. Owned by the caller. */
value host_load_frame(const plugin *p, uint32_t number, const char *today);

#endif
