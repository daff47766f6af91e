/* without LAYER PROGRAM ARGUMENT…: runs the program as on a kernel that lacks a layer of the
 * sandbox: "landlock" or "seccomp". The calls that set the layer up fail as they would there; a
 * child inherits this. */
#include <errno.h>
#include <seccomp.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

static bool fails_with(scmp_filter_ctx filter, int error, int call)
{
    return seccomp_rule_add(filter, SCMP_ACT_ERRNO((unsigned)error), call, 0) == 0;
}

static bool prctl_fails(scmp_filter_ctx filter)
{
    return seccomp_rule_add(filter, SCMP_ACT_ERRNO(EINVAL), SCMP_SYS(prctl), 1,
                            SCMP_A0(SCMP_CMP_EQ, PR_SET_SECCOMP, 0)) == 0;
}

static bool take_away(const char *layer)
{
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
    bool ok = filter != NULL;
    if (ok && strcmp(layer, "landlock") == 0)
        ok = fails_with(filter, ENOSYS, SCMP_SYS(landlock_create_ruleset));
    else if (ok && strcmp(layer, "seccomp") == 0)
        ok = fails_with(filter, ENOSYS, SCMP_SYS(seccomp)) && prctl_fails(filter);
    else
        ok = false;
    ok = ok && seccomp_load(filter) == 0;
    seccomp_release(filter);
    return ok;
}

int main(int argc, char **argv)
{
    if (argc < 3 || !take_away(argv[1])) {
        fputs("without: expected landlock or seccomp, and a program\n", stderr);
        return 125;
    }
    execv(argv[2], argv + 2);
    perror(argv[2]);
    return 126;
}
