/* item.h: a place of a ranking, which stays bytes until somebody asks what is in it. Most are never
 * asked: they are kept, or moved from one ranking into another. Floor: engine. */
#ifndef POLDER_ENGINE_ITEM_H
#define POLDER_ENGINE_ITEM_H

#include <stdbool.h>
#include <stddef.h>

#include "base/value.h"

/* What is in one. Borrowed from it. */
typedef struct item {
    const char *id; /* of the solution */
    double score;   /* NaN: no rule applied */
    double coverage;
    const char *answers; /* of rules, then of gates: two packed values (card.h of the scoring
                            floor); NULL: there is no item */
} item;

enum { ITEM_CELLS = 5 };

/* A text: packed [id with its NUL, score, coverage, rules, gates]. `said`: the `len` bytes of the
 * last four, as a worker sent them and as they were checked (checked.h). Owned by the caller. */
value item_make(const char *id, const char *said, size_t len);
/* `packed` is one that was made, or checked; of none (NULL, nil) all is as if it said nothing. */
item item_look(const value *packed);

#endif
