/* pack_cell.h: packed values looked at where they lie, or made one at a time: rows are kept as
 * their bytes, which take a third of the room of values. The bytes are whole values (pack_walk.h,
 * or written by ourselves). Floor: base. Any thread. */
#ifndef POLDER_BASE_PACK_CELL_H
#define POLDER_BASE_PACK_CELL_H

#include "base/err.h"
#include "base/value.h"

/* Plain data; borrowed. */
typedef struct pack_cell {
    value_type type;
    union {
        bool boolean;
        int64_t integer;
        double number;
    } as;
    size_t len;        /* bytes of a text, items of a list, entries of a map */
    const char *inner; /* a text's bytes (no NUL behind them), a list's first item, a map's first
                          key */
} pack_cell;

/* Returns what stands behind a value that is no list or map; of these the first item or key. */
const char *pack_look(const char *at, pack_cell *out);
/* The entry of a packed map; false: it has none or two with that key, or is no map. */
bool pack_field(const char *map, const char *key, pack_cell *out);
bool pack_is(const pack_cell *c, const char *text); /* that text? */
/* The number that it is; NaN: none. */
double pack_number(const pack_cell *c);
/* Behind the whole value. */
const char *pack_skip(const char *at);
/* *out is set, to nil at least, and owned by the caller, also when a key is used twice in a map:
 * then false. */
bool pack_make(const char *at, value *out, err *e);

#endif
