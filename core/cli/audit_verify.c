#include <string.h>

#include "base/file.h"
#include "base/json.h"
#include "base/text.h"
#include "cli/audit.h"
#include "cli/command.h"
#include "cli/out.h"
#include "cli/progress.h"
#include "store/audit.h"
#include "store/head.h"

enum { HEAD_BYTES = 65536 };

static void print_report(const audit *a)
{
    const past_report *tables = &a->tables;
    if (a->log.bad_seq)
        return;
    out_fmt("the log is whole: %lld %s, every hash is right\n", (long long)a->log.checked,
            text_plural(a->log.checked, "event", "events"));
    if (a->signatures)
        out_fmt("and %lld signed %s of it as %s signed\n", (long long)a->signatures,
                a->signatures == 1 ? "end" : "ends", a->signatures == 1 ? "it was" : "they were");
    if (tables->differ == 0)
        out_fmt("%lld %s, with versions, claims, decisions and indexes, kinds and runs: all as the "
                "log tells\n",
                (long long)tables->records, tables->records == 1 ? "record" : "records");
    for (size_t i = 0; i < value_len(&tables->first); i++) {
        const value *row = value_at(&tables->first, i);
        out_safe(value_get_str(row, "id", ""));
        out_str(": ");
        out_safe(value_get_str(row, "says", ""));
        out_str("\n");
    }
    if (tables->differ > PAST_FIRST)
        out_fmt("and %lld more\n", (long long)(tables->differ - PAST_FIRST));
}

static void print(const cli *c, const audit *a)
{
    if (!c->json) {
        print_report(a);
        return;
    }
    value document = audit_document(a);
    out_json(&document);
    value_free(&document);
}

static bool no_heads(const char *path, int line, err *e)
{
    err_set(e, ERR_USAGE, "this has no signed %s", line ? "end of a log" : "ends of a log");
    if (line)
        err_where(e, "%s:%d", path, line);
    else
        err_where(e, "%s", path);
    return err_hint(e, "give what `polder audit sign` wrote, or the daemon's list of them, one a "
                       "line");
}

/* As `audit sign --json` prints one, or as the daemon keeps them: one a line. */
static bool read_lines(const char *path, const buf *text, value *heads, err *e)
{
    const char *at = buf_text(text), *end = at + text->len;
    for (int line = 1; at < end; line++) {
        value head = value_nil();
        size_t len = strcspn(at, "\n");
        if (strspn(at, " \t\r") < len) {
            if (!json_read_at(at, len, path, line, &head, e))
                return false;
            bool is_head = head_is(&head);
            value_push(heads, head);
            if (!is_head)
                return no_heads(path, line, e);
        }
        at += len + (at + len < end);
    }
    return true;
}

/* A file that can't be read says nothing of the log: that has an exit code of its own. */
static bool read_heads(const cli *c, value *heads, err *e)
{
    const char *path;
    *heads = value_list();
    for (size_t i = 0; (path = args_nth(&c->args, "head", i)); i++) {
        buf text = {0};
        size_t before = value_len(heads);
        bool ok = file_read(path, HEAD_BYTES, &text, e) && read_lines(path, &text, heads, e);
        buf_free(&text);
        if (ok && value_len(heads) == before)
            return no_heads(path, 0, e);
        if (!ok && e->code == ERR_BAD_DATA)
            e->code = ERR_USAGE;
        if (!ok)
            return false;
    }
    return true;
}

static bool check(cli *c, store *st, audit *out, err *e)
{
    value heads = value_nil();
    bool ok = read_heads(c, &heads, e) &&
              audit_run(st, &heads, args_text(&c->args, "public-key"), progress_show, out, e);
    value_free(&heads);
    progress_clear();
    return ok;
}

/* The chain is right, and a signed end says otherwise: one of the two was changed. */
static bool head_differs(const event_report *report, err *e)
{
    err_set(e, ERR_BAD_DATA, "the log is not as it was signed, at event %lld: %s",
            (long long)report->bad_seq, report->damage);
    err_where(e, "event %lld", (long long)report->bad_seq);
    return err_hint(e, "every hash is right by itself; compare with a backup of the log, and with "
                       "where the signed ends are kept");
}

static bool log_damaged(const event_report *report, err *e)
{
    err_set(e, ERR_BAD_DATA, "the log is damaged at event %lld: %s", (long long)report->bad_seq,
            report->damage);
    err_where(e, "event %lld", (long long)report->bad_seq);
    return err_hint(e, "%lld %s before it: right; compare with a backup",
                    (long long)report->checked, text_plural(report->checked, "event", "events"));
}

static bool is_no_record(const value *row)
{
    return choices_have("run|kind|plugin|view|table|index|trigger", value_get_str(row, "part", ""));
}

static bool others_differ(const past_report *tables, err *e)
{
    err_set(e, ERR_PARTIAL, "the log is whole, and %lld %s %s not as it tells",
            (long long)tables->differ,
            text_plural(tables->differ, "thing in the tables", "things in the tables"),
            text_plural(tables->differ, "is", "are"));
    return err_hint(e,
                    "somebody wrote in the file beside Polder, or the disk is failing; a copy of "
                    "the workspace's folder may have it as it was");
}

static bool tables_differ(const past_report *tables, err *e)
{
    const char *id = value_get_str(value_at(&tables->first, 0), "id", "");
    bool others = false;
    for (size_t i = 0; i < value_len(&tables->first); i++)
        others = others || is_no_record(value_at(&tables->first, i));
    if (others)
        others_differ(tables, e);
    else
        err_set(e, ERR_PARTIAL, "the log is whole, and %lld of %lld %s %s not what it tells",
                (long long)tables->differ, (long long)tables->records,
                text_plural(tables->records, "record", "records"),
                text_plural(tables->differ, "is", "are"));
    err_where(e, "%s", id);
    if (tables->made == tables->differ)
        return err_hint(e, "somebody wrote in the file beside Polder, or the disk is failing; "
                           "`polder audit reindex` makes this anew from the log");
    if (others)
        return false;
    return err_hint(e,
                    "somebody wrote in the file beside Polder; `polder get %s --history` shows "
                    "what the log tells",
                    id);
}

bool audit_verify(cli *c, err *e)
{
    audit a = {0};
    store *st = cli_store(c, e);
    bool ok = st && check(c, st, &a, e);
    if (ok) {
        print(c, &a);
        if (a.log.bad_seq)
            ok = a.chain ? head_differs(&a.log, e) : log_damaged(&a.log, e);
        else
            ok = a.tables.differ ? tables_differ(&a.tables, e) : out_ok(e);
    }
    audit_free(&a);
    return ok;
}
