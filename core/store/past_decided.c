/* What people decided about the claims of a record, event by event. */
#include <string.h>

#include "store/past_told.h"

bool told_has(void *t, const char *field, const char *source, int64_t event)
{
    const told_claim *c = told_live(t, field, source);
    return c && (!event || c->event == event);
}

/* Of what a withdrawn source said, brought by an import: it stands and ends with that claim. */
static void decide_withdrawn(told *t, told_decision *d, const char *withdrawn, int64_t seq)
{
    int64_t since = told_withdrawn_at(t, withdrawn, seq);
    for (size_t i = t->len; i-- > 0;) {
        const told_claim *c = &t->items[i];
        if (strcmp(c->field, d->field) != 0 || !told_same(c->source, d->source) ||
            !(told_same(c->waits, withdrawn) || (since && c->ended == since)))
            continue;
        d->event = c->event;
        d->ended = c->ended;
        d->waits = c->waits;
        decisions_add(&t->decided, d);
        return;
    }
}

void told_decide(told *t, const past_event *v)
{
    const value *said = value_get(v->data, "settlement");
    const char *withdrawn = value_get_str(said, "withdrawn", NULL);
    told_decision d = {.field = (char *)value_get_str(said, "field", ""),
                       .source = (char *)value_get_str(said, "source", NULL),
                       .why = (char *)value_get_str(said, "why", ""),
                       .actor = (char *)v->actor,
                       .event = v->seq};
    if (!said)
        return;
    if (withdrawn) {
        decide_withdrawn(t, &d, withdrawn, v->seq);
        return;
    }
    decisions_end(&t->decided, d.field, v->seq);
    if (!value_get_bool(said, "undone", false))
        decisions_add(&t->decided, &d);
}

const told_decision *told_decided(told *t, size_t *len)
{
    decisions_sort(&t->decided);
    *len = t->decided.len;
    return t->decided.items;
}
