#include "score/failures.h"

#include "score/sums.h"

/* What it would have, had all that failed for it given what they can. */
static double score_at_best(const card *c, uint32_t solution)
{
    sums s = {0};
    for (size_t i = 0; i < c->len; i++) {
        const rule *r = &c->rules[i];
        if (r->gate)
            continue;
        answer a = rule_said(r, solution);
        sums_add(&s, r, rule_failed(r, a) ? (answer){r->max, OUTCOME_POINTS} : a);
    }
    return sums_score(&s);
}

/* The first that failed may be one that doesn't count: then another call says why. */
static void say_why(card *c, rule *r, uint32_t solution)
{
    buf said = {0};
    if (r->group[r->first_of] == r->group[solution])
        return;
    r->failed = false;
    rule_explain(c, r, solution, true, &said);
    r->failed = true;
    buf_free(&said);
}

static void count_pairs(card *c, rule *r, double least)
{
    uint32_t first = UINT32_MAX;
    for (size_t i = 0; i < c->alive_len; i++) {
        uint32_t solution = c->alive[i];
        if (!rule_failed(r, rule_said(r, solution)) || score_at_best(c, solution) < least)
            continue;
        r->failures++;
        first = solution < first ? solution : first;
    }
    if (r->failures)
        say_why(c, r, first);
}

void failures_count(card *c, size_t best, size_t top)
{
    double least =
        top && best >= top ? c->scores[c->alive[top - 1]] : NAN; /* NaN: all are among them */
    for (size_t i = 0; i < c->len; i++) {
        rule *r = &c->rules[i];
        if (r->gate || r->on != ON_PAIR) {
            rule_count_failures(c, r);
            continue;
        }
        r->failures = 0;
        if (r->failed)
            count_pairs(c, r, least);
    }
}

bool failures_none(const card *c)
{
    for (size_t i = 0; i < c->len; i++)
        if (c->rules[i].failed)
            return false;
    return true;
}
