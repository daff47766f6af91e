#include "cli/lines.h"

#include "cli/out.h"

enum { AT_ONCE_BYTES = 1 << 16 };

static void put(lines *l, const char *text, size_t len)
{
    if (l->path)
        buf_add(&l->text, text, len);
    else
        out_bytes(text, len);
}

static bool flush(lines *l, size_t from, err *e)
{
    if (!l->path || l->text.len < from)
        return true;
    if (!l->file && !(l->file = file_begin(l->path, e)))
        return false;
    bool ok = file_add(l->file, buf_text(&l->text), l->text.len, e);
    buf_clear(&l->text);
    return ok;
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
    return flush(l, AT_ONCE_BYTES, e) && out_ok(e);
}

bool lines_end(lines *l, err *e)
{
    if (l->json)
        put(l, l->count ? "]\n" : "[]\n", l->count ? 2 : 3);
    if (!l->path)
        return true;
    if (!flush(l, 0, e))
        return false;
    file_writer *file = l->file;
    l->file = NULL;
    return file_end(file, e);
}

void lines_free(lines *l)
{
    file_abandon(l->file);
    buf_free(&l->text);
}
