/* failure_log.h: what is written in the log of a program that has no other place to tell of a
 * handler that failed: the daemon, and who has Polder embedded. Floor: host. */
#ifndef POLDER_HOST_FAILURE_LOG_H
#define POLDER_HOST_FAILURE_LOG_H

#include "base/value.h"

/* For `failed` of dispatch_limits; any ctx. */
void failure_log(void *ctx, const value *failure);

#endif
