/* import_parts.h: what the readers of each format and the importer share. Floor: store, import*.c
 * only. */
#ifndef POLDER_STORE_IMPORT_PARTS_H
#define POLDER_STORE_IMPORT_PARTS_H

#include "base/buf.h"
#include "store/import.h"
#include "store/store_parts.h"

enum {
    IMPORT_LINE_BYTES = 16 * 1048576,   /* of one line, and of one CSV row */
    IMPORT_JSON_BYTES = 1024 * 1048576, /* of a JSON file, which is read as a whole */
};

/* Input: a file or stdin, by lines. */
typedef struct input input;
input *input_open(const char *path, err *e); /* owned; NULL sets *e */
void input_close(input *in);                 /* accepts NULL */
/* What comes next, up to 64 KiB, without taking it. Borrowed until the next call. */
const char *input_peek(input *in, size_t *len);
void input_skip(input *in, size_t bytes); /* of what was peeked at */
/* The next line without its newline; false at the end. A longer one is cut at IMPORT_LINE_BYTES and
 * *cut set. */
bool input_line(input *in, buf *line, bool *cut);
bool input_all(input *in, buf *out, err *e);
bool input_good(const input *in, err *e); /* false after a read that failed */
int64_t input_bytes_done(const input *in);
int64_t input_bytes_all(const input *in); /* 0: not known */

typedef struct importer importer;
/* Takes one row (a map, or else it is a bad row); `line` is where it begins. The row is emptied.
 * false: the import must stop. */
bool importer_row(importer *im, value *row, int64_t line, err *e);
/* The same for a row that can't be read: counts and reports it. */
bool importer_unread(importer *im, int64_t line, const err *why, err *e);
const import_options *importer_options(const importer *im);
const char *importer_name(const importer *im); /* of the file, for messages */

/* Of a file that begins with `text`; never IMPORT_AUTO. */
import_format input_format(const import_options *o, const char *text, size_t len);

/* Readers. false: nothing more can be read, or the store failed. */
bool import_json(importer *im, input *in, err *e);
bool import_jsonl(importer *im, input *in, err *e);
bool import_csv(importer *im, input *in, err *e);

/* A row taken apart: what each source states. */
typedef struct row_plan {
    char *id;              /* owned */
    const char *withdrawn; /* why, of a source; NULL; borrows from the row */
    bool made_id;          /* the slug was made from a title or name */
    value parts;           /* list of maps of fields, one for each statement; owned */
    statement *list;       /* owned; borrows from id, parts and the row */
    size_t count;
} row_plan;
bool row_read(const value *row, const import_options *o, row_plan *out, err *e);
/* Puts what it states and what people decided about that (statement.settled): all or nothing. */
bool row_put(store *st, const row_plan *p, bool sources_follow, put_outcome *outcome, err *e);
void row_free(row_plan *p);

/* Counts the row's fields that its kind doesn't declare in *unknown, a map; and tells them at the
 * end. */
bool unknown_note(store *st, const row_plan *p, value *unknown, err *e);
void unknown_tell(store *st, const value *unknown, const import_options *o);

/* Notes, in a map, that the row is a source that is withdrawn; and withdraws them all. */
void withdrawn_note(const row_plan *p, value *noted);
bool withdrawn_do(store *st, const value *noted, err *e);

/* One CSV cell by its field's declaration (NULL: a number where it looks like one). `separator`
 * tells the country: with ';' the decimal sign is a comma. The result is nil for an empty cell. */
bool cell_read(const char *text, size_t len, const value *field, char separator, value *out,
               err *e);
/* The declaration of `field` in kind `kind`; NULL when there is none. Borrowed. */
const value *cell_field(const value *kinds, const char *kind, const char *field);

#endif
