#include "score/top.h"

#include <math.h>
#include <stdbool.h>

static bool better(uint32_t a, uint32_t b, const double *scores)
{
    double x = scores[a], y = scores[b];
    if (x > y || x < y)
        return x > y;
    return isnan(x) != isnan(y) ? isnan(y) : a < b;
}

static void swap(uint32_t *which, size_t a, size_t b)
{
    uint32_t kept = which[a];
    which[a] = which[b];
    which[b] = kept;
}

/* Restores the heap below `at`: its root is the worst of the best so far. */
static void sink(uint32_t *heap, size_t len, size_t at, const double *scores)
{
    for (;;) {
        size_t worst = at, left = 2 * at + 1, right = left + 1;
        if (left < len && better(heap[worst], heap[left], scores))
            worst = left;
        if (right < len && better(heap[worst], heap[right], scores))
            worst = right;
        if (worst == at)
            return;
        swap(heap, at, worst);
        at = worst;
    }
}

size_t top_of(uint32_t *which, size_t count, const double *scores, size_t k)
{
    size_t len = k < count ? k : count;
    if (!len)
        return 0;
    for (size_t i = len / 2; i-- > 0;)
        sink(which, len, i, scores);
    for (size_t i = len; i < count; i++) {
        if (scores[which[i]] < scores[which[0]]) /* most are */
            continue;
        if (better(which[i], which[0], scores)) {
            swap(which, i, 0);
            sink(which, len, 0, scores);
        }
    }
    for (size_t end = len; end-- > 1;) {
        swap(which, 0, end);
        sink(which, end, 0, scores);
    }
    return len;
}
