/* changes.h: what would change a rank: one field of the solution, all else as it is. Floor: engine.
 * Loop thread only. */
#ifndef POLDER_ENGINE_CHANGES_H
#define POLDER_ENGINE_CHANGES_H

#include "engine/match.h"

/* As many are ranked to see who passes whom: what fits a worker's frame. */
enum { CHANGES_RANKED = 150000 };

/* Values that are worth trying in a field: list, without the one that stands, each once.
 * `demand`: what of it the field is held against. Numbers, days, times and amounts: those in
 * `others` (values that other solutions have), in the demand and `named` by measures, the next on
 * both sides, growing steps, and the ends of the range; a range of few whole numbers whole. Terms,
 * names and codes: those of the vocabulary, of others, of the demand. Places: the demand's, else
 * those of others. Texts: those of others where there is none or a short one. Booleans: the other.
 * References, addresses and what has no type: those of the demand and of others. Lists: one item
 * more or less. Owned by the caller. */
value changes_candidates(const value *field, const value *stands, const value *others,
                         const value *demand, const value *named);

/* A number between two of the same type that are candidates, `part` of the way (0 to 1) from `a`;
 * nil when there is none left between. Whole numbers, days and amounts of money in whole units,
 * places at whole kilometres. */
value changes_between(const value *field, const value *a, const value *b, double part);
/* How large a change it is, to compare changes of one field: a difference, kilometres, or 1. */
double changes_distance(const value *field, const value *from, const value *to);
bool changes_on_way(const value *field, const value *from, const value *v, const value *to);

/* List of {field, old, new, rank, rank_was, score, score_was, rules = [{rule, was, is, by}]}: what
 * gains most first; ranks and scores computed with the changed field, nil where there is none. Of a
 * text also words = what was added, of a place km and towards = "demand.place". Statistics of texts
 * stay those of the solutions as they are. *untried: list of {field, tried = how many values, why}:
 * fields that rules read and that gain nothing, though not every value of theirs was tried. *rank:
 * where it stands, 0 for none. Owned by the caller. */
bool changes_find(const stage *on, const explain_request *r, const value *stopped, value *out,
                  value *untried, int64_t *rank, err *e);

#endif
