#include "host/broker_log.h"

#include <stdlib.h>
#include <string.h>

#include "base/json.h"
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

/* Of one page. */
enum { PAGE_EVENTS = 10000, PAGE_BYTES = 1 << 20 };

typedef struct reading {
    store *store;
    value rows;
    int64_t as_of, left, next;
    size_t bytes;
    bool full; /* which ends it, and is no error */
} reading;

static value as_row(const value *event, const char *by)
{
    static const char *const KEYS[] = {"seq", "time", "actor", "type", "subject", "data"};
    value row = value_map();
    for (size_t i = 0; i < sizeof KEYS / sizeof KEYS[0]; i++)
        value_add(&row, KEYS[i], value_copy(value_get(event, KEYS[i])));
    value_add(&row, "by", value_text(by));
    return row;
}

static bool add_event(void *ctx, const value *event, err *e)
{
    reading *r = ctx;
    int64_t seq = value_get_int(event, "seq", 0);
    r->full = r->bytes >= PAGE_BYTES || r->left == 0;
    if (r->full || (r->as_of && seq > r->as_of))
        return !r->full;
    char *by = event_origin(r->store, seq, e);
    if (!by)
        return false;
    buf text = {0};
    json_write(&text, value_push(&r->rows, as_row(event, by)));
    r->bytes += text.len;
    r->left--;
    r->next = seq;
    buf_free(&text);
    free(by);
    return true;
}

bool broker_events(const broker *b, const value *args, value *out, err *e)
{
    const value *asked = value_get(args, "events");
    int64_t limit = (int64_t)value_get_double(asked, "limit", PAGE_EVENTS);
    const event_filter f = {.since = value_get_int(args, "after", 0),
                            .type = value_get_str(asked, "type", NULL),
                            .subjects = value_get(asked, "about"),
                            .limit = -1};
    reading r = {.store = b->store,
                 .rows = value_list(),
                 .as_of = b->as_of,
                 .left = limit < PAGE_EVENTS ? limit : PAGE_EVENTS};
    if (!event_each(b->store, &f, add_event, &r, e) && !r.full) {
        value_free(&r.rows);
        return false;
    }
    *out = value_map();
    value_add(out, "rows", r.rows);
    value_add(out, "next", r.full ? value_int(r.next) : value_nil());
    return true;
}
