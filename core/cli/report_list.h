/* report_list.h: the reports that there are, as `polder report` alone lists them. Floor: cli. */
#ifndef POLDER_CLI_REPORT_LIST_H
#define POLDER_CLI_REPORT_LIST_H

#include "cli/cli.h"

void report_list(cli *c, const host *h);

#endif
