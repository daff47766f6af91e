/* cmd_audit.c: `polder audit verify`: is the log as it was written? */
#include "cli/cli.h"
#include "cli/commands.h"
#include "cli/out.h"
#include "cli/progress.h"
#include "store/event.h"

static void progress(void *ctx, int64_t done, int64_t of)
{
    (void)ctx;
    progress_show("events checked", done, of);
}

static void print_report(const cli *c, const event_report *r)
{
    if (c->json) {
        value document = value_map();
        value_add(&document, "whole", value_bool(r->bad_seq == 0));
        value_add(&document, "checked", value_int(r->checked));
        value_add(&document, "bad_seq", r->bad_seq ? value_int(r->bad_seq) : value_nil());
        value_add(&document, "damage", r->bad_seq ? value_text(r->damage) : value_nil());
        out_json(&document);
        value_free(&document);
    } else if (r->bad_seq == 0) {
        out_fmt("the log is whole: %lld events, every hash is right\n", (long long)r->checked);
    }
}

static bool exec(cli *c, err *e)
{
    event_report report = {0};
    store *st = cli_store(c, e);
    if (!st || !event_verify(st, &report, progress, NULL, e))
        return false;
    progress_clear();
    print_report(c, &report);
    if (report.bad_seq == 0)
        return out_ok(e);
    err_set(e, ERR_BAD_DATA, "the log is damaged at event %lld: %s", (long long)report.bad_seq,
            report.damage);
    err_where(e, "event %lld", (long long)report.bad_seq);
    return err_hint(e, "the %lld events before it are right; compare with a backup",
                    (long long)report.checked);
}

static const option OPTIONS[] = {OPTION_JSON_ROW, {0}};

const command cmd_audit = {
    .name = "audit",
    .usage = "verify",
    .summary = "check the log of events, hash by hash",
    .help = "verify: checks every event from the first; exit code 3 names the first that is not "
            "as it was written.",
    .example = "polder audit verify",
    .options = OPTIONS,
    .words_min = 1,
    .words_max = 1,
    .choices = "verify",
    .exec = exec,
};
