/* The claims on a record as callers above this floor get them. */
#include <string.h>

#include "store/claim.h"
#include "store/settle.h"

static void add_text(value *map, const char *key, const char *text)
{
    value_add(map, key, value_text(text));
}

bool claim_value(const claim *c, const char *record, value *out, err *e)
{
    value stated = value_nil();
    if (!store_read_json(c->value, strlen(c->value), record, &stated, e))
        return false;
    *out = value_map();
    add_text(out, "field", c->field);
    value_add(out, "value", stated);
    add_text(out, "source", c->source);
    add_text(out, "place", c->place);
    add_text(out, "date", claim_date(c));
    value_add(out, "reliability", value_bytes(&c->reliability, 1));
    add_text(out, "time", c->time);
    value_add(out, "event", value_int(c->event));
    if (c->settled)
        add_text(out, "settled", c->why);
    return true;
}

bool claim_values(claim_set *c, const char *id, bool withdrawn, value *out, err *e)
{
    value list = value_list(), item = value_nil();
    bool ok = true;
    for (size_t i = 0; ok && i < c->len; i++) {
        if (withdrawn)
            c->items[i].settled = false;
        ok = claim_value(&c->items[i], id, &item, e);
        if (ok && withdrawn)
            add_text(&item, "withdrawn", c->items[i].why);
        if (ok)
            value_push(&list, item);
    }
    if (ok)
        *out = list;
    else
        value_free(&list);
    return ok;
}

static bool check_there(store *st, const char *id, err *e)
{
    bool there = false;
    return store_exists(st, id, &there, e) && (there || store_missing(st, id, e));
}

bool store_claims(store *st, const char *id, value *out, err *e)
{
    claim_set claims = {0};
    bool ok = check_there(st, id, e) && claim_set_load(st, id, &claims, e) &&
              claim_values(&claims, id, false, out, e);
    claim_set_free(&claims);
    return ok;
}

bool store_claims_withdrawn(store *st, const char *id, value *out, err *e)
{
    claim_set claims = {0};
    bool ok = check_there(st, id, e) && claim_set_load_withdrawn(st, id, 0, &claims, e) &&
              claim_values(&claims, id, true, out, e);
    claim_set_free(&claims);
    return ok;
}
