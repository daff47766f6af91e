/* Rows of CSV (RFC 4180), and of what spreadsheets make of it: "sep=;", semicolons, tabs, a byte
 * order mark, Windows-1252, blanks around cells, newlines in quotes. */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "base/text.h"
#include "store/csv_lines.h"
#include "store/csv_record.h"
#include "store/import_parts.h"

enum { ROW_LINES = 10000 }; /* of one row: what is longer is a quote that was never closed */

typedef struct csv {
    importer *im;
    csv_lines lines;
    csv_record record;
    char separator;
    value names; /* of the columns */
    char *kind;  /* that `fields` are of */
    const value **fields;
} csv;

static void csv_free(csv *c)
{
    csv_lines_free(&c->lines);
    csv_record_free(&c->record);
    value_free(&c->names);
    free(c->kind);
    free(c->fields);
}

/* Reads one record, over as many lines as its quotes span. A broken one gives its later lines back,
 * so that a stray quote costs one row. false: the end of the file. */
static bool read_record(csv *c, int64_t *first_line, const char **fault)
{
    csv_line line;
    *fault = NULL;
    csv_lines_mark(&c->lines);
    if (!csv_lines_next(&c->lines, &line))
        return false;
    *first_line = line.number;
    csv_record_begin(&c->record, c->separator);
    bool more = csv_record_feed(&c->record, line.text, line.len);
    for (int count = 1; more && !line.cut; count++) {
        if (count == ROW_LINES || c->record.bytes.len > IMPORT_LINE_BYTES ||
            !csv_lines_next(&c->lines, &line)) {
            *fault = "a quote that opens in it is never closed";
            break;
        }
        more = csv_record_feed(&c->record, line.text, line.len);
    }
    if (line.cut)
        *fault = "the line is longer than 16 MiB";
    else if (c->record.broken)
        *fault = "there is text after a closing quote";
    if (*fault)
        csv_lines_back(&c->lines);
    return true;
}

static bool is_empty(const csv_record *r)
{
    for (size_t i = 0; i < r->count; i++) {
        if (csv_record_cell(r, i).len > 0)
            return false;
    }
    return true;
}

/* The declarations of the columns in the row's kind. */
static void know_kind(csv *c, const char *kind)
{
    if (c->kind && strcmp(c->kind, kind) == 0)
        return;
    free(c->kind);
    c->kind = mem_text(kind);
    for (size_t i = 0; i < value_len(&c->names); i++)
        c->fields[i] =
            cell_field(importer_options(c->im)->kinds, kind, value_str(value_at(&c->names, i), ""));
}

static char *row_kind(const csv *c)
{
    static const char *const COLUMNS[] = {"kind", "id"};
    for (size_t column = 0; column < 2; column++) {
        for (size_t i = 0; i < value_len(&c->names); i++) {
            csv_cell cell = csv_record_cell(&c->record, i);
            if (strcmp(value_str(value_at(&c->names, i), ""), COLUMNS[column]) != 0)
                continue;
            if (column == 0 && cell.len > 0)
                return mem_copy(cell.text, cell.len);
            const char *slash = column == 1 ? memchr(cell.text, '/', cell.len) : NULL;
            if (slash)
                return mem_copy(cell.text, (size_t)(slash - cell.text));
        }
    }
    const char *kind = importer_options(c->im)->kind;
    return mem_text(kind ? kind : "");
}

static bool is_name(const char *column)
{
    static const char *const NAMES[] = {"id", "kind", "slug", "title", "name"};
    for (size_t i = 0; i < 5; i++) {
        if (strcmp(column, NAMES[i]) == 0)
            return true;
    }
    return false;
}

/* Which record it would have been, where the cells that can be read tell. */
static void name_record(const csv *c, const value *row, err *e)
{
    row_plan plan;
    if (row_read(row, importer_options(c->im), &plan, NULL))
        err_prefix(e, "%s: ", plan.id);
    row_free(&plan);
}

static bool make_row(csv *c, value *out, err *e)
{
    value row = value_map();
    char *kind = row_kind(c);
    know_kind(c, kind);
    free(kind);
    bool ok = true;
    for (size_t i = 0; i < value_len(&c->names); i++) {
        const char *name = value_str(value_at(&c->names, i), "");
        csv_cell cell = csv_record_cell(&c->record, i);
        value v = value_nil();
        if (is_name(name) && cell.len > 0)
            v = value_bytes(cell.text, cell.len);
        else if (!cell_read(cell.text, cell.len, c->fields[i], c->separator, &v, ok ? e : NULL) &&
                 ok)
            ok = err_prefix(e, "column %s: ", name); /* of several the first is told */
        if (v.type != VALUE_NIL)
            value_add(&row, name, v);
    }
    if (ok) {
        *out = row;
        return true;
    }
    name_record(c, &row, e);
    value_free(&row);
    return false;
}

static bool take_record(csv *c, int64_t line, const char *fault, err *e)
{
    err why = {0};
    value row = value_nil();
    size_t want = value_len(&c->names), got = c->record.count;
    if (fault) {
        err_set(&why, ERR_BAD_DATA, "the row can't be read: %s", fault);
    } else if (want != got) {
        err_set(&why, ERR_BAD_DATA, "the row has %zu cells, the header %zu", got, want);
        char separator[] = {'"', c->separator, '"', '\0'};
        err_hint(&why, "a cell that holds a %s stands in quotes",
                 c->separator == '\t' ? "tab" : separator);
    } else if (make_row(c, &row, &why)) {
        return importer_row(c->im, &row, line, e);
    }
    return importer_unread(c->im, line, &why, e);
}

/* "Dichtheid (per km²)" becomes dichtheid_per_km2. */
static char *fold_name(csv_cell cell)
{
    buf name = {0};
    text_slug(&name, cell.text, cell.len);
    for (size_t i = 0; i < name.len; i++) {
        if (name.data[i] == '-')
            name.data[i] = '_';
    }
    return buf_take(&name);
}

static bool check_name(const csv *c, const char *name, size_t column, err *e)
{
    if (!name[0]) {
        err_set(e, ERR_BAD_DATA, "column %zu has no name in the header", column + 1);
        return err_hint(e, "the first line names the columns");
    }
    if (strcmp(name, "claims") == 0)
        return err_set(e, ERR_BAD_DATA, "a CSV file can't hold claims; use JSONL");
    for (size_t i = 0; i < value_len(&c->names); i++) {
        if (strcmp(value_str(value_at(&c->names, i), ""), name) == 0) {
            err_set(e, ERR_BAD_DATA, "columns %zu and %zu are both called %s", i + 1, column + 1,
                    name);
            return err_hint(e, "the first line names the columns, each once");
        }
    }
    return true;
}

static bool read_names(csv *c, int64_t line, err *e)
{
    bool ok = true;
    for (size_t i = 0; ok && i < c->record.count; i++) {
        char *name = fold_name(csv_record_cell(&c->record, i));
        ok = check_name(c, name ? name : "", i, e);
        if (ok)
            value_push(&c->names, value_text(name));
        free(name);
    }
    if (!ok)
        err_where(e, "%s:%lld", importer_name(c->im), (long long)line);
    c->fields = mem_zero(value_len(&c->names) + 1, sizeof *c->fields);
    return ok;
}

static char separator_of(const char *text, size_t len)
{
    static const char CHOICES[] = ",;\t|";
    size_t counts[4] = {0}, best = 0;
    bool quoted = false;
    for (size_t i = 0; i < len && (quoted || text[i] != '\n'); i++) {
        const char *found = quoted || !text[i] ? NULL : strchr(CHOICES, text[i]);
        quoted = quoted != (text[i] == '"');
        if (found)
            counts[found - CHOICES]++;
    }
    for (size_t i = 1; i < 4; i++) {
        if (counts[i] > counts[best])
            best = i;
    }
    return CHOICES[best];
}

/* Excel's own first line: sep=; */
static void find_separator(csv *c, input *in)
{
    size_t len = 0;
    const char *text = input_peek(in, &len);
    if (len >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0) {
        input_skip(in, 3);
        text = input_peek(in, &len);
    }
    bool told = len > 5 && strncasecmp(text, "sep=", 4) == 0 && strchr("\r\n", text[5]);
    c->separator = told ? text[4] : separator_of(text, len);
    csv_line line;
    if (told)
        csv_lines_next(&c->lines, &line);
}

static bool read_header(csv *c, bool *any, err *e)
{
    int64_t line = 0;
    const char *fault = NULL;
    do {
        *any = read_record(c, &line, &fault);
    } while (*any && !fault && is_empty(&c->record));
    if (fault) {
        err_set(e, ERR_BAD_DATA, "the header can't be read: %s", fault);
        return err_where(e, "%s:%lld", importer_name(c->im), (long long)line);
    }
    return !*any || read_names(c, line, e);
}

bool import_csv(importer *im, input *in, err *e)
{
    csv c = {.im = im, .names = value_list()};
    csv_lines_begin(&c.lines, in, importer_name(im));
    find_separator(&c, in);
    bool any = false, ok = read_header(&c, &any, e);
    int64_t line = 0;
    const char *fault = NULL;
    while (ok && any && read_record(&c, &line, &fault)) {
        if (fault || !is_empty(&c.record))
            ok = take_record(&c, line, fault, e);
    }
    csv_free(&c);
    return ok;
}
