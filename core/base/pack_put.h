/* pack_put.h: packed values written one cell after the other, with no `value` between; pack_cell.h
 * reads them back. Floor: base. Any thread. */
#ifndef POLDER_BASE_PACK_PUT_H
#define POLDER_BASE_PACK_PUT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"

/* Each appends one whole value; behind the head of a list its `count` items are to follow. */
void pack_put_nil(buf *out);
void pack_put_bool(buf *out, bool boolean);
void pack_put_whole(buf *out, int64_t number);
void pack_put_double(buf *out, double number);
void pack_put_text(buf *out, const char *text, size_t len);
void pack_put_list(buf *out, size_t count);

#endif
