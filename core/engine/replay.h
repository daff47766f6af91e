/* replay.h: a stored run computed again, from the log and the plugins as they were. Floor: engine.
 * Loop thread only. */
#ifndef POLDER_ENGINE_REPLAY_H
#define POLDER_ENGINE_REPLAY_H

#include "host/host.h"

typedef struct replay_request {
    const char *run;
    int workers;                                           /* as in a match_request */
    void (*progress)(void *ctx, int64_t done, int64_t of); /* demands; may be NULL */
    void *ctx;
} replay_request;

/* *out, owned by the caller: {run, scorecard, today, log, same, bytes, demands, differences,
 * erased}. `same`: every byte is as it was stored. differences: list of {demand, solution, rule,
 * what, was, is}, absent keys where they don't apply; what: "value", "outcome", "weight", "max",
 * "reason" of a rule; "rank", "score", "coverage" of a solution; "scored", "excluded" of a demand;
 * "applied": a rule, "ranked": a solution, "matched": a demand, that is on one side alone;
 * "order": the same in another order; else a key of the document. erased: ids of demands and
 * solutions that lost values since (forget.h). ERR_NOT_FOUND when the run, its answer, its plugins
 * or one of its demands isn't there any more; ERR_BAD_DATA when somebody changed it. */
bool replay_run(host *h, const replay_request *r, value *out, err *e);

/* The differences between two documents of match_run. Owned by the caller. */
value replay_differences(const value *was, const value *is);

#endif
