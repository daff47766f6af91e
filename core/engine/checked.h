/* checked.h: what a scoring worker said, looked at before it counts: a plugin that broke its Lua
 * has the worker's voice. Floor: engine. */
#ifndef POLDER_ENGINE_CHECKED_H
#define POLDER_ENGINE_CHECKED_H

#include <stdbool.h>
#include <stdint.h>

#include "engine/rows.h"
#include "engine/scorecard.h"

/* An item of {op = "ranked"}, and its bytes from the score on. */
typedef struct checked_place {
    size_t solution; /* its row */
    double score;    /* NaN: no rule applied */
    const char *said;
    size_t len;
} checked_place;

/* What stands at `at`, where a whole packed value does: an item (wire.h) of a solution that is
 * ranked, numbers in their ranges, one answer a rule (and a gate, when `explained`), each of a
 * known outcome with points up to the rule's max and a short reason. Returns what stands behind it.
 * NULL: that can't be. */
const char *checked_item(const plan *p, const char *at, const solution_rows *rows, bool explained,
                         checked_place *out);
/* The same of one that was made of it (item.h) and kept where anybody may have changed it. */
bool checked_kept(const plan *p, const value *packed);
/* {op = "done"}: counts that fit the numbers of solutions; at most `reserve` more of them with
 * scores; failures and steps of rules that there are. */
bool checked_done(const plan *p, const value *frame, const solution_rows *rows, int64_t reserve);

#endif
