/* result_print.h: what a plugin's command printed and returned, for people. All of it is text of a
 * plugin's: made safe for a terminal. Floor: cli. */
#ifndef POLDER_CLI_RESULT_PRINT_H
#define POLDER_CLI_RESULT_PRINT_H

#include <stddef.h>

#include "base/value.h"

/* Lines, and the end of the last one. */
void result_print_text(const char *text, size_t len);

/* {rows = list of maps, columns = list of names or {name, title, right}} as a table; without
 * columns, all that the rows have; a list of maps alone stands for rows. Other keys are for --json.
 */
void result_print(const value *result);

#endif
