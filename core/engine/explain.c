/* A pair explained as it is now, or as it was in a run. */
#include <stdlib.h>
#include <string.h>

#include "engine/explainer.h"
#include "engine/match.h"
#include "store/event.h"
#include "store/run.h"

static bool explain_on(const stage *on, const explain_request *r, const value *stopped, value *out,
                       err *e)
{
    explainer *x = explainer_new(on, r->scorecard, r->today, r->seed, stopped, e);
    bool ok = x && explainer_ask(x, r->demand, r->solution, out, e);
    explainer_free(x);
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
