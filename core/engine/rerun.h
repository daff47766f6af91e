/* rerun.h: a match made from what the last one left, as far as that gives the same: only solutions
 * that changed are scored, and demands that changed or are new. Floor: engine. Loop thread only. */
#ifndef POLDER_ENGINE_RERUN_H
#define POLDER_ENGINE_RERUN_H

#include "engine/match.h"
#include "engine/match_steps.h"
#include "engine/scoring.h"

typedef struct rerun rerun; /* opaque */

/* `s`: the whole match, its solutions open, all of one moment; borrowed. `counted`: as of which
 * event texts are counted, 0: no rule looks at any. `found_again`: will the next match count them
 * so too? Only then is it worth keeping anything. What rerun_score took is added to `times`,
 * borrowed. */
rerun *rerun_new(const scoring *s, int64_t counted, bool found_again, match_times *times);
/* Like scoring_run, whose bytes it gives. */
bool rerun_score(rerun *x, value *results, err *e);
match_kept rerun_kept(const rerun *x);
/* Keeps the results, and marks them for it. Not said when it fails: all of it can be made again. */
void rerun_keep(rerun *x, value *results);
void rerun_free(rerun *x); /* accepts NULL */

#endif
