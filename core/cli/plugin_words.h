/* plugin_words.h: the parts of `polder plugin`. Floor: cli. */
#ifndef POLDER_CLI_PLUGIN_WORDS_H
#define POLDER_CLI_PLUGIN_WORDS_H

#include "cli/cli.h"

bool plugin_list_all(cli *c, err *e);
bool plugin_info(cli *c, err *e);
bool plugin_check(cli *c, err *e);
bool plugin_test(cli *c, err *e);

/* A plugin that was named on the command line, by name or by the folder it lies in; the host that
 * knows it has tried to load it. */
typedef struct plugin_target {
    host *host; /* borrowed from the cli */
    const plugin *plugin;
    char *scratch; /* for plugin_target_close */
} plugin_target;

/* A folder outside the workspace is loaded in a scratch workspace. ERR_NOT_FOUND has the nearest
 * name. */
bool plugin_target_open(cli *c, const char *name, plugin_target *out, err *e);
void plugin_target_close(cli *c, plugin_target *t);

/* Finds the plugins and tries to load them. NULL: not even that could be done. When nothing can be
 * loaded the host is given all the same, and *why (not NULL) says why. */
host *plugin_host(cli *c, err *why, err *e);

/* What the plugin contributes of that name: a list of {type, name, file, line}. */
value plugin_contributions(const host *h, const char *plugin);

#endif
