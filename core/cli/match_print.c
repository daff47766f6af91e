#include "cli/match_print.h"

#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/text.h"
#include "cli/out.h"
#include "cli/table.h"
#include "store/past.h"

enum { BEST_REASONS = 3, NAME_COLUMN = 22 };

double match_applied(const value *rules)
{
    double sum = 0;
    for (size_t i = 0; i < value_len(rules); i++) {
        const value *r = value_at(rules, i);
        if (strcmp(value_get_str(r, "outcome", ""), "points") == 0)
            sum += value_get_double(r, "weight", 0) * value_get_double(r, "max", 0);
    }
    return sum;
}

double match_share(const value *rule, double applied)
{
    if (applied <= 0 || strcmp(value_get_str(rule, "outcome", ""), "points") != 0)
        return 0;
    return 100 * value_get_double(rule, "weight", 0) * value_get_double(rule, "value", 0) / applied;
}

void match_outcome(const value *rule, buf *out)
{
    const char *outcome = value_get_str(rule, "outcome", "");
    if (strcmp(outcome, "points") == 0)
        buf_fmt(out, "%.3g / %g", value_get_double(rule, "value", 0),
                value_get_double(rule, "max", 0));
    else
        buf_str(out, strcmp(outcome, "failed") == 0 ? "failed" : "n/a");
}

void match_title(store *st, const char *id, int64_t log, buf *out)
{
    value record = value_nil();
    if (!(log ? past_get(st, id, log, &record, NULL) : store_get(st, id, &record, NULL)))
        return;
    const char *title = value_get_str(&record, "title", value_get_str(&record, "name", ""));
    text_escape(out, title, strlen(title), 400);
    value_free(&record);
}

/* The rules with the largest shares, best first. */
static size_t best_rules(const value *rules, const value *best[BEST_REASONS])
{
    double applied = match_applied(rules);
    size_t count = 0;
    for (size_t i = 0; i < value_len(rules); i++) {
        const value *rule = value_at(rules, i);
        double share = match_share(rule, applied);
        if (share <= 0 || !*value_get_str(rule, "reason", ""))
            continue;
        size_t at = count < BEST_REASONS ? count : BEST_REASONS;
        while (at > 0 && match_share(best[at - 1], applied) < share) {
            if (at < BEST_REASONS)
                best[at] = best[at - 1];
            at--;
        }
        if (at < BEST_REASONS)
            best[at] = rule;
        count += count < BEST_REASONS;
    }
    return count;
}

/* One line: why this solution stands here. */
static void print_best(const value *rules)
{
    const value *best[BEST_REASONS];
    size_t count = best_rules(rules, best);
    buf line = {0}, safe = {0}, cut = {0};
    for (size_t i = 0; i < count; i++)
        buf_fmt(&line, "%s%s", i ? "; " : "", value_get_str(best[i], "reason", ""));
    if (line.len) {
        text_escape(&safe, buf_text(&line), line.len, 4000);
        text_fit(&cut, buf_text(&safe), safe.len, out_width() - NAME_COLUMN);
        out_fmt("%*s%s%s%s\n", NAME_COLUMN, "", out_styled(OUT_DIM), buf_text(&cut),
                out_styled(OUT_PLAIN));
    }
    buf_free(&line);
    buf_free(&safe);
    buf_free(&cut);
}

static void print_rules(const value *rules)
{
    static const column COLUMNS[] = {{"points", COLUMN_RIGHT},
                                     {"weight", COLUMN_RIGHT},
                                     {"rule", COLUMN_PLAIN},
                                     {"reason", COLUMN_WRAPS}};
    table *t = table_new(COLUMNS, 4);
    table_indent(t, 6);
    for (size_t i = 0; i < value_len(rules); i++) {
        const value *rule = value_at(rules, i);
        buf outcome = {0};
        match_outcome(rule, &outcome);
        table_cell(t, buf_text(&outcome));
        table_cell_fmt(t, "%g", value_get_double(rule, "weight", 0));
        table_cell(t, value_get_str(rule, "rule", ""));
        table_cell(t, value_get_str(rule, "reason", ""));
        buf_free(&outcome);
    }
    table_print(t);
    table_free(t);
}

/* "  1   87.5      100%  Delta drone  solution/delta-drone" */
static void print_ranked(store *st, const value *ranked, bool reasons)
{
    const char *id = value_get_str(ranked, "solution", "");
    const value *scored = value_get(ranked, "score");
    buf title = {0}, shown = {0}, score = {0};
    size_t room = out_width() - NAME_COLUMN, id_columns = strlen(id) + 2;
    match_title(st, id, 0, &title);
    if (value_is(scored, VALUE_NIL)) /* no rule applied: that is not 0 */
        buf_char(&score, '-');
    else
        buf_fmt(&score, "%.1f", value_as_double(scored, 0));
    if (title.len && id_columns < room)
        text_fit(&shown, buf_text(&title), title.len, room - id_columns);
    out_fmt("%3lld  %5s  %7.0f%%  ", (long long)value_get_int(ranked, "rank", 0), buf_text(&score),
            100 * value_get_double(ranked, "coverage", 0));
    if (shown.len)
        out_fmt("%s%s%s  ", out_styled(OUT_BOLD), buf_text(&shown), out_styled(OUT_PLAIN));
    out_fmt("%s\n", id);
    if (reasons)
        print_rules(value_get(ranked, "rules"));
    else
        print_best(value_get(ranked, "rules"));
    buf_free(&title);
    buf_free(&shown);
    buf_free(&score);
}

static void print_title(store *st, const char *id)
{
    buf title = {0}, shown = {0};
    match_title(st, id, 0, &title);
    text_fit(&shown, buf_text(&title), title.len, out_width());
    bool one_line = text_columns(buf_text(&title), title.len) + 2 + strlen(id) <= out_width();
    out_fmt("%s%s%s%s%s\n", out_styled(OUT_BOLD), buf_text(&shown), out_styled(OUT_PLAIN),
            !title.len ? ""
            : one_line ? "  "
                       : "\n",
            id);
    buf_free(&title);
    buf_free(&shown);
}

static void print_demand(store *st, const value *demand, bool reasons)
{
    const value *ranked = value_get(demand, "ranked");
    print_title(st, value_get_str(demand, "demand", ""));
    out_fmt("%lld scored, %lld excluded by gates\n", (long long)value_get_int(demand, "scored", 0),
            (long long)value_get_int(demand, "excluded", 0));
    if (value_len(ranked))
        out_fmt("%3s  %5s  %8s  %s\n", "#", "score", "coverage", "solution");
    for (size_t i = 0; i < value_len(ranked); i++)
        print_ranked(st, value_at(ranked, i), reasons);
    out_str("\n");
    if (value_get(demand, "stability"))
        stability_print(demand);
}

/* A line to copy: how the first pair is explained. */
static void print_next(const value *document)
{
    const value *first = NULL;
    const value *demands = value_get(document, "demands");
    for (size_t i = 0; !first && i < value_len(demands); i++)
        if (value_len(value_get(value_at(demands, i), "ranked")))
            first = value_at(demands, i);
    const char *run = value_get_str(document, "run", NULL);
    if (!first)
        return;
    out_fmt("why: polder explain %s%s %s %s\n", run ? "" : "--scorecard ",
            run ? run : value_get_str(document, "scorecard", ""),
            value_get_str(first, "demand", ""),
            value_get_str(value_at(value_get(first, "ranked"), 0), "solution", ""));
}

/* "pair, measure", "gate on demand, Lua"; "gate on pair, list" where it needn't look at all. */
static void work_cell(table *t, const value *step)
{
    bool gate = strcmp(value_get_str(step, "work", ""), "gate") == 0;
    bool measure = strcmp(value_get_str(step, "by", ""), "measure") == 0;
    table_cell_fmt(t, "%s%s, %s", gate ? "gate on " : "", value_get_str(step, "on", ""),
                   value_get_int(step, "unseen", 0) > 0 ? "list"
                   : measure                            ? "measure"
                                                        : "Lua");
}

/* What the workers did, in the order in which they did it. */
static void print_plan(const value *steps)
{
    static const column COLUMNS[] = {{"step", COLUMN_RIGHT},     {"rule", COLUMN_SHRINKS},
                                     {"work", COLUMN_PLAIN},     {"asked", COLUMN_RIGHT},
                                     {"excluded", COLUMN_RIGHT}, {"pruned", COLUMN_RIGHT},
                                     {"ms", COLUMN_RIGHT}};
    static const char *const COUNTS[] = {"asked", "excluded", "pruned"};
    table *t = table_new(COLUMNS, 7);
    for (size_t i = 0; i < value_len(steps); i++) {
        const value *step = value_at(steps, i);
        table_cell_fmt(t, "%zu", i + 1);
        table_cell(t, value_get_str(step, "rule", ""));
        work_cell(t, step);
        for (size_t k = 0; k < 3; k++)
            table_cell_fmt(t, "%lld", (long long)value_get_int(step, COUNTS[k], 0));
        table_cell_fmt(t, "%.1f", value_get_double(step, "ms", 0));
    }
    table_print(t);
    table_free(t);
    out_str("\n");
}

/* Wall times. */
static void print_phases(const value *phases)
{
    for (size_t i = 0; i < value_len(phases); i++)
        out_fmt("%s%s %.1f ms", i ? ", " : "", phases->as.map.items[i].key,
                value_as_double(&phases->as.map.items[i].value, 0));
    out_str("\n\n");
}

/* What was not done again. */
static void print_kept(const match_kept *kept, int64_t demands)
{
    if (kept->demands > 0)
        out_fmt("kept from the match before: %lld of %lld %s; since then %lld %s changed\n",
                (long long)kept->demands, (long long)demands,
                text_plural(demands, "demand", "demands"), (long long)kept->changed,
                text_plural(kept->changed, "solution", "solutions"));
    if (kept->points > 0)
        out_fmt("taken over from an earlier match: %lld %s of rules in Lua about pairs\n",
                (long long)kept->points, text_plural(kept->points, "answer", "answers"));
}

void match_print_counted(int64_t counted)
{
    if (counted > 0)
        out_fmt("texts counted as of event %lld\n", (long long)counted);
}

static void print_work(const value *document)
{
    if (value_get(document, "plan"))
        print_plan(value_get(document, "plan"));
    if (value_get(document, "phases"))
        print_phases(value_get(document, "phases"));
}

bool match_print_asked(cli *c, const value *document, bool reasons, err *e)
{
    store *st = cli_store(c, e);
    const value *demands = value_get(document, "demands");
    if (!st)
        return false;
    if (reasons || value_get(document, "phases") || value_get(value_at(demands, 0), "stability"))
        out_str("\n");
    for (size_t i = 0; i < value_len(demands) && out_ok(NULL); i++) {
        const value *demand = value_at(demands, i);
        if (reasons) {
            print_demand(st, demand, true);
        } else if (value_get(demand, "stability")) {
            print_title(st, value_get_str(demand, "demand", ""));
            stability_print(demand);
        }
    }
    print_work(document);
    return out_ok(e);
}

bool match_print(cli *c, const value *document, const match_kept *kept, bool reasons, err *e)
{
    store *st = cli_store(c, e);
    const value *demands = value_get(document, "demands");
    if (!st)
        return false;
    for (size_t i = 0; i < value_len(demands) && out_ok(NULL); i++)
        print_demand(st, value_at(demands, i), reasons);
    if (value_len(demands) == 0)
        out_str("no demands to match\n");
    print_work(document);
    out_fmt("scorecard %s, today %s, log %lld\n", value_get_str(document, "scorecard", ""),
            value_get_str(document, "today", ""), (long long)value_get_int(document, "log", 0));
    match_print_counted(value_get_int(document, "counted", 0));
    print_kept(kept, (int64_t)value_len(demands));
    if (value_get(document, "run"))
        out_fmt("run: %s\n", value_get_str(document, "run", ""));
    print_next(document);
    return out_ok(e);
}
