#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "host/manifest_read.h"

/* One to three numbers, "1.2"; *count says how many. Returns what follows, NULL when it isn't a
 * version. */
static const char *numbers(const char *text, long out[3], int *count)
{
    *count = 0;
    memset(out, 0, 3 * sizeof *out);
    for (;;) {
        size_t digits = strspn(text, "0123456789");
        if (digits == 0 || digits > 6 || *count == 3)
            return NULL;
        out[(*count)++] = strtol(text, NULL, 10);
        text += digits;
        if (*text != '.')
            return text;
        text++;
    }
}

static int compare(const long a[3], const long b[3], int count)
{
    for (int i = 0; i < count; i++)
        if (a[i] != b[i])
            return a[i] < b[i] ? -1 : 1;
    return 0;
}

/* One part of a range: an operator and a version. Without operator, or with "=", the numbers that
 * are given must be equal. */
typedef struct bound {
    bool below, equal, above; /* what may be */
    long version[3];
    int count;
} bound;

static const char *read_bound(const char *text, bound *out)
{
    *out = (bound){0};
    if (*text == '*') {
        *out = (bound){.below = true, .equal = true, .above = true};
        return text + 1;
    }
    out->below = *text == '<';
    out->above = *text == '>';
    text += out->below || out->above;
    out->equal = *text == '=' || !(out->below || out->above);
    text += *text == '=';
    return numbers(text, out->version, &out->count);
}

/* Walks the range; `version` NULL: only whether it can be read. */
static bool fits(const long *version, const char *range)
{
    bool all = true;
    int parts = 0;
    for (range += strspn(range, " "); *range; range += strspn(range, " ")) {
        bound b;
        range = read_bound(range, &b);
        if (!range || (*range && *range != ' '))
            return false;
        parts++;
        if (!version)
            continue;
        bool exact = b.equal && !b.below && !b.above;
        int order = compare(version, b.version, exact ? b.count : 3);
        all = all && (order < 0 ? b.below : order > 0 ? b.above : b.equal);
    }
    return all && parts > 0;
}

bool manifest_version_is_whole(const char *version)
{
    long parts[3];
    int count;
    const char *end = numbers(version, parts, &count);
    return end && !*end && count == 3;
}

bool manifest_range_is_whole(const char *range)
{
    return fits(NULL, range);
}

bool manifest_version_fits(const char *version, const char *range)
{
    long parts[3];
    int count;
    const char *end = numbers(version, parts, &count);
    return end && !*end && fits(parts, range);
}
