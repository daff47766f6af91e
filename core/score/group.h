/* group.h: solutions that look the same to a rule. A rule is a function of the fields it names, so
 * those with the same cells get one answer; a gate on TRL alone is asked nine times for a demand,
 * not twenty thousand. Floor: score. */
#ifndef POLDER_SCORE_GROUP_H
#define POLDER_SCORE_GROUP_H

#include <stddef.h>
#include <stdint.h>

#include "score/rows.h"

/* out[i]: the lowest row whose `cells` are the same as row i's, to the type and the order of lists:
 * 1 and 1.0 differ. */
void group_rows(const rows *r, const size_t *cells, size_t len, uint32_t *out);

#endif
