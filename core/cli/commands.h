/* commands.h: the entries of all commands, each in cmd_<name>.c. Floor: cli. */
#ifndef POLDER_CLI_COMMANDS_H
#define POLDER_CLI_COMMANDS_H

#include "cli/command.h"

/* A new command is a file and a line here. The order is that of help. */
#define COMMAND_LIST(X)                                                                            \
    X(init)                                                                                        \
    X(import)                                                                                      \
    X(export)                                                                                      \
    X(get)                                                                                         \
    X(put)                                                                                         \
    X(delete)                                                                                      \
    X(forget)                                                                                      \
    X(query)                                                                                       \
    X(search)                                                                                      \
    X(conflicts)                                                                                   \
    X(settle)                                                                                      \
    X(withdraw)                                                                                    \
    X(match)                                                                                       \
    X(eval)                                                                                        \
    X(tune)                                                                                        \
    X(explain)                                                                                     \
    X(replay)                                                                                      \
    X(compare)                                                                                     \
    X(report)                                                                                      \
    X(plugin)                                                                                      \
    X(registry)                                                                                    \
    X(events)                                                                                      \
    X(audit)                                                                                       \
    X(serve)                                                                                       \
    X(doctor)                                                                                      \
    X(completion)                                                                                  \
    X(help)                                                                                        \
    X(version)

#define COMMAND_DECLARE(name) extern const command cmd_##name;
COMMAND_LIST(COMMAND_DECLARE)
#undef COMMAND_DECLARE

#endif
