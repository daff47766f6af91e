/* workers.h: how many scoring workers a match is worth. Never a question of what it gives. Floor:
 * engine. */
#ifndef POLDER_ENGINE_WORKERS_H
#define POLDER_ENGINE_WORKERS_H

#include "engine/scoring.h"

/* As asked, or as configured; else as many as save twice of what each costs: a start, and all
 * solutions read once more, in time and in memory. At most one a demand. 0 sets *e. */
size_t workers_for(const scoring *s, err *e);

/* The same of figures alone: pairs of a demand and a solution are `pair_ns` of work each. */
int64_t workers_worth(int64_t demands, int64_t solutions, int64_t pair_ns, int64_t processors);
/* What a pair costs by this plan, roughly. */
int64_t workers_pair_ns(const plan *p);

#endif
