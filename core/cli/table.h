/* table.h: a table for people that fits the terminal. Floor: cli. */
#ifndef POLDER_CLI_TABLE_H
#define POLDER_CLI_TABLE_H

#include <stdbool.h>
#include <stddef.h>

typedef enum column_flags {
    COLUMN_PLAIN = 0,
    COLUMN_RIGHT = 1,   /* numbers */
    COLUMN_SHRINKS = 2, /* is cut with "…" when the table is too wide */
    COLUMN_WRAPS = 4,   /* the last column: goes on in the next line instead */
} column_flags;

typedef struct column {
    const char *title; /* borrowed until the table is freed */
    int flags;
} column;

typedef struct table table; /* opaque */

table *table_new(const column *columns,
                 size_t count);             /* owned by the caller; copies the rows of `columns` */
void table_free(table *t);                  /* accepts NULL */
void table_indent(table *t, size_t spaces); /* before every line */
/* The next cell, row by row; made safe for a terminal, white space folded. NULL is empty. */
void table_cell(table *t, const char *text);
void table_cell_fmt(table *t, const char *format, ...) __attribute__((format(printf, 2, 3)));
size_t table_rows(const table *t);
void table_print(const table *t); /* with a line of titles; nothing when it has no rows */

#endif
