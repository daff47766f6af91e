#include "store/csv_record.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

enum { CELL_START, PLAIN, QUOTED, AFTER_QUOTE };

void csv_record_free(csv_record *r)
{
    buf_free(&r->bytes);
    free(r->ends);
    *r = (csv_record){0};
}

void csv_record_begin(csv_record *r, char separator)
{
    buf_clear(&r->bytes);
    r->count = 0;
    r->separator = separator;
    r->state = CELL_START;
    r->broken = false;
}

static void end_cell(csv_record *r)
{
    if (r->count == r->cap) {
        r->cap = r->cap ? 2 * r->cap : 32;
        r->ends = mem_grow(r->ends, r->cap, sizeof *r->ends);
    }
    r->ends[r->count++] = r->bytes.len;
    r->state = CELL_START;
}

/* Takes a run of bytes that mean nothing special, at least one. */
static size_t take_run(csv_record *r, const char *line, size_t len)
{
    size_t run = 1;
    while (run < len && line[run] != '"' && line[run] != r->separator)
        run++;
    buf_add(&r->bytes, line, run);
    return run;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

/* Inside quotes: "" is a quote, another one ends them. */
static size_t take_quoted(csv_record *r, const char *line, size_t len)
{
    if (line[0] != '"')
        return take_run(r, line, len);
    if (len > 1 && line[1] == '"') {
        buf_char(&r->bytes, '"');
        return 2;
    }
    r->state = AFTER_QUOTE;
    return 1;
}

static size_t take_unquoted(csv_record *r, const char *line, size_t len)
{
    if (line[0] == r->separator) {
        end_cell(r);
    } else if (r->state == CELL_START && (line[0] == '"' || is_blank(line[0]))) {
        r->state = line[0] == '"' ? QUOTED : CELL_START;
    } else if (r->state == AFTER_QUOTE) {
        r->broken = r->broken || !is_blank(line[0]);
    } else {
        r->state = PLAIN;
        return take_run(r, line, len);
    }
    return 1;
}

bool csv_record_feed(csv_record *r, const char *line, size_t len)
{
    for (size_t i = 0; i < len;) {
        i += r->state == QUOTED ? take_quoted(r, line + i, len - i)
                                : take_unquoted(r, line + i, len - i);
    }
    if (r->state == QUOTED)
        buf_char(&r->bytes, '\n');
    else
        end_cell(r);
    return r->state == QUOTED;
}

csv_cell csv_record_cell(const csv_record *r, size_t index)
{
    if (index >= r->count)
        return (csv_cell){"", 0};
    size_t start = index > 0 ? r->ends[index - 1] : 0, end = r->ends[index];
    const char *text = buf_text(&r->bytes);
    while (start < end && strchr(" \t\r\n", text[start]))
        start++;
    while (end > start && strchr(" \t\r\n", text[end - 1]))
        end--;
    return (csv_cell){text + start, end - start};
}
