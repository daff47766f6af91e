/* match.c: ranking solutions for demands. Floor: api. */
#include <stddef.h>

#include "api/polder_in.h"
#include "api/sigpipe.h"
#include "engine/compare.h"
#include "engine/match.h"
#include "engine/replay.h"

enum { WORKERS_MOST = 256 }; /* as on the command line */

static bool read_options(const polder_match_options *given, polder_match_options *o, err *e)
{
    if (!api_options(given, offsetof(polder_match_options, demands), o, sizeof *o,
                     "polder_match_options", e))
        return false;
    if (!o->scorecard)
        return err_set(e, ERR_USAGE, "polder_match_options.scorecard is missing");
    if (o->workers < 0 || o->workers > WORKERS_MOST)
        return err_set(e, ERR_USAGE, "polder_match_options.workers: expected 0 to %d, got %d",
                       WORKERS_MOST, o->workers);
    return true;
}

char *polder_match(polder *p, const polder_match_options *given, polder_error *error)
{
    err *e = api_fresh(error);
    char *text = NULL;
    polder_match_options o;
    err unkept = {0};
    value demands = value_list(), document = {0};
    sigpipe held;
    sigpipe_hold(&held);
    if (!read_options(given, &o, e) || !api_may_act(p, e) || !api_plugins(p, e))
        goto done;
    for (size_t i = 0; o.demands && i < o.demand_count; i++) {
        if (!api_given(o.demands[i], "one of polder_match_options.demands", e))
            goto done;
        value_push(&demands, value_text(o.demands[i]));
    }
    const match_request request = {
        .scorecard = o.scorecard,
        .demands = &demands,
        .top = o.top ? o.top : MATCH_TOP,
        .today = o.today,
        .workers = o.workers,
        .keep = o.keep,
        .unkept = &unkept,
    };
    if (match_run(p->host, &request, &document, e))
        text = api_json(&document);
    if (text && unkept.code != ERR_NONE) {
        err_copy(e, &unkept);
        err_prefix(e, "the answer stands, but no run of it is kept: ");
    }
done:
    sigpipe_release(&held);
    value_free(&document);
    value_free(&demands);
    return text;
}

char *polder_replay(polder *p, const char *run, bool *same, polder_error *error)
{
    err *e = api_fresh(error);
    char *text = NULL;
    value document = {0};
    const replay_request request = {.run = run};
    sigpipe held;
    sigpipe_hold(&held);
    if (api_may_act(p, e) && (run || err_set(e, ERR_USAGE, "polder_replay: run is missing")) &&
        api_plugins(p, e) && replay_run(p->host, &request, &document, e)) {
        text = api_json(&document);
        if (same)
            *same = value_get_bool(&document, "same", false);
    }
    sigpipe_release(&held);
    value_free(&document);
    return text;
}

char *polder_compare(polder *p, const char *was, const char *is, polder_error *error)
{
    err *e = api_fresh(error);
    char *text = NULL;
    value document = {0};
    sigpipe held;
    sigpipe_hold(&held);
    bool named = was && is;
    if (api_may_act(p, e) && (named || err_set(e, ERR_USAGE, "polder_compare: a run is missing")) &&
        api_plugins(p, e) && compare_runs(p->host, was, is, &document, e))
        text = api_json(&document);
    sigpipe_release(&held);
    value_free(&document);
    return text;
}
