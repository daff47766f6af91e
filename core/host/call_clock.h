/* call_clock.h: how long the call into plugin code lasts that a worker is in, by the page it shares
 * with the host. Floor: host. */
#ifndef POLDER_HOST_CALL_CLOCK_H
#define POLDER_HOST_CALL_CLOCK_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>
#include <time.h>

#include "base/wire.h"

enum { CALL_TICK_MS = 25 }; /* how often to look */

typedef enum call_state {
    CALL_FINE, /* within its time, or no call at all */
    CALL_LATE, /* past its time, said once: the signal is due, at which Lua code ends itself and
                  tells its line */
    CALL_HANGS /* and it is still there: SIGKILL ends a loop inside C too */
} call_state;

/* Plain data; starts as {0} and call_clock_start. */
typedef struct call_clock {
    clockid_t cpu; /* of the worker's process */
    uint32_t call; /* the number of the call that is timed */
    bool timing, late;
    int64_t cpu_start_ms, wall_start_ms, late_at_ms;
} call_clock;

void call_clock_start(call_clock *c, pid_t worker);
call_state call_clock_look(call_clock *c, const wire_page *page, int64_t most_ms);

#endif
