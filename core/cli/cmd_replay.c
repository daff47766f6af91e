/* cmd_replay.c: `polder replay`: computes a stored run again and holds it against what was stored.
 */
#include <string.h>

#include "base/json.h"
#include "cli/cli.h"
#include "cli/commands.h"
#include "cli/out.h"
#include "cli/progress.h"
#include "engine/replay.h"

enum { SHOWN = 50, VALUE_COLUMN = 9 };

static void progress(void *ctx, int64_t done, int64_t of)
{
    (void)ctx;
    progress_show("demands matched again", done, of);
}

/* "demand/x, solution/y", once for all that differs there. */
static void print_place(const value *row, const value *before)
{
    const char *demand = value_get_str(row, "demand", ""),
               *solution = value_get_str(row, "solution", "");
    if (before && strcmp(demand, value_get_str(before, "demand", "")) == 0 &&
        strcmp(solution, value_get_str(before, "solution", "")) == 0)
        return;
    buf text = {0};
    buf_fmt(&text, "%s%s%s", *demand ? demand : "the whole run", *solution ? ", " : "", solution);
    out_wrapped(buf_text(&text), 0, 0);
    buf_free(&text);
}

/* Whole, for what differs may stand at the end. */
static void print_value(const char *when, const value *v)
{
    buf text = {0};
    out_fmt("    %-5s", when);
    if (v && v->type != VALUE_NIL)
        json_write(&text, v);
    out_wrapped(text.len ? buf_text(&text) : "-", VALUE_COLUMN, VALUE_COLUMN);
    buf_free(&text);
}

static void print_differences(const value *list)
{
    for (size_t i = 0; i < value_len(list) && i < SHOWN; i++) {
        const value *row = value_at(list, i);
        const char *rule = value_get_str(row, "rule", "");
        print_place(row, i ? value_at(list, i - 1) : NULL);
        out_str("  ");
        out_safe(rule);
        out_fmt("%s%s\n", *rule ? ": " : "", value_get_str(row, "what", ""));
        print_value("was", value_get(row, "was"));
        print_value("is", value_get(row, "is"));
    }
    if (value_len(list) > SHOWN)
        out_fmt("and %zu more: --json shows all\n", value_len(list) - SHOWN);
}

static void print(const value *document)
{
    const value *erased = value_get(document, "erased");
    if (value_get_bool(document, "same", false))
        out_fmt("%s: the same, all %lld bytes\n", value_get_str(document, "run", ""),
                (long long)value_get_int(document, "bytes", 0));
    else
        print_differences(value_get(document, "differences"));
    for (size_t i = 0; i < value_len(erased); i++)
        out_fmt("since erased: %s\n", value_str(value_at(erased, i), ""));
}

static bool tell(const value *document, err *e)
{
    const char *run = value_get_str(document, "run", "");
    size_t erased = value_len(value_get(document, "erased"));
    if (value_get_bool(document, "same", false))
        return true;
    err_set(e, ERR_PARTIAL, "%s gives another result now: %zu difference%s", run,
            value_len(value_get(document, "differences")),
            value_len(value_get(document, "differences")) == 1 ? "" : "s");
    if (erased)
        return err_hint(e,
                        "values of %zu record%s that it was computed from were erased since: "
                        "`polder events --type record.forgotten` says when and why",
                        erased, erased == 1 ? "" : "s");
    return err_hint(e, "records and plugins are those of then, so this is another Polder, another "
                       "machine, or a rule that is not repeatable");
}

static bool exec(cli *c, err *e)
{
    value document = value_nil();
    const replay_request request = {.run = args_word(&c->args, 0),
                                    .workers = (int)args_int(&c->args, "workers"),
                                    .progress = progress};
    host *h = cli_host(c, e);
    bool ok = h && replay_run(h, &request, &document, e);
    progress_clear();
    if (ok && c->json)
        out_json(&document);
    else if (ok)
        print(&document);
    ok = ok && out_finish(e) && tell(&document, e);
    value_free(&document);
    return ok;
}

static const option OPTIONS[] = {
    OPTION_WORKERS_ROW,
    OPTION_JSON_ROW,
    {0},
};

const command cmd_replay = {
    .name = "replay",
    .usage = "RUN",
    .summary = "compute a run again and compare every byte",
    .help =
        "Computes a stored match again, in fresh processes: with the records as they were at the "
        "run's position in the log, and with the plugins' files as they were, which the store "
        "keeps. The exit code is 0 only when every byte is the same. Else it is 1, and what "
        "differs is shown by demand, solution and rule with both values. A run whose answer was "
        "erased by `forget` can't be repeated: exit code 4. RUN is the id that match printed, "
        "`last` "
        "for the newest match, `last~1` for the one before it.\n"
        "JSON: {run, scorecard, today, log, same, bytes, demands, differences = [{demand, "
        "solution, rule, what, was, is}], erased = [ID]}.",
    .example = "polder match --scorecard zeeland\npolder replay last",
    .options = OPTIONS,
    .words_min = 1,
    .words_max = 1,
    .exec = exec,
};
