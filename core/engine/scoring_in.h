/* scoring_in.h: what the files of scoring share. Not for others. Floor: engine. */
#ifndef POLDER_ENGINE_SCORING_IN_H
#define POLDER_ENGINE_SCORING_IN_H

#include "engine/scoring.h"
#include "host/loop.h"
#include "host/worker.h"

/* AHEAD_MOST: demands that wait for a worker. */
enum { AHEAD_MOST = 64 };

typedef struct scoring_crew crew;

typedef struct scorer {
    crew *crew;
    worker *worker;               /* NULL: gone */
    size_t given[AHEAD_MOST + 1]; /* demands: at work on the first; the others were sent as well,
                                     so that it needn't wait for us between two */
    size_t given_len;
    bool ready; /* has the plugins and the plan */
} scorer;

struct scoring_crew {
    const scoring *s;
    uv_loop_t loop; /* its own: a command of a plugin may wait on the host's for this to end */
    value *results; /* list, one map a demand */
    size_t next, done, all;
    scorer *scorers;
    size_t len;
    int64_t only;           /* index of the solution to explain; below 0: rank */
    bool fed;               /* all solutions are on their way */
    bool counting, counted; /* they are asked for the statistics of texts; have told all of them */
    size_t teller;          /* who is asked */
    value known;            /* keys of what others told */
    bool uncounted;         /* those that were given are not enough */
    bool again;             /* a rule was left out: start over */
    bool failed;            /* `error` says why */
    int lost;               /* workers that ended outside plugin code */
    err error;
};

/* `error` says why. (scoring.c) */
void scoring_give_up(crew *c);

/* The statistics of texts, asked of one worker after the other; the first, and the answer of each.
 * (scoring_count.c) */
void scoring_ask_statistics(crew *c);
void scoring_take_counted(crew *c, value *frame);

#endif
