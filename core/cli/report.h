/* report.h: errors as people and programs read them, on stderr. Floor: cli. */
#ifndef POLDER_CLI_REPORT_H
#define POLDER_CLI_REPORT_H

#include <stdbool.h>

#include "base/err.h"

/* "polder: message", "  at: where", "  hint: hint"; as one line of JSON with `json`. */
void report_error(const err *e, bool json);
/* One bad thing among good ones: "where: message (hint)". Never JSON: the error that counts
 * follows. */
void report_part(const err *e);

#endif
