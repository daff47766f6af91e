/* place: the great circle between two places, or the same region. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "score/dict.h"
#include "score/exact.h"
#include "score/measure_in.h"
#include "score/shape.h"

static const double EARTH_KM = 6371.0088;

/* On a sphere of radius 1; x NaN: absent. */
typedef struct point {
    double x, y, z;
} point;

typedef struct place {
    ref a, b, same[2]; /* side none: no `same` */
    shape shape;
    point *points; /* by solution */
    dict *regions;
    uint32_t *region; /* by solution, DICT_NONE: absent */
    point here;       /* of the demand at hand */
    uint32_t home;
} place;

static bool make(measure *m, const value *spec, err *e)
{
    place *p = mem_zero(1, sizeof *p);
    const value *same = value_get(spec, "same");
    m->state = p;
    p->regions = dict_new();
    p->same[0].side = p->same[1].side = SIDE_NONE;
    if (!ref_read(m, &p->a, value_get(spec, "a"), "a", false, e) ||
        !ref_read(m, &p->b, value_get(spec, "b"), "b", false, e) || !shape_read(&p->shape, spec, e))
        return false;
    if (same && (!ref_read(m, &p->same[0], value_at(same, 0), "same", false, e) ||
                 !ref_read(m, &p->same[1], value_at(same, 1), "same", false, e)))
        return false;
    if (same && (p->same[0].side == p->same[1].side) != (p->a.side == p->b.side))
        return err_set(e, ERR_BAD_DATA, "same: expected a field of each side");
    return p->shape.form != SHAPE_NONE ||
           err_set(e, ERR_BAD_DATA, "expected a shape: curve, or full with zero, half or inverse");
}

static void place_free(measure *m)
{
    place *p = m->state;
    if (!p)
        return;
    ref_free(&p->a);
    ref_free(&p->b);
    ref_free(&p->same[0]);
    ref_free(&p->same[1]);
    shape_free(&p->shape);
    dict_free(p->regions);
    free(p->points);
    free(p->region);
    free(p);
}

static point point_of(const value *cell)
{
    double lon = value_get_double(cell, "lon", NAN), lat = value_get_double(cell, "lat", NAN);
    double sin_lat, cos_lat, sin_lon, cos_lon;
    if (!(fabs(lon) <= 180 && fabs(lat) <= 90))
        return (point){NAN, NAN, NAN};
    exact_sin_cos(lat, &sin_lat, &cos_lat);
    exact_sin_cos(lon, &sin_lon, &cos_lon);
    return (point){cos_lat * cos_lon, cos_lat * sin_lon, sin_lat};
}

/* Haversine by the chord: half of it is the sine of half the angle. */
static double km_between(point a, point b)
{
    double x = a.x - b.x, y = a.y - b.y, z = a.z - b.z;
    double half = sqrt(x * x + y * y + z * z) / 2;
    return 2 * EARTH_KM * exact_asin(half < 1 ? half : 1);
}

static const ref *of_side(const ref *one, const ref *other, side side)
{
    return one->side == side ? one : other;
}

static void place_add(measure *m, const value *row)
{
    place *p = m->state;
    p->points = column_grow(m, p->points, sizeof *p->points);
    p->region = column_grow(m, p->region, sizeof *p->region);
    p->points[m->len] = point_of(ref_in(of_side(&p->a, &p->b, SIDE_SOLUTION), row));
    p->region[m->len] = DICT_NONE;
    if (p->same[0].side == SIDE_NONE)
        return;
    const value *region = ref_in(of_side(&p->same[0], &p->same[1], SIDE_SOLUTION), row);
    if (value_is(region, VALUE_TEXT))
        p->region[m->len] = dict_add(p->regions, region->as.text.bytes, value_len(region));
}

static void place_demand(measure *m, const value *row)
{
    place *p = m->state;
    p->here = point_of(ref_in(of_side(&p->a, &p->b, SIDE_DEMAND), row));
    p->home = DICT_NONE;
    if (p->same[0].side == SIDE_NONE)
        return;
    const value *region = ref_in(of_side(&p->same[0], &p->same[1], SIDE_DEMAND), row);
    if (value_is(region, VALUE_TEXT))
        p->home = dict_find(p->regions, region->as.text.bytes, value_len(region));
}

static void place_some(measure *m, size_t from, const uint32_t *which, size_t count, double *shares)
{
    const place *p = m->state;
    bool turned = p->a.side == SIDE_DEMAND;
    for (size_t i = 0; i < count; i++) {
        size_t row = ROW_OF(which, i);
        if (p->home != DICT_NONE && p->region[row] == p->home)
            shares[i] = 1;
        else if (isnan(p->here.x))
            shares[i] = m->absent[SIDE_DEMAND];
        else if (isnan(p->points[row].x))
            shares[i] = m->absent[SIDE_SOLUTION];
        else
            shares[i] = shape_share(&p->shape, turned ? km_between(p->here, p->points[row])
                                                      : km_between(p->points[row], p->here));
    }
}

static bool is_same(const place *p, const value *solution, const value *demand)
{
    const value *a = ref_cell(&p->same[0], solution, demand),
                *b = ref_cell(&p->same[1], solution, demand);
    return value_is(a, VALUE_TEXT) && value_is(b, VALUE_TEXT) && value_equal(a, b);
}

static const ref *place_absent(const measure *m, const value *solution, const value *demand)
{
    const place *p = m->state;
    const ref *first = of_side(&p->a, &p->b, SIDE_DEMAND), *second = first == &p->a ? &p->b : &p->a;
    if (is_same(p, solution, demand))
        return NULL;
    if (isnan(point_of(ref_cell(first, solution, demand)).x))
        return first;
    return isnan(point_of(ref_cell(second, solution, demand)).x) ? second : NULL;
}

static double km_of(const place *p, const value *solution, const value *demand)
{
    return km_between(point_of(ref_cell(&p->a, solution, demand)),
                      point_of(ref_cell(&p->b, solution, demand)));
}

static double place_one(const measure *m, const value *solution, const value *demand)
{
    const place *p = m->state;
    return is_same(p, solution, demand) ? 1 : shape_share(&p->shape, km_of(p, solution, demand));
}

static void place_words(const measure *m, const value *solution, const value *demand, double share,
                        words *w)
{
    const place *p = m->state;
    double km = km_of(p, solution, demand);
    (void)share;
    w->own = "op {km} km";
    if (!isnan(km))
        say_number(&w->km, km, km < 10 ? 1 : 0);
    say_cell(&w->value, ref_cell(&p->a, solution, demand), NULL);
    say_cell(&w->other, ref_cell(&p->b, solution, demand), NULL);
    if (!is_same(p, solution, demand))
        return;
    say_item(&w->terms, value_str(ref_cell(&p->same[0], solution, demand), ""));
    w->own = "beide {terms}";
}

const measure_kind MEASURE_PLACE = {
    .name = "place",
    .dear = true,
    .make = make,
    .free = place_free,
    .add = place_add,
    .demand = place_demand,
    .some = place_some,
    .absent = place_absent,
    .one = place_one,
    .words = place_words,
};
