/* One pair, to the cell: every gate and rule with its reason, the fields it was given and who
 * states them. */
#include <stdlib.h>
#include <string.h>

#include "engine/answer.h"
#include "engine/counted.h"
#include "engine/explain_fields.h"
#include "engine/failed.h"
#include "engine/match.h"
#include "engine/rows.h"
#include "engine/scoring.h"
#include "store/event.h"
#include "store/past.h"
#include "store/run.h"

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

static bool pair_read(const stage *on, const explain_request *r, pair *p, err *e)
{
    return read_record(on, r->demand, ROLE_DEMAND, &p->demand, &p->demand_claims, e) &&
           read_record(on, r->solution, ROLE_SOLUTION, &p->solution, &p->solution_claims, e);
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

static value document(const stage *on, const plan *p, const explain_request *r, const char *today,
                      value *results, const pair *both)
{
    const value *item = value_at(value_get(value_at(results, 0), "items"), 0);
    value doc = value_map(), gates = answer_gates(p, item), rules = answer_rules(p, item);
    const value *coverage = value_get(item, "coverage");
    const value *score = kept_out(&gates) ? NULL : value_get(item, "score");

    add_grounds(on, p, true, &gates, both);
    add_grounds(on, p, false, &rules, both);
    value_add(&doc, "scorecard", value_text(p->card->full));
    value_add(&doc, "today", value_text(today));
    value_add(&doc, "demand", value_text(r->demand));
    value_add(&doc, "solution", value_text(r->solution));
    value_add(&doc, "score", score ? value_copy(score) : value_nil());
    value_add(&doc, "coverage", coverage ? value_copy(coverage) : value_nil());
    value_add(&doc, "gates", gates);
    value_add(&doc, "rules", rules);
    value_add(&doc, "failed_rules", failed_rules(p, results));
    return doc;
}

bool explain_on(const stage *on, const explain_request *r, const value *stopped, value *out, err *e)
{
    plan p = {0};
    pair both = {0};
    solution_rows solutions = {0};
    value demands = value_list(), results = value_nil();
    char today[CLOCK_DATE_TEXT];
    int64_t log = 0;
    bool ok = false;

    if (!match_today(r->today, today, e) || !pair_read(on, r, &both, e) ||
        !plan_for(on, r->scorecard, &p, e) || !counted_open(on, &p, &solutions, &log, e))
        goto done;
    plan_stop(&p, stopped);
    value_push(&demands, row_of(&both.demand, &p.demand_fields));
    scoring s = {.on = on,
                 .plan = &p,
                 .solutions = &solutions,
                 .demands = &demands,
                 .top = 1,
                 .log = log,
                 .only = r->solution,
                 .seed = r->seed,
                 .today = today,
                 .workers = 1};
    if (!scoring_run(&s, &results, e))
        goto done;
    *out = document(on, &p, r, today, &results, &both);
    counted_tell(solutions.counted, log, out);
    ok = true;
done:
    plan_free(&p);
    pair_free(&both);
    solution_rows_free(&solutions);
    value_free(&demands);
    value_free(&results);
    return ok;
}

bool explain_pair(host *h, const explain_request *r, value *out, err *e)
{
    stage on = {0};
    bool ok = stage_now(h, &on, e) && explain_on(&on, r, NULL, out, e);
    stage_free(&on);
    return ok;
}

/* The pair's rank in the stored ranking, nil when it was not among those kept. */
static value rank_in(const value *result, const char *demand, const char *solution)
{
    const value *demands = value_get(result, "demands");
    for (size_t d = 0; d < value_len(demands); d++) {
        const value *one = value_at(demands, d), *ranked = value_get(one, "ranked");
        if (strcmp(value_get_str(one, "demand", ""), demand) != 0)
            continue;
        for (size_t i = 0; i < value_len(ranked); i++)
            if (strcmp(value_get_str(value_at(ranked, i), "solution", ""), solution) == 0)
                return value_copy(value_get(value_at(ranked, i), "rank"));
    }
    return value_nil();
}

static bool count_event(void *ctx, const value *event, err *e)
{
    (void)event;
    (void)e;
    ++*(int64_t *)ctx;
    return true;
}

/* How many changes of records are newer than the run: other runs change nothing. */
static bool moved_since(store *st, int64_t log, int64_t *out, err *e)
{
    event_filter changes = {.since = log, .type = "record.*", .limit = -1};
    *out = 0;
    return event_each(st, &changes, count_event, out, e);
}

bool explain_run(host *h, const char *run, const char *demand, const char *solution, value *out,
                 err *e)
{
    value stored = value_nil();
    stage on = {0};
    int64_t moved = 0;
    store *st = workspace_store(host_workspace(h), e);
    bool ok = st && run_load_match(st, run, &stored, e);
    const value *inputs = value_get(&stored, "inputs");
    const explain_request r = {.scorecard = value_get_str(inputs, "scorecard", ""),
                               .demand = demand,
                               .solution = solution,
                               .today = value_get_str(inputs, "today", NULL),
                               .seed = (uint64_t)value_get_int(inputs, "seed", 0)};

    ok = ok && stage_then(h, inputs, &on, e) && moved_since(st, on.as_of, &moved, e) &&
         explain_on(&on, &r, value_get(inputs, "stopped"), out, e);
    if (ok) {
        value_add(out, "run", value_copy(value_get(&stored, "id")));
        value_add(out, "rank", rank_in(value_get(&stored, "result"), demand, solution));
        value_add(out, "log", value_int(on.as_of));
        value_add(out, "log_moved", value_int(moved));
    }
    stage_free(&on);
    value_free(&stored);
    return ok;
}
