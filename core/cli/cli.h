/* cli.h: one call of the command line: what was asked, and the workspace and host as soon as a
 * command needs them. Floor: cli. */
#ifndef POLDER_CLI_CLI_H
#define POLDER_CLI_CLI_H

#include "cli/args.h"
#include "host/host.h"
#include "host/workspace.h"

struct cli {
    args args;
    const char *home; /* --home, before or after the command */
    bool json;        /* --json */
    workspace *ws;    /* through cli_workspace */
    host *host;       /* through cli_host */
    bool reacts;      /* plugins were told that changes come (react.h) */
};

/* All borrowed, opened at the first call; NULL sets *e. */
workspace *cli_workspace(cli *c, err *e);
store *cli_store(cli *c, err *e);
store *cli_writer(cli *c, err *e); /* the store; the user acts, plugins are told (react.h) */
host *cli_host(cli *c, err *e);    /* plugins are found, none is loaded */
host *cli_loaded(cli *c, err *e);  /* plugins are loaded */
void cli_close(cli *c);            /* workspace and host; another may be opened after */

/* The reason that --why gives, which a decision needs; NULL sets *e. Borrowed. */
const char *cli_why(const cli *c, err *e);

/* The program: runs the command in argv, writes errors, returns the exit code. */
int cli_main(int argc, char **argv);

#endif
