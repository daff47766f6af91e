/* json_scan.h: the words of a JSON text, each checked, with line and column: texts, numbers,
 * true, false, null. json.c walks lists and maps with it. Floor: base, for json.c and pack_json.c.
 */
#ifndef POLDER_BASE_JSON_SCAN_H
#define POLDER_BASE_JSON_SCAN_H

#include "base/buf.h"
#include "base/err.h"

/* Plain data. Everything is borrowed. */
typedef struct json_scan {
    const char *at, *end;
    const char *line_start;
    int line;
    const char *name; /* in e->where; may be NULL */
    err *e;
} json_scan;

/* Bytes of the byte order mark that `text` begins with: 3 or 0. */
size_t json_scan_mark(const char *text, size_t len);
/* Stands behind the byte order mark. */
json_scan json_scan_start(const char *text, size_t len, const char *name, int first_line, err *e);

/* Sets e->where to this place; false. */
bool json_scan_place(json_scan *s, int line, const char *line_start, const char *at);
/* "expected ':', found x" at the place where it stands; false. */
bool json_scan_expected(json_scan *s, const char *what);
int json_scan_column(const char *line_start, const char *at); /* from 1, in characters */

void json_scan_space(json_scan *s);
bool json_scan_is(const json_scan *s, char c); /* the next byte */

/* At the opening quote. The unescaped text is appended to `keep`, which may be NULL. */
bool json_scan_text(json_scan *s, buf *keep);
/* A text, a number, true, false or null. */
bool json_scan_word(json_scan *s);
/* The whole literal of a number, of at most 63 bytes, as it is in any locale. */
double json_scan_double(const char *number, size_t len);

#endif
