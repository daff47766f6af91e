/* match_print.h: a match and an explained pair, as people read them. Floor: cli. */
#ifndef POLDER_CLI_MATCH_PRINT_H
#define POLDER_CLI_MATCH_PRINT_H

#include "base/buf.h"
#include "cli/cli.h"
#include "engine/match.h"

/* The document of match_run. Titles of demands and solutions come from the store. */
bool match_print(cli *c, const value *document, const match_kept *kept, bool reasons, err *e);
/* A line where texts were counted as of an earlier event, a document's `counted`; 0: none. */
void match_print_counted(int64_t counted);
/* Of that document only what was asked for beside the ranking: its `stability`, `plan` and
 * `phases`; `reasons`: the ranking too. */
bool match_print_asked(cli *c, const value *document, bool reasons, err *e);
/* One demand's `stability` (engine/stability.h). */
void stability_print(const value *demand);
/* The document of explain_pair. `fields`: also what each gate and rule read, and its sources. */
bool explain_print(cli *c, const value *document, bool fields, err *e);
void explain_print_changes(const value *document); /* its `changes` */

/* Points that the rule adds to a score of 0 to 100, given the weight·max of all that applied; 0
 * when it did not apply. */
double match_share(const value *rule, double applied);
double match_applied(const value *rules); /* Σ weight·max over the rules that gave points */
/* "7 / 10", "does not apply", "failed". */
void match_outcome(const value *rule, buf *out);
/* The title that a record had after event `log` (0: has now), "" when it had none or was erased;
 * appended. */
void match_title(store *st, const char *id, int64_t log, buf *out);

#endif
