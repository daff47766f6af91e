/* cmd_settle.c: `polder settle`: a person decides whose word stands on a field. */
#include "cli/cli.h"
#include "cli/commands.h"
#include "cli/out.h"
#include "cli/react.h"
#include "cli/rows.h"
#include "store/settle.h"

static bool check_options(const args *a, err *e)
{
    int said = (args_text(a, "source") != NULL) + args_flag(a, "own") + args_flag(a, "undo");
    if (said == 1)
        return true;
    err_set(e, ERR_USAGE, "%s",
            said ? "--source, --own and --undo exclude each other" : "whose word is to stand?");
    return err_hint(e, "name it with --source ID, or --own for what was put without a source");
}

static bool print_result(cli *c, store *st, const char *id, const char *field, err *e)
{
    bool undo = args_flag(&c->args, "undo");
    value record = value_nil();
    if (!store_get(st, id, &record, e))
        return false;
    const value *now = value_get(&record, field);
    if (c->json) {
        value document = value_map();
        value_add(&document, "record", value_text(id));
        value_add(&document, "field", value_text(field));
        value_add(&document, "value", now ? value_copy(now) : value_nil());
        value_add(&document, "settled", value_bool(!undo));
        value_add(&document, "source", value_text(args_text(&c->args, "source")));
        value_add(&document, "why", value_text(args_text(&c->args, "why")));
        out_json(&document);
        value_free(&document);
    } else {
        buf text = {0};
        rows_cell_text(now, ", ", &text);
        out_safe(id);
        out_str(": ");
        out_safe(field);
        out_str(" is ");
        out_safe(now ? buf_text(&text) : "nothing");
        out_str(undo ? ", by the sources' grades and dates again\n" : ", settled\n");
        buf_free(&text);
    }
    value_free(&record);
    return out_ok(e);
}

static bool exec(cli *c, err *e)
{
    const char *id = args_word(&c->args, 0), *field = args_word(&c->args, 1);
    const char *why = check_options(&c->args, e) ? cli_why(c, e) : NULL;
    store *st = why ? cli_writer(c, e) : NULL;
    if (!st)
        return false;
    bool ok = args_flag(&c->args, "undo")
                  ? store_unsettle(st, id, field, why, e)
                  : store_settle(st, id, field, args_text(&c->args, "source"), why, e);
    return ok && print_result(c, st, id, field, e);
}

static const option OPTIONS[] = {
    {.name = "source",
     .type = OPTION_TEXT,
     .value_name = "ID",
     .help = "the source whose word is to stand on this field"},
    {.name = "own", .type = OPTION_FLAG, .help = "what was put without a source is to stand"},
    {.name = "undo", .type = OPTION_FLAG, .help = "take the decision back"},
    {.name = "why", .type = OPTION_TEXT, .value_name = "TEXT", .help = "the reason, for the log"},
    OPTION_NO_HANDLERS_ROW,
    OPTION_JSON_ROW,
    {0},
};

const command cmd_settle = {
    .name = "settle",
    .usage = "ID FIELD",
    .summary = "decide whose word stands on a field",
    .help = "From now on what this source states of the field stands over what all others do, "
            "whatever their grades and dates. The decision is an event with its reason. It ends "
            "when the source states the field no more, and with --undo.\n"
            "When no source is right: put the right value first, then settle with --own.",
    .example = "polder settle agreement/defence-innovation-partnership region_count --source "
               "source/article-2026-02-23-list --why 'counted in the list'",
    .options = OPTIONS,
    .words_min = 2,
    .words_max = 2,
    .exec = exec,
};
