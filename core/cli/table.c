#include "cli/table.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/text.h"
#include "cli/out.h"

enum { GAP = 2, NARROW = 10, CELL_BYTES = 4096 };

struct table {
    column *columns;
    size_t count;
    char **cells; /* row by row */
    size_t len, cap;
    size_t indent;
};

table *table_new(const column *columns, size_t count)
{
    table *t = mem_zero(1, sizeof *t);
    t->columns = mem_zero(count, sizeof *columns);
    memcpy(t->columns, columns, count * sizeof *columns);
    t->count = count;
    return t;
}

void table_free(table *t)
{
    if (!t)
        return;
    for (size_t i = 0; i < t->len; i++)
        free(t->cells[i]);
    free(t->cells);
    free(t->columns);
    free(t);
}

void table_indent(table *t, size_t spaces)
{
    t->indent = spaces;
}

static char *one_line(const char *text)
{
    buf folded = {0}, safe = {0};
    for (const char *at = text; *at; at++) {
        bool space = strchr(" \t\r\n", *at) != NULL;
        if (!space)
            buf_char(&folded, *at);
        else if (folded.len && at[1] && !strchr(" \t\r\n", at[1]))
            buf_char(&folded, ' ');
    }
    text_escape(&safe, buf_text(&folded), folded.len, CELL_BYTES);
    buf_free(&folded);
    return buf_take(&safe);
}

void table_cell(table *t, const char *text)
{
    if (t->len == t->cap) {
        t->cap = t->cap ? 2 * t->cap : 64;
        t->cells = mem_grow(t->cells, t->cap, sizeof *t->cells);
    }
    t->cells[t->len++] = one_line(text ? text : "");
}

void table_cell_fmt(table *t, const char *format, ...)
{
    va_list args;
    buf text = {0};
    va_start(args, format);
    buf_vfmt(&text, format, args);
    va_end(args);
    table_cell(t, buf_text(&text));
    buf_free(&text);
}

size_t table_rows(const table *t)
{
    return t->len / t->count;
}

static size_t columns_of(const char *text)
{
    return text_columns(text, strlen(text));
}

static size_t *natural_widths(const table *t)
{
    size_t *widths = mem_zero(t->count, sizeof *widths);
    for (size_t i = 0; i < t->count; i++)
        widths[i] = columns_of(t->columns[i].title);
    for (size_t i = 0; i < t->len; i++) {
        size_t columns = columns_of(t->cells[i]);
        if (columns > widths[i % t->count])
            widths[i % t->count] = columns;
    }
    return widths;
}

/* Takes columns away from the widest that may shrink, one by one, until the table fits or all are
 * narrow. */
static void fit(const table *t, size_t *widths)
{
    size_t room = out_width(), total = t->indent + GAP * (t->count - 1);
    for (size_t i = 0; i < t->count; i++)
        total += widths[i];
    while (total > room) {
        size_t widest = t->count;
        for (size_t i = 0; i < t->count; i++)
            if (t->columns[i].flags & (COLUMN_SHRINKS | COLUMN_WRAPS) && widths[i] > NARROW &&
                (widest == t->count || widths[i] >= widths[widest]))
                widest = i;
        if (widest == t->count)
            return;
        widths[widest]--;
        total--;
    }
}

static void print_spaces(size_t count)
{
    out_fmt("%*s", (int)count, "");
}

/* One cell and the gap before it; the last column has no spaces behind it. */
static void print_cell(const table *t, size_t at, const char *text, const size_t *widths)
{
    buf shown = {0};
    text_fit(&shown, text, strlen(text), widths[at]);
    size_t columns = columns_of(buf_text(&shown));
    size_t pad = columns < widths[at] ? widths[at] - columns : 0;
    bool right = t->columns[at].flags & COLUMN_RIGHT;
    print_spaces((at ? GAP : t->indent) + (right ? pad : 0));
    out_bytes(buf_text(&shown), shown.len);
    if (!right && at + 1 < t->count)
        print_spaces(pad);
    buf_free(&shown);
}

static void print_row(const table *t, char *const *cells, const size_t *widths)
{
    size_t last = t->count - 1, column = t->indent;
    bool wraps = t->columns[last].flags & COLUMN_WRAPS;
    for (size_t i = 0; i < last + !wraps; i++) {
        print_cell(t, i, cells[i], widths);
        column += widths[i] + GAP;
    }
    if (!wraps)
        out_str("\n");
    else if (!*cells[last])
        out_str("\n");
    else
        out_wrapped(cells[last], column, column - GAP);
}

void table_print(const table *t)
{
    if (t->len == 0)
        return;
    size_t *widths = natural_widths(t);
    fit(t, widths);
    out_str(out_styled(OUT_BOLD));
    for (size_t i = 0; i < t->count; i++)
        print_cell(t, i, t->columns[i].title, widths);
    out_str(out_styled(OUT_PLAIN));
    out_str("\n");
    for (size_t row = 0; row < table_rows(t); row++)
        print_row(t, t->cells + row * t->count, widths);
    free(widths);
}
