/* plugin_command.c: runs a plugin's command and shows what it printed, returned and wrote. */
#include "cli/plugin_command.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/text.h"
#include "cli/commands.h"
#include "cli/lang.h"
#include "cli/out.h"
#include "cli/progress.h"
#include "cli/react.h"
#include "cli/report.h"
#include "cli/result_print.h"
#include "host/command_args.h"
#include "host/command_run.h"

enum { MOST_NAMES = 400 };

typedef struct printed {
    cli *cli;
    bool json;
    value lines;
} printed;

/* A command that only reads waits for nobody who writes. */
static bool change(void *ctx, err *e)
{
    const printed *p = ctx;
    return cli_writer(p->cli, e) != NULL;
}

static void print(void *ctx, const char *text, size_t len)
{
    printed *p = ctx;
    progress_clear();
    if (p->json)
        value_push(&p->lines, value_bytes(text, len));
    else
        result_print_text(text, len);
}

static void progress(void *ctx, int64_t percent)
{
    (void)ctx;
    progress_show("working", percent, 100);
}

static bool write_files(const char *folder, const value *files, err *e)
{
    bool ok = file_make_folder(folder, e);
    for (size_t i = 0; ok && i < value_len(files); i++) {
        const value_entry *file = &files->as.map.items[i];
        char *path = file_join(folder, file->key);
        ok = file_write(path, value_str(&file->value, ""), value_len(&file->value), e);
        free(path);
    }
    return ok;
}

/* Before anything is kept: a folder that can't be made should not be found out after. */
static bool check_folder(const cli *c, const contribution *of, err *e)
{
    const char *folder = args_text(&c->args, "output");
    if (folder)
        return file_make_folder(folder, e);
    if (!value_get_bool(of->spec, "output", false))
        return true;
    err_set(e, ERR_USAGE, "%s %s: without -o DIR what it makes would be lost", of->plugin,
            of->name);
    return err_hint(e, "add -o DIR: the folder where its files go, made when it is not there");
}

static value names_of(const value *files)
{
    value names = value_list();
    for (size_t i = 0; i < value_len(files); i++)
        value_push(&names, value_text(files->as.map.items[i].key));
    return names;
}

static void print_json(const command_request *r, const command_outcome *o, printed *p)
{
    value doc = value_map();
    value_add(&doc, "command", value_text(r->command->full));
    value_add(&doc, "kept", value_bool(o->event != 0));
    value_add(&doc, "event", o->event ? value_int(o->event) : value_nil());
    value_add(&doc, "lines", p->lines);
    value_add(&doc, "result", value_copy(&o->result));
    value_add(&doc, "files", names_of(&o->files));
    if (r->dry)
        value_add(&doc, "effects", value_copy(&o->effects));
    p->lines = value_nil();
    out_json(&doc);
    value_free(&doc);
}

static void print_effects(const command_request *r, const command_outcome *o)
{
    size_t records = 0, all = value_len(&o->effects);
    for (size_t i = 0; i < all; i++)
        records += value_get(value_at(&o->effects, i), "id") != NULL;
    if (!all)
        return;
    out_fmt("%s: %zu change%s of records, %zu event%s", r->dry ? "not kept" : "kept", records,
            records == 1 ? "" : "s", all - records, all - records == 1 ? "" : "s");
    if (r->dry)
        out_str("\n");
    else
        out_fmt(" (event %lld)\n", (long long)o->event);
}

static void print_people(const cli *c, const command_request *r, const command_outcome *o)
{
    const char *folder = args_text(&c->args, "output");
    size_t files = value_len(&o->files);
    result_print(&o->result);
    print_effects(r, o);
    if (files == 1 && folder)
        out_fmt("1 file: %s/%s\n", folder, o->files.as.map.items[0].key);
    else if (files && folder)
        out_fmt("%zu files in %s\n", files, folder);
    else if (files)
        out_fmt("%zu file%s: -o DIR writes %s\n", files, files == 1 ? "" : "s",
                files == 1 ? "it" : "them");
}

static bool show(const cli *c, const command_request *r, const command_outcome *o, printed *p,
                 err *e)
{
    const char *folder = args_text(&c->args, "output");
    if (folder && value_len(&o->files) && !write_files(folder, &o->files, e))
        return false;
    if (c->json)
        print_json(r, o, p);
    else
        print_people(c, r, o);
    return out_ok(e);
}

static bool read_args(const cli *c, const contribution *of, value *args, err *e)
{
    buf usage = {0};
    command_args_usage(of->spec, &usage);
    bool ok = command_args_read(of->spec, c->args.words + 1, c->args.words_len - 1, args, e);
    if (!ok) {
        err_prefix(e, "%s %s: ", of->plugin, of->name);
        if (!*e->hint)
            err_hint(e, "usage: polder %s %s %s", of->plugin, of->name, buf_text(&usage));
    }
    buf_free(&usage);
    return ok;
}

static bool run(cli *c, const contribution *of, err *e)
{
    value args = value_nil();
    command_outcome outcome = {0};
    err unkept = {0};
    printed p = {.cli = c, .json = c->json, .lines = value_list()};
    const command_request request = {.command = of,
                                     .args = &args,
                                     .today = args_text(&c->args, "today"),
                                     .lang = lang_code(),
                                     .dry = args_flag(&c->args, "dry-run"),
                                     .print = print,
                                     .progress = progress,
                                     .change = change,
                                     .ctx = &p,
                                     .unkept = &unkept};
    bool ok = read_args(c, of, &args, e) && check_folder(c, of, e) &&
              command_run(c->host, &request, &outcome, e);
    progress_clear();
    if (unkept.code != ERR_NONE)
        c->reacts = false; /* nothing changed */
    ok = ok && show(c, &request, &outcome, &p, e) && report_unkept(&unkept, e);
    command_outcome_free(&outcome);
    value_free(&args);
    value_free(&p.lines);
    return ok;
}

bool plugin_command_check(const plugin *p, err *e)
{
    if (!p || p->state == PLUGIN_ENABLED)
        return p != NULL;
    err_copy(e, &p->error);
    if (p->state == PLUGIN_FAILED)
        return err_prefix(e, "the plugin %s failed: ", p->name);
    return err_prefix(e, "the plugin %s is not enabled: ", p->name);
}

static bool exec(cli *c, err *e)
{
    const char *name = args_word(&c->args, 0), *owner = c->args.command->name;
    lang_choose(args_text(&c->args, "lang")); /* before the host learns what checks speak */
    host *h = cli_loaded(c, e);
    const plugin *p = h ? plugin_find(host_plugins(h), owner, e) : NULL;
    if (!plugin_command_check(p, e))
        return false;
    if (!name)
        return plugin_command_help(c, owner, NULL, e);
    const contribution *of = plugin_command_of(h, owner, name, e);
    return of && run(c, of, e);
}

const option PLUGIN_COMMAND_OPTIONS[] = {
    {.name = "output",
     .letter = 'o',
     .type = OPTION_TEXT,
     .value_name = "DIR",
     .help = "where the files go that it makes; made when it is not there"},
    {.name = "dry-run", .type = OPTION_FLAG, .help = "show what it would do; keep nothing"},
    {.name = "today",
     .type = OPTION_DATE,
     .value_name = "DATE",
     .help = "the day that it reckons from; today in UTC when absent"},
    {.name = "lang",
     .type = OPTION_ENUM,
     .value_name = "LANG",
     .choices = "nl|en",
     .help = "language of what it says; the locale's when absent"},
    OPTION_NO_HANDLERS_ROW,
    OPTION_JSON_ROW,
    {0},
};

/* Of a plugin of any name: the parser needs its options only. */
static command of_plugin = {
    .usage = "COMMAND [NAME=VALUE…]",
    .summary = "commands of a plugin",
    .options = PLUGIN_COMMAND_OPTIONS,
    .words_max = -1,
    .exec = exec,
};

/* Hints at the plugins that have a command of this name; false: none has. */
static bool hint_owners(cli *c, const char *word, err *e)
{
    err none = {0};
    const host *h = c->host ? cli_loaded(c, &none) : NULL;
    buf all = {0};
    for (size_t i = 0; h && i < registry_len(host_registry(h)); i++) {
        const contribution *of = registry_at(host_registry(h), i);
        if (strcmp(of->type, "command") == 0 && strcmp(of->name, word) == 0)
            buf_fmt(&all, "%s`polder %s %s`", all.len ? " or " : "", of->plugin, of->name);
    }
    bool found = all.len > 0;
    if (found)
        err_hint(e, "did you mean %s?", buf_text(&all));
    buf_free(&all);
    return found;
}

static void unknown(cli *c, const char *word, err *e)
{
    const char *names[MOST_NAMES];
    size_t count = 0;
    for (const command *const *own = COMMANDS; *own; own++)
        names[count++] = (*own)->name;
    const plugin_list *plugins = c->host ? host_plugins(c->host) : NULL;
    for (size_t i = 0; plugins && i < plugins->len && count < MOST_NAMES; i++)
        names[count++] = plugins->items[i].name;
    const char *near = text_nearest(word, names, count);
    if (near)
        err_set(e, ERR_USAGE, "unknown command \"%s\"; did you mean \"%s\"?", word, near);
    else
        err_set(e, ERR_USAGE, "unknown command \"%s\"", word);
    if (near || !hint_owners(c, word, e))
        err_hint(e, "`polder help` lists the commands");
}

const command *plugin_command_find(cli *c, const char *word, err *e)
{
    err none = {0};
    for (const command *const *own = COMMANDS; *own; own++)
        if (strcmp((*own)->name, word) == 0)
            return *own;
    const host *h =
        cli_host(c, &none); /* where there is no workspace there are only Polder's own */
    const plugin *p = h ? plugin_find(host_plugins(h), word, &none) : NULL;
    if (!p) {
        unknown(c, word, e);
        return NULL;
    }
    of_plugin.name = p->name;
    return &of_plugin;
}
