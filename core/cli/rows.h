/* rows.h: a list of maps, printed as a table, JSON, JSONL or CSV (RFC 4180, lines end in \n).
 * Floor: cli. */
#ifndef POLDER_CLI_ROWS_H
#define POLDER_CLI_ROWS_H

#include "base/buf.h"
#include "base/value.h"
#include "cli/cli.h"

typedef enum rows_format { ROWS_TABLE, ROWS_JSON, ROWS_JSONL, ROWS_CSV } rows_format;

typedef struct rows_column {
    const char *key;   /* in the map */
    const char *title; /* over the table; CSV has the key */
    int flags;         /* table.h */
} rows_column;

typedef struct rows rows; /* opaque */

rows_format rows_format_of(const cli *c); /* by --format, --json */

/* `columns` is borrowed until rows_free; JSON and JSONL print whole maps and need none. */
rows *rows_new(rows_format format, const rows_column *columns, size_t count);
void rows_add(rows *r, const value *map); /* JSON, JSONL and CSV are written at once */
void rows_end(rows *r,
              const char *when_empty); /* ends the list; a table without rows says `when_empty` */
void rows_free(rows *r);               /* accepts NULL */
/* Where the next page begins (NULL: there is none), beside the list, for the list is all that
 * stands on standard output. */
void rows_tell_next(rows_format format, const char *next);

/* Appends a value as a cell: lists joined by `joiner`, money as "EUR 1200", other maps as JSON, nil
 * as nothing. */
void rows_cell_text(const value *v, const char *joiner, buf *out);

#endif
