#include "cli/react.h"

#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "cli/progress.h"
#include "cli/report.h"
#include "host/dispatch.h"
#include "host/reactions.h"
#include "host/served.h"

enum {
    RUNS_MOST = 1000,
    WALL_MS = 10000,
    NOW_WALL_MS = 3600000,
    MESSAGE_BYTES = 500,
    TOLD_MOST = 20
};

/* Where no plugin can be loaded, data can still be kept, unless some plugin is known to guard it.
 */
static bool go_without(bool checked, const err *why, err *e)
{
    err told = *why;
    if (checked) {
        err_copy(e, why);
        return err_prefix(e, "plugins check changes, and can't be loaded: ");
    }
    err_prefix(&told, "no plugin acts on this, for none can be loaded: ");
    report_part(&told);
    return true;
}

bool react_before(cli *c, err *e)
{
    bool needed = false, checked = false;
    err why = {0};
    if (c->reacts)
        return true;
    if (!reactions_needed(cli_workspace(c, e), &needed, &checked, e))
        return false;
    host *h = needed ? cli_loaded(c, &why) : NULL;
    c->reacts = !needed || (h ? reactions_attach(h, e) : go_without(checked, &why, e));
    return c->reacts;
}

bool react_to(cli *c, const char *type, err *e)
{
    host *h = cli_loaded(c, e);
    if (!h || c->reacts || !reactions_wake(h, type))
        return h != NULL;
    c->reacts = reactions_attach(h, e);
    return c->reacts;
}

static void progress(void *ctx, int64_t events, const char *slow)
{
    buf what = {0};
    (void)ctx;
    if (slow)
        buf_fmt(&what, "%s takes long; ", slow);
    buf_str(&what, "events handled:");
    progress_show(buf_text(&what), events, 0);
    buf_free(&what);
}

/* A long one ends behind a whole link of a chain of events: `events parked` has all of it. */
static int told_bytes(const char *message)
{
    size_t len = strlen(message), most = MESSAGE_BYTES;
    if (len <= most)
        return (int)len;
    while (most > 0 && strncmp(message + most, " < ", 3) != 0)
        most--;
    return (int)(most ? most : len);
}

static void tell(void *ctx, const value *f)
{
    err why = {0};
    const char *message = value_get_str(f, "message", "");
    int bytes = told_bytes(message);
    char next[CLOCK_TIME_TEXT] = "";
    bool parked = value_get_bool(f, "parked", false);
    const char *where = value_get_str(f, "where", "");
    int64_t *told = ctx;
    if (++*told > TOLD_MOST)
        return;
    err_set(&why, ERR_PARTIAL, "handler %s failed at event %lld (%s %s): %.*s%s",
            value_get_str(f, "handler", ""), (long long)value_get_int(f, "event", 0),
            value_get_str(f, "type", ""), value_get_str(f, "subject", ""), bytes, message,
            message[bytes] ? " …" : "");
    err_where(&why, "%s", where);
    clock_time_text(value_get_int(f, "next_ms", 0), next);
    if (parked)
        err_hint(&why, "it is parked: `polder events parked`");
    else
        err_hint(&why, "it is tried again after %s", next);
    report_part(&why);
}

static bool run(cli *c, dispatch_limits limits, dispatch_report *out, err *e)
{
    limits.progress = progress;
    int64_t told = 0;
    limits.failed = tell;
    limits.ctx = &told;
    bool ok = dispatch_run(c->host, &limits, out, e);
    progress_clear();
    if (told > TOLD_MOST) {
        err more = {0};
        err_set(&more, ERR_PARTIAL, "%lld more failed", (long long)told - TOLD_MOST);
        err_hint(&more, "`polder events waiting` and `polder events parked` tell all");
        report_part(&more);
    }
    return ok;
}

static void tell_rest(const dispatch_report *report, err *why)
{
    int64_t ended = report->runs - (int64_t)report->running;
    err_set(why, ERR_PARTIAL, "handlers ran %lld %s; more wait%s%s", (long long)ended,
            text_plural(ended, "time", "times"),
            report->running ? "; not done in time and cut off: " : "", report->slow);
}

void react_after(cli *c)
{
    dispatch_report report = {0};
    err why = {0};
    if (!c->reacts || !c->host || args_flag(&c->args, "no-handlers") ||
        !reactions_handlers(c->host))
        return;
    bool served = served_by_other(workspace_home(host_workspace(c->host)));
    const dispatch_limits limits = {.runs = RUNS_MOST, .wall_ms = WALL_MS, .leave = served};
    if (!run(c, limits, &report, &why)) {
        err_prefix(&why, "handlers could not run: ");
        report_part(&why);
    } else if (report.more) {
        tell_rest(&report, &why);
        err_hint(&why, "`polder events run` handles the rest");
        report_part(&why);
    }
}

bool react_now(cli *c, int64_t *runs, err *e)
{
    dispatch_report report = {0};
    const dispatch_limits limits = {.runs = INT64_MAX, .wall_ms = NOW_WALL_MS, .patient = true};
    host *h = cli_loaded(c, e);
    if (!h || !reactions_attach(h, e) || !run(c, limits, &report, e))
        return false;
    *runs = report.runs;
    if (report.failures == 0)
        return true;
    return err_set(e, ERR_PARTIAL, "%lld of %lld %s failed", (long long)report.failures,
                   (long long)report.runs,
                   text_plural(report.runs, "run of a handler", "runs of handlers"));
}
