/* cmd_explain.c: `polder explain`: why a solution has its score for a demand, or which gate kept it
 * out. */
#include "base/text.h"
#include "cli/cli.h"
#include "cli/commands.h"
#include "cli/failed_rules.h"
#include "cli/match_print.h"
#include "cli/out.h"
#include "cli/progress.h"
#include "engine/match.h"

static void progress(void *ctx, int64_t tried, int64_t of)
{
    (void)ctx;
    progress_show("changes tried:", tried, of);
}

static bool explain(cli *c, host *h, value *document, err *e)
{
    const args *a = &c->args;
    const char *scorecard = args_text(a, "scorecard"), *run = scorecard ? NULL : args_word(a, 0);
    const explain_request request = {.scorecard = scorecard,
                                     .demand = args_word(a, run ? 1 : 0),
                                     .solution = args_word(a, run ? 2 : 1),
                                     .today = args_text(a, "today"),
                                     .seed = (uint64_t)args_int(a, "seed"),
                                     .progress = progress};
    bool ok = run ? explain_run(h, run, request.demand, request.solution, document, e)
                  : explain_pair(h, &request, document, e);
    return ok && (!args_flag(a, "what-if") || explain_changes(h, run, &request, document, e));
}

static bool check(const cli *c, err *e)
{
    const args *a = &c->args;
    bool by_scorecard = args_text(a, "scorecard") != NULL;
    if (a->words_len != (by_scorecard ? 2 : 3)) {
        err_set(e, ERR_USAGE, "explain: expected %s, got %zu %s",
                by_scorecard ? "DEMAND SOLUTION" : "RUN DEMAND SOLUTION", a->words_len,
                text_plural((int64_t)a->words_len, "argument", "arguments"));
        return err_hint(e, "usage: polder explain %s", a->command->usage);
    }
    if (!by_scorecard && (args_text(a, "today") || args_text(a, "seed"))) {
        err_set(e, ERR_USAGE, "a run has its own date and seed");
        return err_hint(e, "leave out --today and --seed, or name a --scorecard and no run");
    }
    return true;
}

static bool exec(cli *c, err *e)
{
    value document = value_nil();
    host *h = check(c, e) ? cli_loaded(c, e) : NULL;
    bool ok = h && explain(c, h, &document, e);
    progress_clear();
    if (ok && c->json)
        out_json(&document);
    else if (ok)
        ok = explain_print(c, &document, args_flag(&c->args, "fields"), e);
    ok = ok && out_finish(e) && failed_rules_tell(c, &document, e);
    value_free(&document);
    return ok;
}

static const option OPTIONS[] = {
    {.name = "scorecard",
     .type = OPTION_TEXT,
     .value_name = "NAME",
     .help = "score the pair now, without a run"},
    {.name = "fields",
     .type = OPTION_FLAG,
     .help = "also what each gate and rule read, who states it and where, and who says otherwise"},
    {.name = "what-if",
     .type = OPTION_FLAG,
     .help = "also the smallest change of each field that gains the solution a rank"},
    {.name = "today",
     .type = OPTION_DATE,
     .value_name = "DATE",
     .help = "with --scorecard: the day that rules reckon from"},
    {.name = "seed",
     .type = OPTION_INT,
     .value_name = "N",
     .minimum = 0,
     .maximum = MATCH_SEED_MAX,
     .help = "with --scorecard: where the random numbers of rules begin"},
    OPTION_JSON_ROW,
    {0},
};

const command cmd_explain = {
    .name = "explain",
    .usage = "RUN DEMAND SOLUTION | --scorecard NAME DEMAND SOLUTION",
    .summary = "why a solution has its score for a demand",
    .help =
        "Shows each gate with its answer and each rule with its points, its weight, what it "
        "adds to "
        "the score and its reason. A rule that does not apply (n/a) or failed adds nothing and "
        "takes nothing away. Of a run all is as it was then, "
        "titles too; RUN is the id that match printed, `last` for the newest match, `last~1` for "
        "the "
        "one before it.\n"
        "With --what-if each field of the solution that rules read is changed alone, also one that "
        "its kind doesn't declare, and the rank computed: numbers, days and amounts to the least "
        "that gains one; terms, names, codes and references to others; lists by one item; a place "
        "by kilometres towards the demand's; a text by the fewest words of the demand that it "
        "lacks. Where no number stood, the least is the one that gains with the lowest score: the "
        "smallest where more is better, the largest where less is. No value is taken away, and one "
        "with which a rule fails gains nothing. How rare words are stays as it was counted "
        "(see `polder help match`). A field that gains nothing is named where not every value was "
        "tried, unless all "
        "rules "
        "that read it give all their points already.\n"
        "JSON: {scorecard, today, demand, solution, score, coverage, gates = [{gate, passed, "
        "reason, "
        "matched, title, fields}], rules = [{rule, outcome, value, max, weight, reason, matched, "
        "title, fields}], failed_rules, counted (see `polder help match`)}; of a run also run, "
        "rank "
        "and log_moved. matched = {terms, missing, sentence}, each where there is one, is what a "
        "measure found: the terms or words that matched, those that did not (50 at most, of texts "
        "the five that say most), and of texts the sentence in which most stand. With --what-if "
        "also rank, changes = [{field, old, new, "
        "rank, rank_was, score, score_was, rules = "
        "[{rule, was, is, by}]}], of a text also words, of a place km and towards; untried = "
        "[{field, tried, why}]: how many values were tried, and why not all: unknown (nobody has "
        "one), text (a longer text is not exchanged), personal (values of others are not taken), "
        "numbers, places, items (lists by one), words (of the demand), values (those of the demand "
        "and of others).",
    .example =
        "polder explain --scorecard zeeland demand/onderwaterwacht-haven solution/slikdrone\n"
        "polder explain --scorecard zeeland --what-if demand/dijk-en-kust-bewaken "
        "solution/sluiswachter",
    .options = OPTIONS,
    .words_max = 3,
    .exec = exec,
};
