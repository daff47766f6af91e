/* cmd_withdraw.c: `polder withdraw`: a source was wrong, so nothing rests on it any more. */
#include "cli/cli.h"
#include "cli/commands.h"
#include "cli/out.h"
#include "cli/progress.h"
#include "cli/react.h"
#include "cli/report.h"
#include "cli/rows.h"
#include "cli/table.h"
#include "store/settle.h"

static void show_progress(void *ctx, int64_t done, int64_t of)
{
    (void)ctx;
    progress_show("resolving", done, of);
}

/* "trl = 7; budget = nothing" */
static void add_changes(const value *fields, buf *out)
{
    for (size_t i = 0; i < value_len(fields); i++) {
        const value_entry *item = &fields->as.map.items[i];
        buf_fmt(out, "%s%s = ", i ? "; " : "", item->key);
        if (value_is(&item->value, VALUE_NIL))
            buf_str(out, "nothing");
        rows_cell_text(&item->value, ", ", out);
    }
}

static int64_t print_changes(const value *records)
{
    static const column COLUMNS[] = {{"record", COLUMN_SHRINKS}, {"now", COLUMN_WRAPS}};
    table *t = table_new(COLUMNS, sizeof COLUMNS / sizeof *COLUMNS);
    for (size_t i = 0; i < value_len(records); i++) {
        const value *record = value_at(records, i), *fields = value_get(record, "fields");
        buf text = {0};
        add_changes(fields, &text);
        if (value_len(fields) > 0) {
            table_cell(t, value_get_str(record, "id", ""));
            table_cell(t, buf_text(&text));
        }
        buf_free(&text);
    }
    int64_t count = (int64_t)table_rows(t);
    table_print(t);
    table_free(t);
    return count;
}

static void print_result(const value *result, bool undo)
{
    const value *records = value_get(result, "records");
    int64_t changed = print_changes(records);
    if (changed > 0)
        out_str("\n");
    out_safe(value_get_str(result, "source", ""));
    bool one = value_len(records) == 1;
    if (undo)
        out_fmt(" is back: %zu %s on it again, %lld changed\n", value_len(records),
                one ? "record rests" : "records rest", (long long)changed);
    else
        out_fmt(" withdrawn: %zu record%s rested on it, %lld changed\n", value_len(records),
                one ? "" : "s", (long long)changed);
}

/* What a kind requires and no source states any more. */
static void warn_lost(const value *records)
{
    for (size_t i = 0; i < value_len(records); i++) {
        const value *record = value_at(records, i), *lost = value_get(record, "lost");
        for (size_t k = 0; k < value_len(lost); k++) {
            err why = {0};
            err_set(&why, ERR_BAD_DATA, "%s is required and nobody states it any more",
                    value_str(value_at(lost, k), ""));
            err_where(&why, "%s", value_get_str(record, "id", ""));
            report_part(&why);
        }
    }
}

static bool exec(cli *c, err *e)
{
    const char *source = args_word(&c->args, 0), *why = cli_why(c, e);
    bool undo = args_flag(&c->args, "undo");
    value result = value_nil();
    store *st = why ? cli_writer(c, e) : NULL;
    bool ok = st && (undo ? store_restore : store_withdraw)(st, source, why, show_progress, NULL,
                                                            &result, e);
    progress_clear();
    if (ok && c->json) {
        value_add(&result, "withdrawn", value_bool(!undo));
        out_json(&result);
    } else if (ok) {
        print_result(&result, undo);
        warn_lost(value_get(&result, "records"));
    }
    value_free(&result);
    return ok && out_ok(e);
}

static const option OPTIONS[] = {
    {.name = "undo", .type = OPTION_FLAG, .help = "it was right after all: its claims come back"},
    {.name = "why", .type = OPTION_TEXT, .value_name = "TEXT", .help = "the reason, for the log"},
    OPTION_NO_HANDLERS_ROW,
    OPTION_JSON_ROW,
    {0},
};

const command cmd_withdraw = {
    .name = "withdraw",
    .usage = "SOURCE",
    .summary = "a source was wrong: nothing rests on it any more",
    .help = "Ends all that this source states of other records, and resolves those again from what "
            "is left, all or nothing. What only it stated is gone from the record; its past keeps "
            "it. Nothing more is taken from the source until --undo brings its claims back.",
    .example = "polder withdraw source/article-2026-02-23-gpt --why 'a language model is no "
               "source'\n"
               "polder withdraw source/article-2026-02-23-gpt --undo --why 'it is marked as such'",
    .options = OPTIONS,
    .words_min = 1,
    .words_max = 1,
    .exec = exec,
};
