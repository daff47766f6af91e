#include "report/rich.h"

#include <string.h>

void rich_pieces(buf *out, const rich *r, const value *text, lang l)
{
    if (!value_is(text, VALUE_LIST)) {
        r->piece(out, text, l);
        return;
    }
    for (size_t i = 0; i < value_len(text); i++)
        r->piece(out, value_at(text, i), l);
}

void rich_cell(buf *out, const rich *r, const value *form, const char *otherwise, const value *v,
               lang l)
{
    buf text = {0};
    bool is_text = strcmp(value_get_str(form, "type", otherwise), "text") == 0;
    if (is_text && !format_is_words(v) && v) {
        rich_pieces(out, r, v, l);
        return;
    }
    format_cell(&text, form, otherwise, v, l, r->space);
    r->plain(out, buf_text(&text), text.len);
    buf_free(&text);
}
