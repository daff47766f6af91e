/* failed_rules.h: what a match or an explanation says on stderr of rules that failed. Floor: cli.
 */
#ifndef POLDER_CLI_FAILED_RULES_H
#define POLDER_CLI_FAILED_RULES_H

#include "base/err.h"
#include "base/value.h"
#include "cli/cli.h"

/* `document` has failed_rules (engine/match.h). None: true. Else each is named, and *e is
 * ERR_PARTIAL: exit code 1. */
bool failed_rules_tell(const cli *c, const value *document, err *e);

#endif
