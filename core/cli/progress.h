/* progress.h: one line on stderr that says how far long work is; nothing when stderr is no
 * terminal. Floor: cli. */
#ifndef POLDER_CLI_PROGRESS_H
#define POLDER_CLI_PROGRESS_H

#include <stdint.h>

/* At most ten times a second. `of` 0: not known. */
void progress_show(const char *what, int64_t done, int64_t of);
void progress_clear(void); /* before anything else is written to stderr, and at the end */

#endif
