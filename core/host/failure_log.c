#include "host/failure_log.h"

#include "base/log.h"

void failure_log(void *ctx, const value *failure)
{
    const char *where = value_get_str(failure, "where", "");
    (void)ctx;
    log_line(LOG_WARN, "handler %s failed at event %lld (%s %s): %s%s%s%s",
             value_get_str(failure, "handler", ""), (long long)value_get_int(failure, "event", 0),
             value_get_str(failure, "type", ""), value_get_str(failure, "subject", ""),
             value_get_str(failure, "message", ""), *where ? " at " : "", where,
             value_get_bool(failure, "parked", false) ? "; it is parked" : "");
}
