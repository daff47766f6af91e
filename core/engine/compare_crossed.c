/* Who was passed stood above and stands below now. Seen from the last place backwards, with ranks
 * counted from below, who passed is the same question: so there is one way to answer it, and two
 * sides. */
#include "engine/compare_crossed.h"

#include <stdlib.h>

#include "base/mem.h"

typedef struct side {
    size_t len, leaves; /* leaves: a power of two */
    int64_t *least;     /* tree: the best rank before of all below each node; the root is 1 */
    size_t *passed;     /* of each: how many behind it stood above it */
    size_t *counted;    /* binary indexed tree over ranks: how many had it */
    int64_t behind;
} side;

struct crossed {
    side up, down;
    int64_t behind;
};

static void count(side *s, int64_t rank)
{
    for (int64_t i = rank; i <= s->behind; i += i & -i)
        s->counted[i]++;
}

static size_t counted_above(const side *s, int64_t rank)
{
    size_t sum = 0;
    for (int64_t i = rank - 1; i > 0; i -= i & -i)
        sum += s->counted[i];
    return sum;
}

static void fill(side *s, const int64_t *then, size_t len, int64_t behind)
{
    s->len = len;
    s->behind = behind;
    for (s->leaves = 1; s->leaves < len;)
        s->leaves *= 2;
    s->least = mem_zero(2 * s->leaves, sizeof *s->least);
    s->passed = mem_zero(len + 1, sizeof *s->passed);
    s->counted = mem_zero((size_t)behind + 1, sizeof *s->counted);
    for (size_t i = 0; i < s->leaves; i++)
        s->least[s->leaves + i] = i < len ? then[i] : INT64_MAX;
    for (size_t i = s->leaves - 1; i > 0; i--) {
        int64_t left = s->least[2 * i], right = s->least[2 * i + 1];
        s->least[i] = left < right ? left : right;
    }
    for (size_t i = len; i-- > 0;) {
        s->passed[i] = counted_above(s, then[i]);
        count(s, then[i]);
    }
}

/* The first place from `at` on that had a better rank than `before`; `len`: none has. */
static size_t next_above(const side *s, size_t at, int64_t before)
{
    size_t node = s->leaves + at;
    if (at >= s->len)
        return s->len;
    while (s->least[node] >= before) {
        while (node & 1) /* all below the parent was looked at */
            node /= 2;
        if (!node)
            return s->len;
        node++;
    }
    while (node < s->leaves) {
        node *= 2;
        node += s->least[node] >= before;
    }
    return node - s->leaves;
}

crossed *crossed_new(const int64_t *then, size_t len, int64_t behind)
{
    crossed *c = mem_zero(1, sizeof *c);
    int64_t *mirrored = mem_zero(len + 1, sizeof *mirrored);
    c->behind = behind;
    for (size_t i = 0; i < len; i++)
        mirrored[len - 1 - i] = behind + 1 - then[i];
    fill(&c->up, then, len, behind);
    fill(&c->down, mirrored, len, behind);
    free(mirrored);
    return c;
}

static void empty(side *s)
{
    free(s->least);
    free(s->passed);
    free(s->counted);
}

void crossed_free(crossed *c)
{
    if (!c)
        return;
    empty(&c->up);
    empty(&c->down);
    free(c);
}

size_t crossed_tell(const crossed *c, size_t at, int64_t before, bool up, size_t out[CROSSED_TOLD])
{
    const side *s = up ? &c->up : &c->down;
    bool gone = at >= s->len; /* behind all of them */
    int64_t rank = up ? before : c->behind + 1 - before;
    if (up && gone)
        return 0;
    size_t from = up ? at : gone ? 0 : s->len - 1 - at;
    size_t all = gone ? counted_above(s, rank) : s->passed[from];
    size_t next = next_above(s, from, rank);
    for (size_t i = 0; i < CROSSED_TOLD && next < s->len; i++) {
        out[i] = up ? next : s->len - 1 - next;
        next = next_above(s, next + 1, rank);
    }
    return all;
}
