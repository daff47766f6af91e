/* card_in.h: what the files of a card share. Not for others. Floor: score. */
#ifndef POLDER_SCORE_CARD_IN_H
#define POLDER_SCORE_CARD_IN_H

#include "score/calls_lua.h"
#include "score/rows.h"
#include "score/rule_lua.h"
#include "score/text_lua.h"

/* Points so far, and what was possible: added in one go. */
typedef double sum_pair __attribute__((vector_size(16)));
enum { POINTS, POSSIBLE };

struct card {
    rule *rules;
    size_t len;
    vm **vms;         /* borrowed; changed by reload */
    uint64_t *states; /* of each vm, as it was loaded */
    size_t vm_count;
    card_reload *reload;
    void *reload_ctx;
    bool prepared;
    bool keeps; /* what rules in Lua say is to be told (points.h) */
    bool dated; /* a state that was loaded again had read the day */
    uint64_t seed;
    rows *solutions;
    size_t cap; /* of the arrays by solution */
    uint64_t *solution_hashes;
    const value *demand; /* the row at hand */
    uint64_t demand_hash;
    collections *texts; /* of measures, ctx.text and measures that are called */
    text_source *text;
    uint32_t *row_now; /* of rows of another card (points.h); NULL: as here */
    size_t rows_then;
    bool tallied;    /* steps are counted and timed (tally.h) */
    uint32_t steps;  /* that began */
    calls **calls;   /* of each vm */
    uint32_t *alive; /* solutions still in the race, rising */
    size_t alive_len;
    uint32_t *racing; /* ranked solutions that pass the gates on solutions alone (gates.c); NULL */
    size_t racing_len;
    uint64_t *marks;          /* room for a bit a solution */
    uint32_t *ask, *best;     /* room for as many: which to ask about, which look best so far */
    double *scores, *covered; /* by solution; score NaN: no rule applied */
    double *shares;           /* room for as many, of a measure */
    sum_pair *own;            /* by solution: over rules on solutions alone (prune.c) */
    sum_pair *so_far;         /* by place in `alive`: over the rules asked so far */
};

/* Before and after each demand: plugins are as they were loaded. (fresh_lua.c) */
bool fresh_prepare(card *c, err *e);
bool fresh_restore(card *c, err *e);
/* Is a plugin as it was loaded? */
bool fresh_is(const card *c, size_t plugin);
/* Has none of the plugins kept anything since? What they say then hangs on nothing but what they
 * are given. */
bool fresh_are(const card *c);
/* Has any rule looked at the day so far? */
bool fresh_dated(const card *c);

/* Asks all rules about the solutions alive, but leaves out, from `alive` too, those that can't be
 * among the best `top` any more; with a `least` above 0 those that surely score less instead.
 * (prune.c) */
void prune_answer(card *c, size_t top, double least);

#endif
