/* packed.h: rows given as values, packed as a card takes them. */
#ifndef POLDER_TESTS_SCORE_PACKED_H
#define POLDER_TESTS_SCORE_PACKED_H

#include "base/pack.h"

static inline value packed(const value *rows)
{
    buf bytes = {0};
    for (size_t i = 0; i < value_len(rows); i++)
        if (!pack_add(&bytes, value_at(rows, i), &PACK_TO_WORKER, NULL))
            abort();
    value v = value_bytes(buf_text(&bytes), bytes.len);
    buf_free(&bytes);
    return v;
}

#endif
