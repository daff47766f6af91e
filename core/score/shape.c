#include "score/shape.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "score/exact.h"

static bool read_curve(shape *s, const value *curve, err *e)
{
    size_t len = value_len(curve);
    if (!value_is(curve, VALUE_LIST) || len < 1)
        return err_set(e, ERR_BAD_DATA, "curve: expected a list of {x, share}");
    s->form = SHAPE_CURVE;
    s->x = mem_zero(len, sizeof *s->x);
    s->share = mem_zero(len, sizeof *s->share);
    s->len = len;
    for (size_t i = 0; i < len; i++) {
        const value *point = value_at(curve, i);
        s->x[i] = value_as_double(value_at(point, 0), NAN);
        s->share[i] = value_as_double(value_at(point, 1), NAN);
        if (!isfinite(s->x[i]) || !(s->share[i] >= 0 && s->share[i] <= 1))
            return err_set(e, ERR_BAD_DATA, "curve: point %zu is not {number, share from 0 to 1}",
                           i + 1);
        if (i && !(s->x[i] > s->x[i - 1]))
            return err_set(e, ERR_BAD_DATA, "curve: x must rise, point %zu does not", i + 1);
    }
    return true;
}

static bool read_number(const value *spec, const char *name, double *out, err *e)
{
    *out = value_get_double(spec, name, NAN);
    return isfinite(*out) || err_set(e, ERR_BAD_DATA, "%s: expected a finite number", name);
}

bool shape_read(shape *s, const value *spec, err *e)
{
    const value *curve = value_get(spec, "curve");
    bool zero = value_get(spec, "zero"), half = value_get(spec, "half"),
         inverse = value_get_bool(spec, "inverse", false), full = value_get(spec, "full");

    *s = (shape){0};
    if (!curve && !zero && !half && !inverse && !full)
        return true;
    if (!!curve + zero + half + inverse != 1 || (curve && full))
        return err_set(e, ERR_BAD_DATA,
                       "expected one shape: curve, or full with zero, half or inverse");
    if (curve)
        return read_curve(s, curve, e);
    s->form = zero ? SHAPE_LINE : half ? SHAPE_HALF : SHAPE_INVERSE;
    if (!read_number(spec, "full", &s->full, e))
        return false;
    if (inverse)
        return s->full > 0 || err_set(e, ERR_BAD_DATA, "full: expected more than 0 with inverse");
    if (!read_number(spec, zero ? "zero" : "half", &s->other, e))
        return false;
    return s->full != s->other || err_set(e, ERR_BAD_DATA, "%s: expected another number than full",
                                          zero ? "zero" : "half");
}

void shape_free(shape *s)
{
    free(s->x);
    free(s->share);
}

static double on_curve(const shape *s, double x)
{
    if (x <= s->x[0])
        return s->share[0];
    for (size_t i = 1; i < s->len; i++)
        if (x <= s->x[i])
            return s->share[i - 1] +
                   (s->share[i] - s->share[i - 1]) * ((x - s->x[i - 1]) / (s->x[i] - s->x[i - 1]));
    return s->share[s->len - 1];
}

static bool is_full(const shape *s, double x)
{
    return s->form == SHAPE_INVERSE || s->other > s->full ? x <= s->full : x >= s->full;
}

static double falling(const shape *s, double x)
{
    if (is_full(s, x))
        return 1;
    if (s->form == SHAPE_INVERSE)
        return s->full / x;
    if (s->form == SHAPE_HALF)
        return exact_half((x - s->full) / (s->other - s->full));
    bool past = s->other > s->full ? x >= s->other : x <= s->other;
    return past ? 0 : (s->other - x) / (s->other - s->full);
}

double shape_share(const shape *s, double x)
{
    double share = s->form == SHAPE_CURVE ? on_curve(s, x) : falling(s, x);
    return share < 0 ? 0 : share > 1 ? 1 : share;
}
