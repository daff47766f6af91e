/* polder-worker: a small program that runs plugin code and nothing else. The host starts it with
 * one end of a socketpair and a page of shared memory (base/wire.h); it has no files, no network
 * and no environment, and ends with its host. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "vm/deadline.h"
#include "worker/sandbox.h"
#include "worker/serve.h"

/* A host that was killed before this line is no longer our parent, and its death signal went out
 * before we asked for it. */
static bool tied_to(pid_t host)
{
    return prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) == 0 && getppid() == host;
}

int main(int argc, char **argv)
{
    if (argc != 2 || !tied_to((pid_t)strtol(argv[1], NULL, 10))) {
        fputs("polder-worker is started by polder, not by hand: see `polder help`\n", stderr);
        return 2;
    }
    wire_page *page = mmap(NULL, sizeof *page, PROT_READ | PROT_WRITE, MAP_SHARED, WIRE_FD_PAGE, 0);
    if (page == MAP_FAILED)
        return 70;
    close_range(0, STDERR_FILENO - 1, 0);
    close_range(WIRE_FD_PAGE, ~0U, 0);
    deadline_start(page); /* a signal handler, which can't be set later */
    value layers = value_list();
    sandbox_enter(SANDBOX_ALL, &layers);
    serve(WIRE_FD_SOCKET, layers);
}
