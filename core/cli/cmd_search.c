/* cmd_search.c: `polder search`: records by the words in them. */
#include <stdlib.h>

#include "cli/cli.h"
#include "cli/commands.h"
#include "cli/kinds_known.h"
#include "cli/out.h"
#include "cli/rows.h"
#include "cli/table.h"
#include "store/search.h"

static bool print_found(void *ctx, const value *record, const char *snippet, err *e)
{
    value row = value_copy(record);
    if (!value_get(&row, "title") && value_get(&row, "name"))
        value_set(&row, "title", value_copy(value_get(&row, "name")));
    value_set(&row, "snippet", value_text(snippet));
    rows_add(ctx, &row);
    value_free(&row);
    return out_ok(e);
}

/* As it is in the store, and the piece of it with the words. */
static bool print_record(void *ctx, const value *record, const char *snippet, err *e)
{
    value row = value_copy(record);
    value_set(&row, "snippet", value_text(snippet));
    rows_add(ctx, &row);
    value_free(&row);
    return out_ok(e);
}

static char *join_words(const cli *c)
{
    buf text = {0};
    const char *word;
    for (size_t i = 0; (word = args_word(&c->args, i)); i++)
        buf_fmt(&text, "%s%s", i ? " " : "", word);
    return buf_take(&text);
}

static bool check_kind(cli *c, const char *kind, err *e)
{
    value kinds = value_nil();
    bool ok = !kind || kinds_stored(c, kind, &kinds, e);
    value_free(&kinds);
    return ok;
}

static bool exec(cli *c, err *e)
{
    static const rows_column COLUMNS[] = {
        {"id", "id", 0}, {"title", "title", COLUMN_SHRINKS}, {"snippet", "where", COLUMN_SHRINKS}};
    char *text = join_words(c);
    const search_request request = {.text = text ? text : "",
                                    .kind = args_text(&c->args, "kind"),
                                    .limit = args_int(&c->args, "limit"),
                                    .after = args_text(&c->args, "after")};
    char *next = NULL;
    rows_format format = rows_format_of(c);
    bool whole = format == ROWS_JSON || format == ROWS_JSONL;
    rows *out = rows_new(format, COLUMNS, sizeof COLUMNS / sizeof *COLUMNS);
    store *st = cli_store(c, e);
    bool ok = st && check_kind(c, request.kind, e) &&
              store_search_page(st, &request, whole ? print_record : print_found, out, &next, e);
    if (ok)
        rows_end(out, "nothing found");
    rows_free(out);
    if (ok)
        rows_tell_next(format, next);
    free(next);
    free(text);
    return ok && out_ok(e);
}

static const option OPTIONS[] = {
    {.name = "kind",
     .type = OPTION_TEXT,
     .value_name = "KIND",
     .help = "only records of this kind"},
    {.name = "limit",
     .type = OPTION_INT,
     .value_name = "N",
     .minimum = 1,
     .maximum = 10000,
     .otherwise = "20",
     .help = "at most so many records"},
    {.name = "after",
     .type = OPTION_TEXT,
     .value_name = "TOKEN",
     .help = "the page behind the one that ended with this token"},
    OPTION_FORMAT_ROW,
    OPTION_JSON_ROW,
    {0},
};

const command cmd_search = {
    .name = "search",
    .usage = "TEXT…",
    .summary = "the records with these words in them",
    .help =
        "Lists the records that have all words of TEXT, best first. Form, case and accents of "
        "words "
        "don't count, in Dutch and in English. Words between double quotes must stand in that "
        "order; -word must not be there. JSON has each record whole, with a \"snippet\" beside its "
        "fields. When --limit left records out, standard error says with which --after the next "
        "page begins; as JSON it is {\"after\":\"TOKEN\"}.",
    .example = "polder search onbemande vaartuigen\n"
               "polder search 'haven \"patrol boats\" -drones' --kind demand",
    .options = OPTIONS,
    .words_min = 1,
    .words_max = -1,
    .exec = exec,
};
