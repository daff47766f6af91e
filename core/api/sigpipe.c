/* A library may not set the program's signal handlers; the mask of the calling thread it can give
 * back as it was. */
#include "api/sigpipe.h"

#include <stddef.h>
#include <time.h>

static sigset_t only_sigpipe(void)
{
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGPIPE);
    return set;
}

static bool is_pending(void)
{
    sigset_t set;
    sigpending(&set);
    return sigismember(&set, SIGPIPE) == 1;
}

void sigpipe_hold(sigpipe *s)
{
    const sigset_t set = only_sigpipe();
    s->pending = is_pending();
    pthread_sigmask(SIG_BLOCK, &set, &s->mask);
}

void sigpipe_release(sigpipe *s)
{
    const sigset_t set = only_sigpipe();
    const struct timespec at_once = {0};
    if (!s->pending && is_pending())
        sigtimedwait(&set, NULL, &at_once);
    pthread_sigmask(SIG_SETMASK, &s->mask, NULL);
}
