#include "cli/progress.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"

enum { BAR = 24, EVERY_MS = 100 };

static int64_t shown_ms; /* when the line was last drawn */
static bool shown;

void progress_show(const char *what, int64_t done, int64_t of)
{
    int64_t now = clock_monotonic_ms();
    if ((shown && now - shown_ms < EVERY_MS) || !isatty(STDERR_FILENO))
        return;
    shown = true;
    shown_ms = now;
    if (of <= 0) {
        fprintf(stderr, "\r\x1b[K%s %lld", what, (long long)done);
        return;
    }
    char bar[BAR + 1] = {0};
    int64_t full = done >= of ? BAR : done * BAR / of;
    memset(bar, '.', BAR);
    memset(bar, '#', (size_t)full);
    fprintf(stderr, "\r\x1b[K%s [%s] %lld%%", what, bar, (long long)(done * 100 / of));
}

void progress_clear(void)
{
    if (shown)
        fputs("\r\x1b[K", stderr);
    shown = false;
}
