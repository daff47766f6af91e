/* cmd_export.c: `polder export`: records out as JSONL, which import reads back the same. */
#include "cli/as_of.h"
#include "cli/cli.h"
#include "cli/commands.h"
#include "cli/kinds_known.h"
#include "cli/lines.h"
#include "cli/out.h"
#include "store/import.h"

static bool export_to(store *st, const value *kinds, int64_t as_of, const char *path, bool json,
                      err *e)
{
    lines l = {.path = path, .json = json};
    bool ok = export_records(st, kinds, as_of, lines_put, &l, e) && lines_end(&l, e);
    lines_free(&l);
    return ok;
}

static bool read_kinds(cli *c, value *kinds, err *e)
{
    const char *kind;
    *kinds = value_list();
    for (size_t i = 0; (kind = args_word(&c->args, i)); i++) {
        value known = value_nil();
        if (!kinds_stored(c, kind, &known, e))
            return false;
        value_free(&known);
        value_push(kinds, value_text(kind));
    }
    return true;
}

static bool exec(cli *c, err *e)
{
    value kinds = value_nil();
    int64_t as_of = 0;
    store *st = cli_store(c, e);
    bool ok = st && read_kinds(c, &kinds, e) && as_of_read(c, st, &as_of, e) &&
              export_to(st, &kinds, as_of, args_text(&c->args, "output"), c->json, e);
    value_free(&kinds);
    return ok && out_ok(e);
}

static const option OPTIONS[] = {
    {.name = "output",
     .letter = 'o',
     .type = OPTION_TEXT,
     .value_name = "FILE",
     .help = "write to FILE, which is there whole or not at all"},
    OPTION_AS_OF_ROW,
    OPTION_JSON_ROW,
    {0},
};

const command cmd_export = {
    .name = "export",
    .usage = "[KIND…]",
    .summary = "records out, as JSONL with their claims",
    .help =
        "Prints the records of each KIND, or all, one JSON object a line, by kind and id, with "
        "what "
        "each source states about them. Importing the file elsewhere gives the same records and "
        "claims. With --as-of: the records as they were known then.",
    .example = "polder export organisation agreement -o agreements.jsonl",
    .options = OPTIONS,
    .words_max = -1,
    .exec = exec,
};
