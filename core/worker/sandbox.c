#include "worker/sandbox.h"

#include <errno.h>
#include <linux/landlock.h>
#include <seccomp.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/wire.h"

#ifdef POLDER_SANITIZED
#define SANITIZED 1
#else
#define SANITIZED 0
#endif

enum { DETAIL = 64 };

static const rlim_t ADDRESS_BYTES = (rlim_t)4 << 30;
static const rlim_t CPU_SECONDS = 6 * 3600; /* for a worker whose page lies about what it runs */

static void tell(value *out, const char *layer, bool works, const char *detail)
{
    value *row = value_push(out, value_map());
    value_add(row, "layer", value_text(layer));
    value_add(row, "works", value_bool(works));
    value_add(row, "detail", value_text(works ? detail : strerror(errno)));
}

static bool limit_one(int what, rlim_t most)
{
    struct rlimit limit = {most, most};
    return setrlimit((__rlimit_resource_t)what, &limit) == 0;
}

/* The sanitizers' shadow memory alone is terabytes of addresses. */
static bool limit_all(void)
{
    return limit_one(RLIMIT_CORE, 0) && limit_one(RLIMIT_FSIZE, 0) && limit_one(RLIMIT_NOFILE, 0) &&
           limit_one(RLIMIT_NPROC, 0) && limit_one(RLIMIT_CPU, CPU_SECONDS) &&
           (SANITIZED || limit_one(RLIMIT_AS, ADDRESS_BYTES));
}

/* Every access right that the running kernel's Landlock knows: bits 0 to 12 came with ABI 1, one
 * more each with 2, 3 and 5. */
static unsigned long long rights_of(long abi)
{
    unsigned bits = abi >= 5 ? 16 : abi >= 3 ? 15 : abi == 2 ? 14 : 13;
    return (1ULL << bits) - 1;
}

/* Landlock has had rules for TCP since ABI 4 and for abstract sockets and signals since 6. Debian
 * 12's header ends before them, so the attribute is laid out here as the kernel's own documentation
 * has it. */
static bool landlock_all(char detail[DETAIL])
{
    struct {
        unsigned long long fs, net, scoped;
    } attribute = {0};
    long abi = syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
    if (abi < 1)
        return false;
    attribute.fs = rights_of(abi);
    attribute.net = abi >= 4 ? 3 : 0;
    attribute.scoped = abi >= 6 ? 3 : 0;
    size_t bytes = abi >= 6 ? 24 : abi >= 4 ? 16 : 8;
    long ruleset = syscall(SYS_landlock_create_ruleset, &attribute, bytes, 0);
    if (ruleset < 0)
        return false;
    bool ok = syscall(SYS_landlock_restrict_self, (int)ruleset, 0) == 0;
    close((int)ruleset);
    snprintf(detail, DETAIL, "ABI %ld, no path allowed", abi);
    return ok;
}

static bool allow(scmp_filter_ctx filter, int call)
{
    return seccomp_rule_add(filter, SCMP_ACT_ALLOW, call, 0) == 0;
}

static bool allow_descriptor(scmp_filter_ctx filter, int call, int fd)
{
    return seccomp_rule_add(filter, SCMP_ACT_ALLOW, call, 1,
                            SCMP_A0(SCMP_CMP_EQ, (scmp_datum_t)fd, 0)) == 0;
}

/* Memory that is neither a file nor code. */
static bool allow_memory(scmp_filter_ctx filter)
{
    return seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 2,
                            SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0),
                            SCMP_A3(SCMP_CMP_MASKED_EQ, MAP_ANONYMOUS, MAP_ANONYMOUS)) == 0 &&
           seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(mprotect), 1,
                            SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0)) == 0 &&
           allow(filter, SCMP_SYS(brk)) && allow(filter, SCMP_SYS(munmap)) &&
           allow(filter, SCMP_SYS(mremap)) && allow(filter, SCMP_SYS(madvise));
}

/* Asked by the C library in passing, of no use to anybody: told no, instead of ending the process.
 */
static bool refuse_quietly(scmp_filter_ctx filter)
{
    const int calls[] = {SCMP_SYS(clock_gettime), SCMP_SYS(gettimeofday), SCMP_SYS(getrandom),
                         SCMP_SYS(time),          SCMP_SYS(prlimit64),    SCMP_SYS(sysinfo)};
    for (size_t i = 0; i < sizeof calls / sizeof calls[0]; i++)
        if (seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), calls[i], 0) != 0)
            return false;
    return true;
}

/* What the sanitizers' runtime calls to watch and to report; builds for tests only. */
static bool allow_sanitizers(scmp_filter_ctx filter)
{
    const int calls[] = {SCMP_SYS(sigaltstack), SCMP_SYS(rt_sigaction), SCMP_SYS(rt_sigprocmask),
                         SCMP_SYS(sched_yield), SCMP_SYS(getpid),       SCMP_SYS(gettid),
                         SCMP_SYS(tgkill)};
    for (size_t i = 0; SANITIZED && i < sizeof calls / sizeof calls[0]; i++)
        if (!allow(filter, calls[i]))
            return false;
    return true;
}

static bool seccomp_all(void)
{
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_KILL_PROCESS);
    int error =
        filter ? ENOMEM : ENOSYS; /* the library first asks the kernel whether it knows this */
    bool ok = filter && allow_descriptor(filter, SCMP_SYS(read), WIRE_FD_SOCKET) &&
              allow_descriptor(filter, SCMP_SYS(write), WIRE_FD_SOCKET) &&
              allow_descriptor(filter, SCMP_SYS(write), STDERR_FILENO) && allow_memory(filter) &&
              allow(filter, SCMP_SYS(exit_group)) && allow(filter, SCMP_SYS(exit)) &&
              allow(filter, SCMP_SYS(rt_sigreturn)) && allow(filter, SCMP_SYS(futex)) &&
              allow(filter, SCMP_SYS(restart_syscall)) && refuse_quietly(filter) &&
              allow_sanitizers(filter);
    if (ok) {
        error = -seccomp_load(filter);
        ok = error == 0;
    }
    if (filter)
        seccomp_release(filter);
    errno = error;
    return ok;
}

/* Landlock needs a descriptor, so it comes before the limits; setrlimit needs a system call, so
 * seccomp comes last. */
void sandbox_enter(unsigned layers, value *out)
{
    char detail[DETAIL] = "";

    if (layers & SANDBOX_NO_NEW_PRIVS)
        tell(out, "no_new_privs", prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0, "set");
    if (layers & SANDBOX_LANDLOCK) {
        bool works = landlock_all(detail);
        tell(out, "landlock", works, detail);
    }
    if (layers & SANDBOX_LIMITS)
        tell(out, "limits", limit_all(),
             "no core, file, descriptor, process; 4 GiB of addresses, 6 h of time");
    if (layers & SANDBOX_SECCOMP)
        tell(out, "seccomp", seccomp_all(), "allow-list, all else ends the worker");
}
