#include "cli/help.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "cli/args.h"
#include "cli/out.h"
#include "cli/plugin_command.h"

enum { OPTION_COLUMN = 26, USAGE_COLUMN = 14 };

void help_short(void)
{
    fputs("usage: polder COMMAND [ARGUMENTS]\n"
          "  polder init my-region --demo    makes a workspace with demo records\n"
          "  polder help                     lists the commands\n"
          "  polder help COMMAND             explains one, with an example\n",
          stderr);
}

void help_overview(cli *c)
{
    out_str("Polder ranks solutions for demands by a region's own Lua rules, and keeps\n"
            "every fact with its source.\n\nusage: polder [--home DIR] COMMAND [ARGUMENTS]\n\n");
    for (const command *const *own = COMMANDS; *own; own++) {
        out_fmt("  %s%-12s%s", out_styled(OUT_BOLD), (*own)->name, out_styled(OUT_PLAIN));
        out_wrapped((*own)->summary, 15, 14);
    }
    plugin_command_list(c);
    out_str("\n`polder help COMMAND` explains one, with an example.\n"
            "Exit codes: 0 done, 1 part failed, 2 usage, 3 bad data, 4 not found,\n"
            "5 not allowed, 6 over a limit, 7 store or service not available, 70 a bug.\n");
}

/* Appends "-o, --output FILE". */
static void add_names(buf *out, const option *row)
{
    if (row->letter)
        buf_fmt(out, "-%c, ", row->letter);
    buf_fmt(out, "--%s", row->name);
    if (row->value_name)
        buf_fmt(out, " %s", row->value_name);
}

/* Appends the phrase, what the option accepts and what it is without. */
static void add_meaning(buf *out, const option *row)
{
    buf_str(out, row->help);
    if (row->type == OPTION_INT && row->maximum == INT64_MAX)
        buf_fmt(out, ", %lld or more", (long long)row->minimum);
    else if (row->type == OPTION_INT)
        buf_fmt(out, ", %lld to %lld", (long long)row->minimum, (long long)row->maximum);
    if (row->type == OPTION_ENUM) {
        buf_str(out, ": ");
        for (const char *c = row->choices; *c; c++) {
            if (*c == '|')
                buf_str(out, ", ");
            else
                buf_char(out, *c);
        }
    }
    if (row->otherwise)
        buf_fmt(out, " (%s)", row->otherwise);
    if (row->many)
        buf_str(out, "; may be repeated");
}

static void print_options(const option *rows)
{
    for (; rows && rows->name; rows++) {
        buf names = {0}, meaning = {0};
        add_names(&names, rows);
        add_meaning(&meaning, rows);
        out_fmt("  %s", buf_text(&names));
        if (names.len + 2 >= OPTION_COLUMN)
            out_str("\n");
        out_wrapped(buf_text(&meaning), OPTION_COLUMN,
                    names.len + 2 >= OPTION_COLUMN ? 0 : names.len + 2);
        buf_free(&names);
        buf_free(&meaning);
    }
}

/* Calls `print` with each line. */
static void each_line(const char *lines, void (*print)(const char *line))
{
    for (const char *at = lines; *at;) {
        size_t len = strcspn(at, "\n");
        char *line = mem_copy(at, len);
        print(line);
        free(line);
        at += len + (at[len] == '\n');
    }
}

static void print_paragraph(const char *line)
{
    out_wrapped(line, 0, 0);
}

static void print_example(const char *line)
{
    out_fmt("  %s\n", line);
}

static void print_usage(const command *c)
{
    buf usage = {0};
    buf_fmt(&usage, "%s%s%s", c->name, *c->usage ? " " : "", c->usage);
    if (c->options && c->options->name)
        buf_str(&usage, " [OPTIONS]");
    out_str("usage: polder ");
    out_wrapped(buf_text(&usage), USAGE_COLUMN, USAGE_COLUMN);
    buf_free(&usage);
}

void help_options(const option *rows)
{
    out_str("\noptions:\n");
    print_options(rows);
    print_options(ARGS_GLOBAL);
}

void help_of(const command *c)
{
    out_fmt("polder %s: %s\n\n", c->name, c->summary);
    print_usage(c);
    out_str("\n");
    each_line(c->help, print_paragraph);
    help_options(c->options);
    out_str("\nexample:\n");
    each_line(c->example, print_example);
}

/* Text as roff reads it: no line begins with a control character, no backslash or hyphen changes.
 */
static void roff(const char *text)
{
    bool begin = true;
    for (; *text; text++) {
        if (begin && (*text == '.' || *text == '\''))
            out_str("\\&");
        begin = *text == '\n';
        if (*text == '\\')
            out_str("\\e");
        else if (*text == '-')
            out_str("\\-");
        else
            out_bytes(text, 1);
    }
}

static void man_options(const option *rows)
{
    for (; rows && rows->name; rows++) {
        buf names = {0}, meaning = {0};
        add_names(&names, rows);
        add_meaning(&meaning, rows);
        out_str(".TP\n.B ");
        roff(buf_text(&names));
        out_str("\n");
        roff(buf_text(&meaning));
        out_str("\n");
        buf_free(&names);
        buf_free(&meaning);
    }
}

static void man_paragraph(const char *line)
{
    roff(line);
    out_str("\n.br\n");
}

static void man_command(const command *c)
{
    out_str(".SS polder ");
    roff(c->name);
    out_str(" ");
    roff(c->usage);
    out_str("\n");
    each_line(c->help, man_paragraph);
    man_options(c->options);
    out_str(".PP\nExample:\n.PP\n.nf\n.RS\n");
    roff(c->example);
    out_str("\n.RE\n.fi\n");
}

void help_man(void)
{
    out_str(".TH POLDER 1 \"\" \"Polder " POLDER_VERSION "\" \"User Commands\"\n"
            ".SH NAME\npolder \\- scripting host for regional innovation partnerships\n"
            ".SH SYNOPSIS\n.B polder\n[\\fB\\-\\-home\\fR \\fIDIR\\fR] \\fICOMMAND\\fR "
            "[\\fIARGUMENTS\\fR]\n.SH DESCRIPTION\n"
            "Polder keeps organisations, solutions, demands and agreements with their sources, and "
            "ranks solutions\nfor demands by a region's own Lua rules, which run in sandboxed "
            "processes.\nA workspace is a folder with polder.lua; make one with\n"
            ".BR \"polder init\" .\n.SH OPTIONS\n");
    man_options(ARGS_GLOBAL);
    out_str(".SH COMMANDS\n");
    for (const command *const *c = COMMANDS; *c; c++)
        man_command(*c);
    out_str(".SH EXIT STATUS\n0 done; 1 part of the work failed, the rest is kept; 2 wrong usage; "
            "3 bad data; 4 not found;\n5 not allowed; 6 over a limit of time or memory; "
            "7 the store or a service is not available; 70 a bug in Polder.\n"
            ".SH ENVIRONMENT\n.TP\n.B POLDER_HOME\nthe workspace\n"
            ".TP\n.B NO_COLOR\nno colour, when it is not empty\n"
            ".TP\n.BR LC_ALL \", \" LC_MESSAGES \", \" LANG\ntitles are Dutch when it begins with "
            "nl, else English\n.TP\n.B COLUMNS\nthe width of tables\n");
}
