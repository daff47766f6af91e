/* cmd_report.c: `polder report`: a report that a plugin writes, in the format that is asked for. */
#include <string.h>

#include "base/file.h"
#include "cli/as_of.h"
#include "cli/cli.h"
#include "cli/commands.h"
#include "cli/out.h"
#include "cli/report.h"
#include "cli/report_list.h"
#include "host/absent.h"
#include "host/command_args.h"
#include "report/render.h"
#include "report/run.h"

/* --format, else what the file's name says, else the report's first. */
static const char *format_name(const cli *c, const value *formats)
{
    const char *given = args_text(&c->args, "format"), *path = args_text(&c->args, "output");
    const char *ending = path ? strrchr(path, '.') : NULL;
    report_format known;
    if (given)
        return given;
    if (c->json)
        return "json";
    if (ending && render_format(ending + 1, &known, NULL))
        return ending + 1;
    return value_str(value_at(formats, 0), "md");
}

/* `formats` NULL: of a run that is kept, whose plugin may be gone. */
static bool choose_format(const cli *c, const value *formats, report_format *out, err *e)
{
    const char *name = format_name(c, formats);
    if (!render_format(name, out, e))
        return false;
    if (!formats || value_holds(formats, name))
        return true;
    buf all = {0};
    for (size_t i = 0; i < value_len(formats); i++)
        buf_fmt(&all, "%s%s", i ? ", " : "", value_str(value_at(formats, i), ""));
    err_set(e, ERR_USAGE, "this report is not made as %s", name);
    err_hint(e, "it is made as: %s", buf_text(&all));
    buf_free(&all);
    return false;
}

static bool print(const cli *c, const value *document, report_format format, err *e)
{
    const char *path = args_text(&c->args, "output");
    buf text = {0};
    render(&text, document, format);
    bool ok = !path || strcmp(path, "-") == 0 || file_write(path, buf_text(&text), text.len, e);
    if (!path || strcmp(path, "-") == 0)
        out_bytes(buf_text(&text), text.len);
    else if (ok && !c->json)
        out_fmt("Wrote %s\n", path);
    buf_free(&text);
    return ok && out_ok(e);
}

static bool print_run(cli *c, host *h, const char *id, err *e)
{
    value document = value_nil();
    report_format format;
    if (args_word(&c->args, 1))
        return err_set(e, ERR_USAGE, "a run has its own arguments");
    bool ok = choose_format(c, NULL, &format, e) && report_of_run(h, id, &document, e) &&
              print(c, &document, format, e);
    value_free(&document);
    return ok;
}

static bool read_args(const cli *c, const contribution *report, value *args, err *e)
{
    buf usage = {0};
    bool ok = command_args_read(report->spec, c->args.words + 1, c->args.words_len - 1, args, e);
    command_args_usage(report->spec, &usage);
    if (!ok) {
        err_prefix(e, "report %s: ", report->name);
        if (!*e->hint)
            err_hint(e, "usage: polder report %s %s", report->name, buf_text(&usage));
    }
    buf_free(&usage);
    return ok;
}

static bool write_report(cli *c, host *h, const contribution *report, err *e)
{
    value args = value_nil(), document = value_nil();
    report_format format;
    err unkept = {0};
    report_request r = {.name = report->full,
                        .args = &args,
                        .lang = args_text(&c->args, "lang"),
                        .today = args_text(&c->args, "today"),
                        .keep = !args_flag(&c->args, "no-keep"),
                        .unkept = &unkept};
    bool ok = choose_format(c, value_get(report->spec, "formats"), &format, e) &&
              read_args(c, report, &args, e) && as_of_read(c, cli_store(c, e), &r.as_of, e) &&
              report_run(h, &r, &document, e) && print(c, &document, format, e) &&
              report_unkept(&unkept, e);
    value_free(&args);
    value_free(&document);
    return ok;
}

static bool exec(cli *c, err *e)
{
    const char *name = args_word(&c->args, 0);
    host *h = cli_loaded(c, e);
    if (!h)
        return false;
    if (!name) {
        report_list(c, h);
        return out_ok(e);
    }
    if (strncmp(name, "run/", 4) == 0)
        return print_run(c, h, name, e);
    const contribution *report = registry_find(host_registry(h), "report", name, NULL, e);
    if (!report && e->code == ERR_NOT_FOUND)
        absent_hint(host_plugins(h), e);
    return report && write_report(c, h, report, e);
}

static const option OPTIONS[] = {
    {.name = "format",
     .type = OPTION_ENUM,
     .value_name = "FORMAT",
     .choices = "md|html|csv|json",
     .help = "else what the name of the file says, else the report's first"},
    {.name = "output",
     .letter = 'o',
     .type = OPTION_TEXT,
     .value_name = "FILE",
     .help = "write to FILE, which is there whole or not at all"},
    {.name = "lang",
     .type = OPTION_ENUM,
     .value_name = "LANG",
     .choices = "nl|en",
     .help = "language, and how numbers, money and days are written; when absent that of the "
             "report, or Dutch"},
    {.name = "today",
     .type = OPTION_DATE,
     .value_name = "DATE",
     .help = "the day of the report; today in UTC when absent"},
    OPTION_AS_OF_ROW,
    {.name = "no-keep", .type = OPTION_FLAG, .help = "don't store the run"},
    OPTION_JSON_ROW,
    {0},
};

const command cmd_report = {
    .name = "report",
    .usage = "[NAME [key=value…] | RUN]",
    .summary = "a report that a plugin writes, as Markdown, HTML, CSV or JSON",
    .help =
        "Writes the report NAME; alone: lists the reports there are, with what each takes. The run "
        "is stored with all that is needed to write it again: with --as-of its log position and "
        "--today its day, the same plugins give the same bytes. RUN prints a stored one, in any "
        "format.\n"
        "HTML is one file without a script. In CSV and JSON numbers and days are as in data, "
        "elsewhere as people write them.",
    .example = "polder report\n"
               "polder report overview -o overview.html\n"
               "polder report council region=region/zeeland --format md",
    .options = OPTIONS,
    .words_max = -1,
    .exec = exec,
};
