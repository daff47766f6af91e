#include "score/gates.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "score/card_in.h"
#include "score/rule_measure.h"

/* LISTS_FROM: with fewer solutions looking at all costs nothing. ALIKE: so many look the same to a
 * gate, on the whole, when it is worth listing them. FEW: a list is used when it has that part of
 * the solutions or less. */
enum { LISTS_FROM = 1000, ALIKE = 16, FEW = 4 };

enum { WORD = 64 };

/* A gate that failed keeps nobody out: it shows as failed instead. */
static void apply_gate(card *c, rule *r)
{
    size_t kept = 0;
    for (size_t i = 0; i < c->alive_len; i++) {
        uint32_t s = c->alive[i];
        c->alive[kept] = s;
        kept += r->measure ? r->shares[r->group[s]] > 0
                           : r->answers[r->group[s]].outcome != OUTCOME_REFUSED;
    }
    r->tally.out += (int64_t)(c->alive_len - kept);
    c->alive_len = kept;
}

enum { GATE_RECORD, GATE_MEASURE, GATE_PAIR, GATES };

static int gate_step(const rule *r)
{
    return r->on != ON_PAIR ? GATE_RECORD : r->measure ? GATE_MEASURE : GATE_PAIR;
}

/* Gates that look at one record only come first, for they cost one call a record; then those that
 * are data. `but`: without this one, which was applied; NULL. */
static void pass(card *c, int step, const rule *but)
{
    for (; step < GATES; step++) {
        for (size_t i = 0; i < c->len; i++) {
            rule *r = &c->rules[i];
            if (!r->gate || gate_step(r) != step || r == but)
                continue;
            rule_answer(c, r, c->alive, c->alive_len);
            apply_gate(c, r);
        }
    }
}

/* ------------------------------------------------------------------ lists */

/* A gate on the demand alone lets all pass or none: with one there is no race that stays the same.
 */
static bool can_list(const card *c)
{
    for (size_t i = 0; i < c->len; i++)
        if (c->rules[i].gate && c->rules[i].on == ON_DEMAND)
            return false;
    return rows_raced(c->solutions) >= LISTS_FROM;
}

/* What gates on solutions alone leave is the same for all demands. */
static void make_race(card *c)
{
    c->alive_len = rows_ranked(c->solutions, c->alive);
    for (size_t i = 0; i < c->len; i++) {
        rule *r = &c->rules[i];
        size_t before = c->alive_len;
        if (!r->gate || r->on != ON_SOLUTION)
            continue;
        rule_answer(c, r, c->alive, c->alive_len);
        apply_gate(c, r);
        r->lists.refused = (int64_t)(before - c->alive_len);
        r->tally.out = 0; /* told with each demand */
    }
    c->racing_len = c->alive_len;
    c->racing = mem_alloc((c->racing_len + 1) * sizeof *c->racing);
    memcpy(c->racing, c->alive, c->racing_len * sizeof *c->racing);
    c->marks = mem_zero(rows_len(c->solutions) / WORD + 1, sizeof *c->marks);
}

static void tell_race(card *c)
{
    for (size_t i = 0; i < c->len; i++) {
        rule *r = &c->rules[i];
        if (!r->gate || r->on != ON_SOLUTION)
            continue;
        rule_answer(c, r, NULL, 0);
        r->tally.out += r->lists.refused;
    }
}

static void make_lists(const card *c, rule *r)
{
    gate_lists *l = &r->lists;
    l->from = mem_zero((size_t)r->distinct + 2, sizeof *l->from);
    l->of = mem_zero(c->racing_len + 1, sizeof *l->of);
    for (size_t i = 0; i < c->racing_len; i++)
        l->from[r->group[c->racing[i]] + 2]++;
    for (size_t g = 2; g < (size_t)r->distinct + 2; g++)
        l->from[g] += l->from[g - 1];
    for (size_t i = 0; i < c->racing_len; i++)
        l->of[l->from[r->group[c->racing[i]] + 1]++] = c->racing[i];
}

/* How many solutions the gate lets pass; all, where that isn't known by lists. */
static size_t count_passing(card *c, rule *r)
{
    const gate_lists *l = &r->lists;
    size_t count = 0;
    if (!rule_measure_groups(c, r, c->racing_len / ALIKE))
        return c->racing_len;
    if (!l->from)
        make_lists(c, r);
    for (size_t g = 0; g < r->distinct; g++)
        count += r->shares[g] > 0 ? l->from[g + 1] - l->from[g] : 0;
    return count;
}

static void mark_passing(card *c, const rule *r)
{
    const gate_lists *l = &r->lists;
    for (size_t g = 0; g < r->distinct; g++)
        for (uint32_t i = l->from[g]; r->shares[g] > 0 && i < l->from[g + 1]; i++)
            c->marks[l->of[i] / WORD] |= UINT64_C(1) << l->of[i] % WORD;
}

/* In rising order, as all else expects it. */
static void take_passing(card *c, rule *r)
{
    mark_passing(c, r);
    c->alive_len = 0;
    for (size_t w = 0; w <= rows_len(c->solutions) / WORD; w++) {
        for (uint64_t left = c->marks[w]; left; left &= left - 1)
            c->alive[c->alive_len++] = (uint32_t)(w * WORD) + (uint32_t)__builtin_ctzll(left);
        c->marks[w] = 0;
    }
    r->tally.out += (int64_t)(c->racing_len - c->alive_len);
    r->tally.unseen += (int64_t)(c->racing_len - c->alive_len);
}

/* Begins with those that the narrowest gate lets pass, or with all; returns that gate, or NULL. */
static rule *begin(card *c)
{
    rule *narrowest = NULL;
    size_t least = c->racing_len / FEW + 1;
    for (size_t i = 0; i < c->len; i++) {
        rule *r = &c->rules[i];
        if (!r->gate || gate_step(r) != GATE_MEASURE)
            continue;
        size_t count = count_passing(c, r);
        if (count < least) {
            least = count;
            narrowest = r;
        }
    }
    if (narrowest) {
        take_passing(c, narrowest);
    } else {
        c->alive_len = c->racing_len;
        memcpy(c->alive, c->racing, c->racing_len * sizeof *c->alive);
    }
    return narrowest;
}

void gate_lists_free(gate_lists *l)
{
    free(l->of);
    free(l->from);
}

void gates_pass(card *c)
{
    if (!can_list(c)) {
        c->alive_len = rows_ranked(c->solutions, c->alive);
        pass(c, GATE_RECORD, NULL);
        return;
    }
    if (!c->racing)
        make_race(c);
    tell_race(c);
    pass(c, GATE_MEASURE, begin(c));
}

size_t gates_pass_gone(card *c)
{
    c->alive_len = 0;
    for (size_t i = 0; c->alive_len < rows_gone(c->solutions); i++)
        if (rows_kind(c->solutions, i) == ROW_GONE)
            c->alive[c->alive_len++] = (uint32_t)i;
    if (c->alive_len)
        pass(c, GATE_RECORD, NULL);
    return c->alive_len;
}
