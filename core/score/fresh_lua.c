/* Each demand meets the plugins as they were loaded. Most keep nothing between calls, which one
 * number a plugin shows; the others are loaded again, at a cost that only they pay. */
#include "score/card_in.h"
#include "score/points.h"

static void note_states(card *c)
{
    for (size_t i = 0; i < c->vm_count; i++)
        if (!vm_state(c->vms[i], &c->states[i]))
            c->states[i] = 0;
}

bool fresh_is(const card *c, size_t plugin)
{
    uint64_t now;
    return vm_state(c->vms[plugin], &now) && now == c->states[plugin];
}

bool fresh_are(const card *c)
{
    for (size_t i = 0; i < c->vm_count; i++)
        if (!fresh_is(c, i))
            return false;
    return true;
}

static bool bind_again(card *c, size_t index, err *e)
{
    for (size_t i = 0; i < c->len; i++) {
        rule *r = &c->rules[i];
        if (r->vm && r->plugin == index && !rule_bind(r, c->vms[index], e))
            return false;
    }
    return true;
}

bool fresh_restore(card *c, err *e)
{
    for (size_t i = 0; i < c->vm_count; i++) {
        if (fresh_is(c, i))
            continue;
        c->dated = c->dated || vm_dated(c->vms[i]);
        vm *again = c->reload(c->reload_ctx, i, e);
        if (!again)
            return false;
        c->vms[i] = again;
        text_attach(again, c->text);
        calls_attach(again, c->calls[i]);
        if (!vm_state(again, &c->states[i]))
            c->states[i] = 0;
        if (!bind_again(c, i, e))
            return false;
    }
    return true;
}

bool fresh_dated(const card *c)
{
    bool dated = c->dated;
    for (size_t i = 0; i < c->vm_count; i++)
        dated = dated || vm_dated(c->vms[i]) || calls_dated(c->calls[i]);
    for (size_t i = 0; i < c->len; i++)
        dated = dated || (c->rules[i].measure && measure_is_dated(c->rules[i].measure));
    return dated;
}

/* Rules on solutions alone are asked now, once for all demands, while nothing has happened yet. */
bool fresh_prepare(card *c, err *e)
{
    if (c->prepared)
        return true;
    c->prepared = true;
    note_states(c);
    if (c->keeps)
        points_begin(c);
    for (size_t i = 0; i < c->len; i++)
        if (c->rules[i].on == ON_SOLUTION)
            rule_answer(c, &c->rules[i], NULL, 0);
    return fresh_restore(c, e);
}
