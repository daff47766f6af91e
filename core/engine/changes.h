/* changes.h: what would change a rank: one field of the solution, all else as it is. Floor: engine.
 * Loop thread only. */
#ifndef POLDER_ENGINE_CHANGES_H
#define POLDER_ENGINE_CHANGES_H

#include "engine/match.h"

/* Values that are worth trying in the field of a kind: list, without the one that stands, each
 * once. Numbers, days and amounts: those in `others` (values that other solutions have) and in the
 * demand, and the ends of the range; a range of few whole numbers whole. Terms: those of the
 * vocabulary, of others, of the demand; of lists one more or one less. Booleans: the other. Nothing
 * for texts and places. Owned by the caller. */
value changes_candidates(const value *field, const value *stands, const value *others,
                         const value *demand);

/* A number between two of the same type that are candidates, `part` of the way (0 to 1) from `a`;
 * nil when there is none left between. Whole numbers, days and amounts of money in whole units. */
value changes_between(const value *field, const value *a, const value *b, double part);
/* How large a change it is, to compare changes of one field; 1 for what isn't a number. */
double changes_distance(const value *field, const value *from, const value *to);

/* List of {field, old, new, rank, rank_was, score, score_was, rules = [{rule, was, is, by}]}: what
 * gains most first; ranks and scores computed with the changed field, nil where there is none.
 * Statistics of texts stay those of the solutions as they are. Owned by the caller. */
bool changes_find(const stage *on, const explain_request *r, const value *stopped, value *out,
                  err *e);

#endif
