/* measure.c: runs a command and says what it took: wall seconds, and megabytes of memory at most:
 * the sum over the command and the processes below it of each one's own peak. Usage: measure FILE
 * COMMAND… writes "seconds megabytes" to FILE and ends as the command did. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { PROCESSES = 1024, EVERY_MS = 10 };

static struct {
    long pid, peak_kb;
} seen[PROCESSES];
static size_t seen_len;

static void note(long pid, long peak_kb)
{
    size_t i = 0;
    while (i < seen_len && seen[i].pid != pid)
        i++;
    if (i == PROCESSES)
        return;
    if (i == seen_len) {
        seen[seen_len].pid = pid;
        seen[seen_len++].peak_kb = 0;
    }
    if (peak_kb > seen[i].peak_kb)
        seen[i].peak_kb = peak_kb;
}

static long peak_of(long pid)
{
    char path[64], line[256];
    long kb = 0;
    snprintf(path, sizeof path, "/proc/%ld/status", pid);
    FILE *f = fopen(path, "r");
    while (f && fgets(line, sizeof line, f))
        if (strncmp(line, "VmHWM:", 6) == 0)
            kb = strtol(line + 6, NULL, 10);
    if (f)
        fclose(f);
    return kb;
}

/* A process that is gone has no files any more, and keeps the peak it last had. */
static void look(long pid)
{
    char path[64];
    long child;
    note(pid, peak_of(pid));
    snprintf(path, sizeof path, "/proc/%ld/task/%ld/children", pid, pid);
    FILE *f = fopen(path, "r");
    while (f && fscanf(f, "%ld", &child) == 1)
        look(child);
    if (f)
        fclose(f);
}

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* Looks now and then until the command has ended. Returns its status. */
static int watch(pid_t pid, const sigset_t *ended, struct rusage *used)
{
    const struct timespec pause = {.tv_nsec = EVERY_MS * 1000000L};
    int status = 0;
    while (wait4(pid, &status, WNOHANG, used) == 0) {
        look(pid);
        sigtimedwait(ended, NULL, &pause);
    }
    return status;
}

static pid_t start(char **command, const sigset_t *ended)
{
    sigprocmask(SIG_BLOCK, ended, NULL);
    pid_t pid = fork();
    if (pid)
        return pid;
    sigprocmask(SIG_UNBLOCK, ended, NULL);
    execvp(command[0], command);
    perror(command[0]);
    _exit(127);
}

int main(int argc, char **argv)
{
    sigset_t ended;
    struct rusage used = {0};
    long peak_kb = 0;

    if (argc < 3) {
        fputs("usage: measure FILE COMMAND...\n", stderr);
        return 2;
    }
    sigemptyset(&ended);
    sigaddset(&ended, SIGCHLD);
    double started = now();
    pid_t pid = start(argv + 2, &ended);
    if (pid < 0) {
        perror("fork");
        return 1;
    }
    int status = watch(pid, &ended, &used);
    double seconds = now() - started;
    for (size_t i = 0; i < seen_len; i++)
        peak_kb += seen[i].peak_kb;
    if (used.ru_maxrss > peak_kb) /* it ended before it was looked at */
        peak_kb = used.ru_maxrss;
    FILE *f = fopen(argv[1], "w");
    if (!f || fprintf(f, "%.4f %.1f\n", seconds, (double)peak_kb / 1024) < 0 || fclose(f) != 0) {
        perror(argv[1]);
        return 1;
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}
