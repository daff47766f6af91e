/* react.h: what a command that writes owes the plugins: checks are asked before, handlers run
 * after. Floor: cli. */
#ifndef POLDER_CLI_REACT_H
#define POLDER_CLI_REACT_H

#include "cli/cli.h"

/* Before the first change, once; loads the plugins where any of them reacts to changes. Where they
 * can't be loaded it is told on stderr, and an error only when some of them had checks. */
bool react_before(cli *c, err *e);
/* For a command that leaves only an event of its own, before that: the same where a handler wakes
 * by its type, and nothing where none does. Plugins are loaded. */
bool react_to(cli *c, const char *type, err *e);
/* After the last: runs the handlers that are due, for a while. What fails is told on stderr: the
 * command has done its own work. */
void react_after(cli *c);
/* The same for a command whose work it is, without a bound on the number; *runs is how many ran.
 * false: the store failed, or handlers did. */
bool react_now(cli *c, int64_t *runs, err *e);

#define OPTION_NO_HANDLERS_ROW                                                                     \
    {                                                                                              \
        .name = "no-handlers", .type = OPTION_FLAG,                                                \
        .help = "leave what plugins do about this to the next command that changes something"      \
    }

#endif
