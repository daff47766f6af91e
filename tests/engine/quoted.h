/* quoted.h: JSON written with 'single' quotes, so that it reads well in C; and what a worker sends
 * packed, made of it. */
#ifndef POLDER_TESTS_ENGINE_QUOTED_H
#define POLDER_TESTS_ENGINE_QUOTED_H

#include "base/buf.h"
#include "base/json.h"
#include "base/pack.h"
#include "engine/item.h"

static inline value read_quoted(const char *quoted)
{
    value v = value_nil();
    err e = {0};
    buf text = {0};
    buf_str(&text, quoted);
    for (size_t i = 0; i < text.len; i++)
        if (text.data[i] == '\'')
            text.data[i] = '"';
    if (!json_read(text.data, text.len, "test", &v, &e))
        fail_msg("%s %s", e.message, e.where);
    buf_free(&text);
    return v;
}

/* What is in a list, packed one behind the other. */
static inline value pack_all(const value *list)
{
    buf packed = {0};
    for (size_t i = 0; i < value_len(list); i++)
        assert_true(pack_add(&packed, value_at(list, i), &PACK_FROM_WORKER, NULL));
    value bytes = value_bytes(buf_text(&packed), packed.len);
    buf_free(&packed);
    return bytes;
}

/* One of a ranking; `quoted`: [score, coverage, rules, gates]. */
static inline value read_item(const char *id, const char *quoted)
{
    value said = read_quoted(quoted), bytes = pack_all(&said);
    value made = item_make(id, value_str(&bytes, ""), value_len(&bytes));
    value_free(&said);
    value_free(&bytes);
    return made;
}

#endif
