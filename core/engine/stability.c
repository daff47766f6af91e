/* The rankings that drawn weights give. */
#include "engine/stability.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/chance.h"
#include "base/hash.h"
#include "base/mem.h"
#include "engine/failed.h"
#include "engine/stability_parts.h"

static const double MARGIN = 1e-6;

enum { ENTERS_MOST = 10, PAIRS_AT_ONCE = 100 * MATCH_TOP_MAX };

const char *grid_id(const grid *g, size_t row)
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
        all[i] = (named){grid_id(g, i), i};
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

void grid_add_up(const grid *g, size_t row, const double *weights, size_t but, double *points,
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

void grid_find_best(grid *g, const double *weights)
{
    size_t len = 0;
    for (size_t r = 0; r < g->racing_len; r++) {
        size_t i = g->racing[r];
        double points, possible;
        grid_add_up(g, i, weights, SIZE_MAX, &points, &possible);
        g->scores[i] = possible > 0 ? 100.0 * points / possible : NAN;
        size_t at = len < g->top ? len++ : g->top;
        for (; at > 0 && is_better(g, i, g->best[at - 1]); at--)
            if (at < g->top)
                g->best[at] = g->best[at - 1];
        if (at < g->top)
            g->best[at] = i;
    }
}

bool grid_inside(const size_t *best, size_t top, size_t row)
{
    for (size_t i = 0; i < top; i++)
        if (best[i] == row)
            return true;
    return false;
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

static void count_draws(grid *g, uint64_t seed, size_t *times)
{
    double *weights = mem_zero(g->rules + 1, sizeof *weights);
    leave_out_hopeless(g);
    for (int d = 0; d < STABILITY_DRAWS; d++) {
        for (size_t k = 0; k < g->rules; k++)
            weights[k] =
                g->weights[k] * (1 + STABILITY_PERCENT / 100.0 * (2 * chance_unit(&seed) - 1));
        grid_find_best(g, weights);
        for (size_t i = 0; i < g->top; i++)
            times[g->best[i]]++;
    }
    free(weights);
}

static void add_share(value *list, const grid *g, size_t row, size_t times)
{
    value *item = value_push(list, value_map());
    value_add(item, "solution", value_text(grid_id(g, row)));
    value_add(item, "share", value_double((double)times / STABILITY_DRAWS));
}

/* The one that came in most often, at each turn; equal ones in the order of the ranking. */
static value entered(const grid *g, size_t *times, const size_t *stayed)
{
    value list = value_list();
    for (size_t turn = 0; turn < ENTERS_MOST; turn++) {
        size_t most = 0;
        for (size_t i = 1; i < g->len; i++)
            if (!grid_inside(stayed, g->top, i) &&
                (grid_inside(stayed, g->top, most) || times[i] > times[most]))
                most = i;
        if (!g->len || grid_inside(stayed, g->top, most) || !times[most])
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

    grid_find_best(&g, g.weights);
    memcpy(stayed, g.best, sizeof stayed);
    value_add(&out, "top", value_int(STABILITY_TOP));
    value_add(&out, "of", value_int((int64_t)g.len));
    value_add(&out, "scored", value_int(value_get_int(demand, "scored", 0)));
    value_add(&out, "draws", value_int(STABILITY_DRAWS));
    value_add(&out, "percent", value_int(STABILITY_PERCENT));
    value_add(&out, "weights", stability_limits(&g, stayed));
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
                     size_t count, size_t *pairs, value *failed, err *e)
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
    failed_add(on->registry, failed, value_get(&all, "failed_rules"));
    value_free(&ids);
    value_free(&all);
    return ok;
}

/* Some demands at a time: all that is said of all solutions takes room. */
bool stability_add(host *h, const match_request *r, value *document, err *e)
{
    value *demands = (value *)value_get(document, "demands"), failed = value_list();
    stage on = {0};
    size_t at_once = 1, pairs = 0, len = value_len(demands);
    bool ok = stage_now(h, &on, e);
    on.recounts = r->recounts;
    for (size_t at = 0, count; ok && at < len; at += count) {
        count = at + at_once < len ? at_once : len - at;
        ok = add_some(&on, r, demands, at, count, &pairs, &failed, e);
        at_once = pairs < PAIRS_AT_ONCE ? PAIRS_AT_ONCE / (pairs + 1) : 1;
        if (r->progress)
            r->progress(r->ctx, (int64_t)(at + count), (int64_t)len);
    }
    value_set(document, "failed_rules", failed); /* of all pairs, so of the best too */
    stage_free(&on);
    return ok;
}
