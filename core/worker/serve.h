/* serve.h: answers the host's frames, one after the other, until the host goes away. Floor: worker.
 */
#ifndef POLDER_WORKER_SERVE_H
#define POLDER_WORKER_SERVE_H

#include "base/value.h"

/* Says hello with what the sandbox holds (taken over), then serves `fd` for ever. deadline_start
 * has been called. */
_Noreturn void serve(int fd, value sandbox);

#endif
