/* Coordinate ascent: one weight at a time is tried at a few multiples and at 0, the best is kept,
 * until a round changes nothing. Weights are few and rankings move in steps, so that a gradient
 * would have nothing to go by (Metzler and Croft 2007 do the same for retrieval). */
#include "engine/tune.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/chance.h"
#include "base/mem.h"
#include "base/text.h"
#include "engine/counted.h"
#include "engine/shares.h"

enum { ROUNDS = 20 };

/* A change must earn this much, or the weight stays. */
static const double WORTH = 1e-6;
static const double TRIED[] = {0, 0.25, 0.5, 0.75, 1.25, 1.5, 2, 4};

typedef struct fitting {
    const shares *s;
    const size_t *demands; /* those fitted to */
    size_t len, metric;
    double *scores; /* room for the pairs of one demand */
} fitting;

static quality one_quality(const shares *s, size_t demand, const double *weights, double *scores)
{
    const shares_demand *d = &s->demands[demand];
    for (size_t i = 0; i < d->pairs; i++)
        scores[i] = shares_score(s, d, i, weights);
    return shares_quality(d, scores);
}

static double objective(const fitting *f, const double *weights)
{
    double sum = 0;
    for (size_t i = 0; i < f->len; i++)
        sum += one_quality(f->s, f->demands[i], weights, f->scores).of[f->metric];
    return f->len ? sum / (double)f->len : 0;
}

/* Two digits that people can read. */
static double rounded(double weight)
{
    char text[32];
    snprintf(text, sizeof text, "%.2g", weight);
    return strtod(text, NULL);
}

static bool any_weight(const double *weights, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if (weights[i] > 0)
            return true;
    return false;
}

/* Tries rule `r` at other weights; true when one was better. */
static bool improve(const fitting *f, double *weights, size_t r, double *best)
{
    double before = weights[r], kept = before, start = before > 0 ? before : 1;
    for (size_t i = 0; i < sizeof TRIED / sizeof *TRIED; i++) {
        weights[r] = rounded(start * TRIED[i]);
        if (weights[r] == before || !any_weight(weights, f->s->rules_len))
            continue;
        double now = objective(f, weights);
        if (now > *best + WORTH) {
            *best = now;
            kept = weights[r];
        }
    }
    weights[r] = kept;
    return kept != before;
}

static void fit(const fitting *f, double *weights)
{
    double best = objective(f, weights);
    bool moved = true;
    for (int round = 0; moved && round < ROUNDS; round++) {
        moved = false;
        for (size_t r = 0; r < f->s->rules_len; r++)
            moved = improve(f, weights, r, &best) || moved;
    }
}

static double *weights_now(const shares *s)
{
    double *weights = mem_zero(s->rules_len + 1, sizeof *weights);
    for (size_t r = 0; r < s->rules_len; r++)
        weights[r] = value_get_double(value_at(&s->rules, r), "weight", 0);
    return weights;
}

static size_t most_pairs(const shares *s)
{
    size_t most = 0;
    for (size_t i = 0; i < s->len; i++)
        most = s->demands[i].pairs > most ? s->demands[i].pairs : most;
    return most;
}

/* The demands in an order of chance; number i belongs to fold i % folds. */
static size_t *dealt(size_t len, uint64_t seed)
{
    size_t *order = mem_zero(len + 1, sizeof *order);
    for (size_t i = 0; i < len; i++)
        order[i] = i;
    for (size_t i = len; i > 1; i--) {
        size_t k = (size_t)(chance_next(&seed) % i), kept = order[i - 1];
        order[i - 1] = order[k];
        order[k] = kept;
    }
    return order;
}

/* Each fold by weights fitted to the others. */
static void hold_out(const shares *s, const tune_request *r, fitting f, quality *out)
{
    size_t *order = dealt(s->len, r->match.seed), folds = (size_t)r->folds;
    size_t *others = mem_zero(s->len + 1, sizeof *others);
    for (size_t fold = 0; fold < folds; fold++) {
        double *weights = weights_now(s);
        f.demands = others;
        f.len = 0;
        for (size_t i = 0; i < s->len; i++)
            if (i % folds != fold)
                others[f.len++] = order[i];
        fit(&f, weights);
        for (size_t i = fold; i < s->len; i += folds)
            out[order[i]] = one_quality(s, order[i], weights, f.scores);
        free(weights);
    }
    free(others);
    free(order);
}

static value metrics_of(const quality *q)
{
    value map = value_map();
    for (size_t m = 0; m < QUALITY_METRICS; m++)
        value_add(&map, QUALITY_NAMES[m], value_double(q->of[m]));
    return map;
}

static value differences(const quality *before, const quality *held, size_t len, uint64_t seed)
{
    quality *change = mem_zero(len + 1, sizeof *change), low, high;
    value map = value_map();
    for (size_t i = 0; i < len; i++)
        for (size_t m = 0; m < QUALITY_METRICS; m++)
            change[i].of[m] = held[i].of[m] - before[i].of[m];
    quality mean = quality_mean(change, len), p = quality_chance(change, len, seed);
    quality_interval(change, len, seed, &low, &high);
    for (size_t m = 0; m < QUALITY_METRICS; m++) {
        value *row = value_add(&map, QUALITY_NAMES[m], value_map());
        value_add(row, "difference", value_double(mean.of[m]));
        value *interval = value_add(row, "interval", value_list());
        value_push(interval, value_double(low.of[m]));
        value_push(interval, value_double(high.of[m]));
        value_add(row, "p", value_double(p.of[m]));
    }
    free(change);
    return map;
}

static quality mean_by(const shares *s, const double *weights, double *scores, quality *each)
{
    for (size_t i = 0; i < s->len; i++)
        each[i] = one_quality(s, i, weights, scores);
    return quality_mean(each, s->len);
}

static void tune(shares *s, const tune_request *r, size_t metric, value *doc)
{
    double *now = weights_now(s), *best = weights_now(s);
    double *scores = mem_zero(most_pairs(s) + 1, sizeof *scores);
    quality *before = mem_zero(s->len + 1, sizeof *before);
    quality *each = mem_zero(s->len + 1, sizeof *each);
    size_t *all = mem_zero(s->len + 1, sizeof *all);
    for (size_t i = 0; i < s->len; i++)
        all[i] = i;
    fitting f = {s, all, s->len, metric, scores};
    quality was = mean_by(s, now, scores, before);
    fit(&f, best);
    quality fitted = mean_by(s, best, scores, each);
    for (size_t i = 0; i < s->rules_len; i++)
        value_set(&s->rules.as.list.items[i], "suggested", value_double(best[i]));
    hold_out(s, r, f, each);
    quality held = quality_mean(each, s->len);
    value_add(doc, "rules", value_copy(&s->rules));
    value_add(doc, "before", metrics_of(&was));
    value_add(doc, "fitted", metrics_of(&fitted));
    value_add(doc, "held_out", metrics_of(&held));
    value_add(doc, "difference", differences(before, each, s->len, r->match.seed));
    free(now);
    free(best);
    free(scores);
    free(before);
    free(each);
    free(all);
}

static size_t metric_of(const char *name)
{
    size_t m = 0;
    while (m < QUALITY_METRICS && strcmp(QUALITY_NAMES[m], name) != 0)
        m++;
    return m;
}

static bool enough(const shares *s, const tune_request *r, err *e)
{
    size_t pairs = 0;
    for (size_t i = 0; i < s->len; i++)
        pairs += s->demands[i].pairs;
    if (!pairs) {
        err_set(e, ERR_BAD_DATA, "no solution passes the gates for these demands");
        err_where(e, "%s", r->qrels);
        return err_hint(e, "`polder explain` tells which gate");
    }
    if (s->rules_len < 2) {
        err_set(e, ERR_USAGE, "the scorecard has %zu rule%s: there is nothing to weigh",
                s->rules_len, s->rules_len == 1 ? "" : "s");
        return false;
    }
    if (s->len >= (size_t)r->folds)
        return true;
    err_set(e, ERR_BAD_DATA, "%zu %s with known answers: too few for %d folds", s->len,
            text_plural((int64_t)s->len, "demand", "demands"), r->folds);
    err_where(e, "%s", r->qrels);
    return err_hint(e, s->len < 2 ? "add known answers of other demands"
                                  : "add known answers, or ask for fewer folds (--folds 2)");
}

bool tune_run(host *h, const tune_request *r, value *out, err *e)
{
    qrels known = {0};
    shares s = {0};
    value unknown = value_list(), doc = value_map();
    size_t metric = metric_of(r->metric);
    store *st = workspace_store(host_workspace(h), e);
    bool ok =
        st && qrels_read_known(r->qrels, st, &known, &unknown, e) &&
        (metric < QUALITY_METRICS || err_set(e, ERR_USAGE, "there is no metric '%s'", r->metric)) &&
        shares_read(h, &r->match, &known, &s, e) && enough(&s, r, e);
    if (ok) {
        value_add(&doc, "scorecard", value_copy(value_get(&s.scorecard, "scorecard")));
        value_add(&doc, "today", value_copy(value_get(&s.scorecard, "today")));
        value_add(&doc, "log", value_copy(value_get(&s.scorecard, "log")));
        counted_tell(value_get_int(&s.scorecard, "counted", 0), 0, &doc);
        value_add(&doc, "qrels", value_text(r->qrels));
        value_add(&doc, "metric", value_text(r->metric));
        value_add(&doc, "folds", value_int(r->folds));
        value_add(&doc, "n", value_int((int64_t)s.len));
        value_add(&doc, "cut", value_int((int64_t)s.cut));
        tune(&s, r, metric, &doc);
        value_add(&doc, "unknown", unknown);
        value_add(&doc, "failed_rules", value_copy(value_get(&s.scorecard, "failed_rules")));
        unknown = value_nil();
        *out = doc;
        doc = value_nil();
    }
    value_free(&doc);
    value_free(&unknown);
    shares_free(&s);
    qrels_free(&known);
    return ok;
}
