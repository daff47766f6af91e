/* sigpipe.h: a worker that dies while it is written to must not end the program that Polder is
 * embedded in. Floor: api. For the thread that calls. */
#ifndef POLDER_API_SIGPIPE_H
#define POLDER_API_SIGPIPE_H

#include <signal.h>
#include <stdbool.h>

typedef struct sigpipe {
    sigset_t mask; /* as the program had it */
    bool pending;  /* one was waiting before us: it is the program's */
} sigpipe;

void sigpipe_hold(sigpipe *s); /* from here on SIGPIPE waits */
void sigpipe_release(
    sigpipe *s); /* takes away one that came since, and puts the program's mask back */

#endif
