/* kept_points.h: what rules in Lua said of pairs, left in the cache for the next match by the same
 * scorecard that must score all: after one rule, a weight or a measure changed. Points are used
 * again of pairs of which neither record changed, and of rules that are the same: which the
 * worker knows, for it alone looks into plugins. A worker may be broken by any plugin in it, so
 * what is kept of a rule counts only beside the same other plugins. Floor: engine. Loop thread
 * only. */
#ifndef POLDER_ENGINE_KEPT_POINTS_H
#define POLDER_ENGINE_KEPT_POINTS_H

#include "base/err.h"
#include "base/value.h"

typedef struct kept_points kept_points; /* opaque */
struct scoring;
struct worker;

/* `s`, borrowed: a match of all solutions; texts are counted as of `counted`. *out: NULL where no
 * rule is in Lua and asked of pairs. */
bool kept_points_open(const struct scoring *s, int64_t counted, kept_points **out, err *e);
void kept_points_free(kept_points *k); /* accepts NULL */

/* When all solutions are read, before the first demand: the worker is told where they stand. */
bool kept_points_rows(kept_points *k, struct worker *w, err *e);
/* What is known of the demand, into the frame that asks about it. */
void kept_points_add(kept_points *k, const value *demand, value *frame);
/* What a worker told of the demand, out of its frame; false: that can't be. */
bool kept_points_take(kept_points *k, const value *demand, value *frame);

/* Was anything used? When a rule then gives two answers, what was kept may be to blame: forgets
 * it. */
bool kept_points_forget(kept_points *k);
/* How many answers were used again. */
int64_t kept_points_taken(const kept_points *k);
/* Keeps what is known now, when it is much and there is news in it. */
void kept_points_put(kept_points *k);

#endif
