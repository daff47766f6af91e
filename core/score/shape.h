/* shape.h: how a quantity becomes a share. Floor: score. */
#ifndef POLDER_SCORE_SHAPE_H
#define POLDER_SCORE_SHAPE_H

#include "base/err.h"
#include "base/value.h"

typedef enum shape_form {
    SHAPE_NONE,
    SHAPE_CURVE,
    SHAPE_LINE,
    SHAPE_HALF,
    SHAPE_INVERSE
} shape_form;

/* Plain data. */
typedef struct shape {
    shape_form form;
    double full, other; /* other: zero or half */
    double *x, *share;  /* of a curve, owned */
    size_t len;
} shape;

/* Reads curve, or full with zero, half or inverse, of a measure's options; SHAPE_NONE when it has
 * none of them. Checked. */
bool shape_read(shape *s, const value *spec, err *e);
void shape_free(shape *s);
/* From 0 to 1; `x` is no NaN. */
double shape_share(const shape *s, double x);

#endif
