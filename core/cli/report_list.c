#include "cli/report_list.h"

#include <string.h>

#include "cli/lang.h"
#include "cli/out.h"
#include "cli/rows.h"
#include "cli/table.h"
#include "host/command_args.h"

static void join(const value *texts, buf *out)
{
    for (size_t i = 0; i < value_len(texts); i++)
        buf_fmt(out, "%s%s", i ? " " : "", value_str(value_at(texts, i), ""));
}

static value row_of(const contribution *report, bool for_people)
{
    value row = value_map();
    const value *spec = report->spec;
    value_add(&row, "name", value_text(report->full));
    if (!for_people) {
        value_add(&row, "title", value_copy(value_get(spec, "title")));
        value_add(&row, "formats", value_copy(value_get(spec, "formats")));
        const char *only = value_get_str(spec, "lang", NULL);
        value_add(&row, "lang", only ? value_text(only) : value_nil());
        value_add(&row, "args", value_copy(value_get(spec, "args")));
        return row;
    }
    buf formats = {0}, args = {0};
    join(value_get(spec, "formats"), &formats);
    command_args_usage(spec, &args);
    value_add(&row, "title", value_text(lang_title(value_get(spec, "title"), report->name)));
    value_add(&row, "formats", value_text(buf_text(&formats)));
    value_add(&row, "args", value_text(buf_text(&args)));
    buf_free(&formats);
    buf_free(&args);
    return row;
}

void report_list(cli *c, const host *h)
{
    static const rows_column COLUMNS[] = {{"name", "report", 0},
                                          {"title", "title", COLUMN_SHRINKS},
                                          {"formats", "formats", 0},
                                          {"args", "arguments", COLUMN_SHRINKS}};
    const registry *r = host_registry(h);
    rows *out = rows_new(c->json ? ROWS_JSON : ROWS_TABLE, COLUMNS, 4);
    for (size_t i = 0; i < registry_len(r); i++) {
        const contribution *one = registry_at(r, i);
        if (strcmp(one->type, "report") != 0)
            continue;
        value row = row_of(one, !c->json);
        rows_add(out, &row);
        value_free(&row);
    }
    rows_end(out, "no plugin here has a report; see `polder plugin list`");
    rows_free(out);
}
