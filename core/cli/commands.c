#include "cli/commands.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"

#define COMMAND_ADDRESS(name) &cmd_##name,
const command *const COMMANDS[] = {COMMAND_LIST(COMMAND_ADDRESS) NULL};
#undef COMMAND_ADDRESS

enum { COMMAND_COUNT = sizeof COMMANDS / sizeof *COMMANDS - 1, MOST_CHOICES = 16 };

const command *command_find(const char *name, err *e)
{
    const char *names[COMMAND_COUNT];
    for (size_t i = 0; i < COMMAND_COUNT; i++) {
        names[i] = COMMANDS[i]->name;
        if (strcmp(names[i], name) == 0)
            return COMMANDS[i];
    }
    const char *near = text_nearest(name, names, COMMAND_COUNT);
    if (near)
        err_set(e, ERR_USAGE, "unknown command \"%s\"; did you mean \"%s\"?", name, near);
    else
        err_set(e, ERR_USAGE, "unknown command \"%s\"", name);
    err_hint(e, "`polder help` lists the commands");
    return NULL;
}

bool choices_have(const char *choices, const char *word)
{
    size_t len = strlen(word);
    for (const char *at = choices; *at; at += strcspn(at, "|"), at += *at == '|')
        if (strcspn(at, "|") == len && strncmp(at, word, len) == 0)
            return true;
    return false;
}

bool choices_hint(const char *choices, const char *word, const char *before, err *e)
{
    char copy[256];
    const char *names[MOST_CHOICES];
    size_t count = 0;
    snprintf(copy, sizeof copy, "%s", choices);
    for (char *rest = copy, *name; count < MOST_CHOICES && (name = strsep(&rest, "|"));)
        names[count++] = name;
    const char *near = text_nearest(word, names, count);
    if (near)
        return err_hint(e, "did you mean %s%s?", before, near);
    return err_hint(e, "one of: %s", choices);
}
