/* mem.c: running out of memory ends the process: nothing acknowledged is lost, and no caller has
 * to unwind. */
#include "base/mem.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { EXIT_NO_MEMORY = 70 };

static void *or_end(void *memory)
{
    static const char message[] = "polder: error: out of memory\n";
    if (memory)
        return memory;
    /* No stdio and no exit handlers: both may want memory. */
    ssize_t written = write(STDERR_FILENO, message, sizeof message - 1);
    (void)written;
    _exit(EXIT_NO_MEMORY);
}

void *mem_alloc(size_t bytes)
{
    return or_end(malloc(bytes ? bytes : 1));
}

void *mem_zero(size_t count, size_t bytes)
{
    return or_end(count && bytes ? calloc(count, bytes) : calloc(1, 1));
}

void *mem_grow(void *old, size_t count, size_t bytes)
{
    size_t total;
    if (__builtin_mul_overflow(count, bytes, &total))
        return or_end(NULL);
    return or_end(realloc(old, total ? total : 1));
}

char *mem_copy(const char *text, size_t len)
{
    char *copy = mem_alloc(len + 1);
    if (len)
        memcpy(copy, text, len);
    copy[len] = '\0';
    return copy;
}

char *mem_text(const char *text)
{
    return text ? mem_copy(text, strlen(text)) : NULL;
}
