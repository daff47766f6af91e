/* cmd_compare.c: `polder compare`: which ranks moved between two runs, or differ between
 * scorecards, and by which rules. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "cli/cli.h"
#include "cli/commands.h"
#include "cli/compare_print.h"
#include "cli/failed_rules.h"
#include "cli/out.h"
#include "cli/progress.h"
#include "engine/compare.h"

enum { CARDS_MOST = 26 };

static bool read_names(const char *text, value *names, err *e)
{
    char *copy = mem_text(text), *rest = copy;
    *names = value_list();
    bool twice = false;
    for (const char *name; (name = strsep(&rest, ","));) {
        twice = twice || value_holds(names, name);
        if (*name)
            value_push(names, value_text(name));
    }
    free(copy);
    if (twice)
        return err_set(e, ERR_USAGE, "--scorecards %s: one is named twice", text);
    if (value_len(names) >= 2 && value_len(names) <= CARDS_MOST)
        return true;
    err_set(e, ERR_USAGE, "--scorecards: expected 2 to %d names", CARDS_MOST);
    return err_hint(e, "as in --scorecards zeeland,noord-holland");
}

static bool by_scorecards(cli *c, host *h, const char *text, value *document, err *e)
{
    value names = value_nil(), demands = value_list();
    const char *id;
    for (size_t i = 0; (id = args_nth(&c->args, "demand", i)); i++)
        value_push(&demands, value_text(id));
    const match_request r = {.demands = &demands,
                             .top = args_int(&c->args, "top"),
                             .today = args_text(&c->args, "today")};
    bool ok = read_names(text, &names, e) && compare_scorecards(h, &names, &r, document, e);
    value_free(&names);
    value_free(&demands);
    return ok;
}

static bool check(const cli *c, err *e)
{
    static const char *const CARDS_ONLY[] = {"demand", "top", "today"};
    bool cards = args_text(&c->args, "scorecards") != NULL;
    for (size_t i = 0; !cards && i < sizeof CARDS_ONLY / sizeof *CARDS_ONLY; i++)
        if (args_nth(&c->args, CARDS_ONLY[i], 0)) {
            err_set(e, ERR_USAGE, "compare: --%s goes with --scorecards", CARDS_ONLY[i]);
            return err_hint(e, "two runs have their own; leave it out");
        }
    if (c->args.words_len == (cards ? 0 : 2))
        return true;
    err_set(e, ERR_USAGE, "compare: expected %s",
            cards ? "no run beside --scorecards" : "two runs");
    return err_hint(e, "usage: polder compare %s", c->args.command->usage);
}

static bool exec(cli *c, err *e)
{
    value document = value_nil();
    const char *cards = args_text(&c->args, "scorecards");
    host *h = !check(c, e) ? NULL : cards ? cli_loaded(c, e) : cli_host(c, e);
    bool ok = h && (cards ? by_scorecards(c, h, cards, &document, e)
                          : compare_runs(h, args_word(&c->args, 0), args_word(&c->args, 1),
                                         &document, e));
    progress_clear();
    if (ok && c->json)
        out_json(&document);
    else if (ok)
        ok = cards ? compare_print_cards(c, &document, e) : compare_print(c, &document, e);
    ok = ok && out_finish(e) && failed_rules_tell(c, &document, e);
    value_free(&document);
    return ok;
}

static const option OPTIONS[] = {
    {.name = "scorecards",
     .type = OPTION_TEXT,
     .value_name = "A,B",
     .help = "rank now by each of these, and compare"},
    {.name = "demand",
     .type = OPTION_TEXT,
     .value_name = "ID",
     .many = true,
     .help = "with --scorecards: only this demand; all when absent"},
    {.name = "top",
     .type = OPTION_INT,
     .value_name = "K",
     .minimum = 1,
     .maximum = MATCH_TOP_MAX,
     .otherwise = "10",
     .help = "with --scorecards: ranked solutions for each demand"},
    {.name = "today",
     .type = OPTION_DATE,
     .value_name = "DATE",
     .help = "with --scorecards: the day that rules reckon from"},
    OPTION_JSON_ROW,
    {0},
};

const command cmd_compare = {
    .name = "compare",
    .usage = "RUN RUN | --scorecards A,B[,C]",
    .summary = "which ranks moved, and which rules moved them",
    .help =
        "Of two runs: which solutions rose, fell, entered or left the top, what moved most first, "
        "and how many points of the score each rule gave or took, or the gate that kept it out; "
        "then what the runs were made "
        "from that differs: inputs, plugins, records. RUN is the id that match printed, `last` "
        "for the newest match, `last~1` for the one before it.\n"
        "Of scorecards: what the same solutions get in each region, and why; a gate that keeps one "
        "out is named.\n"
        "JSON of runs: {was, is = {run, scorecard, today, seed, top, log, counted}, inputs = "
        "[{input, was, is}], plugins = [{plugin, was = {version, hash}, is, settings, "
        "changed_settings = [{setting, was, is}]}], records, changed = [ID], "
        "demands = [{demand, same, moves = [{solution, move, was = {rank, score}, is, by, rules = "
        "[{rule, was, is, by}], passed, passed_more, passed_by, passed_by_more}]}], unasked}: "
        "passed "
        "and passed_by name the 20 solutions nearest to where it stands now that changed places "
        "with it and are ranked still, the two others count the rest; counted is the event as of "
        "which texts were "
        "counted, which is among inputs where a solution changed between both. Of scorecards: "
        "{scorecards, today, log, failed_rules, counted = [EVENT or null] of each where that is "
        "not "
        "as the log stands (see `polder help match`), "
        "demands = [{demand, solutions = [{solution, places = [{rank, score, gate}], rules = "
        "[{rule, adds}]}]}], unasked}: unasked pairs are below a top and were too many to look up.",
    .example = "polder compare --scorecards zeeland,noord-holland --top 3\n"
               "polder match --scorecard zeeland\n"
               "polder compare last~1 last",
    .options = OPTIONS,
    .words_max = 2,
    .exec = exec,
};
