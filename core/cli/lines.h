/* lines.h: documents out, one a line or as one JSON list, to standard output or to a file that is
 * there whole or not at all. Floor: cli. */
#ifndef POLDER_CLI_LINES_H
#define POLDER_CLI_LINES_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/file.h"

/* Plain data; starts as `lines l = {.path = …, .json = …}`. */
typedef struct lines {
    const char *path; /* NULL: standard output */
    bool json;        /* one list in place of lines */
    buf text;         /* of the file, not yet written to it */
    file_writer *file;
    int64_t count;
} lines;

/* One document, with or without a newline at its end. `ctx` is the lines: a row callback. */
bool lines_put(void *ctx, const char *text, size_t len, err *e);
bool lines_end(lines *l, err *e); /* closes the list, writes the file */
void lines_free(lines *l);

#endif
