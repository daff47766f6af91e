/* A score is Σ w·v / Σ w·max over the rules that applied. As a function of one weight x it is
 * (a + x·v) / (b + x·m), so two solutions change places where a polynomial of the second degree
 * does its sign. */
#include "engine/stability.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/chance.h"
#include "base/hash.h"
#include "base/mem.h"

static const double MARGIN = 1e-6;

enum { ENTERS_MOST = 10, PAIRS_AT_ONCE = 100 * MATCH_TOP_MAX };

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

static const char *id_at(const grid *g, size_t row)
{
    return value_str(value_at(g->solutions, row), "");
}

typedef struct named {
    const char *id;
    size_t row;
} named;

static int by_id(const void *a, const void *b)
{
    return strcmp(((const named *)a)->id, ((const named *)b)->id);
}

static void order_ties(grid *g)
{
    named *all = mem_zero(g->len + 1, sizeof *all);
    for (size_t i = 0; i < g->len; i++)
        all[i] = (named){id_at(g, i), i};
    if (g->len)
        qsort(all, g->len, sizeof *all, by_id);
    for (size_t i = 0; i < g->len; i++)
        g->tie[all[i].row] = i;
    free(all);
}

static void grid_make(grid *g, const value *rules, const value *demand)
{
    const value *points = value_get(demand, "points");
    *g = (grid){.said_by = rules, .solutions = value_get(demand, "solutions")};
    g->len = value_len(g->solutions);
    g->rules = g->len ? value_len(rules) : 0;
    g->top = g->len < STABILITY_TOP ? g->len : STABILITY_TOP;
    g->values = mem_zero(g->len * g->rules + 1, sizeof *g->values);
    g->weights = mem_zero(g->rules + 1, sizeof *g->weights);
    g->max = mem_zero(g->rules + 1, sizeof *g->max);
    g->tie = mem_zero(g->len + 1, sizeof *g->tie);
    g->scores = mem_zero(g->len + 1, sizeof *g->scores);
    g->best = mem_zero(STABILITY_TOP + 1, sizeof *g->best);
    g->racing = mem_zero(g->len + 1, sizeof *g->racing);
    for (g->racing_len = 0; g->racing_len < g->len; g->racing_len++)
        g->racing[g->racing_len] = g->racing_len;
    for (size_t k = 0; k < g->rules; k++) {
        g->weights[k] = value_get_double(value_at(rules, k), "weight", 0);
        g->max[k] = value_get_double(value_at(rules, k), "max", 0);
    }
    memcpy(g->values, value_str(points, ""), g->len * g->rules * sizeof *g->values);
    order_ties(g);
}

static void grid_free(grid *g)
{
    free(g->values);
    free(g->weights);
    free(g->max);
    free(g->tie);
    free(g->scores);
    free(g->best);
    free(g->racing);
}

/* Sums over what applied, in the order of the card as everywhere; without `but`. */
static void add_up(const grid *g, size_t row, const double *weights, size_t but, double *points,
                   double *possible)
{
    *points = *possible = 0;
    for (size_t k = 0; k < g->rules; k++) {
        double v = g->values[row * g->rules + k];
        if (k == but || isnan(v))
            continue;
        *points += weights[k] * v;
        *possible += weights[k] * g->max[k];
    }
}

static bool is_better(const grid *g, size_t a, size_t b)
{
    double left = g->scores[a], right = g->scores[b];
    if (isnan(left) || isnan(right))
        return isnan(left) == isnan(right) ? g->tie[a] < g->tie[b] : isnan(right);
    return left != right ? left > right : g->tie[a] < g->tie[b];
}

/* The best rows by these weights, into g->best. */
static void find_best(grid *g, const double *weights)
{
    size_t len = 0;
    for (size_t r = 0; r < g->racing_len; r++) {
        size_t i = g->racing[r];
        double points, possible;
        add_up(g, i, weights, SIZE_MAX, &points, &possible);
        g->scores[i] = possible > 0 ? 100.0 * points / possible : NAN;
        size_t at = len < g->top ? len++ : g->top;
        for (; at > 0 && is_better(g, i, g->best[at - 1]); at--)
            if (at < g->top)
                g->best[at] = g->best[at - 1];
        if (at < g->top)
            g->best[at] = i;
    }
}

/* The most that a row can score while weights stay between `low` and `high` times theirs, or, with
 * those the other way round, the least: each weight is at one end of its range, by whether the rule
 * gives more than the whole (Dinkelbach's method). */
static double extreme(const grid *g, size_t row, double low, double high)
{
    const double *values = &g->values[row * g->rules];
    double whole = NAN;
    for (;;) {
        double points = 0, possible = 0;
        for (size_t k = 0; k < g->rules; k++) {
            if (isnan(values[k]))
                continue;
            double by = values[k] - whole * g->max[k] > 0 ? high : low;
            points += by * g->weights[k] * values[k];
            possible += by * g->weights[k] * g->max[k];
        }
        double next = possible > 0 ? points / possible : NAN;
        if (isnan(next) || (high > low ? next <= whole : next >= whole))
            return 100 * (isnan(whole) ? next : whole);
        whole = next;
    }
}

/* Leaves only rows in the race that can be among the best by some of the weights drawn: those of
 * which not as many always score more. What sums lose to rounding is far below MARGIN. */
static void leave_out_hopeless(grid *g)
{
    const double low = 1 - STABILITY_PERCENT / 100.0, high = 1 + STABILITY_PERCENT / 100.0;
    double sure[STABILITY_TOP]; /* the best of what rows score at least, falling */
    size_t len = 0, left = 0;
    for (size_t k = 0; k < g->rules; k++)
        if (!(g->weights[k] >= 0))
            return;
    for (size_t i = 0; i < g->len; i++) {
        double least = extreme(g, i, high, low);
        size_t at = isnan(least) ? g->top : len < g->top ? len++ : g->top;
        for (; at > 0 && least > sure[at - 1]; at--)
            if (at < g->top)
                sure[at] = sure[at - 1];
        if (at < g->top)
            sure[at] = least;
    }
    for (size_t i = 0; i < g->len; i++)
        if (len < g->top || !(extreme(g, i, low, high) < sure[g->top - 1] - MARGIN))
            g->racing[left++] = i;
    g->racing_len = left;
}

/* q[0] + q[1]·x + q[2]·x², above 0 where `in` scores more than `out` with weight x of the rule. */
static void difference(const grid *g, size_t in, size_t out, size_t rule, double q[3])
{
    double a[2], b[2], v[2], m[2];
    const size_t rows[] = {in, out};
    for (int i = 0; i < 2; i++) {
        double points = g->values[rows[i] * g->rules + rule];
        add_up(g, rows[i], g->weights, rule, &a[i], &b[i]);
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

static bool is_inside(const size_t *best, size_t top, size_t row)
{
    for (size_t i = 0; i < top; i++)
        if (best[i] == row)
            return true;
    return false;
}

static value limit_of(const grid *g, size_t rule, bool up)
{
    double nearest = NAN, q[3];
    size_t leaves = 0, enters = 0;
    for (size_t out = 0; out < g->len; out++) {
        if (is_inside(g->best, g->top, out))
            continue;
        for (size_t i = g->top; i-- > 0;) { /* of equal ones the last leaves */
            difference(g, g->best[i], out, rule, q);
            double x = crossing(q, g->weights[rule], up);
            if (isnan(x) || (!isnan(nearest) && (up ? x >= nearest : x <= nearest)))
                continue;
            nearest = x;
            leaves = g->best[i];
            enters = out;
        }
    }
    if (isnan(nearest))
        return value_nil();
    value limit = value_map();
    value_add(&limit, "weight", value_double(nearest));
    value_add(&limit, "leaves", value_text(id_at(g, leaves)));
    value_add(&limit, "enters", value_text(id_at(g, enters)));
    return limit;
}

static value limits_of(const grid *g)
{
    value list = value_list();
    for (size_t k = 0; k < g->rules; k++) {
        value *row = value_push(&list, value_map());
        value_add(row, "rule", value_text(value_get_str(value_at(g->said_by, k), "rule", "")));
        value_add(row, "weight", value_double(g->weights[k]));
        value_add(row, "down", limit_of(g, k, false));
        value_add(row, "up", limit_of(g, k, true));
    }
    return list;
}

static void count_draws(grid *g, uint64_t seed, size_t *times)
{
    double *weights = mem_zero(g->rules + 1, sizeof *weights);
    leave_out_hopeless(g);
    for (int d = 0; d < STABILITY_DRAWS; d++) {
        for (size_t k = 0; k < g->rules; k++)
            weights[k] =
                g->weights[k] * (1 + STABILITY_PERCENT / 100.0 * (2 * chance_unit(&seed) - 1));
        find_best(g, weights);
        for (size_t i = 0; i < g->top; i++)
            times[g->best[i]]++;
    }
    free(weights);
}

static void add_share(value *list, const grid *g, size_t row, size_t times)
{
    value *item = value_push(list, value_map());
    value_add(item, "solution", value_text(id_at(g, row)));
    value_add(item, "share", value_double((double)times / STABILITY_DRAWS));
}

/* The one that came in most often, at each turn; equal ones in the order of the ranking. */
static value entered(const grid *g, size_t *times, const size_t *stayed)
{
    value list = value_list();
    for (size_t turn = 0; turn < ENTERS_MOST; turn++) {
        size_t most = 0;
        for (size_t i = 1; i < g->len; i++)
            if (!is_inside(stayed, g->top, i) &&
                (is_inside(stayed, g->top, most) || times[i] > times[most]))
                most = i;
        if (!g->len || is_inside(stayed, g->top, most) || !times[most])
            break;
        add_share(&list, g, most, times[most]);
        times[most] = 0;
    }
    return list;
}

value stability_of(const value *rules, const value *demand, uint64_t seed)
{
    grid g;
    value out = value_map(), stays = value_list();
    const char *id = value_get_str(demand, "demand", "");
    grid_make(&g, rules, demand);
    size_t *times = mem_zero(g.len + 1, sizeof *times);
    size_t stayed[STABILITY_TOP];

    find_best(&g, g.weights);
    memcpy(stayed, g.best, sizeof stayed);
    value_add(&out, "top", value_int(STABILITY_TOP));
    value_add(&out, "of", value_int((int64_t)g.len));
    value_add(&out, "scored", value_int(value_get_int(demand, "scored", 0)));
    value_add(&out, "draws", value_int(STABILITY_DRAWS));
    value_add(&out, "percent", value_int(STABILITY_PERCENT));
    value_add(&out, "weights", limits_of(&g));
    count_draws(&g, seed ^ hash_quick(id, strlen(id)), times);
    for (size_t i = 0; i < g.top; i++)
        add_share(&stays, &g, stayed[i], times[stayed[i]]);
    value_add(&out, "stays", stays);
    value_add(&out, "enters", entered(&g, times, stayed));
    free(times);
    grid_free(&g);
    return out;
}

/* Ranks some demands whole and adds what that says; *pairs: how many the first of them has. */
static bool add_some(const stage *on, const match_request *r, value *demands, size_t from,
                     size_t count, size_t *pairs, err *e)
{
    value ids = value_list(), all = value_nil();
    match_request whole = *r;
    for (size_t i = 0; i < count; i++)
        value_push(&ids, value_copy(value_get(value_at(demands, from + i), "demand")));
    whole.demands = &ids;
    whole.top = MATCH_TOP_MAX;
    whole.bare = true;
    whole.progress = NULL;
    whole.steps = whole.phases = NULL;
    bool ok = match_on(on, &whole, NULL, &all, NULL, e);
    const value *ranked = value_get(&all, "demands");
    *pairs = value_len(value_get(value_at(ranked, 0), "solutions"));
    for (size_t i = 0; ok && i < count; i++)
        value_set(&demands->as.list.items[from + i], "stability",
                  stability_of(value_get(&all, "rules"), value_at(ranked, i), r->seed));
    value_free(&ids);
    value_free(&all);
    return ok;
}

/* Some demands at a time: all that is said of all solutions takes room. */
bool stability_add(host *h, const match_request *r, value *document, err *e)
{
    value *demands = (value *)value_get(document, "demands");
    stage on = {0};
    size_t at_once = 1, pairs = 0, len = value_len(demands);
    bool ok = stage_now(h, &on, e);
    for (size_t at = 0, count; ok && at < len; at += count) {
        count = at + at_once < len ? at_once : len - at;
        ok = add_some(&on, r, demands, at, count, &pairs, e);
        at_once = pairs < PAIRS_AT_ONCE ? PAIRS_AT_ONCE / (pairs + 1) : 1;
        if (r->progress)
            r->progress(r->ctx, (int64_t)(at + count), (int64_t)len);
    }
    stage_free(&on);
    return ok;
}
