/* cmd_help.c: `polder help`: what the commands do. */
#include "cli/cli.h"
#include "cli/commands.h"
#include "cli/help.h"
#include "cli/out.h"
#include "cli/plugin_command.h"

static bool exec(cli *c, err *e)
{
    const char *name = args_word(&c->args, 0);
    if (args_flag(&c->args, "man")) {
        help_man();
    } else if (name) {
        const command *about = plugin_command_find(c, name, e);
        if (!about)
            return false;
        if (!about->help)
            return plugin_command_help(c, about->name, args_word(&c->args, 1), e);
        help_of(about);
    } else {
        help_overview(c);
    }
    return out_ok(e);
}

static const option OPTIONS[] = {
    {.name = "man", .type = OPTION_FLAG, .help = "print the whole manual page, as roff"},
    {0},
};

const command cmd_help = {
    .name = "help",
    .usage = "[COMMAND | PLUGIN [COMMAND]]",
    .summary = "what the commands do",
    .help = "Lists the commands, or explains one: its arguments, its options and an example. "
            "In a workspace also those that plugins make.",
    .example = "polder help match\n"
               "polder help --man > polder.1",
    .options = OPTIONS,
    .words_max = 2,
    .exec = exec,
};
