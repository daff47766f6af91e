/* cmd_delete.c: `polder delete`: marks a record deleted; its claims and its past stay. */
#include "base/log.h"
#include "base/text.h"
#include "cli/cli.h"
#include "cli/commands.h"
#include "cli/out.h"
#include "cli/react.h"
#include "store/reference.h"

enum { MOST_LISTED = 1000 }; /* references, in the JSON document */
enum { MOST_SHOWN = 3 };     /* to people */

/* Those that name it keep their references, for it may come back. */
static void warn_naming(const value *naming, int64_t count)
{
    buf text = {0};
    for (size_t i = 0; i < value_len(naming) && i < MOST_SHOWN; i++) {
        const value *row = value_at(naming, i);
        buf_fmt(&text, "%s%s (%s)", i ? ", " : "", value_get_str(row, "record", ""),
                value_get_str(row, "field", ""));
    }
    if (count > 0)
        log_line(LOG_WARN, "%lld %s to it %s kept, which now %s nowhere: %s%s", (long long)count,
                 text_plural(count, "reference", "references"), text_plural(count, "is", "are"),
                 text_plural(count, "leads", "lead"), buf_text(&text),
                 count > MOST_SHOWN ? ", …" : "");
    buf_free(&text);
}

static bool exec(cli *c, err *e)
{
    const char *id = args_word(&c->args, 0);
    value naming = value_nil();
    int64_t count = 0;
    store *st = cli_writer(c, e);
    if (!st || !store_check_id(id, e) || !store_delete(st, id, e) ||
        !reference_to(st, id, MOST_LISTED, &count, &naming, e))
        return false;
    if (c->json) {
        value document = value_map();
        value_add(&document, "id", value_text(id));
        value_add(&document, "deleted", value_bool(true));
        value_add(&document, "references", value_int(count));
        value_add(&document, "referenced_by", value_copy(&naming));
        out_json(&document);
        value_free(&document);
    } else {
        out_fmt("%s deleted; `polder get %s --history` shows its past\n", id, id);
    }
    if (!c->json)
        warn_naming(&naming, count);
    value_free(&naming);
    return out_ok(e);
}

static const option OPTIONS[] = {OPTION_NO_HANDLERS_ROW, OPTION_JSON_ROW, {0}};

const command cmd_delete = {
    .name = "delete",
    .usage = "ID",
    .summary = "delete one record",
    .help = "Marks the record deleted: no query or match sees it any more. What was claimed "
            "about it and its history stay, and so do references to it, which are named. Putting "
            "it again brings it back.",
    .example = "polder delete solution/delta-drone",
    .options = OPTIONS,
    .words_min = 1,
    .words_max = 1,
    .exec = exec,
};
