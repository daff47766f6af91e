/* Each layer of the sandbox holds by itself what it is there for: a child enters it and then tries.
 */
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "worker/sandbox.h"

enum { REFUSED = 10, ALLOWED = 11 };

/* Runs `attempt` in a child behind `layers`; its wait status. */
static int status_behind(unsigned layers, int (*attempt)(void))
{
    pid_t child = fork();
    if (child == 0) {
        value told = value_list();
        sandbox_enter(layers, &told);
        syscall(SYS_exit_group, attempt());
    }
    int status = 0;
    waitpid(child, &status, 0);
    return status;
}

static int verdict(long result)
{
    return result < 0 ? REFUSED : ALLOWED;
}

static int try_open(void)
{
    return verdict(syscall(SYS_openat, AT_FDCWD, "/etc/passwd", O_RDONLY));
}

static int try_socket(void)
{
    return verdict(syscall(SYS_socket, AF_INET, SOCK_STREAM, 0));
}

static int try_fork(void)
{
    return verdict(syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0));
}

static int try_exec(void)
{
    char *const nothing[] = {NULL};
    return verdict(syscall(SYS_execve, "/bin/true", nothing, nothing));
}

static int try_ptrace(void)
{
    return verdict(syscall(SYS_ptrace, PTRACE_TRACEME, 0, 0, 0));
}

static int try_kill(void)
{
    return verdict(syscall(SYS_kill, getppid(), 0));
}

static int try_code(void)
{
    void *page = (void *)syscall(SYS_mmap, NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC,
                                 MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    return page == MAP_FAILED ? REFUSED : ALLOWED;
}

static int try_second_descriptor(void)
{
    return verdict(syscall(SYS_write, STDOUT_FILENO, "", 0));
}

static int try_memory(void)
{
    void *room = malloc(1 << 20);
    if (room)
        memset(room, 1, 1 << 20);
    return room ? ALLOWED : REFUSED;
}

static int try_dup(void)
{
    return verdict(syscall(SYS_dup, STDERR_FILENO));
}

static const struct {
    const char *name;
    int (*attempt)(void);
} FORBIDDEN[] = {
    {"open a file", try_open},
    {"open a socket", try_socket},
    {"fork", try_fork},
    {"start a program", try_exec},
    {"trace a process", try_ptrace},
    {"signal its host", try_kill},
    {"map memory as code", try_code},
    {"write elsewhere", try_second_descriptor},
    {"copy a descriptor", try_dup},
};

static void seccomp_ends_a_process_at_the_first_forbidden_call(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof FORBIDDEN / sizeof FORBIDDEN[0]; i++) {
        int status = status_behind(SANDBOX_NO_NEW_PRIVS | SANDBOX_SECCOMP, FORBIDDEN[i].attempt);
        if (!WIFSIGNALED(status) || WTERMSIG(status) != SIGSYS)
            fail_msg("could %s: status %#x", FORBIDDEN[i].name, (unsigned)status);
    }
}

static void seccomp_leaves_a_process_its_memory(void **state)
{
    (void)state;
    int status = status_behind(SANDBOX_ALL, try_memory);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), ALLOWED);
}

static void landlock_alone_keeps_files_closed(void **state)
{
    (void)state;
    assert_int_equal(WEXITSTATUS(status_behind(0, try_open)), ALLOWED);
    assert_int_equal(WEXITSTATUS(status_behind(SANDBOX_NO_NEW_PRIVS | SANDBOX_LANDLOCK, try_open)),
                     REFUSED);
}

static void limits_alone_allow_no_new_descriptor(void **state)
{
    (void)state;
    assert_int_equal(WEXITSTATUS(status_behind(0, try_dup)), ALLOWED);
    assert_int_equal(WEXITSTATUS(status_behind(SANDBOX_LIMITS, try_dup)), REFUSED);
}

static void every_layer_is_told_with_whether_it_works(void **state)
{
    (void)state;
    pid_t child = fork();
    if (child == 0) {
        value told = value_list();
        sandbox_enter(SANDBOX_ALL, &told);
        bool all = value_len(&told) == 4;
        for (size_t i = 0; i < value_len(&told); i++)
            all = all && value_get_bool(value_at(&told, i), "works", false) &&
                  value_len(value_get(value_at(&told, i), "detail")) > 0;
        syscall(SYS_exit_group, all ? ALLOWED : REFUSED);
    }
    int status = 0;
    waitpid(child, &status, 0);
    assert_int_equal(WEXITSTATUS(status), ALLOWED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(seccomp_ends_a_process_at_the_first_forbidden_call),
        cmocka_unit_test(seccomp_leaves_a_process_its_memory),
        cmocka_unit_test(landlock_alone_keeps_files_closed),
        cmocka_unit_test(limits_alone_allow_no_new_descriptor),
        cmocka_unit_test(every_layer_is_told_with_whether_it_works),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
