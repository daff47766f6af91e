/* cmd_match.c: `polder match`: ranks solutions for demands by a region's scorecard. */

#include "base/clock.h"
#include "cli/cli.h"
#include "cli/commands.h"
#include "cli/compare_print.h"
#include "cli/failed_rules.h"
#include "cli/match_print.h"
#include "cli/out.h"
#include "cli/progress.h"
#include "cli/react.h"
#include "cli/report.h"
#include "engine/compare.h"
#include "engine/match.h"
#include "engine/stability.h"
#include "store/run.h"

static void progress(void *ctx, int64_t done, int64_t of)
{
    (void)ctx;
    progress_show("demands matched", done, of);
}

static void weights_progress(void *ctx, int64_t done, int64_t of)
{
    (void)ctx;
    progress_show("demands with weights moved", done, of);
}

/* How firm each ranking is. */
static bool add_stability(host *h, const match_request *r, value *document, err *e)
{
    match_request again = *r;
    again.progress = weights_progress;
    return stability_add(h, &again, document, e);
}

static void read_demands(const cli *c, value *demands)
{
    const char *id;
    *demands = value_list();
    for (size_t i = 0; (id = args_nth(&c->args, "demand", i)); i++)
        if (!value_holds(demands, id)) /* one that is named twice is ranked once */
            value_push(demands, value_text(id));
}

/* What a run says itself. */
static bool given_anew(const args *a)
{
    static const char *const NAMES[] = {"against", "scorecard", "demand", "top", "today", "seed"};
    bool given = false;
    for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++)
        given = given || args_nth(a, NAMES[i], 0);
    return given;
}

/* The run that the ranking is held against: its id, and with --since its inputs too. */
static bool read_before(cli *c, value *before, err *e)
{
    const char *since = args_text(&c->args, "since"), *against = args_text(&c->args, "against");
    store *st = cli_store(c, e);
    if (since && given_anew(&c->args)) {
        err_set(e, ERR_USAGE, "--since takes scorecard, demands, top, date and seed from the run");
        return err_hint(e, "leave those out, or use --against RUN");
    }
    if (!st || (!since && !against))
        return st != NULL;
    return run_load_match(st, since ? since : against, before, e);
}

/* With --since the same question as then, else what was asked now. */
static bool read_request(cli *c, const value *before, value *demands, err *unkept, match_request *r,
                         err *e)
{
    const value *then = args_text(&c->args, "since") ? value_get(before, "inputs") : NULL;
    *r = (match_request){
        .scorecard = value_get_str(then, "scorecard", args_text(&c->args, "scorecard")),
        .demands = then ? value_get(then, "demands") : demands,
        .top = value_get_int(then, "top", args_int(&c->args, "top")),
        .today = value_get_str(then, "today", args_text(&c->args, "today")),
        .seed = (uint64_t)value_get_int(then, "seed", args_int(&c->args, "seed")),
        .workers = (int)args_int(&c->args, "workers"),
        .keep = !args_flag(&c->args, "no-keep"),
        .recounts = args_flag(&c->args, "recount"),
        .unkept = unkept,
        .progress = progress,
    };
    read_demands(c, demands);
    if (r->scorecard)
        return true;
    err_set(e, ERR_USAGE, "match: say which scorecard: --scorecard NAME");
    return err_hint(e, "`polder registry scorecard` lists them");
}

/* Before the first change, and only where there is one: who keeps no run waits for nobody. */
static bool expect_run(cli *c, match_request *r, err *e)
{
    err why = {0};
    if (!r->keep || react_to(c, "run.finished", &why))
        return true;
    r->keep = false;
    return run_unkept(&why, r->unkept, e);
}

static bool print_all(cli *c, const value *document, const match_kept *kept, err *e)
{
    const value *comparison = value_get(document, "comparison");
    bool reasons = args_flag(&c->args, "reasons");
    if (!c->json)
        return comparison
                   ? compare_print(c, comparison, e) && match_print_asked(c, document, reasons, e)
                   : match_print(c, document, kept, reasons, e);
    out_json(document);
    return true;
}

/* match_run_with; the document tells what --plan and --phases ask for too, the wall times from
 * `began`. */
static bool run(cli *c, host *h, match_request *r, int64_t began, value *document, value *inputs,
                match_kept *kept, err *e)
{
    value steps = value_nil(), phases = value_nil(), all = value_map();
    bool planned = args_flag(&c->args, "plan"), timed = planned || args_flag(&c->args, "phases");
    int64_t loaded = clock_monotonic_us();
    r->steps = planned ? &steps : NULL;
    r->phases = timed ? &phases : NULL;
    r->kept = kept;
    bool ok = match_run_with(h, r, document, inputs, e);
    r->kept = NULL; /* others may ask with this request too */
    if (!ok || !timed) {
        value_free(&all);
        return ok;
    }
    value_add(&all, "plugins", value_double((double)(loaded - began) / 1000.0));
    for (size_t i = 0; i < value_len(&phases); i++)
        value_add(&all, phases.as.map.items[i].key, value_copy(&phases.as.map.items[i].value));
    value_free(&phases);
    if (planned)
        value_add(document, "plan", steps);
    value_add(document, "phases", all);
    return true;
}

static bool exec(cli *c, err *e)
{
    value demands = value_nil(), document = value_nil(), inputs = value_nil(), before = value_nil(),
          comparison = value_nil();
    match_request request;
    match_kept kept = {0};
    err unkept = {0};
    host *h = NULL;
    int64_t began = clock_monotonic_us();
    bool ok = read_before(c, &before, e) &&
              read_request(c, &before, &demands, &unkept, &request, e) && (h = cli_loaded(c, e)) &&
              expect_run(c, &request, e) &&
              run(c, h, &request, began, &document, &inputs, &kept, e) &&
              (!args_flag(&c->args, "stability") || add_stability(h, &request, &document, e));
    progress_clear();
    if (ok && value_get(&before, "id")) {
        ok = compare_with(h, value_get_str(&before, "id", ""), &inputs, &document, &comparison, e);
        if (ok)
            value_add(&document, "comparison", comparison);
    }
    if (unkept.code != ERR_NONE)
        c->reacts = false; /* nothing changed */
    ok = ok && print_all(c, &document, &kept, e);
    ok = ok && out_finish(e) && report_unkept(&unkept, e) && failed_rules_tell(c, &document, e);
    value_free(&document);
    value_free(&inputs);
    value_free(&before);
    value_free(&demands);
    return ok;
}

static const option OPTIONS[] = {
    {.name = "scorecard",
     .type = OPTION_TEXT,
     .value_name = "NAME",
     .help = "the region's choice of gates, rules and weights"},
    {.name = "demand",
     .type = OPTION_TEXT,
     .value_name = "ID",
     .many = true,
     .help = "only this demand; all when absent"},
    {.name = "top",
     .type = OPTION_INT,
     .value_name = "K",
     .minimum = 1,
     .maximum = MATCH_TOP_MAX,
     .otherwise = "10",
     .help = "ranked solutions for each demand"},
    {.name = "reasons", .type = OPTION_FLAG, .help = "show every rule under each solution"},
    {.name = "plan",
     .type = OPTION_FLAG,
     .help = "show the work step by step: how many answers each rule gave, what it and each phase "
             "took; "
             "all solutions are scored"},
    {.name = "phases",
     .type = OPTION_FLAG,
     .help = "show what each phase took, also when only what changed is scored"},
    OPTION_TODAY_ROW,
    {.name = "seed",
     .type = OPTION_INT,
     .value_name = "N",
     .minimum = 0,
     .maximum = MATCH_SEED_MAX,
     .otherwise = "0",
     .help = "where the random numbers of rules begin"},
    OPTION_WORKERS_ROW,
    {.name = "stability",
     .type = OPTION_FLAG,
     .help = "how far each weight can move before the top 5 changes, and how often each stays"},
    {.name = "against",
     .type = OPTION_TEXT,
     .value_name = "RUN",
     .help = "show what moved since this run, and which rules moved it"},
    {.name = "since",
     .type = OPTION_TEXT,
     .value_name = "RUN",
     .help =
         "the question of this run again (its scorecard, demands, top, date and seed), and what "
         "changed in its ranking"},
    {.name = "recount",
     .type = OPTION_FLAG,
     .help = "count texts as they are now, and from this run on, not as an earlier match did"},
    {.name = "no-keep", .type = OPTION_FLAG, .help = "don't store the run"},
    OPTION_NO_HANDLERS_ROW,
    OPTION_JSON_ROW,
    {0},
};

const command cmd_match = {
    .name = "match",
    .usage = "--scorecard NAME",
    .summary = "rank solutions for demands by a region's rules",
    .help =
        "Ranks solutions for each demand. The score is 0 to 100 over the rules that applied; the "
        "coverage says which share of the weight they have. A rule that fails counts in neither, "
        "is named on stderr, and makes the exit code 1: a rule on pairs when it failed for some "
        "that "
        "could be among the best had it given all its points (with --stability: for any), a gate "
        "or "
        "a rule on one record whenever it failed. The run is stored with "
        "all that is needed "
        "to explain and repeat it. Asked again, only solutions that changed since are scored: what "
        "the last match found is in the workspace's folder .cache, which may be thrown away. "
        "Where all must be scored again, for a rule, a weight or a plugin changed, rules in Lua "
        "that "
        "are what they were aren't asked again about pairs that are. "
        "How much a word says depends on all texts: from 1,000 solutions on they are counted as an "
        "earlier stored match did, until a tenth of the solutions has changed or --recount asks. "
        "Where that is not as the log stands, JSON has `counted`, the event as of which they were, "
        "beside `log`. It has no `run` with --no-keep.\n"
        "With --against or --since what moved is shown instead of the ranking, followed by what "
        "--reasons, --stability, --plan and --phases ask for; RUN may be `last` or `last~1`, as in "
        "`polder compare`, and the JSON document has `comparison`, as `polder compare --json` "
        "prints it. With --stability each demand has `stability` = {top, "
        "of, "
        "scored, draws, percent, weights = [{rule, weight, down, up = {weight, leaves, enters} or "
        "null}], stays, enters = [{solution, share}]}: weights are solved exactly over all pairs, "
        "shares are of draws with every weight up to 20 % lower or higher. With --plan it has "
        "`plan` "
        "= [{step, rule, work, on, by, asked, excluded, unseen, pruned, ms}], asked: answers it "
        "gave, one for all solutions that look the same to it where it is asked so, and also of "
        "the "
        "few pairs that are asked everything early, to know what there is to beat, and may be "
        "pruned "
        "after; unseen: pairs "
        "that a gate kept out by a list, without a look; ms of all workers together, "
        "and, as with --phases alone, `phases` = {plugins, kept, records, match, document}, wall "
        "times in ms: opening the workspace and loading plugins; reading what the last match left "
        "and finding what changed since; reading records and sending them to the workers; from the "
        "first demand sent to the last ranking, and taking it into what was kept; ending the "
        "workers and putting the document together.",
    .example = "polder match --scorecard zeeland --top 3 --reasons\n"
               "polder match --scorecard noord-holland --demand demand/dijk-en-kust-bewaken\n"
               "polder match --since last\n"
               "polder match --scorecard zeeland --plan --no-keep",
    .options = OPTIONS,
    .exec = exec,
};
