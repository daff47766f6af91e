/* match_steps.h: the work of a match, step by step, from what workers counted. Floor: engine. */
#ifndef POLDER_ENGINE_MATCH_STEPS_H
#define POLDER_ENGINE_MATCH_STEPS_H

#include "engine/scorecard.h"
#include "engine/scoring.h"

/* List of {step, rule, work, on, by, asked, excluded, unseen, pruned, ms}, in the order in which
 * they run, over all demands: work is "gate" or "rule", by is "measure" or "lua"; asked: answers it
 * gave, none counted twice: one where it is asked once for all solutions that look the same to it,
 * else one a pair, solution or demand; excluded: pairs that a gate kept out; unseen: those of them
 * that a list of solutions spared a look; pruned: pairs that could reach no rank any more after it;
 * ms: of all workers together. What only other demands met comes last, as the card has it. Owned by
 * the caller. */
value match_steps(const plan *p, const value *results);

/* Where the wall time of a match went, in microseconds. */
typedef struct match_times {
    int64_t kept;    /* reading what the last match left, and finding what changed since */
    int64_t records; /* reading records and sending them, until the first demand was sent */
    int64_t match;   /* from there to the last ranking, and taking it into what was kept */
} match_times;

/* Adds a scoring_run from its call until `now` (clock_monotonic_us); one in which no demand was
 * ranked is all `records`. */
void match_times_add(match_times *t, int64_t called, const scoring_clock *ranked, int64_t now);
/* In ms, rounded to microseconds, as {kept, records, match, document}, where document is what is
 * left of `whole`: the workers' ends, and making the document. Owned by the caller. */
value match_phases(const match_times *t, int64_t whole_us);

#endif
