/* measure.h: measures: what most rules compute, named as data and done in C. A measure gives a
 * share from 0 to 1, or NaN: not applicable. For columns of solutions, for one pair, or called from
 * a Lua rule it is the same arithmetic in the same order, so the same bits. Floor: score. No Lua.
 * One thread for one measure. */
#ifndef POLDER_SCORE_MEASURE_H
#define POLDER_SCORE_MEASURE_H

#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/value.h"
#include "score/columns.h"

typedef struct measure measure; /* opaque */
struct collections;

/* What a measure stands in. All borrowed for the measure's life. */
typedef struct measure_setting {
    const columns *solution, *demand; /* where its fields stand in rows */
    bool gate;           /* an absent field passes on demand's side, fails on the solution's */
    const char *today;   /* "2026-02-23" */
    const char *title;   /* the rule's, for {title}; may be NULL */
    const value *reason; /* nil, a text, or a map outcome (full, part, none, absent_demand,
                            absent_solution) → text: what the rule says instead of ours */
    struct collections *texts; /* the card's; NULL: texts weigh by the solutions that are added */
} measure_setting;

/* `spec`: {kind, …options as plugins/README.md names them}, copied. A field is {side, field, key or
 * absent}; the first two arguments of a constructor are `a` and `b`; what may be a number or a
 * field (at_least, at_most, low, high of `between`, with) is either. A list of fields has them with
 * a `weight` each. ERR_BAD_DATA says what in it can't be. */
measure *measure_new(const value *spec, const measure_setting *s, err *e);
void measure_free(measure *m); /* accepts NULL */

/* Builds the columns: one row after the other, which need not stay, then ready. */
void measure_add(measure *m, const value *row);
void measure_ready(measure *m);
/* Prepares one demand: a row, borrowed until the next. */
void measure_demand(measure *m, const value *row);
/* The same, when until the next only these will be asked for, and others of no use. */
void measure_demand_some(measure *m, const value *row, const uint32_t *which, size_t count);
/* The shares of solutions from `from` on, and of those in `which`, to the demand prepared. */
void measure_block(measure *m, size_t from, size_t count, double *shares);
void measure_some(measure *m, const uint32_t *which, size_t count, double *shares);

/* Has one that must know every solution know the card's now, and not at the first question. */
void measure_collect(measure *m);

/* One pair given as rows, without columns. */
double measure_one(measure *m, const value *solution, const value *demand);
/* Appends why: a sentence in Dutch. `share` is what the measure gave. */
void measure_reason(measure *m, const value *solution, const value *demand, double share, buf *out);
/* The same, and *matched becomes a list [terms, missing, sentence]: what matched and what did not,
 * two lists of texts, and the sentence that matched, a text; all may be empty. Owned by the caller.
 */
void measure_explain(measure *m, const value *solution, const value *demand, double share, buf *out,
                     value *matched);

/* Is it about one side alone? Then the other row may be NULL. */
bool measure_is_solution(const measure *m);
bool measure_is_demand(const measure *m);
/* Must it know every solution, also those that look the same? Does a pair cost far more than a few
 * sums? */
bool measure_is_collective(const measure *m);
bool measure_is_dear(const measure *m);
/* Does it depend on the day? */
bool measure_is_dated(const measure *m);

#endif
