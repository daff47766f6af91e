/* overlap.h: the parts of the measure `overlap`: its terms, one pair (measure_overlap.c), and
 * columns of solutions (overlap_columns.c). Not for others. Floor: score. */
#ifndef POLDER_SCORE_OVERLAP_H
#define POLDER_SCORE_OVERLAP_H

#include "score/dict.h"
#include "score/measure_in.h"

/* A term of a list; number DICT_NONE: no solution, weight or parent has it. */
typedef struct term {
    uint32_t number;
    const char *text; /* borrowed from the cell */
    size_t len;
} term;

typedef struct term_list {
    term *items; /* owned */
    size_t len;
} term_list;

typedef struct overlap {
    ref a, b;
    bool jaccard;
    double wider;
    double unlike;
    value titles;
    dict *terms;      /* of weights, parents and solutions */
    double *weight;   /* by number */
    uint32_t *parent; /* by number, DICT_NONE: none */
    uint32_t room;    /* of these two */
    bool weighted, tree;
    uint32_t numbers_room;
    uint32_t *start, *numbers; /* row i has numbers[start[i]] to numbers[start[i + 1] - 1] */
    double *total;             /* by row: its weight */
    uint64_t *bits;            /* by row, when there are few terms that all weigh the same */
    /* Of the demand at hand. */
    term_list asked;
    double asked_total;
    uint64_t asked_bits;
    /* By number: which of 64 asked terms, from `filled` on, it is, answers, or is wider than. */
    uint64_t *own, *whole, *partly;
    size_t filled;  /* SIZE_MAX: none */
    double *answer; /* by number: how far the demand answers it */
} overlap;

/* Each once, in the order they first come. Texts alone count. */
term_list terms_of(const overlap *o, const value *cell);
double term_weight(const overlap *o, const term *t);
double terms_weight(const overlap *o, const term_list *list);
/* Sees to it that weight and parent have all numbers. */
void overlap_room(overlap *o);
/* The share, from the weight of what a and b have in common, of a, and of b. */
static inline double overlap_share(const overlap *o, double both, double a, double b)
{
    double of = o->jaccard ? a + b - both : a;
    return of > 0 ? both < of ? both / of : 1 : o->unlike;
}

void overlap_add(measure *m, const value *row);
void overlap_ready(measure *m);
void overlap_demand(measure *m, const value *row);
void overlap_some(measure *m, size_t from, const uint32_t *which, size_t count, double *shares);

#endif
