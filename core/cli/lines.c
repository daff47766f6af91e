#include "cli/lines.h"

#include "base/file.h"
#include "cli/out.h"

static void put(lines *l, const char *text, size_t len)
{
    if (l->path)
        buf_add(&l->text, text, len);
    else
        out_bytes(text, len);
}

bool lines_put(void *ctx, const char *text, size_t len, err *e)
{
    lines *l = ctx;
    bool first = l->count++ == 0;
    if (len && text[len - 1] == '\n')
        len--;
    if (l->json)
        put(l, first ? "[" : ",\n", first ? 1 : 2);
    put(l, text, len);
    if (!l->json)
        put(l, "\n", 1);
    return out_ok(e);
}

bool lines_end(lines *l, err *e)
{
    if (l->json)
        put(l, l->count ? "]\n" : "[]\n", l->count ? 2 : 3);
    return !l->path || file_write(l->path, buf_text(&l->text), l->text.len, e);
}

void lines_free(lines *l)
{
    buf_free(&l->text);
}
