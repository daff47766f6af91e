/* quoted.h: JSON written with 'single' quotes, so that it reads well in C; and of it the packed
 * answers that a worker sends. */
#ifndef POLDER_TESTS_ENGINE_QUOTED_H
#define POLDER_TESTS_ENGINE_QUOTED_H

#include "base/buf.h"
#include "base/json.h"
#include "base/pack.h"

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

static inline void pack_answers(value *answers)
{
    buf packed = {0};
    assert_true(pack_add(&packed, answers, &PACK_FROM_WORKER, NULL));
    value_free(answers);
    *answers = value_bytes(packed.data, packed.len);
    buf_free(&packed);
}

/* One of a ranking: its `rules` and `gates` packed. */
static inline value read_item(const char *quoted)
{
    static const char *const LISTS[] = {"rules", "gates"};
    value item = read_quoted(quoted);
    for (size_t i = 0; i < 2; i++)
        if (value_get(&item, LISTS[i]))
            pack_answers((value *)value_get(&item, LISTS[i]));
    return item;
}

#endif
