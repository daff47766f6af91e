/* cmd_match.c: `polder match`: ranks solutions for demands by a region's scorecard. */
#include <string.h>

#include "cli/cli.h"
#include "cli/commands.h"
#include "cli/failed_rules.h"
#include "cli/match_print.h"
#include "cli/out.h"
#include "cli/progress.h"
#include "cli/report.h"
#include "engine/match.h"

static void progress(void *ctx, int64_t done, int64_t of)
{
    (void)ctx;
    progress_show("demands matched", done, of);
}

static bool listed(const value *list, const char *text)
{
    for (size_t i = 0; i < value_len(list); i++)
        if (strcmp(value_str(value_at(list, i), ""), text) == 0)
            return true;
    return false;
}

static void read_demands(const cli *c, value *demands)
{
    const char *id;
    *demands = value_list();
    for (size_t i = 0; (id = args_nth(&c->args, "demand", i)); i++)
        if (!listed(demands, id)) /* one that is named twice is ranked once */
            value_push(demands, value_text(id));
}

static bool exec(cli *c, err *e)
{
    value demands = value_nil(), document = value_nil();
    const char *scorecard = args_text(&c->args, "scorecard");
    if (!scorecard) {
        err_set(e, ERR_USAGE, "match: say which scorecard: --scorecard NAME");
        return err_hint(e, "`polder registry scorecard` lists them");
    }
    host *h = cli_loaded(c, e);
    if (!h)
        return false;
    read_demands(c, &demands);
    const match_request request = {
        .scorecard = scorecard,
        .demands = &demands,
        .top = args_int(&c->args, "top"),
        .today = args_text(&c->args, "today"),
        .seed = (uint64_t)args_int(&c->args, "seed"),
        .workers = (int)args_int(&c->args, "workers"),
        .keep = !args_flag(&c->args, "no-keep"),
        .progress = progress,
    };
    bool ok = match_run(h, &request, &document, e);
    progress_clear();
    if (ok && c->json)
        out_json(&document);
    else if (ok)
        ok = match_print(c, &document, args_flag(&c->args, "reasons"), e);
    ok = ok && out_finish(e) && failed_rules_tell(c, &document, e);
    value_free(&document);
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
    {.name = "today",
     .type = OPTION_DATE,
     .value_name = "DATE",
     .help = "the day that rules reckon from; today in UTC when absent"},
    {.name = "seed",
     .type = OPTION_INT,
     .value_name = "N",
     .minimum = 0,
     .maximum = MATCH_SEED_MAX,
     .otherwise = "0",
     .help = "where the random numbers of rules begin"},
    {.name = "workers",
     .type = OPTION_INT,
     .value_name = "N",
     .minimum = 1,
     .maximum = 256,
     .help = "scoring processes; else the configuration's, else as many as the work is worth"},
    {.name = "no-keep", .type = OPTION_FLAG, .help = "don't store the run"},
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
        "is named on stderr, and makes the exit code 1. The run is stored with all that is needed "
        "to explain and repeat it.",
    .example = "polder match --scorecard zeeland --top 3 --reasons\n"
               "polder match --scorecard noord-holland --demand demand/dijk-en-kust-bewaken",
    .options = OPTIONS,
    .exec = exec,
};
