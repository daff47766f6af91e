/* deadline.h: says on the shared page what runs, and ends a call at the host's signal (SIGUSR1). No
 * hook is installed until then, for a count hook costs 1.9 times on all Lua code (measured). Floor:
 * vm. */
#ifndef POLDER_VM_DEADLINE_H
#define POLDER_VM_DEADLINE_H

#include <stdint.h>

#include "base/wire.h"
#include "vm/vm.h"

/* Once per process. `page` may be a private one in tests. */
void deadline_start(wire_page *page);

/* Around every call into plugin code. `contribution` is the host's number for it. The signal
 * between them writes the line to the page and arms a hook on the coroutine that runs, which calls
 * the vm's `limit`. */
void deadline_enter(vm *m, uint32_t contribution);
void deadline_leave(void);
/* Between the two: the time of a new call begins, of the same contribution. */
void deadline_again(void);
/* Around work of the host's own within a call (an index made, an answer waited for): its time is
 * not the plugin's. Nothing outside a call. */
uint32_t deadline_pause(void);
void deadline_resume(uint32_t paused);

#endif
