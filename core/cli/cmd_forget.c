/* cmd_forget.c: `polder forget`: personal values go for good; the log still verifies. */
#include "cli/cli.h"
#include "cli/commands.h"
#include "cli/out.h"
#include "cli/react.h"
#include "host/cache.h"
#include "store/forget.h"

static void print_count(const value *report, const char *key, const char *one, const char *many)
{
    int64_t count = value_get_int(report, key, 0);
    if (count > 0)
        out_fmt("  %lld %s\n", (long long)count, count == 1 ? one : many);
}

/* They were told by others, or about others too: whoever asked must say whether they go. */
static void print_related(const value *report)
{
    const value *related = value_get(report, "related");
    size_t count = value_len(related);
    if (count == 0)
        return;
    out_fmt("%zu other %s to %s and %s personal values of %s own; to erase those too:\n", count,
            count == 1 ? "record points" : "records point", value_get_str(report, "id", ""),
            count == 1 ? "has" : "have", count == 1 ? "its" : "their");
    for (size_t i = 0; i < count; i++)
        out_fmt("  polder forget %s --why TEXT\n", value_get_str(value_at(related, i), "id", ""));
}

/* What somebody told of another record is that one's. */
static void print_others(const value *report)
{
    const value *others = value_get(report, "others"), *before = value_get(report, "others_before");
    if (value_len(others))
        out_str("other records hold one of its values, and keep it; to look at them:\n");
    for (size_t i = 0; i < value_len(others); i++)
        out_fmt("  polder get %s\n", value_str(value_at(others, i), ""));
    if (value_len(before))
        out_str("other records held one of its values when they were erased, and may still,\n"
                "now or in their past; to look at them:\n");
    for (size_t i = 0; i < value_len(before); i++)
        out_fmt("  polder get %s --history\n", value_str(value_at(before, i), ""));
}

/* Of its own there may be nothing left, and of what others made of it there was. */
static void print_erased(const value *report)
{
    const value *fields = value_get(report, "fields");
    const char *id = value_get_str(report, "id", "");
    bool whole = value_get_bool(report, "whole", false);
    if (value_len(fields) == 0)
        out_fmt("%s: erased what was left of it", id);
    for (size_t i = 0; i < value_len(fields); i++) {
        if (i == 0)
            out_fmt("%s: erased ", id);
        out_str(i ? ", " : "");
        out_safe(value_str(value_at(fields, i), ""));
    }
    out_str(value_len(fields) == 0 ? ": events, runs or words of others\n"
            : whole                ? ", which is all of it: the record is deleted\n"
                                   : "; the rest of the record stays\n");
}

static void print_report(const value *report)
{
    if (value_is(value_get(report, "event"), VALUE_NIL)) {
        out_fmt("%s: there was nothing left to erase; the file was written anew\n",
                value_get_str(report, "id", ""));
        print_others(report);
        print_related(report);
        return;
    }
    print_erased(report);
    print_count(report, "events", "event of the log", "events of the log");
    print_count(report, "versions", "earlier version", "earlier versions");
    print_count(report, "claims", "claim", "claims");
    print_count(report, "runs", "run, which can't be repeated any more",
                "runs, which can't be repeated any more");
    print_count(report, "plugins", "plugin as kept for replays", "plugins as kept for replays");
    print_count(report, "subjects",
                "event has a value as its subject, which the log can't be without",
                "events have a value as their subject, which the log can't be without");
    print_others(report);
    print_related(report);
}

/* With part of the work left the report is as true as without. */
static bool exec(cli *c, err *e)
{
    value report = value_nil();
    const char *why = cli_why(c, e);
    store *st = why ? cli_writer(c, e) : NULL;
    bool ok = st && store_forget(st, args_word(&c->args, 0), why, &report, e) &&
              cache_clear(cli_workspace(c, NULL), e);
    if (value_is(&report, VALUE_MAP) && c->json)
        out_json(&report);
    else if (value_is(&report, VALUE_MAP))
        print_report(&report);
    value_free(&report);
    return ok && out_ok(e);
}

static const option OPTIONS[] = {
    {.name = "why",
     .type = OPTION_TEXT,
     .value_name = "TEXT",
     .help = "the reason, which the log keeps; without the values themselves"},
    OPTION_NO_HANDLERS_ROW,
    OPTION_JSON_ROW,
    {0},
};

const command cmd_forget = {
    .name = "forget",
    .usage = "ID --why TEXT",
    .summary = "erase personal values for good",
    .help = "Erases the fields that the record's kind marks as personal, and those that it doesn't "
            "declare, for they may be; or the whole record when it marks none: from the record, "
            "its earlier versions, its claims, the log, the search index; and what else names it "
            "or holds one of the values: events of plugins, runs, reasons of decisions, messages "
            "of handlers, plugins as kept for replays. Then the file is written anew, so that no "
            "byte of them is left. The log still verifies, and keeps who did it, when and why.\n"
            "A text of 5 bytes or more, in any case of its letters, and a number of 5 digits or "
            "more is looked for everywhere. What is shorter (\"Jo\", 7), and a single word or "
            "number that four or more other records hold (of a kind that marks nothing: any text "
            "that one holds), stands in too much that is of others: it is erased from the record "
            "and, as a whole word, from those events of plugins that led to the record's or came "
            "of them. Not found are a number that was rounded, a part of a name, and yes or no.\n"
            "The ID stays. What was erased is not taken again under it: an import that brings it "
            "is told so, row by row. Other records stay as they are: those that hold one of the "
            "values are named, and so are those that point at this one and hold personal values "
            "of their own, to be forgotten each by itself. "
            "Backups and exports are yours to look after.",
    .example = "polder put person/an-voorbeeld name='An Voorbeeld' role=adviseur\n"
               "polder forget person/an-voorbeeld --why 'asked by letter of 2 March'",
    .options = OPTIONS,
    .words_min = 1,
    .words_max = 1,
    .exec = exec,
};
