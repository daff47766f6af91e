/* What people type, as an expression of FTS5 in which every word stands in quotes: nothing of it
 * can be an operator. */
#include <string.h>

#include "base/terms.h"
#include "store/search_parts.h"

typedef struct part {
    const char *text;
    size_t len;
    bool excluded;
} part;

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* The next word, or what stands between quotes; a quote that is never closed ends with the text.
 * false: the end. */
static bool next_part(const char **at, part *out)
{
    while (is_blank(**at))
        (*at)++;
    out->excluded = **at == '-';
    *at += out->excluded;
    if (!**at)
        return false;
    bool quoted = **at == '"';
    *at += quoted;
    out->text = *at;
    while (**at && (quoted ? **at != '"' : !is_blank(**at) && **at != '"'))
        (*at)++;
    out->len = (size_t)(*at - out->text);
    *at += quoted && **at == '"';
    return true;
}

static void count(void *ctx, uint32_t term)
{
    (void)term;
    ++*(size_t *)ctx;
}

/* A part without a word in it would find nothing. */
static bool says_something(terms *t, const part *p)
{
    size_t found = 0;
    terms_each(t, p->text, p->len, count, &found);
    return found > 0;
}

static void add_all(terms *t, const char *text, bool excluded, const char *joiner, buf *out)
{
    part p;
    while (next_part(&text, &p)) {
        if (p.excluded != excluded || !says_something(t, &p))
            continue;
        buf_fmt(out, "%s\"%.*s\"", out->len ? joiner : "", (int)p.len, p.text);
    }
}

bool search_expression(const char *text, buf *out)
{
    buf without = {0};
    terms *t = terms_new();
    add_all(t, text, false, " AND ", out);
    add_all(t, text, true, " OR ", &without);
    terms_free(t);
    if (out->len > 0 && without.len > 0) {
        buf whole = {0};
        buf_fmt(&whole, "(%s) NOT (%s)", buf_text(out), buf_text(&without));
        buf_free(out);
        *out = whole;
    }
    buf_free(&without);
    return out->len > 0;
}
