/* stability.h: how much a ranking depends on its weights. Floor: engine. Loop thread only. */
#ifndef POLDER_ENGINE_STABILITY_H
#define POLDER_ENGINE_STABILITY_H

#include "engine/match.h"

enum { STABILITY_TOP = 5, STABILITY_DRAWS = 1000, STABILITY_PERCENT = 20 };

/* From one demand of a bare document of match_run (match.h), which should have all its solutions
 * ranked, and that document's rules: {top, of = how many were looked at, scored, draws, percent,
 * weights, stays, enters}. weights: of each rule {rule, weight, down, up}: the nearest lower and
 * higher weight {weight, leaves, enters = ID} at which another is among the best `top`, solved
 * exactly for each pair of one inside and one outside; nil: none. A weight of 0 is the card without
 * the rule. stays: [{solution, share}] of the draws in which each of the best is still there, when
 * every weight at once is drawn from `percent` below to above, the same for the same seed; enters:
 * others that came in, most often first. Owned by the caller. */
value stability_of(const value *rules, const value *demand, uint64_t seed);

/* Adds `stability` to every demand of a document that match_run gave for `r`. All solutions are
 * ranked for it, up to MATCH_TOP_MAX a demand: `of` below `scored` says that some were left out. */
bool stability_add(host *h, const match_request *r, value *document, err *e);

#endif
