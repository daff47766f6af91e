/* cmd_registry.c: `polder registry`: every contribution, with the plugin and the line that made it.
 */
#include <string.h>

#include "base/log.h"
#include "cli/cli.h"
#include "cli/commands.h"
#include "cli/out.h"
#include "cli/rows.h"
#include "cli/table.h"

static value row_of(const host *h, const contribution *c, bool for_people)
{
    value row = host_contribution(h, c);
    buf place = {0};
    buf_fmt(&place, "%s/%s:%d", c->plugin, c->file, c->line);
    if (for_people)
        value_add(&row, "place", value_text(buf_text(&place)));
    buf_free(&place);
    return row;
}

/* What they would make is not in the list. */
static void warn_failed(const plugin_list *plugins)
{
    for (size_t i = 0; i < plugins->len; i++) {
        const plugin *p = &plugins->items[i];
        if (p->state == PLUGIN_FAILED)
            log_line(LOG_WARN, "plugin %s failed, so nothing of it is here: %s%s%s%s", p->name,
                     p->error.message, *p->error.where ? " (" : "", p->error.where,
                     *p->error.where ? ")" : "");
    }
}

static bool exec(cli *c, err *e)
{
    static const rows_column COLUMNS[] = {{"type", "type", 0},
                                          {"full", "name", COLUMN_SHRINKS},
                                          {"place", "made at", COLUMN_SHRINKS}};
    static const rows_column CSV_COLUMNS[] = {{"type", "", 0}, {"name", "", 0}, {"plugin", "", 0},
                                              {"file", "", 0}, {"line", "", 0}, {"api", "", 0}};
    const char *type = args_word(&c->args, 0);
    rows_format format = rows_format_of(c);
    host *h = cli_loaded(c, e);
    if (!h)
        return false;
    const registry *r = host_registry(h);
    rows *out =
        format == ROWS_CSV ? rows_new(format, CSV_COLUMNS, 6) : rows_new(format, COLUMNS, 3);
    for (size_t i = 0; i < registry_len(r); i++) {
        const contribution *one = registry_at(r, i);
        if (type && strcmp(one->type, type) != 0)
            continue;
        value row = row_of(h, one, format == ROWS_TABLE);
        rows_add(out, &row);
        value_free(&row);
    }
    rows_end(out, "no contributions; see `polder plugin list`");
    rows_free(out);
    warn_failed(host_plugins(h));
    return out_ok(e);
}

static const option OPTIONS[] = {OPTION_FORMAT_ROW, OPTION_JSON_ROW, {0}};

const command cmd_registry = {
    .name = "registry",
    .usage = "[TYPE]",
    .summary = "what the plugins contribute, and where it is made",
    .help = "Lists every contribution of the plugins that are enabled, or those of one TYPE: "
            "kind, rule (gates too), scorecard, handler, check, command or report, each with the "
            "file and line that made it.",
    .example = "polder registry rule",
    .options = OPTIONS,
    .words_max = 1,
    .choices = REGISTRY_TYPES,
    .exec = exec,
};
