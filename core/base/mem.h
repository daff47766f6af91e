/* mem.h: memory that is always there: running out ends the process with a message (exit 70). Floor:
 * base. Any thread. */
#ifndef POLDER_BASE_MEM_H
#define POLDER_BASE_MEM_H

#include <stddef.h>

/* All owned by the caller, given back with free(). */
void *mem_alloc(size_t bytes);
void *mem_zero(size_t count, size_t bytes);
void *mem_grow(void *old, size_t count, size_t bytes);
char *mem_copy(const char *text, size_t len); /* a copy of `len` bytes with a NUL behind it */
char *mem_text(const char *text);             /* a copy of a NUL-terminated text; NULL gives NULL */

#endif
