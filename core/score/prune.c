/* Exact top-k with fewer questions. A score is points over what was possible, so a pair can at best
 * get everything from the rules that were not asked yet: (points + rest) / (possible + rest). When
 * that is below what the k-th best already has, the pair is out. Rules that weigh most are asked
 * first. The order is fixed by the card, so nothing depends on chance or on who does the work. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "score/card_in.h"
#include "score/sums.h"
#include "score/top.h"

/* Below these numbers every pair is asked about: leaving some out would save nothing worth having.
 */
enum { FROM_PAIRS = 1000, FROM_TOPS = 4 };

/* Bounds and scores are sums in different orders: they may differ in the last bits, never by this
 * much. */
static const double ROUNDING = 1e-9;

typedef struct race {
    card *card;
    size_t top;
    rule **pairs; /* rules on pairs, in the order they are asked */
    size_t len;
    double threshold; /* the k-th best score so far; NaN: unknown */
} race;

static double stake(const rule *r)
{
    return r->weight * r->max;
}

static void add_answer(card *c, const rule *r, uint32_t solution)
{
    answer a = rule_said(r, solution);
    if (a.outcome != OUTCOME_POINTS)
        return;
    c->points[solution] += r->weight * a.points;
    c->possible[solution] += stake(r);
}

static void ask_alive(card *c, rule *r)
{
    rule_answer(c, r, c->alive, c->alive_len);
    for (size_t i = 0; i < c->alive_len; i++)
        add_answer(c, r, c->alive[i]);
}

/* Rules on one record cost one call a record at most, so they come first, for all. */
static void ask_records(card *c)
{
    for (size_t i = 0; i < c->len; i++)
        if (!c->rules[i].gate && c->rules[i].on != ON_PAIR)
            ask_alive(c, &c->rules[i]);
}

/* By what is at stake, falling; equal ones in the order of the card. */
static void order_pairs(race *x)
{
    card *c = x->card;
    x->pairs = mem_zero(c->len + 1, sizeof *x->pairs);
    for (size_t i = 0; i < c->len; i++) {
        rule *r = &c->rules[i];
        if (r->gate || r->on != ON_PAIR)
            continue;
        size_t at = x->len++;
        for (; at > 0 && stake(x->pairs[at - 1]) < stake(r); at--)
            x->pairs[at] = x->pairs[at - 1];
        x->pairs[at] = r;
    }
}

/* Scores, in full, the pairs that look best so far: the worst of them is a score that k pairs
 * reach. */
static void raise_threshold(race *x, size_t asked)
{
    card *c = x->card;
    for (size_t i = 0; i < c->alive_len; i++) {
        uint32_t s = c->alive[i];
        c->scores[s] = c->possible[s] > 0 ? c->points[s] / c->possible[s] : NAN;
    }
    memcpy(c->best, c->alive, c->alive_len * sizeof *c->best);
    size_t count = top_of(c->best, c->alive_len, c->scores, x->top);
    for (size_t i = asked; i < x->len; i++)
        rule_answer(c, x->pairs[i], c->best, count);
    double worst = INFINITY;
    for (size_t i = 0; i < count; i++) {
        card_score(c, c->best[i]);
        worst = isnan(c->scores[c->best[i]]) ? NAN : fmin(worst, c->scores[c->best[i]]);
        if (isnan(worst))
            return;
    }
    if (!(x->threshold >= worst))
        x->threshold = worst;
}

static void drop_hopeless(race *x, size_t asked)
{
    card *c = x->card;
    double rest = 0;
    size_t kept = 0;
    for (size_t i = asked; i < x->len; i++)
        rest += stake(x->pairs[i]);
    for (size_t i = 0; i < c->alive_len; i++) {
        uint32_t s = c->alive[i];
        double possible = c->possible[s] + rest;
        double bound = possible > 0 ? 100.0 * (c->points[s] + rest) / possible : 0;
        if (bound >= x->threshold - ROUNDING * 100.0)
            c->alive[kept++] = s;
    }
    c->alive_len = kept;
}

static bool worth_pruning(const card *c, size_t top)
{
    return c->alive_len > FROM_PAIRS && c->alive_len / FROM_TOPS > top;
}

void prune_answer(card *c, size_t top)
{
    race x = {.card = c, .top = top, .threshold = NAN};
    for (size_t i = 0; i < c->alive_len; i++)
        c->points[c->alive[i]] = c->possible[c->alive[i]] = 0;
    ask_records(c);
    order_pairs(&x);
    for (size_t i = 0; i < x.len; i++) {
        ask_alive(c, x.pairs[i]);
        if (i + 1 == x.len || !worth_pruning(c, top))
            continue;
        raise_threshold(&x, i + 1);
        if (!isnan(x.threshold))
            drop_hopeless(&x, i + 1);
    }
    free(x.pairs);
}
