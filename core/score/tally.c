#include "score/tally.h"

#include "base/clock.h"
#include "base/wire.h"
#include "score/card_in.h"

void tally_start(card *c, bool wanted)
{
    c->tallied = wanted;
    c->steps = 0;
    for (size_t i = 0; i < c->len; i++)
        c->rules[i].tally = (tally){0};
}

int64_t tally_begin(const card *c)
{
    return c->tallied ? clock_monotonic_us() : 0;
}

void tally_end(card *c, rule *r, int64_t begun)
{
    tally *t = &r->tally;
    if (!c->tallied)
        return;
    if (!t->place)
        t->place = ++c->steps;
    t->us += clock_monotonic_us() - begun;
}

static void add_step(value *steps, const rule *r)
{
    value *step = value_push(steps, value_list_of(WIRE_STEP_US + 1));
    value_push(step, value_int(r->number));
    value_push(step, value_int(r->tally.asked));
    value_push(step, value_int(r->tally.out));
    value_push(step, value_int(r->tally.unseen));
    value_push(step, value_int(r->tally.us));
}

value tally_steps(const card *c)
{
    value steps = value_list();
    for (uint32_t place = 1; place <= c->steps; place++)
        for (size_t i = 0; i < c->len; i++)
            if (c->rules[i].tally.place == place)
                add_step(&steps, &c->rules[i]);
    return steps;
}
