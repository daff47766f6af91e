#include "host/broker_log.h"

#include <stdlib.h>
#include <string.h>

#include "store/event.h"
#include "store/run.h"

bool broker_run(const broker *b, const value *args, value *out, err *e)
{
    const value *capabilities = value_get(&b->plugin->manifest, "capabilities");
    const value *sorts = value_get(capabilities, "runs");
    const char *id = value_get_str(args, "id", "");
    value run = value_nil();
    if (!value_len(sorts)) {
        err_set(e, ERR_NOT_ALLOWED, "%s may not look up runs", b->plugin->name);
        return err_hint(e, "plugin.json asks for it: \"capabilities\": {\"runs\": [\"match\"]}");
    }
    if (!run_find(b->store, id, b->as_of, &run, e))
        return false;
    if (value_is(&run, VALUE_MAP) && broker_lists(sorts, value_get_str(&run, "what", ""))) {
        value inputs = value_copy(value_get(&run, "inputs"));
        value_drop(&inputs, "plugins"); /* with the settings of others */
        value_set(&run, "inputs", inputs);
    } else if (value_is(&run, VALUE_MAP)) {
        value_drop(&run, "inputs");
    }
    *out = run;
    return true;
}

typedef struct reading {
    store *store;
    value rows;
    int64_t as_of;
} reading;

static bool add_event(void *ctx, const value *event, err *e)
{
    static const char *const KEYS[] = {"seq", "time", "actor", "type", "subject", "data"};
    reading *r = ctx;
    int64_t seq = value_get_int(event, "seq", 0);
    if (r->as_of && seq > r->as_of)
        return true;
    char *by = event_origin(r->store, seq, e);
    if (!by)
        return false;
    value row = value_map();
    for (size_t i = 0; i < sizeof KEYS / sizeof KEYS[0]; i++)
        value_add(&row, KEYS[i], value_copy(value_get(event, KEYS[i])));
    value_add(&row, "by", value_text(by));
    value_push(&r->rows, row);
    free(by);
    return true;
}

bool broker_events(const broker *b, const value *args, value *out, err *e)
{
    const value *asked = value_get(args, "events");
    bool limited = value_get(asked, "limit") != NULL;
    int64_t limit = (int64_t)value_get_double(asked, "limit", BROKER_ROWS_ELSE);
    if (limit > BROKER_ROWS)
        return err_set(e, ERR_LIMIT, "limit: at most %d", BROKER_ROWS);
    const event_filter f = {.type = value_get_str(asked, "type", NULL),
                            .subject = value_get_str(asked, "about", ""),
                            .limit = limited ? limit : limit + 1};
    reading r = {.store = b->store, .rows = value_list(), .as_of = b->as_of};
    bool ok = event_each(b->store, &f, add_event, &r, e);
    if (ok && !limited && (int64_t)value_len(&r.rows) > limit)
        ok = err_set(e, ERR_LIMIT, "more than %d events: give a limit, or a narrower type",
                     BROKER_ROWS_ELSE);
    if (ok)
        *out = r.rows;
    else
        value_free(&r.rows);
    return ok;
}
