/* fault.h: places where tests kill the process, to see what is left. Nothing but in builds for
 * tests (-DPOLDER_FAULTS). POLDER_FAULT=handler-kept:3 in the environment ends it, as kill -9 does,
 * the third time it comes there. Floor: base. */
#ifndef POLDER_BASE_FAULT_H
#define POLDER_BASE_FAULT_H

#ifdef POLDER_FAULTS
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#define FAULT_POINT(name)                                                                          \
    do {                                                                                           \
        static long fault_seen;                                                                    \
        const char *fault = getenv("POLDER_FAULT");                                                \
        size_t fault_len = strlen(name);                                                           \
        if (fault && strncmp(fault, name, fault_len) == 0 && fault[fault_len] == ':' &&            \
            ++fault_seen == strtol(fault + fault_len + 1, NULL, 10))                               \
            raise(SIGKILL);                                                                        \
    } while (0)
#else
#define FAULT_POINT(name) ((void)0)
#endif

#endif
