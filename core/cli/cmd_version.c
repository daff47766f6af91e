/* cmd_version.c: `polder version`: which Polder this is. */
#include "cli/cli.h"
#include "cli/commands.h"
#include "cli/out.h"
#include "host/manifest.h"

static bool exec(cli *c, err *e)
{
    if (!c->json) {
        out_fmt("polder %s\n", POLDER_VERSION);
        return out_ok(e);
    }
    value document = value_map();
    value_add(&document, "version", value_text(POLDER_VERSION));
    value_add(&document, "api", value_int(MANIFEST_API));
    out_json(&document);
    value_free(&document);
    return out_ok(e);
}

static const option OPTIONS[] = {OPTION_JSON_ROW, {0}};

const command cmd_version = {
    .name = "version",
    .usage = "",
    .summary = "the version of this program",
    .help = "Prints the version; with --json also the number of the plugin API.",
    .example = "polder version --json",
    .options = OPTIONS,
    .exec = exec,
};
