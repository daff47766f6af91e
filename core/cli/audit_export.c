#include "base/file.h"
#include "cli/audit.h"
#include "cli/out.h"
#include "store/event.h"

/* Where the lines go. */
typedef struct target {
    buf *file; /* NULL: standard output */
    bool json; /* one list in place of lines */
    int64_t count;
} target;

static void put(target *t, const char *text, size_t len)
{
    if (t->file)
        buf_add(t->file, text, len);
    else
        out_bytes(text, len);
}

static bool put_line(void *ctx, const char *text, size_t len, err *e)
{
    target *t = ctx;
    if (t->json)
        put(t, t->count ? ",\n" : "[", t->count ? 2 : 1);
    put(t, text, len);
    if (!t->json)
        put(t, "\n", 1);
    t->count++;
    return out_ok(e);
}

/* A file is there whole or not at all. */
bool audit_export(cli *c, err *e)
{
    const char *path = args_text(&c->args, "output");
    buf text = {0};
    target t = {.file = path ? &text : NULL, .json = c->json};
    store *st = cli_store(c, e);
    bool ok = st && event_lines(st, put_line, &t, e);
    if (ok && t.json)
        put(&t, t.count ? "]\n" : "[]\n", t.count ? 2 : 3);
    ok = ok && (!path || file_write(path, buf_text(&text), text.len, e));
    buf_free(&text);
    return ok && out_ok(e);
}
