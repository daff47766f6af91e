/* cmd_init.c: `polder init`: makes a workspace, with --demo one that has something to look at. */
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "cli/cli.h"
#include "cli/commands.h"
#include "cli/out.h"
#include "cli/report.h"
#include "host/install.h"
#include "store/import.h"
#include "store/kinds.h"

static void bad_row(void *ctx, const err *why)
{
    (void)ctx;
    report_part(why);
}

static bool import_one(store *st, const char *folder, const char *name, const value *kinds,
                       import_report *total, err *e)
{
    char *path = file_join(folder, name);
    import_report report = {0};
    const import_options options = {
        .path = path, .format = IMPORT_JSONL, .kinds = kinds, .bad_row = bad_row};
    bool ok = import_file(st, &options, &report, e);
    total->created += report.created;
    total->bad += report.bad;
    free(path);
    return ok;
}

/* The facts of the launch with their sources; for a demo made-up demands, solutions and more, each
 * marked fictitious. */
static bool import_bundled(cli *c, bool demo, int64_t *created, err *e)
{
    import_report total = {0};
    value kinds = value_nil();
    char *plugins = install_plugins(e);
    char *folder = plugins ? file_join(plugins, "partnership/data") : NULL;
    store *st = cli_writer(c, e);
    bool ok = folder && st && kinds_load(st, &kinds, e);
    const value *known = value_len(&kinds) ? &kinds : NULL;
    ok = ok && import_one(st, folder, "seed.jsonl", known, &total, e) &&
         (!demo || import_one(st, folder, "demo.jsonl", known, &total, e));
    if (ok && total.bad)
        ok = err_set(e, ERR_BUG, "bad rows among the bundled records: %lld", (long long)total.bad);
    *created = total.created;
    value_free(&kinds);
    free(folder);
    free(plugins);
    return ok;
}

/* So that the store knows the kinds. A machine that can't load plugins can still keep records. */
static void load_once(cli *c)
{
    err why = {0};
    if (cli_loaded(c, &why))
        return;
    err_prefix(&why, "the workspace is made, but plugins can't be loaded: ");
    report_part(&why);
}

static void say_next(const char *folder, bool here, bool seed, bool demo)
{
    out_str("Try next:\n");
    if (!here)
        out_fmt("  cd %s\n", folder);
    if (demo)
        out_str("  polder match --scorecard zeeland --top 3\n"
                "  polder query solution --limit 10\n"
                "  polder conflicts\n"
                "  polder registry rule\n");
    else if (seed)
        out_str("  polder conflicts\n"
                "  polder query agreement\n"
                "  polder report overview -o overview.html\n");
    else
        out_str("  polder import FILE.csv --kind organisation\n"
                "  polder plugin list\n"
                "  polder doctor\n");
}

static void say_done(cli *c, const char *folder, bool seed, bool demo, int64_t records)
{
    if (c->json) {
        value document = value_map();
        value_add(&document, "home", value_text(workspace_home(c->ws)));
        value_add(&document, "records", value_int(records));
        out_json(&document);
        value_free(&document);
        return;
    }
    out_fmt("Made a workspace in %s\n", workspace_home(c->ws));
    if (demo)
        out_fmt("It has %lld records: the facts of February 2026, and much that is made up and "
                "marked fictitious.\n",
                (long long)records);
    else if (seed)
        out_fmt("It has %lld records: the facts of February 2026, each with its source.\n",
                (long long)records);
    say_next(folder, strcmp(folder, ".") == 0, seed, demo);
}

static bool exec(cli *c, err *e)
{
    const char *folder = args_word(&c->args, 0);
    bool demo = args_flag(&c->args, "demo"), seed = demo || args_flag(&c->args, "seed");
    int64_t records = 0;
    if (!folder)
        folder = c->home ? c->home : ".";
    if (!workspace_init(folder, e))
        return false;
    c->home = folder;
    if (!cli_workspace(c, e))
        return false;
    load_once(c);
    if (seed && !import_bundled(c, demo, &records, e))
        return false;
    say_done(c, folder, seed, demo, records);
    return out_ok(e);
}

static const option OPTIONS[] = {
    {.name = "demo",
     .type = OPTION_FLAG,
     .help = "fill it with the facts of February 2026 and fictitious demands and solutions"},
    {.name = "seed", .type = OPTION_FLAG, .help = "fill it with those facts only"},
    OPTION_JSON_ROW,
    {0},
};

const command cmd_init = {
    .name = "init",
    .usage = "[DIR]",
    .summary = "make a workspace",
    .help = "Makes the folder DIR (this one when absent) a workspace: polder.lua for its "
            "configuration, "
            "polder.db for its records, plugins/ and scripts/ for the region's own. Files that are "
            "there are kept. The bundled plugins are there already. Without --seed or --demo it "
            "has no records.",
    .example = "polder init my-region --demo",
    .options = OPTIONS,
    .words_max = 1,
    .exec = exec,
};
