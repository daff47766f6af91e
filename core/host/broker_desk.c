#include "host/broker_desk.h"

#include <string.h>

#include "store/run.h"

/* What people call the scorecard, for reports. */
static void add_title(host *h, value *document)
{
    const char *name = value_get_str(document, "scorecard", "");
    const contribution *card = registry_find(host_registry(h), "scorecard", name, NULL, NULL);
    if (card && value_get(card->spec, "title"))
        value_add(document, "title", value_copy(value_get(card->spec, "title")));
}

static const value *capability(const broker *b, const char *name)
{
    return value_get(value_get(&b->plugin->manifest, "capabilities"), name);
}

static bool may_score(const broker *b, const char *what, err *e)
{
    if (!value_as_bool(capability(b, "match"), false)) {
        err_set(e, ERR_NOT_ALLOWED, "%s may not %s by scorecards", b->plugin->name, what);
        return err_hint(e, "plugin.json asks for it: \"capabilities\": {\"match\": true}");
    }
    if (b->as_of)
        return err_set(e, ERR_NOT_ALLOWED, "a report of the past can't %s: leave out --as-of",
                       what);
    return true;
}

static void default_today(const broker *b, value *asked)
{
    if (!value_get(asked, "today"))
        value_set(asked, "today", value_text(b->desk->today));
}

/* Whether its run is to be kept, which is a change. When one could not be, no more are tried. */
static bool keeps_run(const broker_desk *d, const value *asked, bool *out, err *e)
{
    err why = {0};
    bool lost = d->unkept && d->unkept->code != ERR_NONE;
    *out = d->keep && !lost && value_get_bool(asked, "keep", true);
    if (!*out || !d->change || d->change(d->ctx, &why))
        return true;
    *out = false;
    return run_unkept(&why, d->unkept, e);
}

bool broker_match(broker *b, const value *args, value *out, err *e)
{
    const broker_desk *d = b->desk;
    if (!may_score(b, "rank", e))
        return false;
    value asked = value_copy(value_get(args, "match"));
    default_today(b, &asked);
    bool keep = false, ok = keeps_run(d, &asked, &keep, e);
    value_set(&asked, "keep", value_bool(keep));
    ok = ok && host_match(d->host, &asked, d->unkept, out, e);
    if (ok)
        add_title(d->host, out);
    value_free(&asked);
    return ok;
}

/* A run has a day and a scorecard of its own. */
static bool check_explain(const broker *b, const value *asked, err *e)
{
    const char *run = value_get_str(asked, "run", NULL);
    if (!run && !value_get(asked, "scorecard"))
        return err_set(e, ERR_USAGE, "scorecard or run: one of the two is needed");
    if (run && value_get(asked, "scorecard"))
        return err_set(e, ERR_USAGE, "scorecard: a run has its own; leave one of the two out");
    if (run && value_get(asked, "today"))
        return err_set(e, ERR_USAGE, "today: a run has its own day; leave it out");
    if (!run || broker_lists(capability(b, "runs"), "match"))
        return true;
    err_set(e, ERR_NOT_ALLOWED, "%s may not see runs of match", b->plugin->name);
    return err_hint(e, "plugin.json asks for it: \"capabilities\": {\"runs\": [\"match\"]}");
}

static bool explain_checked(broker *b, value *asked, value *out, err *e)
{
    static const char *const SIDES[] = {"demand", "solution"};
    if (!may_score(b, "explain", e) || !check_explain(b, asked, e))
        return false;
    for (size_t i = 0; i < 2; i++) {
        const char *id = value_get_str(asked, SIDES[i], "");
        if (!broker_check_id(b, "read", id, e) || !broker_note(b, id, e))
            return false;
    }
    if (!value_get(asked, "run"))
        default_today(b, asked);
    return host_explain(b->desk->host, asked, out, e);
}

bool broker_explain(broker *b, const value *args, value *out, err *e)
{
    value asked = value_copy(value_get(args, "explain"));
    bool ok = explain_checked(b, &asked, out, e);
    if (ok)
        add_title(b->desk->host, out);
    value_free(&asked);
    return ok;
}

bool broker_print(broker *b, const value *args, value *out, err *e)
{
    broker_desk *d = b->desk;
    const value *text = value_get(args, "text");
    (void)out;
    if (!value_is(text, VALUE_TEXT))
        return err_set(e, ERR_BAD_DATA, "expected a text");
    d->printed_bytes += value_len(text) + 1;
    if (d->printed_bytes > BROKER_BYTES)
        return err_set(e, ERR_LIMIT, "a command prints at most %d MiB", BROKER_BYTES >> 20);
    if (d->print)
        d->print(d->ctx, value_str(text, ""), value_len(text));
    return true;
}

bool broker_progress(broker *b, const value *args, value *out, err *e)
{
    int64_t percent = value_get_int(args, "percent", 0);
    (void)out, (void)e;
    if (b->desk->progress)
        b->desk->progress(b->desk->ctx, percent < 0 ? 0 : percent > 100 ? 100 : percent);
    return true;
}
