/* cmd_eval.c: `polder eval`: how good a scorecard's rankings are, held against known answers. */
#include "engine/eval.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "cli/cli.h"
#include "cli/commands.h"
#include "cli/failed_rules.h"
#include "cli/known_answers.h"
#include "cli/match_print.h"
#include "cli/out.h"
#include "cli/progress.h"
#include "cli/report.h"
#include "cli/table.h"
#include "engine/quality.h"

static void progress(void *ctx, int64_t done, int64_t of)
{
    (void)ctx;
    progress_show("demands matched", done, of);
}

/* "ndcg10=0.6": which metric and the least it may be. */
static bool read_least(const char *text, size_t *metric, double *least, err *e)
{
    const char *equals = strchr(text, '=');
    size_t len = equals ? (size_t)(equals - text) : strlen(text);
    char *end = NULL;
    for (*metric = 0; *metric < QUALITY_METRICS; (*metric)++)
        if (strlen(QUALITY_NAMES[*metric]) == len && !memcmp(QUALITY_NAMES[*metric], text, len))
            break;
    if (*metric == QUALITY_METRICS) {
        char name[32] = "";
        memcpy(name, text, len < sizeof name ? len : sizeof name - 1);
        const char *near = text_nearest(name, QUALITY_NAMES, QUALITY_METRICS);
        err_set(e, ERR_USAGE, "--min %s: no such metric%s%s", text, near ? "; did you mean " : "",
                near ? near : "");
        return err_hint(e, "one of: mrr, p1, ndcg10, recall10, recall20");
    }
    *least = equals ? strtod(equals + 1, &end) : 0;
    if (equals && end != equals + 1 && !*end && *least >= 0 && *least <= 1)
        return true;
    err_set(e, ERR_USAGE, "--min %s: expected a number from 0 to 1 behind '='", text);
    return err_hint(e, "as in --min ndcg10=0.6");
}

static bool check_least(const cli *c, err *e)
{
    const char *text;
    size_t metric;
    double least;
    for (size_t i = 0; (text = args_nth(&c->args, "min", i)); i++)
        if (!read_least(text, &metric, &least, e))
            return false;
    return true;
}

/* All that are below are told, the first one is the error. */
static bool hold_least(const cli *c, const value *doc, err *e)
{
    const char *text;
    bool ok = true;
    for (size_t i = 0; (text = args_nth(&c->args, "min", i)); i++) {
        size_t metric;
        double least;
        err below = {0};
        if (!read_least(text, &metric, &least, e))
            return false;
        double now = value_get_double(doc, QUALITY_NAMES[metric], 0);
        if (now >= least)
            continue;
        err_set(&below, ERR_PARTIAL, "%s is %.4f, %.4g below the %.4g asked", QUALITY_NAMES[metric],
                now, least - now, least);
        if (ok)
            err_copy(e, &below);
        else if (!c->json)
            report_part(&below);
        ok = false;
    }
    return ok;
}

static void print_metrics(const value *doc)
{
    static const column COLUMNS[] = {{"metric", COLUMN_PLAIN},
                                     {"value", COLUMN_RIGHT},
                                     {"95 % from", COLUMN_RIGHT},
                                     {"to", COLUMN_RIGHT}};
    table *t = table_new(COLUMNS, 4);
    for (size_t m = 0; m < QUALITY_METRICS; m++) {
        const value *interval = value_get(value_get(doc, "intervals"), QUALITY_NAMES[m]);
        table_cell(t, QUALITY_NAMES[m]);
        table_cell_fmt(t, "%.4f", value_get_double(doc, QUALITY_NAMES[m], 0));
        table_cell_fmt(t, "%.4f", value_as_double(value_at(interval, 0), 0));
        table_cell_fmt(t, "%.4f", value_as_double(value_at(interval, 1), 0));
    }
    table_print(t);
    table_free(t);
}

/* Rows of the same metrics: demands or groups. */
static void print_rows(const value *rows, const char *what, const char *title, const char *number)
{
    const column columns[] = {{title, COLUMN_SHRINKS},    {"mrr", COLUMN_RIGHT},
                              {"p1", COLUMN_RIGHT},       {"ndcg10", COLUMN_RIGHT},
                              {"recall10", COLUMN_RIGHT}, {"recall20", COLUMN_RIGHT},
                              {number, COLUMN_RIGHT}};
    if (!value_len(rows))
        return;
    table *t = table_new(columns, 7);
    for (size_t i = 0; i < value_len(rows); i++) {
        const value *row = value_at(rows, i);
        const char *name = value_get_str(row, what, "");
        table_cell(t, *name ? name : "(none)");
        for (size_t m = 0; m < QUALITY_METRICS; m++)
            table_cell_fmt(t, "%.3f", value_get_double(row, QUALITY_NAMES[m], 0));
        int64_t count = value_get_int(row, number, 0);
        if (count)
            table_cell_fmt(t, "%lld", (long long)count);
        else
            table_cell(t, "-");
    }
    out_str("\n");
    table_print(t);
    table_free(t);
}

static void print_against(const value *against)
{
    static const column COLUMNS[] = {{"metric", COLUMN_PLAIN},    {"was", COLUMN_RIGHT},
                                     {"now", COLUMN_RIGHT},       {"difference", COLUMN_RIGHT},
                                     {"95 % from", COLUMN_RIGHT}, {"to", COLUMN_RIGHT},
                                     {"p", COLUMN_RIGHT}};
    if (!against)
        return;
    buf line = {0};
    int64_t both = value_get_int(against, "n", 0);
    buf_fmt(&line, "against %s (%s, first %lld), %lld %s that both have",
            value_get_str(against, "run", ""), value_get_str(against, "scorecard", ""),
            (long long)value_get_int(against, "top", 0), (long long)both,
            text_plural(both, "demand", "demands"));
    out_str("\n");
    out_wrapped(buf_text(&line), 0, 0);
    buf_free(&line);
    table *t = table_new(COLUMNS, 7);
    for (size_t m = 0; m < QUALITY_METRICS; m++) {
        const value *row = value_get(against, QUALITY_NAMES[m]);
        const value *interval = value_get(row, "interval");
        table_cell(t, QUALITY_NAMES[m]);
        table_cell_fmt(t, "%.4f", value_get_double(row, "was", 0));
        table_cell_fmt(t, "%.4f", value_get_double(row, "now", 0));
        table_cell_fmt(t, "%+.4f", value_get_double(row, "difference", 0));
        table_cell_fmt(t, "%+.4f", value_as_double(value_at(interval, 0), 0));
        table_cell_fmt(t, "%+.4f", value_as_double(value_at(interval, 1), 0));
        table_cell_fmt(t, "%.4f", value_get_double(row, "p", 1));
    }
    table_print(t);
    table_free(t);
}

static void print_all(const cli *c, const value *doc)
{
    int64_t n = value_get_int(doc, "n", 0);
    out_fmt("scorecard %s, %lld demand%s with known answers, first %lld ranked\n",
            value_get_str(doc, "scorecard", ""), (long long)n, n == 1 ? "" : "s",
            (long long)value_get_int(doc, "top", 0));
    match_print_counted(value_get_int(doc, "counted", 0));
    print_metrics(doc);
    print_rows(value_get(doc, "groups"), "group", args_text(&c->args, "group"), "n");
    if (args_flag(&c->args, "per-demand"))
        print_rows(value_get(doc, "demands"), "demand", "demand", "first");
    print_against(value_get(doc, "against"));
}

static bool check(const cli *c, err *e)
{
    if (!args_text(&c->args, "scorecard")) {
        err_set(e, ERR_USAGE, "eval: say which scorecard: --scorecard NAME");
        return err_hint(e, "`polder registry scorecard` lists them");
    }
    if (!args_text(&c->args, "qrels")) {
        err_set(e, ERR_USAGE, "eval: say where the known answers are: --qrels FILE");
        return err_hint(e, "lines of demand, solution, relevance, with tabs between");
    }
    return check_least(c, e);
}

static bool exec(cli *c, err *e)
{
    value doc = value_nil();
    host *h = check(c, e) ? cli_loaded(c, e) : NULL;
    if (!h)
        return false;
    const eval_request request = {
        .match = {.scorecard = args_text(&c->args, "scorecard"),
                  .top = args_int(&c->args, "top"),
                  .today = args_text(&c->args, "today"),
                  .seed = (uint64_t)args_int(&c->args, "seed"),
                  .workers = (int)args_int(&c->args, "workers"),
                  .progress = progress},
        .qrels = args_text(&c->args, "qrels"),
        .group = args_text(&c->args, "group"),
        .against = args_text(&c->args, "against"),
    };
    bool ok = eval_run(h, &request, &doc, e);
    progress_clear();
    if (ok && c->json) {
        out_json(&doc);
    } else if (ok) {
        known_answers_tell(value_get(&doc, "unknown"));
        print_all(c, &doc);
    }
    ok = ok && out_finish(e) && failed_rules_tell(c, &doc, e) && hold_least(c, &doc, e);
    value_free(&doc);
    return ok;
}

static const option OPTIONS[] = {
    {.name = "scorecard",
     .type = OPTION_TEXT,
     .value_name = "NAME",
     .help = "the region's choice of gates, rules and weights"},
    {.name = "qrels",
     .type = OPTION_TEXT,
     .value_name = "FILE",
     .help = "known answers: lines of demand, solution, relevance, with tabs between; a first line "
             "of names and more columns are fine"},
    {.name = "min",
     .type = OPTION_TEXT,
     .value_name = "METRIC=X",
     .many = true,
     .help = "exit code 1 when mrr, p1, ndcg10, recall10 or recall20 is below X"},
    {.name = "against",
     .type = OPTION_TEXT,
     .value_name = "RUN",
     .help = "also the difference with a stored match (`last`: the newest), over the demands that "
             "both have"},
    {.name = "per-demand", .type = OPTION_FLAG, .help = "show every demand"},
    {.name = "group",
     .type = OPTION_TEXT,
     .value_name = "FIELD",
     .help = "also by the values of this field of demands"},
    {.name = "top",
     .type = OPTION_INT,
     .value_name = "K",
     .minimum = EVAL_TOP_LEAST,
     .maximum = MATCH_TOP_MAX,
     .otherwise = "100",
     .help = "how far a ranking is looked at: beyond it mrr counts 0"},
    OPTION_TODAY_ROW,
    {.name = "seed",
     .type = OPTION_INT,
     .value_name = "N",
     .minimum = 0,
     .maximum = INT64_MAX,
     .otherwise = "0",
     .help = "where random numbers begin, of rules and of intervals"},
    OPTION_WORKERS_ROW,
    OPTION_JSON_ROW,
    {0},
};

const command cmd_eval = {
    .name = "eval",
    .usage = "--scorecard NAME --qrels FILE",
    .summary = "how good a scorecard's rankings are, by known answers",
    .help =
        "Ranks the demands of a file of known answers and tells how high the right solutions "
        "stand: mrr (1 / place of the first right one), p1 (is the first right), ndcg10 (graded: "
        "relevance / log2(place + 1) over the first 10, as a share of the best order; Järvelin and "
        "Kekäläinen 2002), recall10 and recall20 (share of the right ones in the first 10, 20), "
        "each the mean over demands with a right answer. Solutions that nobody judged count as "
        "wrong, so the numbers are lower bounds.\n"
        "Intervals hold 95 % of 10,000 bootstrap samples of the demands. With --against, p is how "
        "often chance alone makes as large a difference (paired randomisation test), and both are "
        "judged as deep as both were ranked. No run is stored.\n"
        "JSON: {scorecard, today, log, counted (see `polder help match`), qrels, top, n, mrr, p1, "
        "ndcg10, recall10, recall20, "
        "intervals = {mrr = [low, high], …}, demands = [{demand, mrr, …, relevant, first}], groups "
        "= [{group, n, mrr, …}], against = {run, scorecard, top, n, mrr = {was, now, difference, "
        "interval, p}, …}, unknown = [{where, id}], failed_rules}.",
    .example = "polder eval --scorecard zeeland --qrels known.tsv --min ndcg10=0.6\n"
               "polder eval --scorecard zeeland --qrels known.tsv --group owner --per-demand",
    .options = OPTIONS,
    .exec = exec,
};
