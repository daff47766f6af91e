/* holder.h: which process holds a lock on a store, as the kernel tells it: nothing is written down
 * that could be out of date. Floor: store. */
#ifndef POLDER_STORE_HOLDER_H
#define POLDER_STORE_HOLDER_H

#include <stdbool.h>

#include "base/buf.h"

typedef enum holder_of { HOLDER_OF_WRITE_LOCK, HOLDER_OF_ANY_LOCK } holder_of;

/* Appends "process 4242 (polder import rows.jsonl)" for another process that holds a lock on the
 * store in the file `path`. false: it can't be known, there is none, or it is this process. */
bool holder_find(const char *path, holder_of what, buf *out);
/* Appends the same for a process that is known. */
void holder_name(long pid, buf *out);

#endif
