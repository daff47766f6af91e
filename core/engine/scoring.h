/* scoring.h: the workers of one match: each gets the plugins, the plan and all solutions, then one
 * demand after the other. Solutions are read from the store as fast as the slowest worker takes
 * them, and the host holds a few frames of them. A rule that ends its worker is left out and
 * everything is computed again without it, so that the result never depends on which worker did
 * what, or when. Floor: engine. Loop thread only. */
#ifndef POLDER_ENGINE_SCORING_H
#define POLDER_ENGINE_SCORING_H

#include "engine/rows.h"
#include "engine/scorecard.h"
#include "engine/stage.h"

/* When the first demand was sent and when the last one was ranked (clock_monotonic_us). */
typedef struct scoring_clock {
    int64_t began, ended;
} scoring_clock;

typedef struct scoring {
    const stage *on;
    plan *plan;               /* rules that end a worker are marked in it */
    solution_rows *solutions; /* open; closed when all were sent, its ids stay */
    int64_t log;              /* the position whose records these are, to read them again */
    const value *demands;     /* list of rows */
    int64_t top;
    const char *only; /* id of one solution to explain; NULL: rank */
    const value *as;  /* with `only`: what stands in its place, a row for each of `demands`; NULL */
    int64_t reserve;  /* how many behind the best to name, with no reasons */
    bool untold;      /* these are found, but not named */
    const value *floors;     /* one a demand, a score: of those that have less no reasons are made,
                                and they are in the reserve; nil, or NULL: none */
    const value *leasts;     /* likewise: those that have less need not be named at all */
    const value *statistics; /* of texts, as `counted` gave them: then `solutions` must be some that
                                changed `since`; NULL: those of the solutions */
    value *counted;          /* takes the statistics of texts, a list; NULL: not wanted */
    bool *uncounted;         /* with `statistics`: they were not enough, and there is no result */
    uint64_t seed;
    const char *today;
    struct kept_points *points; /* what rules in Lua said before, and say now; NULL */
    bool bare;            /* no reasons are made: a result has solutions = [id], best first, and
                             points = parts of doubles by solution, then rule in the order of the
                             plan, NaN where it gave none; no items */
    bool plan_told;       /* what each step did comes too */
    scoring_clock *clock; /* may be NULL; 0: not come to that */
    int64_t expected;     /* how many solutions there are, roughly; 0: as many as the store has */
    int workers;          /* 0: as configured, or worth it */
    void (*progress)(void *ctx, int64_t done, int64_t of); /* demands; may be NULL */
    void *ctx;
    void (*taker)(void *ctx, size_t demand,
                  value *result); /* may take out of each result as it
   comes, in any order; of one that was lost with its worker twice; NULL */
    void *taker_ctx;
} scoring;

/* *out: one map a demand, in order: {items (item.h), reserve, scored, excluded, gone, failures,
 * dated, steps} (card.h of the scoring floor). Owned by the caller. */
bool scoring_run(const scoring *s, value *out, err *e);

/* The same question after question, the solutions sent once: `s` may be another each time, in its
 * demands, top, only, as and reserve, over the same solutions. NULL sets *e. After an ask that
 * failed only closing is left. */
typedef struct scoring_crew scoring_crew; /* opaque */
scoring_crew *scoring_open(const scoring *s, err *e);
bool scoring_ask(scoring_crew *c, const scoring *s, value *out, err *e);
void scoring_close(scoring_crew *c); /* accepts NULL */

#endif
