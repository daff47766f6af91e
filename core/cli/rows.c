#include "cli/rows.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/mem.h"
#include "cli/out.h"
#include "cli/table.h"

struct rows {
    rows_format format;
    const rows_column *columns;
    size_t count, printed;
    table *table;
};

rows_format rows_format_of(const cli *c)
{
    const char *format = args_text(&c->args, "format");
    if (c->json || (format && strcmp(format, "json") == 0))
        return ROWS_JSON;
    if (format && strcmp(format, "jsonl") == 0)
        return ROWS_JSONL;
    return format && strcmp(format, "csv") == 0 ? ROWS_CSV : ROWS_TABLE;
}

void rows_cell_text(const value *v, const char *joiner, buf *out)
{
    if (!v || value_is(v, VALUE_NIL))
        return;
    if (value_is(v, VALUE_TEXT)) {
        buf_add(out, v->as.text.bytes, v->as.text.len);
    } else if (value_is(v, VALUE_LIST)) {
        for (size_t i = 0; i < value_len(v); i++) {
            buf_str(out, i ? joiner : "");
            rows_cell_text(value_at(v, i), joiner, out);
        }
    } else if (value_get(v, "amount") && value_get(v, "currency") && value_len(v) == 2) {
        buf_fmt(out, "%s ", value_get_str(v, "currency", ""));
        json_write(out, value_get(v, "amount"));
    } else {
        json_write(out, v);
    }
}

static void write_csv_cell(const char *text, size_t len)
{
    if (!memchr(text, '"', len) && text[strcspn(text, ",;\r\n")] == '\0' && *text != ' ' &&
        (len == 0 || text[len - 1] != ' ')) {
        out_bytes(text, len);
        return;
    }
    out_str("\"");
    for (size_t i = 0; i < len; i++)
        out_bytes(text[i] == '"' ? "\"\"" : text + i, text[i] == '"' ? 2 : 1);
    out_str("\"");
}

static void write_csv_titles(const rows *r)
{
    for (size_t i = 0; i < r->count; i++) {
        out_str(i ? "," : "");
        write_csv_cell(r->columns[i].key, strlen(r->columns[i].key));
    }
    out_str("\n");
}

static void write_csv_row(const rows *r, const value *map)
{
    for (size_t i = 0; i < r->count; i++) {
        buf text = {0};
        rows_cell_text(value_get(map, r->columns[i].key), "; ", &text);
        out_str(i ? "," : "");
        write_csv_cell(buf_text(&text), text.len);
        buf_free(&text);
    }
    out_str("\n");
}

static void write_json(const value *map)
{
    buf text = {0};
    json_write(&text, map);
    out_bytes(buf_text(&text), text.len);
    buf_free(&text);
}

static table *new_table(const rows_column *columns, size_t count)
{
    column *plain = mem_zero(count, sizeof *plain);
    for (size_t i = 0; i < count; i++)
        plain[i] = (column){columns[i].title, columns[i].flags};
    table *t = table_new(plain, count);
    free(plain);
    return t;
}

rows *rows_new(rows_format format, const rows_column *columns, size_t count)
{
    rows *r = mem_zero(1, sizeof *r);
    *r = (rows){.format = format, .columns = columns, .count = count};
    if (format == ROWS_TABLE)
        r->table = new_table(columns, count);
    if (format == ROWS_CSV)
        write_csv_titles(r);
    return r;
}

static void add_to_table(rows *r, const value *map)
{
    for (size_t i = 0; i < r->count; i++) {
        buf text = {0};
        rows_cell_text(value_get(map, r->columns[i].key), ", ", &text);
        table_cell(r->table, buf_text(&text));
        buf_free(&text);
    }
}

void rows_add(rows *r, const value *map)
{
    switch (r->format) {
    case ROWS_TABLE:
        add_to_table(r, map);
        break;
    case ROWS_JSON:
        out_str(r->printed ? ",\n" : "[");
        write_json(map);
        break;
    case ROWS_JSONL:
        write_json(map);
        out_str("\n");
        break;
    case ROWS_CSV:
        write_csv_row(r, map);
        break;
    }
    r->printed++;
}

void rows_end(rows *r, const char *when_empty)
{
    if (r->format == ROWS_JSON)
        out_str(r->printed ? "]\n" : "[]\n");
    if (r->format != ROWS_TABLE)
        return;
    if (r->printed)
        table_print(r->table);
    else
        out_fmt("%s\n", when_empty);
}

void rows_free(rows *r)
{
    if (!r)
        return;
    table_free(r->table);
    free(r);
}

void rows_tell_next(rows_format format, const char *next)
{
    if (next && (format == ROWS_JSON || format == ROWS_JSONL))
        fprintf(stderr, "{\"after\":\"%s\"}\n", next);
    else if (next)
        fprintf(stderr, "polder: there are more: --after %s\n", next);
}
