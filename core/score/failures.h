/* failures.h: which failures of rules are told. A rule is asked about as many pairs as it takes to
 * know the best, and how many that is depends on how it is found out; what is told must not. So of
 * a rule on pairs those count that could be among the best, had it given all its points. Floor:
 * score. One thread. */
#ifndef POLDER_SCORE_FAILURES_H
#define POLDER_SCORE_FAILURES_H

#include "score/card_in.h"

/* Was it asked and could not say? One that was left out wasn't asked. */
static inline bool rule_failed(const rule *r, answer a)
{
    return a.outcome == OUTCOME_FAILED && r->vm;
}

/* Sets each rule's `failures`, and `first` to that of the first solution that counts. Of those
 * alive, who have been asked everything, the best `best` stand first; `top` of them are wanted. */
void failures_count(card *c, size_t best, size_t top);
/* Did no rule fail for anything it was asked about, whether that is told or not? */
bool failures_none(const card *c);

#endif
