#include "base/file.h"
#include "base/json.h"
#include "cli/audit.h"
#include "cli/out.h"
#include "cli/progress.h"
#include "store/event.h"
#include "store/head.h"

enum { HEAD_BYTES = 65536 };

static void progress(void *ctx, int64_t done, int64_t of)
{
    (void)ctx;
    progress_show("events checked", done, of);
}

static void print_report(const cli *c, const event_report *r, int64_t signatures)
{
    if (c->json) {
        value document = value_map();
        value_add(&document, "whole", value_bool(r->bad_seq == 0));
        value_add(&document, "checked", value_int(r->checked));
        value_add(&document, "signatures", value_int(signatures));
        value_add(&document, "bad_seq", r->bad_seq ? value_int(r->bad_seq) : value_nil());
        value_add(&document, "damage", r->bad_seq ? value_text(r->damage) : value_nil());
        out_json(&document);
        value_free(&document);
    } else if (r->bad_seq == 0) {
        out_fmt("the log is whole: %lld events, every hash is right\n", (long long)r->checked);
        if (signatures)
            out_fmt("and %lld signed %s of it as %s signed\n", (long long)signatures,
                    signatures == 1 ? "end" : "ends", signatures == 1 ? "it was" : "they were");
    }
}

static bool read_heads(const cli *c, value *heads, err *e)
{
    const char *path;
    *heads = value_list();
    for (size_t i = 0; (path = args_nth(&c->args, "head", i)); i++) {
        buf text = {0};
        value head = value_nil();
        bool ok = file_read(path, HEAD_BYTES, &text, e) &&
                  json_read(buf_text(&text), text.len, path, &head, e);
        buf_free(&text);
        if (!ok)
            return false;
        value_push(heads, head);
    }
    return true;
}

static bool check(cli *c, store *st, event_report *report, int64_t *signatures, err *e)
{
    value heads = value_nil();
    bool ok = read_heads(c, &heads, e) && event_verify(st, report, progress, NULL, e);
    if (ok && report->bad_seq == 0)
        ok = head_verify(st, &heads, args_text(&c->args, "public-key"), report, signatures, e);
    value_free(&heads);
    progress_clear();
    return ok;
}

bool audit_verify(cli *c, err *e)
{
    event_report report = {0};
    int64_t signatures = 0;
    store *st = cli_store(c, e);
    if (!st || !check(c, st, &report, &signatures, e))
        return false;
    print_report(c, &report, signatures);
    if (report.bad_seq == 0)
        return out_ok(e);
    err_set(e, ERR_BAD_DATA, "the log is damaged at event %lld: %s", (long long)report.bad_seq,
            report.damage);
    err_where(e, "event %lld", (long long)report.bad_seq);
    return err_hint(e, "the %lld events before it are right; compare with a backup",
                    (long long)report.checked);
}
