/* json.h: JSON text to and from `value`. cJSON builds the tree; a scan before it refuses what cJSON
 * would quietly spoil (RFC 8259; measured on 1.7.15): depth, size, "\u0000", lone surrogates,
 * duplicate keys, numbers beyond a double, integers beyond 2^53, invalid UTF-8. Floor: base. Any
 * thread. */
#ifndef POLDER_BASE_JSON_H
#define POLDER_BASE_JSON_H

#include "base/buf.h"
#include "base/err.h"
#include "base/value.h"

enum {
    JSON_MAX_DEPTH = 24
}; /* lists and maps inside each other; frames (pack.h) carry a little more */

/* Where each map entry began: only what readers of hand-written files need. */
typedef struct json_place {
    int line, column; /* from 1; column counts characters */
} json_place;

/* Reads one document of `len` bytes. On failure *out is untouched and e->where is
 * `name:line:column`
 * (`name` may be NULL: then `line:column`). *out is owned by the caller. */
bool json_read(const char *text, size_t len, const char *name, value *out, err *e);

/* The same, but lines count from `first_line`: a line of a JSONL file. */
bool json_read_at(const char *text, size_t len, const char *name, int first_line, value *out,
                  err *e);

/* The place of the value at `path` ("capabilities.memory_mb", list items as numbers) in a text that
 * json_read accepted; line 0 when there is none. */
json_place json_find(const char *text, size_t len, const char *path);

/* Writes one line, keys in the map's order, no spaces. Always the same bytes for the same value, on
 * every machine and with every version of a library, for hashes are taken of it. Whole numbers as
 * integers, others as the shortest text that reads back the same; NaN and infinities as null;
 * invalid UTF-8 as U+FFFD. */
void json_write(buf *out, const value *v);
/* For people: two spaces of indentation. No newline at the end. */
void json_write_pretty(buf *out, const value *v);

/* An error as other programs read it, in a line: {"error":{"code":"bad_data","message":…,"where":…
 * or null,"hint":… or null}}. */
void json_write_error(buf *out, const err *e);

#endif
