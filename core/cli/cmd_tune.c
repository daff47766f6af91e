/* cmd_tune.c: `polder tune`: suggests weights by known answers; changes nothing. */
#include "base/text.h"
#include "engine/tune.h"

#include "cli/cli.h"
#include "cli/commands.h"
#include "cli/failed_rules.h"
#include "cli/known_answers.h"
#include "cli/match_print.h"
#include "cli/out.h"
#include "cli/progress.h"
#include "cli/table.h"
#include "engine/quality.h"

static void progress(void *ctx, int64_t done, int64_t of)
{
    (void)ctx;
    progress_show("demands matched", done, of);
}

static void print_metrics(const value *doc)
{
    static const column COLUMNS[] = {{"metric", COLUMN_PLAIN},    {"now", COLUMN_RIGHT},
                                     {"fitted", COLUMN_RIGHT},    {"held out", COLUMN_RIGHT},
                                     {"95 % from", COLUMN_RIGHT}, {"to", COLUMN_RIGHT},
                                     {"p", COLUMN_RIGHT}};
    table *t = table_new(COLUMNS, 7);
    for (size_t m = 0; m < QUALITY_METRICS; m++) {
        const char *name = QUALITY_NAMES[m];
        const value *change = value_get(value_get(doc, "difference"), name);
        const value *interval = value_get(change, "interval");
        table_cell(t, name);
        table_cell_fmt(t, "%.4f", value_get_double(value_get(doc, "before"), name, 0));
        table_cell_fmt(t, "%.4f", value_get_double(value_get(doc, "fitted"), name, 0));
        table_cell_fmt(t, "%.4f", value_get_double(value_get(doc, "held_out"), name, 0));
        table_cell_fmt(t, "%+.4f", value_as_double(value_at(interval, 0), 0));
        table_cell_fmt(t, "%+.4f", value_as_double(value_at(interval, 1), 0));
        table_cell_fmt(t, "%.4f", value_get_double(change, "p", 1));
    }
    table_print(t);
    table_free(t);
}

static void print_weights(const value *rules)
{
    static const column COLUMNS[] = {
        {"rule", COLUMN_SHRINKS}, {"weight", COLUMN_RIGHT}, {"suggested", COLUMN_RIGHT}};
    table *t = table_new(COLUMNS, 3);
    for (size_t i = 0; i < value_len(rules); i++) {
        const value *row = value_at(rules, i);
        table_cell(t, value_get_str(row, "rule", ""));
        table_cell_fmt(t, "%g", value_get_double(row, "weight", 0));
        table_cell_fmt(t, "%g", value_get_double(row, "suggested", 0));
    }
    out_str("\n");
    table_print(t);
    table_free(t);
}

static bool moves(const value *rules)
{
    for (size_t i = 0; i < value_len(rules); i++)
        if (value_get_double(value_at(rules, i), "weight", 0) !=
            value_get_double(value_at(rules, i), "suggested", 0))
            return true;
    return false;
}

/* What can be put into the scorecard as it stands; 0 drops an inherited rule too. */
static void print_snippet(const value *rules)
{
    out_str("\n  rules = {\n");
    for (size_t i = 0; i < value_len(rules); i++)
        out_fmt("    [\"%s\"] = %g,\n", value_get_str(value_at(rules, i), "rule", ""),
                value_get_double(value_at(rules, i), "suggested", 0));
    out_str("  },\n");
}

static void print_verdict(const value *doc)
{
    const char *metric = value_get_str(doc, "metric", "");
    const value *change = value_get(value_get(doc, "difference"), metric);
    double gain = value_get_double(change, "difference", 0);
    bool sure = value_as_double(value_at(value_get(change, "interval"), 0), 0) > 0;
    buf line = {0};
    if (!moves(value_get(doc, "rules")))
        buf_fmt(&line, "No weights were found that rank better by %s: keep those you have.",
                metric);
    else if (gain <= 0)
        buf_fmt(&line,
                "On demands they were not fitted to, suggested weights do no better by %s "
                "(%+.4f): keep those you have. Suggested were:",
                metric, gain);
    else if (!sure)
        buf_fmt(
            &line,
            "On demands they were not fitted to, suggested weights do better by %s (%+.4f), but "
            "that may be chance: more known answers would tell. They are:",
            metric, gain);
    else
        buf_fmt(&line,
                "On demands they were not fitted to, suggested weights do better by %s (%+.4f). To "
                "use them, put this into the scorecard, then `polder eval`:",
                metric, gain);
    out_str("\n");
    out_wrapped(buf_text(&line), 0, 0);
    buf_free(&line);
}

static void print_all(const value *doc)
{
    int64_t cut = value_get_int(doc, "cut", 0);
    out_fmt("scorecard %s, %lld demands with known answers, %lld folds\n",
            value_get_str(doc, "scorecard", ""), (long long)value_get_int(doc, "n", 0),
            (long long)value_get_int(doc, "folds", 0));
    match_print_counted(value_get_int(doc, "counted", 0));
    if (cut)
        out_fmt("%lld %s beyond the first %d of a demand not looked at\n", (long long)cut,
                text_plural(cut, "pair", "pairs"), MATCH_TOP_MAX);
    print_metrics(doc);
    print_weights(value_get(doc, "rules"));
    print_verdict(doc);
    if (moves(value_get(doc, "rules")))
        print_snippet(value_get(doc, "rules"));
}

static bool check(const cli *c, err *e)
{
    if (!args_text(&c->args, "scorecard")) {
        err_set(e, ERR_USAGE, "tune: say which scorecard: --scorecard NAME");
        return err_hint(e, "`polder registry scorecard` lists them");
    }
    if (args_text(&c->args, "qrels"))
        return true;
    err_set(e, ERR_USAGE, "tune: say where the known answers are: --qrels FILE");
    return err_hint(e, "lines of demand, solution, relevance, with tabs between");
}

static bool exec(cli *c, err *e)
{
    value doc = value_nil();
    host *h = check(c, e) ? cli_loaded(c, e) : NULL;
    if (!h)
        return false;
    const tune_request request = {
        .match = {.scorecard = args_text(&c->args, "scorecard"),
                  .today = args_text(&c->args, "today"),
                  .seed = (uint64_t)args_int(&c->args, "seed"),
                  .workers = (int)args_int(&c->args, "workers"),
                  .progress = progress},
        .qrels = args_text(&c->args, "qrels"),
        .metric = args_text(&c->args, "metric"),
        .folds = (int)args_int(&c->args, "folds"),
    };
    bool ok = tune_run(h, &request, &doc, e);
    progress_clear();
    if (ok && c->json) {
        out_json(&doc);
    } else if (ok) {
        known_answers_tell(value_get(&doc, "unknown"));
        print_all(&doc);
    }
    ok = ok && out_finish(e) && failed_rules_tell(c, &doc, e);
    value_free(&doc);
    return ok;
}

static const option OPTIONS[] = {
    {.name = "scorecard",
     .type = OPTION_TEXT,
     .value_name = "NAME",
     .help = "whose weights; they are where the search begins"},
    {.name = "qrels",
     .type = OPTION_TEXT,
     .value_name = "FILE",
     .help = "known answers: lines of demand, solution, relevance, with tabs between; a first line "
             "of names and more columns are fine"},
    {.name = "metric",
     .type = OPTION_ENUM,
     .value_name = "METRIC",
     .choices = "mrr|p1|ndcg10|recall10|recall20",
     .otherwise = "ndcg10",
     .help = "what is to rise"},
    {.name = "folds",
     .type = OPTION_INT,
     .value_name = "N",
     .minimum = 2,
     .maximum = 1000,
     .otherwise = "5",
     .help = "parts of the demands, each measured by weights fitted to the others"},
    OPTION_TODAY_ROW,
    {.name = "seed",
     .type = OPTION_INT,
     .value_name = "N",
     .minimum = 0,
     .maximum = INT64_MAX,
     .otherwise = "0",
     .help = "where random numbers begin: of rules, of folds, of intervals"},
    OPTION_WORKERS_ROW,
    OPTION_JSON_ROW,
    {0},
};

const command cmd_tune = {
    .name = "tune",
    .usage = "--scorecard NAME --qrels FILE",
    .summary = "which weights would rank better, by known answers",
    .help =
        "Asks every rule once about every pair, then searches for weights with which the right "
        "solutions of a file of known answers stand higher: one weight at a time, at a few "
        "multiples and at 0, until nothing gets better. Weights fitted to few answers flatter "
        "themselves, so each fold of the demands is also measured by weights fitted to the others: "
        "believe \"held out\", not \"fitted\". The interval and p are of held out less now (see "
        "`polder help eval`).\n"
        "Nothing is changed: the suggestion is printed as it would stand in the scorecard. What a "
        "region wants for reasons that no known answer shows is not in it.\n"
        "JSON: {scorecard, today, log, counted (see `polder help match`), qrels, metric, folds, n "
        "(demands with a right answer), cut, rules = [{rule, max, weight, suggested}], before = "
        "{mrr, p1, ndcg10, recall10, recall20} by the weights of now, fitted = {mrr, …} by those "
        "suggested, held_out = {mrr, …}, difference = {mrr = {difference, interval = [low, high], "
        "p}, …} of held_out less before, unknown = [{where, id}], failed_rules}. cut: pairs that "
        "were not looked at, for the match ranks no more than 10,000 solutions for a demand.",
    .example = "polder tune --scorecard zeeland --qrels known.tsv --folds 2",
    .options = OPTIONS,
    .exec = exec,
};
