/* card_in.h: what the files of a card share. Not for others. Floor: score. */
#ifndef POLDER_SCORE_CARD_IN_H
#define POLDER_SCORE_CARD_IN_H

#include <stdint.h>

#include "score/card.h"
#include "score/text_lua.h"

typedef enum rule_on { ON_SOLUTION, ON_DEMAND, ON_PAIR } rule_on;

typedef enum outcome {
    OUTCOME_POINTS,
    OUTCOME_NOT_APPLICABLE,
    OUTCOME_FAILED,
    OUTCOME_REFUSED, /* a gate said no; its points are 0, and 1 where it said yes */
} outcome;

/* The fields of one side that a rule is given. */
typedef struct columns {
    size_t *at;  /* cells of a row, whose cell 0 is the id */
    char **name; /* the fields */
    bool *many;  /* absent means an empty list */
    size_t len;
} columns;

typedef struct answer {
    double points;
    outcome outcome;
} answer;

/* One rule or gate. `answers` has one for each solution: of the demand at hand, or once for all when on == ON_SOLUTION. */
typedef struct rule {
    char *name;      /* "zeeland/port" */
    uint64_t hash;   /* of the name, for seeds */
    uint32_t number; /* the host's, on the shared page */
    vm *vm;          /* NULL: skipped, every outcome is failed */
    int function, views; /* references in the vm's registry; views[0] is the demand */
    bool gate;
    rule_on on;
    double weight, max;
    columns solution, demand;
    answer *answers;
    bool answered; /* ON_SOLUTION: the answers are there */
    int64_t failures; /* pairs of the demand at hand; solutions when on == ON_SOLUTION */
    err first;        /* of the failures */
    char *traceback;  /* of the first; owned */
} rule;

struct card {
    rule *rules; /* gates first, in the order of the setup otherwise */
    size_t len;
    uint64_t seed;
    value solutions; /* list of rows */
    uint64_t *solution_hashes;
    const value *demand; /* the row at hand */
    uint64_t demand_hash;
    text_source *text;
    uint32_t *alive; /* solutions still in the race, rising */
    size_t alive_len;
    double *scores, *covered; /* by solution; score NaN: no rule applied */
};

/* Asks the rule about `count` solutions (indexes in `which`) and fills answers[which[i]]. An ON_DEMAND rule is asked once and the
 * answer copied. (rule_lua.c) */
void rule_answer(card *c, rule *r, const uint32_t *which, size_t count);
/* One call with its reason: appends [outcome, value, reason] or, for a gate, [passed, reason] to `list`. Returns the answer. */
answer rule_explain(card *c, rule *r, uint32_t solution, value *list);
/* Forgets the last demand's view and failures. What was said of solutions alone stays. */
void rule_new_demand(rule *r);

#endif
