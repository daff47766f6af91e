/* leb.h: whole numbers, doubles and texts as bytes, for what one worker tells and another reads.
 * Reading trusts nothing: false when the bytes end, or hold what can't be. Floor: score. */
#ifndef POLDER_SCORE_LEB_H
#define POLDER_SCORE_LEB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

void leb_add(buf *out, uint64_t number); /* LEB128 */
void leb_add_double(buf *out, double number);
void leb_add_text(buf *out, const char *text, size_t len);

/* What is left to read; borrowed. */
typedef struct leb {
    const char *at;
    size_t len;
} leb;

bool leb_number(leb *from, uint64_t most, uint64_t *out);
bool leb_double(leb *from, double *out);
bool leb_text(leb *from, size_t most, const char **text, size_t *len); /* borrowed, no NUL behind */

#endif
