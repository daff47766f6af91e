/* rule_lua.h: one rule or gate of a card: what it is given, how it is asked, what it said. Floor:
 * score. */
#ifndef POLDER_SCORE_RULE_LUA_H
#define POLDER_SCORE_RULE_LUA_H

#include <math.h>
#include <stdint.h>

#include "base/hash.h"
#include "score/card.h"
#include "score/gates.h"
#include "score/measure.h"
#include "score/tally.h"

typedef enum rule_on { ON_SOLUTION, ON_DEMAND, ON_PAIR } rule_on;

typedef enum outcome {
    OUTCOME_POINTS,
    OUTCOME_NOT_APPLICABLE,
    OUTCOME_FAILED,
    OUTCOME_REFUSED, /* a gate said no; its points are 0, and 1 where it said yes */
} outcome;

typedef struct answer {
    double points;
    outcome outcome;
} answer;

/* One rule or gate. What it said of a solution stands at the solution's group (group.h): read it
 * with rule_said. */
typedef struct rule {
    char *name;               /* "zeeland/port" */
    uint64_t hash;            /* of the name, for seeds */
    char identity[HASH_TEXT]; /* what it is (points.h); "": not asked, or nobody can tell */
    uint32_t number;          /* the host's, on the shared page */
    measure *measure;         /* what it computes; NULL: Lua */
    vm *vm;                   /* NULL without a measure: skipped, every outcome is failed */
    size_t plugin;            /* its index in the card's vms */
    size_t kept;              /* views in views */
    int function, views; /* in the vm's registry; views[0]: the demand, [group + 1]: a solution */
    const char **texts;  /* by group and field: where its state keeps a long text of the view, which
                            lives as long as that; NULL: it has met none */
    const void **places; /* by group: where its state keeps the view, or NULL */
    bool gate;
    rule_on on;
    double weight, max;
    columns solution, demand;
    uint32_t *group;  /* by solution; NULL until it is asked */
    bool drew, apart; /* it has drawn random numbers; so each solution is a group of its own */
    answer *answers;  /* by group */
    uint32_t *asked;  /* by group: the round in which the answer came */
    uint32_t distinct, first_of; /* groups; a solution of the first that it failed for */
    uint32_t *listed; /* groups that were answered for the demand at hand; NULL: no card asks */
    size_t listed_len, known; /* of these, from the first on, answers of another card (points.h) */
    double *shares;           /* of a measure, by group */
    uint32_t ready;           /* the round for which its measure is prepared */
    bool dense;               /* all shares are known in it */
    uint32_t round;           /* rises with each demand, but stands still when on == ON_SOLUTION */
    int64_t failures;         /* pairs of the demand at hand; solutions when on == ON_SOLUTION */
    bool failed;              /* `first`, `first_of` and `traceback` are set */
    err first;
    char *traceback; /* owned */
    tally tally;
    gate_lists lists;
} rule;

static inline answer measure_answer(const rule *r, double share)
{
    if (r->gate)
        return share > 0 ? (answer){1, OUTCOME_POINTS} : (answer){0, OUTCOME_REFUSED};
    return isnan(share) ? (answer){0, OUTCOME_NOT_APPLICABLE}
                        : (answer){r->max * share, OUTCOME_POINTS};
}

static inline answer rule_said(const rule *r, uint32_t solution)
{
    uint32_t group = r->group[solution];
    return r->measure ? measure_answer(r, r->shares[group]) : r->answers[group];
}

/* Sees to it that `distinct` is known. (rule_lua.c) */
void rule_group(card *c, rule *r);
/* Sees to it that rule_said answers for `count` solutions (indexes in `which`). (rule_lua.c) */
void rule_answer(card *c, rule *r, const uint32_t *which, size_t count);
/* One call with its reason: appends [outcome, value, reason] or [passed, reason], packed. What was
 * said stays as it was. `known`: rule_said has a measure's share; else one also tells what matched,
 * if anything: [terms, missing, sentence] behind the reason. */
answer rule_explain(card *c, rule *r, uint32_t solution, bool known, buf *out);
/* Forgets the last demand's view, answers and failures, not what was said of solutions alone. */
void rule_new_demand(rule *r);
/* The next look at this solution makes its view again. */
void rule_forget_view(rule *r, uint32_t solution);
/* Sets `failures` to how many of all solutions it was asked about and failed for; of a rule on
 * pairs not all of these are told (failures.h). */
void rule_count_failures(const card *c, rule *r);

/* Ties a rule to its function in `m`. (card_lua.c) */
bool rule_bind(rule *r, vm *m, err *e);

#endif
