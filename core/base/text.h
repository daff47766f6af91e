/* text.h: UTF-8 text: valid or not, made safe to show, compared for hints, measured for tables,
 * made into slugs. Floor: base. Any thread. Unicode by utf8proc. */
#ifndef POLDER_BASE_TEXT_H
#define POLDER_BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

/* The offset of the first byte that is not valid UTF-8 (RFC 3629: no surrogates, no overlong
 * forms), or `len`. */
size_t text_invalid_at(const char *text, size_t len);

/* Appends `text` so that it is safe on a terminal: control characters (C0, C1, DEL), bidirectional
 * overrides and broken bytes become \n, \t, \x1b, \u{202e}; cut with "…" at `max_bytes`. */
void text_escape(buf *out, const char *text, size_t len, size_t max_bytes);

/* Terminal columns (East Asian wide = 2, combining = 0) and a cut to at most `columns`, ending in
 * "…" when cut. */
size_t text_columns(const char *text, size_t len);
void text_fit(buf *out, const char *text, size_t len, size_t columns);

/* Lower case, no diacritics (NFKD, case folded, marks dropped): for comparing, never for showing.
 */
void text_fold(buf *out, const char *text, size_t len);

/* Folded, the letters a to z and digits kept, the rest one '-': "Café 's-Gravenhage" gives
 * "cafe-s-gravenhage"; at most 80 bytes; "" when nothing is left. */
void text_slug(buf *out, const char *text, size_t len);

/* The name nearest to `word` (Damerau-Levenshtein, ignoring case) among `count` names, NULL when
 * none is near enough to be a typing error. Borrowed. */
const char *text_nearest(const char *word, const char *const *names, size_t count);

/* `one` for a count of 1, else `more`: "1 record", "0 records". Borrowed. */
const char *text_plural(int64_t count, const char *one, const char *more);

/* Glob with '*' and '?', whole text. */
bool text_glob(const char *glob, const char *text);

#endif
