/* doctor.h: what `polder doctor` looks at, each part a function that adds rows. Floor: cli. */
#ifndef POLDER_CLI_DOCTOR_H
#define POLDER_CLI_DOCTOR_H

#include "base/value.h"
#include "cli/cli.h"

typedef enum doctor_state { DOCTOR_OK, DOCTOR_NOTE, DOCTOR_BAD } doctor_state;

/* Adds {part, what, state, detail, advice} to the list. `advice` says what to do; NULL when all is
 * well. */
void doctor_add(value *rows, const char *part, const char *what, doctor_state state,
                const char *detail, const char *advice);

void doctor_sandbox(cli *c, value *rows); /* worker program, configuration, layers, plugins */
void doctor_machine(value *rows);         /* limits, libraries, clock and time zone */
void doctor_store(cli *c, value *rows);   /* workspace, records, log */

#endif
