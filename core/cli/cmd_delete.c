/* cmd_delete.c: `polder delete`: marks a record deleted; its claims and its past stay. */
#include "cli/cli.h"
#include "cli/commands.h"
#include "cli/out.h"
#include "cli/react.h"

static bool exec(cli *c, err *e)
{
    const char *id = args_word(&c->args, 0);
    store *st = cli_writer(c, e);
    if (!st || !store_check_id(id, e) || !store_delete(st, id, e))
        return false;
    if (c->json) {
        value document = value_map();
        value_add(&document, "id", value_text(id));
        value_add(&document, "deleted", value_bool(true));
        out_json(&document);
        value_free(&document);
    } else {
        out_fmt("%s deleted; `polder get %s --history` shows its past\n", id, id);
    }
    return out_ok(e);
}

static const option OPTIONS[] = {OPTION_NO_HANDLERS_ROW, OPTION_JSON_ROW, {0}};

const command cmd_delete = {
    .name = "delete",
    .usage = "ID",
    .summary = "delete one record",
    .help = "Marks the record deleted: no query or match sees it any more. What was claimed "
            "about it and its history stay. Putting it again brings it back.",
    .example = "polder delete solution/delta-drone",
    .options = OPTIONS,
    .words_min = 1,
    .words_max = 1,
    .exec = exec,
};
