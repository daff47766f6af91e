/* One pair, to the cell: every gate and rule with its reason, the fields it was given and who
 * states them. */
#include "engine/explainer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "engine/answer.h"
#include "engine/counted.h"
#include "engine/explain_fields.h"
#include "engine/failed.h"
#include "engine/rows.h"
#include "engine/scoring.h"
#include "engine/skipped.h"
#include "store/past.h"

/* What the two records hold, and who says so. */
typedef struct pair {
    value demand, solution;               /* records */
    value demand_claims, solution_claims; /* lists */
} pair;

static void pair_free(pair *p)
{
    value_free(&p->demand);
    value_free(&p->solution);
    value_free(&p->demand_claims);
    value_free(&p->solution_claims);
}

static bool read_record(const stage *on, const char *id, const char *kind, value *record,
                        value *claims, err *e)
{
    store *st = on->store;
    if (!(on->as_of ? past_get(st, id, on->as_of, record, e) : store_get(st, id, record, e)))
        return false;
    if (strcmp(value_get_str(record, "kind", ""), kind) != 0)
        return err_set(e, ERR_USAGE, "%s is not a %s", id, kind) ||
               err_hint(e, "the demand comes first, then the solution");
    return on->as_of ? past_claims(st, id, on->as_of, claims, e) : store_claims(st, id, claims, e);
}

static bool pair_read(const stage *on, const char *demand, const char *solution, pair *p, err *e)
{
    return read_record(on, demand, ROLE_DEMAND, &p->demand, &p->demand_claims, e) &&
           read_record(on, solution, ROLE_SOLUTION, &p->solution, &p->solution_claims, e);
}

static value fields_of(const stage *on, const value *needs, const pair *p)
{
    value list = value_list();
    explain_fields(on, ROLE_SOLUTION, needs, &p->solution, &p->solution_claims, &list);
    explain_fields(on, ROLE_DEMAND, needs, &p->demand, &p->demand_claims, &list);
    return list;
}

/* What people call each gate or rule, and what it looked at. */
static void add_grounds(const stage *on, const plan *p, bool gates, value *rows, const pair *both)
{
    size_t index = 0;
    for (size_t i = 0; i < p->len; i++) {
        if (p->rules[i].gate != gates)
            continue;
        const value *spec = p->rules[i].from->spec;
        value *row = &rows->as.list.items[index++];
        if (value_get(spec, "title"))
            value_add(row, "title", value_copy(value_get(spec, "title")));
        value_add(row, "fields", fields_of(on, value_get(spec, "needs"), both));
    }
}

/* A gate that failed, or was left out, keeps nobody out; one that said no does. */
static bool kept_out(const value *gates)
{
    for (size_t i = 0; i < value_len(gates); i++)
        if (!value_get_bool(value_at(gates, i), "passed", true))
            return true;
    return false;
}

/* Several may be asked by turns: with more solutions than that a worker takes too much room to wait
 * for the next question. */
enum { HELD_MOST = 100000 };

struct explainer {
    const stage *on;
    const value *stopped;
    char *scorecard;
    char today[CLOCK_DATE_TEXT];
    uint64_t seed;
    bool ready; /* what follows is set */
    plan plan;
    solution_rows solutions;
    scoring_crew *crew; /* NULL until the first question */
    int64_t log;
};

static value document(const explainer *x, const value *results, const pair *both)
{
    const plan *p = &x->plan;
    item said = item_look(value_at(value_get(value_at(results, 0), "items"), 0));
    value doc = value_map(), gates = answer_gates(p, &said), rules = answer_rules(p, &said);

    add_grounds(x->on, p, true, &gates, both);
    add_grounds(x->on, p, false, &rules, both);
    value_add(&doc, "scorecard", value_text(p->card->full));
    value_add(&doc, "today", value_text(x->today));
    value_add(&doc, "demand", value_copy(value_get(&both->demand, "id")));
    value_add(&doc, "solution", value_copy(value_get(&both->solution, "id")));
    value_add(&doc, "score", kept_out(&gates) ? value_nil() : value_number(said.score));
    value_add(&doc, "coverage", value_number(said.coverage));
    value_add(&doc, "gates", gates);
    value_add(&doc, "rules", rules);
    value_add(&doc, "failed_rules", failed_rules(p, results));
    return doc;
}

explainer *explainer_new(const stage *on, const char *scorecard, const char *today, uint64_t seed,
                         const value *stopped, err *e)
{
    explainer *x = mem_zero(1, sizeof *x);
    x->on = on;
    x->stopped = stopped;
    x->scorecard = mem_text(scorecard);
    x->seed = seed;
    if (match_today(today, x->today, e))
        return x;
    explainer_free(x);
    return NULL;
}

static bool get_ready(explainer *x, err *e)
{
    if (x->ready)
        return true;
    x->ready = true;
    if (!plan_for(x->on, x->scorecard, &x->plan, e) ||
        !counted_open(x->on, &x->plan, &x->solutions, &x->log, e))
        return false;
    plan_stop(&x->plan, x->stopped);
    return true;
}

/* The next question begins anew. */
static void let_go(explainer *x)
{
    scoring_close(x->crew);
    x->crew = NULL;
    if (x->ready) {
        plan_free(&x->plan);
        solution_rows_free(&x->solutions);
    }
    x->plan = (plan){0};
    x->solutions = (solution_rows){0};
    x->ready = false;
}

static bool score(explainer *x, const pair *both, value *results, err *e)
{
    value demands = value_list();
    value_push(&demands, row_of(&both->demand, &x->plan.demand_fields));
    scoring s = {.on = x->on,
                 .plan = &x->plan,
                 .solutions = &x->solutions,
                 .demands = &demands,
                 .top = 1,
                 .log = x->log,
                 .only = value_get_str(&both->solution, "id", ""),
                 .seed = x->seed,
                 .today = x->today,
                 .workers = 1};
    if (!x->crew)
        x->crew = scoring_open(&s, e);
    bool ok = x->crew && scoring_ask(x->crew, &s, results, e);
    value_free(&demands);
    return ok;
}

bool explainer_ask(explainer *x, const char *demand, const char *solution, value *out, err *e)
{
    pair both = {0};
    value results = value_nil();
    bool ok = pair_read(x->on, demand, solution, &both, e) && get_ready(x, e);
    bool skipped = ok && skip_any(&x->plan);
    ok = ok && score(x, &both, &results, e);
    if (ok) {
        *out = document(x, &results, &both);
        counted_tell(x->solutions.counted, x->log, out);
    }
    if (!ok || skip_any(&x->plan) != skipped || x->solutions.ids.len > HELD_MOST)
        let_go(x);
    pair_free(&both);
    value_free(&results);
    return ok;
}

void explainer_free(explainer *x)
{
    if (!x)
        return;
    let_go(x);
    free(x->scorecard);
    free(x);
}
