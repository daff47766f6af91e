/* plugin_command.h: commands that plugins make (polder.command), as `polder PLUGIN COMMAND`. Floor:
 * cli. */
#ifndef POLDER_CLI_PLUGIN_COMMAND_H
#define POLDER_CLI_PLUGIN_COMMAND_H

#include "cli/cli.h"

/* `word` as a command of the command line: one of Polder's own, else the name of a plugin that is
 * found here. NULL sets *e with the nearest of both. Valid until the next call. */
const command *plugin_command_find(cli *c, const char *word, err *e);

/* The command of that plugin; NULL sets *e with those that it has. */
const contribution *plugin_command_of(const host *h, const char *plugin, const char *name, err *e);

/* A plugin that is there but not enabled has no commands: *e says why. NULL: it isn't, and *e says
 * so already. */
bool plugin_command_check(const plugin *p, err *e);

extern const option PLUGIN_COMMAND_OPTIONS[]; /* of each of them */

/* What the plugin's own --help says: its commands, or the one that is named in the words. */
bool plugin_command_help(cli *c, const char *plugin, const char *name, err *e);

/* For `polder help`: a line for each plugin that has commands; nothing where there is no workspace.
 */
void plugin_command_list(cli *c);

/* For completion, a line each: plugins with commands; a plugin's commands; a command's arguments.
 */
bool plugin_command_words(cli *c, const char *plugin, const char *name, err *e);

#endif
