/* top.h: the k best of many: by score, ties by the lower index; no score (NaN) comes last. Floor:
 * score. */
#ifndef POLDER_SCORE_TOP_H
#define POLDER_SCORE_TOP_H

#include <stddef.h>
#include <stdint.h>

/* Orders the best `k` of which[count] to its front, best first, by scores[which[i]]; returns how
 * many (k, or fewer when count is less). The rest of `which` is in no order. */
size_t top_of(uint32_t *which, size_t count, const double *scores, size_t k);

#endif
