/* A score is Σ w·v / Σ w·max over the rules that applied. As a function of one weight x it is
 * (a + x·v) / (b + x·m), so two solutions change places where a polynomial of the second degree
 * does its sign. */
#include <math.h>

#include "engine/stability_parts.h"

/* q[0] + q[1]·x + q[2]·x², above 0 where `in` scores more than `out` with weight x of the rule. */
static void difference(const grid *g, size_t in, size_t out, size_t rule, double q[3])
{
    double a[2], b[2], v[2], m[2];
    const size_t rows[] = {in, out};
    for (int i = 0; i < 2; i++) {
        double points = g->values[rows[i] * g->rules + rule];
        grid_add_up(g, rows[i], g->weights, rule, &a[i], &b[i]);
        v[i] = isnan(points) ? 0 : points;
        m[i] = isnan(points) ? 0 : g->max[rule];
    }
    q[0] = a[0] * b[1] - a[1] * b[0];
    q[1] = a[0] * m[1] + v[0] * b[1] - a[1] * m[0] - v[1] * b[0];
    q[2] = v[0] * m[1] - v[1] * m[0];
}

static int roots(const double q[3], double out[2])
{
    if (q[2] == 0) {
        out[0] = -q[0] / q[1];
        return q[1] != 0;
    }
    double inside = q[1] * q[1] - 4 * q[2] * q[0];
    if (inside < 0)
        return 0;
    double large = -0.5 * (q[1] + copysign(sqrt(inside), q[1]));
    double first = large / q[2], second = large != 0 ? q[0] / large : first;
    out[0] = fmin(first, second);
    out[1] = fmax(first, second);
    return 2;
}

static double at(const double q[3], double x)
{
    return q[0] + x * (q[1] + x * q[2]);
}

/* The weight nearest to `weight`, below or above, beyond which `out` scores more; NaN: there is
 * none.
 */
static double crossing(const double q[3], double weight, bool up)
{
    double found[2] = {NAN, NAN}, nearest = NAN;
    int count = roots(q, found);
    for (int i = 0; i < count; i++) {
        double x = found[up ? i : count - 1 - i];
        double next = up ? (i + 1 < count ? found[i + 1] : x + fmax(1, fabs(x)))
                         : (i + 1 < count ? found[count - 2 - i] : x - fmax(1, fabs(x)));
        bool beyond = up ? x >= weight : x <= weight;
        if (isnan(nearest) && beyond && x >= 0 && at(q, (x + next) / 2) < 0)
            nearest = x;
    }
    return nearest;
}

/* The weight nearest to `from`, below or above, beyond which a pair changes places; NaN: none. */
static double nearest_crossing(const grid *g, const size_t *stayed, size_t rule, double from,
                               bool up)
{
    double nearest = NAN, q[3];
    for (size_t out = 0; out < g->len; out++) {
        if (grid_inside(stayed, g->top, out))
            continue;
        for (size_t i = 0; i < g->top; i++) {
            difference(g, stayed[i], out, rule, q);
            double x = crossing(q, from, up);
            if (isnan(nearest) || (up ? x < nearest : x > nearest))
                nearest = x;
        }
    }
    return nearest;
}

/* The ranking with `there` as the weight, reckoned as a match does: whether another is among the
 * best. *leaves: of those that go the last now; *enters: of those that come the best then. */
static bool changes_at(grid *g, const size_t *stayed, size_t rule, double there, size_t *leaves,
                       size_t *enters)
{
    double weight = g->weights[rule];
    size_t gone = g->top, came = g->top;
    g->weights[rule] = there;
    grid_find_best(g, g->weights);
    g->weights[rule] = weight;
    for (size_t i = g->top; i-- > 0;) {
        if (gone == g->top && !grid_inside(g->best, g->top, stayed[i]))
            gone = i;
        if (!grid_inside(stayed, g->top, g->best[i]))
            came = i;
    }
    if (gone == g->top || isnan(g->scores[g->best[0]])) /* at 0 nobody may have a score left */
        return false;
    *leaves = stayed[gone];
    *enters = g->best[came];
    return true;
}

/* A weight of 0 is looked at itself: nothing lies beyond, and equals go by id there. */
static value limit_of(grid *g, const size_t *stayed, size_t rule, bool up)
{
    const double near = 1e-6, step = up ? 1 + near : 1 - near;
    double weight = g->weights[rule], x = weight;
    size_t leaves = 0, enters = 0;
    bool found = false;
    for (double from = weight; !found && x > 0; from = x * step) {
        x = nearest_crossing(g, stayed, rule, from, up);
        if (!up && !(x > near * weight))
            x = 0;
        found = !isnan(x) && changes_at(g, stayed, rule, x * step, &leaves, &enters);
    }
    if (!found)
        return value_nil();
    value limit = value_map();
    value_add(&limit, "weight", value_double(x));
    value_add(&limit, "leaves", value_text(grid_id(g, leaves)));
    value_add(&limit, "enters", value_text(grid_id(g, enters)));
    return limit;
}

value stability_limits(grid *g, const size_t *stayed)
{
    value list = value_list();
    for (size_t k = 0; k < g->rules; k++) {
        value *row = value_push(&list, value_map());
        value_add(row, "rule", value_text(value_get_str(value_at(g->said_by, k), "rule", "")));
        value_add(row, "weight", value_double(g->weights[k]));
        value_add(row, "down", limit_of(g, stayed, k, false));
        value_add(row, "up", limit_of(g, stayed, k, true));
    }
    return list;
}
