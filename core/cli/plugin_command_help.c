/* plugin_command_help.c: what people and shells read about commands of plugins, made from what
 * these registered. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "cli/help.h"
#include "cli/lang.h"
#include "cli/out.h"
#include "cli/plugin_command.h"
#include "host/command_args.h"

enum { COLUMN = 26 };

static const contribution *command_at(const host *h, size_t at, const char *plugin)
{
    const contribution *c = registry_at(host_registry(h), at);
    bool ours = strcmp(c->type, "command") == 0 && (!plugin || strcmp(c->plugin, plugin) == 0);
    return ours ? c : NULL;
}

const contribution *plugin_command_of(const host *h, const char *plugin, const char *name, err *e)
{
    size_t len = registry_len(host_registry(h)), count = 0;
    const char **names = mem_zero(len + 1, sizeof *names);
    const contribution *found = NULL;
    buf all = {0};
    for (size_t i = 0; !found && i < len; i++) {
        const contribution *c = command_at(h, i, plugin);
        if (c && strcmp(c->name, name) == 0)
            found = c;
        if (c)
            buf_fmt(&all, "%s%s", count ? ", " : "", c->name), names[count++] = c->name;
    }
    const char *near = found ? NULL : text_nearest(name, names, count);
    if (!found)
        err_set(e, ERR_NOT_FOUND, "there is no command \"%s %s\"", plugin, name);
    if (near)
        err_hint(e, "did you mean \"%s\"?", near);
    else if (!found && count)
        err_hint(e, "%s has: %s", plugin, buf_text(&all));
    else if (!found)
        err_hint(e, "the plugin has no commands; `polder plugin info %s` says what it does",
                 plugin);
    buf_free(&all);
    free(names);
    return found;
}

/* Text of a plugin's, made safe, behind `indent` spaces. */
static void print_wrapped(const char *text, size_t indent, size_t column)
{
    buf safe = {0};
    text_escape(&safe, text, strlen(text), 4000);
    out_wrapped(buf_text(&safe), indent, column);
    buf_free(&safe);
}

static void print_row(const char *left, const char *right)
{
    size_t used = 2 + strlen(left);
    out_str("  ");
    out_safe(left);
    if (used >= COLUMN)
        out_str("\n");
    print_wrapped(right, COLUMN, used >= COLUMN ? 0 : used);
}

static bool print_commands(const host *h, const char *plugin)
{
    size_t count = 0;
    for (size_t i = 0; i < registry_len(host_registry(h)); i++) {
        const contribution *c = command_at(h, i, plugin);
        if (!c)
            continue;
        if (count++ == 0)
            out_fmt("usage: polder %s COMMAND [NAME=VALUE…] [OPTIONS]\n\n", plugin);
        print_row(c->name, lang_title(value_get(c->spec, "title"), c->name));
    }
    if (count)
        out_fmt("\n`polder %s COMMAND --help` explains one.\n", plugin);
    return count > 0;
}

/* "a whole number from 5 to 240 (30)" */
static void add_meaning(const value *arg, buf *out)
{
    const value *otherwise = value_get(arg, "default"), *choices = value_get(arg, "choices");
    const value *low = value_get(arg, "minimum"), *high = value_get(arg, "maximum");
    buf_str(out, lang_title(value_get(arg, "title"), value_get_str(arg, "name", "")));
    for (size_t i = 0; i < value_len(choices); i++)
        buf_fmt(out, "%s%s", i ? ", " : ": ", value_str(value_at(choices, i), ""));
    if (low)
        buf_fmt(out, ", from %.14g", value_as_double(low, 0));
    if (high)
        buf_fmt(out, ", at most %.14g", value_as_double(high, 0));
    if (value_is(otherwise, VALUE_TEXT))
        buf_fmt(out, " (%s)", value_str(otherwise, ""));
    else if (value_is(otherwise, VALUE_BOOL))
        buf_fmt(out, " (%s)", otherwise->as.boolean ? "yes" : "no");
    else if (otherwise)
        buf_fmt(out, " (%.14g)", value_as_double(otherwise, 0));
    if (value_get_bool(arg, "required", false))
        buf_str(out, "; needed");
    if (value_get_bool(arg, "many", false))
        buf_str(out, "; may be repeated");
}

static void print_args(const value *spec)
{
    const value *args = value_get(spec, "args");
    if (value_len(args))
        out_str("\narguments, by name or in this order:\n");
    for (size_t i = 0; i < value_len(args); i++) {
        buf meaning = {0};
        add_meaning(value_at(args, i), &meaning);
        print_row(value_get_str(value_at(args, i), "name", ""), buf_text(&meaning));
        buf_free(&meaning);
    }
}

static void print_command(const contribution *of)
{
    buf usage = {0};
    const value *help = value_get(of->spec, "help");
    const char *example = value_get_str(of->spec, "example", NULL);
    out_fmt("polder %s %s: ", of->plugin, of->name);
    out_safe(lang_title(value_get(of->spec, "title"), of->name));
    command_args_usage(of->spec, &usage);
    out_str("\n\nusage: polder ");
    buf line = {0};
    buf_fmt(&line, "%s %s %s [OPTIONS]", of->plugin, of->name, buf_text(&usage));
    print_wrapped(buf_text(&line), 14, 14);
    if (help) {
        out_str("\n");
        print_wrapped(lang_title(help, ""), 0, 0);
    }
    print_args(of->spec);
    help_options(PLUGIN_COMMAND_OPTIONS);
    if (example) {
        out_str("\nexample:\n  ");
        out_safe(example);
        out_str("\n");
    }
    buf_free(&usage);
    buf_free(&line);
}

bool plugin_command_help(cli *c, const char *plugin, const char *name, err *e)
{
    host *h = cli_loaded(c, e);
    if (!h)
        return false;
    if (!plugin_command_check(plugin_find(host_plugins(h), plugin, e), e))
        return false;
    if (!name && print_commands(h, plugin))
        return out_ok(e);
    if (!name) {
        err_set(e, ERR_USAGE, "the plugin %s has no commands", plugin);
        return err_hint(e, "`polder plugin info %s` says what it does", plugin);
    }
    const contribution *of = plugin_command_of(h, plugin, name, e);
    if (of)
        print_command(of);
    return of && out_ok(e);
}

void plugin_command_list(cli *c)
{
    err none = {0};
    const host *h = cli_loaded(c, &none);
    const char *last = "";
    for (size_t i = 0; h && i < registry_len(host_registry(h)); i++) {
        const contribution *of = command_at(h, i, NULL);
        if (!of || strcmp(of->plugin, last) == 0)
            continue;
        if (!*last)
            out_str("\ncommands of plugins:\n");
        last = of->plugin;
        const plugin *p = plugin_find(host_plugins(h), last, &none);
        out_fmt("  %s%-12s%s", out_styled(OUT_BOLD), last, out_styled(OUT_PLAIN));
        print_wrapped(lang_title(value_get(&p->manifest, "title"), last), 15,
                      strlen(last) > 12 ? 2 + strlen(last) : 14);
    }
}

static void print_arg_words(const contribution *of)
{
    const value *args = value_get(of->spec, "args");
    for (size_t i = 0; i < value_len(args); i++) {
        const value *choices = value_get(value_at(args, i), "choices");
        const char *name = value_get_str(value_at(args, i), "name", "");
        for (size_t n = 0; n < value_len(choices); n++)
            out_fmt("%s=%s\n", name, value_str(value_at(choices, n), ""));
        if (!value_len(choices))
            out_fmt("%s=\n", name);
    }
}

bool plugin_command_words(cli *c, const char *plugin, const char *name, err *e)
{
    const host *h = cli_loaded(c, e);
    const char *last = "";
    for (size_t i = 0; h && i < registry_len(host_registry(h)); i++) {
        const contribution *of = command_at(h, i, plugin);
        if (!of)
            continue;
        if (name && strcmp(of->name, name) == 0)
            print_arg_words(of);
        else if (plugin && !name)
            out_fmt("%s\n", of->name);
        else if (!plugin && strcmp(of->plugin, last) != 0)
            out_fmt("%s\n", of->plugin);
        last = of->plugin;
    }
    return h && out_ok(e);
}
