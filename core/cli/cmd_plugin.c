/* cmd_plugin.c: `polder plugin`: which plugins there are, and whether they are good. */
#include <string.h>

#include "cli/commands.h"
#include "cli/plugin_words.h"

static const struct {
    const char *word;
    size_t words; /* at most, with this one */
    bool needs_plugin;
    bool (*exec)(cli *c, err *e);
} WORDS[] = {
    {"list", 1, false, plugin_list_all},
    {"info", 2, true, plugin_info},
    {"check", 2, true, plugin_check},
    {"test", 2, false, plugin_test},
};

static bool exec(cli *c, err *e)
{
    const args *a = &c->args;
    const char *word = args_word(a, 0);
    for (size_t i = 0; i < sizeof WORDS / sizeof *WORDS; i++) {
        if (strcmp(WORDS[i].word, word) != 0)
            continue;
        if (a->words_len <= WORDS[i].words && (a->words_len == 2 || !WORDS[i].needs_plugin))
            return WORDS[i].exec(c, e);
        if (a->words_len > WORDS[i].words)
            err_set(e, ERR_USAGE, "plugin %s: \"%s\" is one argument too many", word,
                    args_word(a, WORDS[i].words));
        else
            err_set(e, ERR_USAGE, "plugin %s: the plugin is missing", word);
        return err_hint(e, "usage: polder plugin %s", a->command->usage);
    }
    return false;
}

static const option OPTIONS[] = {OPTION_FORMAT_ROW, OPTION_JSON_ROW, {0}};

const command cmd_plugin = {
    .name = "plugin",
    .usage = "list | info P | check P | test [P]",
    .summary = "the plugins: list, info, check, test",
    .help = "list:  every plugin with its state; one that failed says why.\n"
            "info:  what P is, may do, has as settings and contributes.\n"
            "check: reads P's manifest, loads it and looks for what is missing or misspelt, "
            "and for handlers that wait for each other in a circle. What may be meant so is a "
            "warning; a scorecard that no match would take is a fault, with exit code 3, unless "
            "what it names may come from a plugin that isn't here. JSON: {name, version, state, "
            "contributions, warnings, faults}.\n"
            "test:  runs P's test.lua, or those of all; exit code 1 when a test fails.\n"
            "P is a name, or the path of a plugin's folder. --format is for list.",
    .example = "polder plugin list\n"
               "polder plugin check zeeland",
    .options = OPTIONS,
    .words_min = 1,
    .words_max = 2,
    .choices = "list|info|check|test",
    .exec = exec,
};
