/* match_steps.h: the work of a match, step by step, from what workers counted. Floor: engine. */
#ifndef POLDER_ENGINE_MATCH_STEPS_H
#define POLDER_ENGINE_MATCH_STEPS_H

#include "engine/scorecard.h"
#include "engine/scoring.h"

/* List of {step, rule, work, on, by, asked, excluded, pruned, ms}, in the order in which they run,
 * over all demands: work is "gate" or "rule", by is "measure" or "lua"; asked: how often it was
 * computed; excluded: pairs that a gate kept out; pruned: pairs that could reach no rank any more
 * after it; ms: of all workers together. What only other demands
 * met comes last, as the card has it. Owned by the caller. */
value match_steps(const plan *p, const value *results);

/* Wall times in ms, rounded to microseconds, as {records, match, document}: until the first demand
 * was sent, until the last was ranked, until now (clock_monotonic_us): the workers have ended and
 * the document is made. Where no demand was ranked all is in `records`. Owned by the caller. */
value match_phases(int64_t began, const scoring_clock *ranked, int64_t now);

#endif
