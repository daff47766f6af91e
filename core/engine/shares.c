#include "engine/shares.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "engine/counted.h"
#include "engine/eval.h"
#include "engine/failed.h"

enum { PAIRS_AT_ONCE = 1000000 };

void shares_free(shares *s)
{
    for (size_t i = 0; i < s->len; i++) {
        free(s->demands[i].points);
        free(s->demands[i].known);
        free(s->demands[i].relevant);
        free(s->demands[i].all);
    }
    free(s->demands);
    free(s->max);
    value_free(&s->rules);
    value_free(&s->scorecard);
    *s = (shares){0};
}

static void find_demands(shares *s, const qrels *known)
{
    s->demands = mem_zero(known->len + 1, sizeof *s->demands);
    for (size_t at = 0, count; at < known->len; at += count) {
        shares_demand d = {.rows = &known->rows[at]};
        count = d.count = qrels_of_demand(known, at);
        d.all = mem_zero(count, sizeof *d.all);
        for (size_t i = 0; i < count; i++)
            if (d.rows[i].relevance > 0)
                d.all[d.all_len++] = d.rows[i].relevance;
        if (d.all_len)
            s->demands[s->len++] = d;
        else
            free(d.all);
    }
}

static void read_rules(shares *s, const value *rules)
{
    s->rules = value_list();
    s->rules_len = value_len(rules);
    s->max = mem_zero(s->rules_len + 1, sizeof *s->max);
    for (size_t i = 0; i < s->rules_len; i++) {
        const value *from = value_at(rules, i);
        value *row = value_push(&s->rules, value_map());
        value_add(row, "rule", value_text(value_get_str(from, "rule", "")));
        s->max[i] = value_get_double(from, "max", 0);
        value_add(row, "max", value_double(s->max[i]));
        value_add(row, "weight", value_double(value_get_double(from, "weight", 0)));
    }
}

typedef struct named {
    const char *id;
    size_t row;
} named;

static int by_id(const void *a, const void *b)
{
    return strcmp(((const named *)a)->id, ((const named *)b)->id);
}

static void read_demand(shares *s, shares_demand *d, const value *rules, const value *answer)
{
    const value *solutions = value_get(answer, "solutions");
    const char *points = value_get_str(answer, "points", "");
    d->pairs = value_len(solutions);
    if (!s->rules_len && d->pairs)
        read_rules(s, rules);
    s->cut += (size_t)value_get_int(answer, "scored", 0) - d->pairs;
    named *order = mem_zero(d->pairs + 1, sizeof *order);
    size_t bytes = s->rules_len * sizeof *d->points;
    d->points = mem_zero(d->pairs * s->rules_len + 1, sizeof *d->points);
    d->known = mem_zero(d->pairs + 1, sizeof *d->known);
    d->relevant = mem_zero(d->pairs + 1, sizeof *d->relevant);
    for (size_t i = 0; i < d->pairs; i++)
        order[i] = (named){value_str(value_at(solutions, i), ""), i};
    qsort(order, d->pairs, sizeof *order, by_id);
    for (size_t i = 0; i < d->pairs; i++) {
        double relevance = qrels_relevance(d->rows, d->count, order[i].id);
        memcpy(d->points + i * s->rules_len, points + order[i].row * bytes, bytes);
        if (relevance > 0) {
            d->known[d->known_len] = i;
            d->relevant[d->known_len++] = relevance;
        }
    }
    free(order);
}

static void keep_head(host *h, shares *s, const value *doc)
{
    static const char *const KEYS[] = {"scorecard", "today", "log", "failed_rules"};
    if (value_is(&s->scorecard, VALUE_MAP)) {
        failed_add(host_registry(h), (value *)value_get(&s->scorecard, "failed_rules"),
                   value_get(doc, "failed_rules"));
        return;
    }
    s->scorecard = value_map();
    for (size_t i = 0; i < sizeof KEYS / sizeof *KEYS; i++)
        value_add(&s->scorecard, KEYS[i], value_copy(value_get(doc, KEYS[i])));
    counted_tell(value_get_int(doc, "counted", 0), 0, &s->scorecard);
}

static bool read_some(host *h, const match_request *r, shares *s, size_t from, size_t count, err *e)
{
    match_request asked = *r;
    value ids = value_list(), doc = value_nil();
    for (size_t i = 0; i < count; i++)
        value_push(&ids, value_text(s->demands[from + i].rows[0].demand));
    asked.demands = &ids;
    asked.top = MATCH_TOP_MAX;
    asked.bare = true;
    asked.keep = false;
    asked.progress = NULL;
    bool ok = match_run(h, &asked, &doc, e);
    if (ok)
        keep_head(h, s, &doc);
    for (size_t i = 0; ok && i < count; i++)
        read_demand(s, &s->demands[from + i], value_get(&doc, "rules"),
                    value_at(value_get(&doc, "demands"), i));
    value_free(&ids);
    value_free(&doc);
    return ok;
}

bool shares_read(host *h, const match_request *r, const qrels *known, shares *out, err *e)
{
    shares s = {0};
    size_t at_once = 1;
    bool ok = true;
    find_demands(&s, known);
    for (size_t at = 0; ok && at < s.len;) {
        size_t count = at + at_once < s.len ? at_once : s.len - at;
        ok = read_some(h, r, &s, at, count, e);
        size_t pairs = s.demands[at].pairs;
        at += count;
        at_once = pairs < PAIRS_AT_ONCE ? PAIRS_AT_ONCE / (pairs + 1) : 1;
        if (r->progress)
            r->progress(r->ctx, (int64_t)at, (int64_t)s.len);
    }
    if (ok)
        *out = s;
    else
        shares_free(&s);
    return ok;
}

/* The sums of card.h's rules in their order, so the same bits as a match with these weights. */
double shares_score(const shares *s, const shares_demand *d, size_t pair, const double *weights)
{
    const double *points = &d->points[pair * s->rules_len];
    double sum = 0, possible = 0;
    for (size_t r = 0; r < s->rules_len; r++) {
        if (isnan(points[r]))
            continue;
        sum += weights[r] * points[r];
        possible += weights[r] * s->max[r];
    }
    return possible > 0 ? 100.0 * sum / possible : NAN;
}

/* NaN stands behind all numbers, equal ones by id. */
static bool stands_before(double a, size_t i, double b, size_t k)
{
    if (isnan(a) || isnan(b))
        return isnan(a) == isnan(b) ? i < k : isnan(b);
    return a > b || (a == b && i < k);
}

quality shares_quality(const shares_demand *d, const double *scores)
{
    double ranked[EVAL_TOP] = {0};
    for (size_t k = 0; k < d->known_len; k++) {
        size_t place = 0, pair = d->known[k];
        for (size_t i = 0; i < d->pairs; i++)
            place += stands_before(scores[i], i, scores[pair], pair);
        if (place < EVAL_TOP)
            ranked[place] = d->relevant[k];
    }
    return quality_one(ranked, EVAL_TOP, d->all, d->all_len);
}
