/* help.h: what people read about the commands, all made from their rows (command.h). Floor: cli. */
#ifndef POLDER_CLI_HELP_H
#define POLDER_CLI_HELP_H

#include "cli/command.h"

void help_short(void);                 /* to stderr: usage, where to begin */
void help_overview(cli *c);            /* every command, also of the plugins that are found here */
void help_of(const command *c);        /* one command: options, example */
void help_options(const option *rows); /* "options:", these and the global ones */
void help_man(void);                   /* the man page, roff (man.7) */

#endif
