/* What rules said, added up: always in the order of the card, so that the last bit is the same
 * wherever it is done. */
#include <math.h>

#include "score/sums.h"

void sums_add(sums *s, const rule *r, answer a)
{
    s->weights += r->weight;
    if (a.outcome != OUTCOME_POINTS)
        return;
    s->points += r->weight * a.points;
    s->possible += r->weight * r->max;
    s->covered += r->weight;
}

double sums_score(const sums *s)
{
    return s->possible > 0 ? 100.0 * s->points / s->possible : NAN;
}

double sums_coverage(const sums *s)
{
    return s->weights > 0 ? s->covered / s->weights : 0;
}

void card_score(card *c, uint32_t solution)
{
    sums s = {0};
    for (size_t i = 0; i < c->len; i++)
        if (!c->rules[i].gate)
            sums_add(&s, &c->rules[i], rule_said(&c->rules[i], solution));
    c->scores[solution] = sums_score(&s);
    c->covered[solution] = sums_coverage(&s);
}
