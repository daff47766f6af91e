/* sums.h: what rules said, added up in the order of the card. Floor: score. */
#ifndef POLDER_SCORE_SUMS_H
#define POLDER_SCORE_SUMS_H

#include "score/card_in.h"

/* Over rules that are no gates. */
typedef struct sums {
    double points, possible, covered, weights;
} sums;
void sums_add(sums *s, const rule *r, answer a);
double sums_score(const sums *s);    /* 0 to 100; NaN when no rule applied */
double sums_coverage(const sums *s); /* 0 to 1 */
/* Score and coverage of one solution by all rules, which have been asked. */
void card_score(card *c, uint32_t solution);

#endif
