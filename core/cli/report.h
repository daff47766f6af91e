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
/* After an answer was printed: true when its run is kept; else *e says why not, and is what the
 * command ends with. */
bool report_unkept(const err *unkept, err *e);

#endif
