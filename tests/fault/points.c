#include "points.h"

#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/fault.h"

enum { POINT_BYTES = 400 };

static int list_fd = -1;
static char kill_at[POINT_BYTES];
static long kill_nth;
static atomic_long passed;

void points_list(int fd)
{
    list_fd = fd;
}

void points_kill(const char *point, long nth)
{
    snprintf(kill_at, sizeof kill_at, "%s", point);
    kill_nth = nth;
}

/* One line, whatever SQL it is. */
static size_t line_of(const char *name, const char *of, char line[POINT_BYTES])
{
    int len = snprintf(line, POINT_BYTES - 1, *of ? "%s %s" : "%s%s", name, of);
    size_t used = len < POINT_BYTES - 1 ? (size_t)len : POINT_BYTES - 2;
    for (size_t i = 0; i < used; i++)
        if (line[i] == '\n')
            line[i] = ' ';
    return used;
}

void fault_point(const char *name, const char *of)
{
    char line[POINT_BYTES];
    if (list_fd < 0 && !kill_nth)
        return;
    size_t len = line_of(name, of, line);
    if (kill_nth && strcmp(line, kill_at) == 0 && atomic_fetch_add(&passed, 1) + 1 == kill_nth)
        raise(SIGKILL);
    line[len++] = '\n';
    if (list_fd >= 0 && write(list_fd, line, len) != (ssize_t)len)
        _exit(9);
}
