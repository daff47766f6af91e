/* log.c: what the log has, and whether it and the store are as they were written. Floor: api. */
#include <stddef.h>
#include <string.h>

#include "api/polder_in.h"
#include "base/json.h"
#include "store/audit.h"
#include "store/event.h"

static bool pass_event(void *ctx, const value *event, err *e)
{
    value shown = event_shown(event);
    bool ok = api_row(ctx, &shown, e);
    value_free(&shown);
    return ok;
}

bool polder_events(polder *p, const polder_events_options *given, polder_row *row, void *ctx,
                   polder_error *error)
{
    err *e = api_fresh(error);
    polder_events_options o;
    api_rows rows = {.polder = p, .row = row, .ctx = ctx};
    if (!api_options(given, offsetof(polder_events_options, since), &o, sizeof o,
                     "polder_events_options", e) ||
        !api_row_given(row, e))
        return false;
    if (o.since < 0)
        return err_set(e, ERR_USAGE, "polder_events_options.since is below 0");
    const event_filter f = {.since = o.since,
                            .type = o.type,
                            .subject = o.subject,
                            .limit = o.limit > 0 ? o.limit : -1};
    return event_each(p->store, &f, pass_event, &rows, e) || rows.ended;
}

static bool read_heads(const char *text, value *out, err *e)
{
    *out = value_list();
    if (!text)
        return true;
    value_free(out);
    if (!json_read(text, strlen(text), "heads", out, e))
        return false;
    if (value_is(out, VALUE_LIST))
        return true;
    err_set(e, ERR_USAGE, "heads must be a JSON list, not %s", value_type_name(out->type));
    value_free(out);
    return false;
}

char *polder_verify(polder *p, const char *heads, const char *public_key, bool *whole,
                    polder_error *error)
{
    err *e = api_fresh(error);
    audit a = {0};
    value list = value_nil();
    char *text = NULL;
    if (!api_may_act(p, e) || !read_heads(heads, &list, e))
        return NULL;
    if (audit_run(p->store, &list, public_key, NULL, &a, e)) {
        value document = audit_document(&a);
        text = api_json(&document);
        if (whole)
            *whole = value_get_bool(&document, "whole", false);
        value_free(&document);
    }
    audit_free(&a);
    value_free(&list);
    return text;
}
