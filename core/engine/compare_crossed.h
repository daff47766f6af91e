/* compare_crossed.h: who changed places with whom between two rankings, in n log n for all of them.
 * Floor: engine, compare*.c only. */
#ifndef POLDER_ENGINE_COMPARE_CROSSED_H
#define POLDER_ENGINE_COMPARE_CROSSED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { CROSSED_TOLD = 20 }; /* the nearest; the others are counted */

typedef struct crossed crossed; /* opaque */

/* `then`: the rank that each of the ranking had before, in the order in which they stand now;
 * `behind` where it had none: one more than the last. Owned by the caller. */
crossed *crossed_new(const int64_t *then, size_t len, int64_t behind);
void crossed_free(crossed *c); /* accepts NULL */

/* Of the one that stands at place `at` now (from 0; `len`: it is no longer there) and had rank
 * `before`: whom it passed (`up`), else who passed it. Their places now, nearest first, to `out`;
 * returns how many there are in all. */
size_t crossed_tell(const crossed *c, size_t at, int64_t before, bool up, size_t out[CROSSED_TOLD]);

#endif
