/* printed.h: what code under test writes to the standard output, as text. */
#ifndef POLDER_TESTS_CLI_PRINTED_H
#define POLDER_TESTS_CLI_PRINTED_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Calls `print` with the output going to a file, at this many columns; the text is owned by the
 * caller. */
static inline char *printed(void (*print)(void *ctx), void *ctx, const char *columns)
{
    FILE *file = tmpfile();
    assert_non_null(file);
    fflush(stdout);
    int before = dup(STDOUT_FILENO);
    assert_true(before >= 0 && dup2(fileno(file), STDOUT_FILENO) >= 0);
    setenv("COLUMNS", columns, 1);
    print(ctx);
    fflush(stdout);
    assert_true(dup2(before, STDOUT_FILENO) >= 0);
    close(before);
    long len = lseek(fileno(file), 0, SEEK_END);
    char *text = calloc(1, (size_t)len + 1);
    assert_non_null(text);
    assert_int_equal(pread(fileno(file), text, (size_t)len, 0), len);
    fclose(file);
    return text;
}

#endif
