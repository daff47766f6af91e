/* quoted.h: JSON written with 'single' quotes, so that it reads well in C. */
#ifndef POLDER_TESTS_ENGINE_QUOTED_H
#define POLDER_TESTS_ENGINE_QUOTED_H

#include "base/buf.h"
#include "base/json.h"

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

#endif
