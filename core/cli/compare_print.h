/* compare_print.h: what moved between rankings, as people read it. Floor: cli. */
#ifndef POLDER_CLI_COMPARE_PRINT_H
#define POLDER_CLI_COMPARE_PRINT_H

#include "cli/cli.h"

/* The document of compare_runs. */
bool compare_print(cli *c, const value *document, err *e);
/* The document of compare_scorecards. */
bool compare_print_cards(cli *c, const value *document, err *e);

#endif
