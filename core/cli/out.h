/* out.h: the standard output: a failed write is remembered and told at the end, never lost. Floor:
 * cli. One thread. */
#ifndef POLDER_CLI_OUT_H
#define POLDER_CLI_OUT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/value.h"

void out_bytes(const char *bytes, size_t len);
void out_str(const char *text);
void out_fmt(const char *format, ...) __attribute__((format(printf, 1, 2)));
void out_safe(const char *text);      /* text of data or of a plugin, made safe for a terminal */
void out_json(const value *document); /* and a newline; indented when people read it */
/* Wraps `text` at spaces into lines that fit the terminal, each behind `indent` spaces; the first
 * line starts at `column`. */
void out_wrapped(const char *text, size_t indent, size_t column);

bool out_ok(err *e);     /* false: a write failed, so there is no use in going on */
bool out_finish(err *e); /* writes what waits; once, at the end */

/* Columns of the terminal: $COLUMNS, else what the terminal says, else 100. */
size_t out_width(void);

typedef enum out_style { OUT_PLAIN, OUT_BOLD, OUT_DIM, OUT_RED, OUT_GREEN } out_style;
/* The escape that begins the style; "" when the output is no terminal or NO_COLOR is set. */
const char *out_styled(out_style style);

#endif
