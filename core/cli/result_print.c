#include "cli/result_print.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "cli/lang.h"
#include "cli/out.h"
#include "cli/rows.h"
#include "cli/table.h"

enum { COLUMNS_MOST = 40 };

void result_print_text(const char *text, size_t len)
{
    for (size_t at = 0; at <= len;) {
        const char *end = memchr(text + at, '\n', len - at);
        size_t line = end ? (size_t)(end - text) - at : len - at;
        char *copy = mem_copy(text + at, line);
        out_safe(copy);
        out_str("\n");
        free(copy);
        at += line + 1;
        if (end && at == len) /* a line end at the end begins no line */
            break;
    }
}

static bool has(const rows_column *columns, size_t count, const char *key)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(columns[i].key, key) == 0)
            return true;
    return false;
}

static bool all_numbers(const value *rows, const char *key)
{
    size_t numbers = 0;
    for (size_t i = 0; i < value_len(rows); i++) {
        const value *v = value_get(value_at(rows, i), key);
        if (value_is(v, VALUE_INT) || value_is(v, VALUE_DOUBLE))
            numbers++;
        else if (v && !value_is(v, VALUE_NIL))
            return false;
    }
    return numbers > 0;
}

static size_t columns_named(const value *named, rows_column *out)
{
    size_t count = 0;
    for (size_t i = 0; i < value_len(named) && count < COLUMNS_MOST; i++) {
        const value *one = value_at(named, i);
        const char *key = value_str(one, value_get_str(one, "name", NULL));
        if (key)
            out[count++] =
                (rows_column){.key = key,
                              .title = lang_title(value_get(one, "title"), key),
                              .flags = value_get_bool(one, "right", false) ? COLUMN_RIGHT : 0};
    }
    return count;
}

static size_t columns_found(const value *rows, rows_column *out)
{
    size_t count = 0;
    for (size_t i = 0; i < value_len(rows); i++) {
        const value *row = value_at(rows, i);
        for (size_t n = 0; value_is(row, VALUE_MAP) && n < value_len(row); n++) {
            const char *key = row->as.map.items[n].key;
            if (count < COLUMNS_MOST && !has(out, count, key))
                out[count++] = (rows_column){.key = key, .title = key};
        }
    }
    return count;
}

/* What was done is said once it is kept: ctx.print says it before anybody could refuse it. */
static void print_lines(const value *lines)
{
    for (size_t i = 0; value_is(lines, VALUE_LIST) && i < value_len(lines); i++)
        result_print_text(value_str(value_at(lines, i), ""), value_len(value_at(lines, i)));
}

void result_print(const value *result)
{
    print_lines(value_get(result, "lines"));
    rows_column columns[COLUMNS_MOST];
    const value *list = value_is(result, VALUE_LIST) ? result : value_get(result, "rows");
    if (!value_is(list, VALUE_LIST) || value_len(list) == 0)
        return;
    size_t count = columns_named(value_get(result, "columns"), columns);
    if (count == 0)
        count = columns_found(list, columns);
    if (count == 0)
        return;
    for (size_t i = 0; i < count; i++)
        if (columns[i].flags != COLUMN_RIGHT)
            columns[i].flags = all_numbers(list, columns[i].key) ? COLUMN_RIGHT : COLUMN_SHRINKS;
    if (!(columns[count - 1].flags & COLUMN_RIGHT))
        columns[count - 1].flags = COLUMN_WRAPS;
    rows *r = rows_new(ROWS_TABLE, columns, count);
    for (size_t i = 0; i < value_len(list); i++)
        if (value_is(value_at(list, i), VALUE_MAP))
            rows_add(r, value_at(list, i));
    rows_end(r, "");
    rows_free(r);
}
