/* write.c: changes, with what plugins have to say about them before and do about them after, as
 * commands of the command line do (cli/react.c). Floor: api. */
#include <string.h>

#include "api/polder_in.h"
#include "base/json.h"
#include "base/log.h"
#include "host/dispatch.h"
#include "host/emit.h"
#include "host/failure_log.h"
#include "host/reactions.h"
#include "host/served.h"
#include "store/event.h"
#include "store/put_notes.h"
#include "store/reference.h"

enum { RUNS_MOST = 1000, WALL_MS = 10000, NAMING_MOST = 1000 };

/* Where no plugin can be loaded, data can still be kept, unless some plugin is known to guard it.
 */
static bool go_without(bool checked, const err *why, err *e)
{
    if (!checked) {
        log_line(LOG_WARN, "no plugin acts on changes, for none can be loaded: %s", why->message);
        return true;
    }
    err_copy(e, why);
    return err_prefix(e, "plugins check changes, and can't be loaded: ");
}

static bool look(polder *p, err *e)
{
    bool needed = false, checked = false;
    err why = {0};
    if (!reactions_needed(p->ws, &needed, &checked, e))
        return false;
    if (!needed)
        return true;
    if (!api_plugins(p, &why))
        return go_without(checked, &why, e);
    p->attached = reactions_attach(p->host, e);
    guard_attach(p); /* reactions_attach put only the plugins' in place */
    return p->attached;
}

/* Once for a workspace that is open: to look at each change would cost more than the change. */
static bool before(polder *p, err *e)
{
    if (!api_may_act(p, e))
        return false;
    if (!p->looked)
        p->looked = look(p, e);
    return p->looked;
}

bool api_change_begin(polder *p, sigpipe *held, err *e)
{
    sigpipe_hold(held);
    return before(p, e);
}

/* The change is kept, whatever comes of it: what goes wrong here is tried again by the next one. */
static void after(polder *p)
{
    const dispatch_limits limits = {.runs = RUNS_MOST,
                                    .wall_ms = WALL_MS,
                                    .failed = failure_log,
                                    .leave = served_by_other(workspace_home(p->ws))};
    dispatch_report report = {0};
    bool more = false;
    err why = {0};
    if (p->attached && reactions_handlers(p->host) &&
        !dispatch_run(p->host, &limits, &report, &why))
        log_line(LOG_WARN, "handlers could not run: %s", why.message);
    if (!listen_deliver(p, &more, &why))
        log_line(LOG_WARN, "subscriptions wait: %s", why.message);
}

bool api_change_end(polder *p, sigpipe *held, bool kept)
{
    if (kept)
        after(p);
    sigpipe_release(held);
    return kept;
}

static bool read_map(const char *text, const char *name, value *out, err *e)
{
    if (!json_read(text, strlen(text), name, out, e))
        return false;
    if (value_is(out, VALUE_MAP))
        return true;
    err_set(e, ERR_USAGE, "%s must be a JSON object, not %s", name, value_type_name(out->type));
    value_free(out);
    return false;
}

static polder_outcome public_outcome(put_outcome outcome)
{
    switch (outcome) {
    case PUT_CREATED:
        return POLDER_CREATED;
    case PUT_CHANGED:
        return POLDER_CHANGED;
    case PUT_SAME:
        break;
    }
    return POLDER_SAME;
}

/* What is to be told of a change that is kept, as JSON: what can't be read is no error of it. NULL:
 * nothing to tell. Owned; takes the list over. */
static char *told(const char *id, bool ok, value *list, const err *why)
{
    if (!ok)
        log_line(LOG_WARN, "%s is kept, and what to tell of it can't be read: %s", id,
                 why->message);
    char *text = ok && value_len(list) > 0 ? api_json(list) : NULL;
    value_free(list);
    return text;
}

static char *notes_of(store *st, const statement *s)
{
    value notes = value_nil();
    err why = {0};
    bool ok = put_notes(st, s, &notes, &why);
    return told(s->id, ok, &notes, &why);
}

static char *naming_of(store *st, const char *id)
{
    value naming = value_nil();
    int64_t count = 0;
    err why = {0};
    bool ok = reference_to(st, id, NAMING_MOST, &count, &naming, &why);
    return told(id, ok, &naming, &why);
}

bool polder_put(polder *p, const char *id, const char *fields, const char *source,
                const char *place, polder_outcome *outcome, char **notes, polder_error *error)
{
    err *e = api_fresh(error);
    put_outcome done_as = PUT_SAME;
    value map = value_nil();
    if (!api_given(id, "id", e) || !api_given(fields, "fields", e) ||
        !read_map(fields, "fields", &map, e))
        return false;
    sigpipe held;
    const statement s = {.id = id, .fields = &map, .source = source, .place = place};
    bool ok = api_change_begin(p, &held, e) && store_put(p->store, &s, &done_as, e);
    if (ok && outcome)
        *outcome = public_outcome(done_as);
    if (ok && notes)
        *notes = notes_of(p->store, &s);
    api_change_end(p, &held, ok);
    value_free(&map);
    return ok;
}

bool polder_delete(polder *p, const char *id, char **naming, polder_error *error)
{
    err *e = api_fresh(error);
    sigpipe held;
    if (!api_given(id, "id", e) || !store_check_id(id, e))
        return false;
    bool ok = api_change_begin(p, &held, e) && store_delete(p->store, id, e);
    if (ok && naming)
        *naming = naming_of(p->store, id);
    return api_change_end(p, &held, ok);
}

static bool append(store *st, const char *type, const char *subject, const value *data, err *e)
{
    if (!store_begin(st, e))
        return false;
    if (event_append(st, type, subject, data, NULL, e))
        return store_commit(st, e);
    store_rollback(st);
    return false;
}

bool polder_emit(polder *p, const char *type, const char *subject, const char *data,
                 polder_error *error)
{
    err *e = api_fresh(error);
    value map = value_nil();
    if (!api_given(type, "type", e) || !api_given(subject, "subject", e) ||
        !emit_check_type(type, "program", e) || !emit_check_subject(subject, e) ||
        !read_map(data ? data : "{}", "data", &map, e))
        return false;
    sigpipe held;
    bool ok = api_change_begin(p, &held, e) && append(p->store, type, subject, &map, e);
    api_change_end(p, &held, ok);
    value_free(&map);
    return ok;
}
