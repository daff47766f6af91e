/* stability_parts.h: what the files of stability.h share. Floor: engine. Loop thread only. */
#ifndef POLDER_ENGINE_STABILITY_PARTS_H
#define POLDER_ENGINE_STABILITY_PARTS_H

#include "engine/stability.h"

/* The ranking as numbers: row i, rule k at values[i * rules + k]; NaN: it did not apply. */
typedef struct grid {
    const value *said_by, *solutions; /* rules, and ids best first; borrowed */
    size_t len, rules;
    double *values, *weights, *max;
    size_t *tie;    /* place of the id among all ids: ties go to the lower */
    double *scores; /* room */
    size_t *best;   /* room for the top */
    size_t top;
    size_t *racing; /* rows that find_best looks at, rising */
    size_t racing_len;
} grid;

const char *grid_id(const grid *g, size_t row);
bool grid_inside(const size_t *best, size_t top, size_t row);

/* Sums over what applied, in the order of the card as everywhere; without the rule `but`. */
void grid_add_up(const grid *g, size_t row, const double *weights, size_t but, double *points,
                 double *possible);
/* The best rows by these weights, into g->best. */
void grid_find_best(grid *g, const double *weights);

/* `weights` of stability_of; stayed: the best rows by the card's own weights. Needs all rows in the
 * race. Owned by the caller. */
value stability_limits(grid *g, const size_t *stayed);

#endif
