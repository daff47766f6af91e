/* Exact top-k with fewer questions. A score is points over what was possible, so a pair can at best
 * get everything from the rules that were not asked yet: (points + rest) / (possible + rest). When
 * that is below what k pairs surely have, the pair is out. Rules that cost little are asked first,
 * among equals those that weigh most, and rules in Lua last. (Measured on tests/bench/match: asked
 * after the others, a measure of texts is asked about a quarter less and the match takes as long.)
 * The order is fixed by the card, so nothing depends on chance or on who does the work.
 *
 * Who has a ranking already and looks for what comes into it knows from the start what is too
 * little (`least`). Then rules in Lua come first and are asked about all: one that fails for a pair
 * must be heard, also where the pair is out. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "score/card_in.h"
#include "score/failures.h"
#include "score/rule_measure.h"
#include "score/sums.h"
#include "score/top.h"

/* FROM_PAIRS, FROM_TOPS: with fewer pairs leaving some out would save nothing worth having.
 * CANDIDATES: tops of pairs that are scored in full to know what k pairs reach. FEW: a rule in Lua
 * that sees so many times fewer solutions than there are costs little. */
enum { FROM_PAIRS = 100, FROM_TOPS = 4, CANDIDATES = 2, FEW = 16 };

/* Bounds and scores are sums in different orders: they may differ in the last bits, never by this
 * much. */
static const double ROUNDING = 1e-9;

/* What a rule on pairs costs. */
typedef enum cost { COST_KERNEL, COST_DEAR_KERNEL, COST_FEW_CALLS, COST_CALLS } cost;

typedef struct race {
    card *card;
    size_t top;
    rule **pairs; /* rules on pairs, in the order they are asked */
    size_t len;
    size_t told;      /* of so many, sums alone are known of most */
    bool from_least;  /* the threshold was given */
    double threshold; /* what k pairs reach at least; NaN: unknown */
} race;

static double stake(const rule *r)
{
    return r->weight * r->max;
}

static cost cost_of(card *c, rule *r)
{
    if (r->measure)
        return measure_is_dear(r->measure) ? COST_DEAR_KERNEL : COST_KERNEL;
    rule_group(c, r);
    return (size_t)r->distinct * FEW <= rows_len(c->solutions) ? COST_FEW_CALLS : COST_CALLS;
}

/* {weight · max · share, weight · max}; {0, 0} for NaN, without a branch. */
static inline sum_pair sum_of(double share, sum_pair all)
{
    typedef int64_t mask __attribute__((vector_size(16)));
    const sum_pair both = {share, share};
    return (sum_pair)((mask)(all * (sum_pair){share, 1}) & (both == both));
}

/* Shares by place in `alive`. */
static void add_shares(card *c, const rule *r, const double *restrict shares)
{
    const sum_pair all = {stake(r), stake(r)};
    for (size_t i = 0; i < c->alive_len; i++)
        c->so_far[i] += sum_of(shares[i], all);
}

/* Who it failed for stays in the race as if it had given all: had it not failed, they could be
 * among the best, and that is to be told (failures.h). */
static sum_pair sum_said(const rule *r, answer a)
{
    if (a.outcome == OUTCOME_POINTS)
        return (sum_pair){r->weight * a.points, stake(r)};
    return rule_failed(r, a) ? (sum_pair){stake(r), stake(r)} : (sum_pair){0, 0};
}

/* Adds what a rule said of the solutions alive, which it was asked about. */
static void add_answers(card *c, const rule *r)
{
    const sum_pair all = {stake(r), stake(r)};
    sum_pair *restrict so_far = c->so_far;
    const uint32_t *restrict alive = c->alive, *restrict group = r->group;
    const double *restrict shares = r->shares;
    for (size_t i = 0; r->measure && i < c->alive_len; i++)
        so_far[i] += sum_of(shares[group[alive[i]]], all);
    for (size_t i = 0; !r->measure && i < c->alive_len; i++)
        so_far[i] += sum_said(r, rule_said(r, alive[i]));
}

static void ask_alive(card *c, rule *r)
{
    rule_answer(c, r, c->alive, c->alive_len);
    add_answers(c, r);
}

/* The sums of rules on solutions alone are the same for all demands. */
static void sum_records(card *c)
{
    size_t all = rows_len(c->solutions);
    c->own = mem_zero(all + 1, sizeof *c->own);
    for (size_t i = 0; i < c->len; i++) {
        rule *r = &c->rules[i];
        if (r->gate || r->on != ON_SOLUTION)
            continue;
        rule_answer(c, r, c->alive, c->alive_len);
        for (size_t s = 0; s < all; s++)
            c->own[s] += sum_said(r, rule_said(r, (uint32_t)s));
    }
}

/* Rules on one record cost one call a record at most, so they come first, for all. */
static void ask_records(card *c)
{
    if (!c->own)
        sum_records(c);
    for (size_t i = 0; i < c->alive_len; i++)
        c->so_far[i] = c->own[c->alive[i]];
    for (size_t i = 0; i < c->len; i++)
        if (!c->rules[i].gate && c->rules[i].on == ON_DEMAND)
            ask_alive(c, &c->rules[i]);
}

static bool goes_before(const race *x, rule *a, rule *b)
{
    if (x->from_least && !a->measure != !b->measure)
        return !a->measure;
    cost of_a = cost_of(x->card, a), of_b = cost_of(x->card, b);
    return of_a != of_b ? of_a < of_b : stake(a) > stake(b);
}

/* By what they cost; then by what is at stake, falling; equal ones in the order of the card. */
static void order_pairs(race *x)
{
    card *c = x->card;
    x->pairs = mem_zero(c->len + 1, sizeof *x->pairs);
    for (size_t i = 0; i < c->len; i++) {
        rule *r = &c->rules[i];
        if (r->gate || r->on != ON_PAIR)
            continue;
        size_t at = x->len++;
        for (; at > 0 && goes_before(x, r, x->pairs[at - 1]); at--)
            x->pairs[at] = x->pairs[at - 1];
        x->pairs[at] = r;
    }
}

static bool worth_pruning(const card *c, size_t top)
{
    return c->alive_len > FROM_PAIRS && c->alive_len / FROM_TOPS > top;
}

/* While there are many, of a measure only the sums are kept. */
static void ask_next(race *x, size_t next)
{
    card *c = x->card;
    rule *r = x->pairs[next];
    if (x->told < next || !r->measure || !worth_pruning(c, x->top)) {
        ask_alive(c, r);
        return;
    }
    x->told = next + 1;
    const double *shares = rule_measure_told(c, r, c->alive, c->alive_len);
    if (shares)
        add_shares(c, r, shares);
    else
        add_answers(c, r);
}

/* Sees to it that all is known of a few, but of what all were asked in full. A measure computes
 * these once more when it is asked about all: then they are counted. */
static void ask_few(race *x, size_t asked, const uint32_t *which, size_t count)
{
    for (size_t i = 0; i < x->len; i++) {
        rule *r = x->pairs[i];
        int64_t before = r->tally.asked;
        if (i < x->told || i >= asked)
            rule_answer(x->card, r, which, count);
        if (r->measure && !r->dense)
            r->tally.asked = before;
    }
}

/* Scores, in full, the pairs that look best so far: k of them surely reach what the k-th has. */
static void raise_threshold(race *x, size_t asked)
{
    card *c = x->card;
    for (size_t i = 0; i < c->alive_len; i++)
        c->scores[c->alive[i]] =
            c->so_far[i][POSSIBLE] > 0 ? c->so_far[i][POINTS] / c->so_far[i][POSSIBLE] : NAN;
    memcpy(c->best, c->alive, c->alive_len * sizeof *c->best);
    size_t count = top_of(c->best, c->alive_len, c->scores, CANDIDATES * x->top);
    ask_few(x, asked, c->best, count);
    for (size_t i = 0; i < count; i++)
        card_score(c, c->best[i]);
    size_t best = top_of(c->best, count, c->scores, x->top);
    double worst = best == x->top ? c->scores[c->best[best - 1]] : NAN;
    if (!isnan(worst) && !(x->threshold >= worst))
        x->threshold = worst;
}

static void drop_hopeless(race *x, size_t asked)
{
    card *c = x->card;
    double rest = 0, least = (x->threshold - ROUNDING * 100.0) / 100.0;
    size_t kept = 0;
    for (size_t i = asked; i < x->len; i++)
        rest += stake(x->pairs[i]);
    for (size_t i = 0; i < c->alive_len; i++) {
        sum_pair most = c->so_far[i] + rest;
        c->alive[kept] = c->alive[i];
        c->so_far[kept] = c->so_far[i];
        kept += most[POINTS] >= least * most[POSSIBLE];
    }
    if (asked)
        x->pairs[asked - 1]->tally.out += (int64_t)(c->alive_len - kept);
    c->alive_len = kept;
}

/* Not between rules that cost little. */
static bool is_step(card *c, rule *asked, rule *next)
{
    cost now = cost_of(c, asked), then = cost_of(c, next);
    return now != then || then == COST_DEAR_KERNEL || then == COST_CALLS;
}

/* With few left, as is usual, a text of the demand is worth no look. */
static void answer_above(race *x)
{
    for (size_t i = 0; i < x->len && x->card->alive_len; i++) {
        if (x->pairs[i]->measure)
            drop_hopeless(x, i);
        if (x->card->alive_len)
            ask_alive(x->card, x->pairs[i]);
    }
}

static void answer_best(race *x)
{
    card *c = x->card;
    for (size_t i = 0; i < x->len; i++) {
        ask_next(x, i);
        if (i + 1 == x->len || !worth_pruning(c, x->top) ||
            !is_step(c, x->pairs[i], x->pairs[i + 1]))
            continue;
        raise_threshold(x, i + 1);
        if (!isnan(x->threshold))
            drop_hopeless(x, i + 1);
    }
    ask_few(x, x->len, c->alive, c->alive_len);
}

void prune_answer(card *c, size_t top, double least)
{
    race x = {.card = c, .top = top, .from_least = least > 0};
    x.threshold = x.from_least ? least : NAN;
    ask_records(c);
    order_pairs(&x);
    if (x.from_least)
        answer_above(&x);
    else
        answer_best(&x);
    free(x.pairs);
}
