/* gates.h: who passes the gates of a card. Where a gate is a measure to which many solutions look
 * the same, the solutions are listed by what they look like, so that a demand which lets few of
 * those pass meets no others. Floor: score. */
#ifndef POLDER_SCORE_GATES_H
#define POLDER_SCORE_GATES_H

#include <stddef.h>
#include <stdint.h>

struct card;
struct rule;

/* Of one gate. */
typedef struct gate_lists {
    uint32_t *of;    /* solutions, group after group, rising in each */
    uint32_t *from;  /* by group, and one more: where its solutions begin; NULL: not made */
    int64_t refused; /* of a gate on solutions alone: how many it keeps out, whatever is asked */
} gate_lists;

/* Leaves in card.alive, rising, the ranked solutions that pass all gates of the demand at hand. */
void gates_pass(struct card *c);
/* How many of those that are gone would pass. After all else: what a gate fails for is told of the
 * others; card.alive is lost. */
size_t gates_pass_gone(struct card *c);
void gate_lists_free(gate_lists *l);

#endif
