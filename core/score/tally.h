/* tally.h: what each step of a demand's work did and took, for `match --plan`. Counting never
 * changes an answer. Floor: score. */
#ifndef POLDER_SCORE_TALLY_H
#define POLDER_SCORE_TALLY_H

#include <stdint.h>

#include "base/value.h"

struct card;
struct rule;

/* Of one rule, for the demand at hand. */
typedef struct tally {
    uint32_t place; /* among the steps, from 1; 0: it didn't run */
    int64_t asked;  /* answers it gave; where it is asked once for all solutions that look the
                       same, that is one; none counts twice */
    int64_t out;    /* solutions that left the race right after it */
    int64_t unseen; /* of those, kept out without a look at them */
    int64_t us;
} tally;

/* At the start of a demand. `wanted`: times are taken, and steps told. */
void tally_start(struct card *c, bool wanted);
/* Around the work of one rule. */
int64_t tally_begin(const struct card *c);
void tally_end(struct card *c, struct rule *r, int64_t begun);
/* List of [number, asked, out, unseen, us] (wire.h) in the order in which the steps began. Owned by
 * the caller. */
value tally_steps(const struct card *c);

#endif
