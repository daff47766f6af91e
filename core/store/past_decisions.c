#include "store/past_decisions.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

static void clear_one(told_decision *one)
{
    free(one->field);
    free(one->source);
    free(one->why);
    free(one->actor);
    free(one->waits);
}

void decisions_clear(decisions *d)
{
    for (size_t i = 0; i < d->len; i++)
        clear_one(&d->items[i]);
    d->len = d->made = 0;
}

void decisions_free(decisions *d)
{
    decisions_clear(d);
    free(d->items);
    *d = (decisions){0};
}

void decisions_add(decisions *d, const told_decision *like)
{
    if (d->len == d->cap) {
        d->cap = d->cap ? 2 * d->cap : 4;
        d->items = mem_grow(d->items, d->cap, sizeof *d->items);
    }
    d->items[d->len++] = (told_decision){.field = mem_text(like->field),
                                         .source = mem_text(like->source),
                                         .why = mem_text(like->why),
                                         .actor = mem_text(like->actor),
                                         .waits = mem_text(like->waits),
                                         .event = like->event,
                                         .ended = like->ended,
                                         .at = d->made++};
}

void decisions_end(decisions *d, const char *field, int64_t seq)
{
    for (size_t i = 0; i < d->len; i++) {
        told_decision *one = &d->items[i];
        if (!one->ended && (!field || strcmp(one->field, field) == 0))
            one->ended = seq;
    }
}

void decisions_end_lost(decisions *d, int64_t seq, decided_fn *has, void *ctx)
{
    for (size_t i = 0; i < d->len; i++) {
        told_decision *one = &d->items[i];
        if (!one->ended && !has(ctx, one->field, one->source, 0))
            one->ended = seq;
    }
}

static bool is_of(const char *text, const char *source)
{
    return text && strcmp(text, source) == 0;
}

void decisions_withdraw(decisions *d, const char *source, bool own, int64_t seq)
{
    for (size_t i = 0; i < d->len; i++) {
        told_decision *one = &d->items[i];
        if (is_of(one->waits, source)) {
            one->event = one->ended = seq;
            free(one->waits);
            one->waits = NULL;
        } else if (!one->ended && !own && is_of(one->source, source)) {
            one->ended = seq;
        }
    }
}

static bool stands(const decisions *d, const char *field)
{
    for (size_t i = 0; i < d->len; i++)
        if (!d->items[i].ended && strcmp(d->items[i].field, field) == 0)
            return true;
    return false;
}

void decisions_restore(decisions *d, int64_t was, int64_t seq, decided_fn *has, void *ctx)
{
    size_t len = d->len;
    for (size_t i = 0; was && i < len; i++) {
        told_decision like = d->items[i]; /* adding moves it */
        if (like.ended != was || !has(ctx, like.field, like.source, seq) || stands(d, like.field))
            continue;
        like.event = seq;
        like.ended = 0;
        like.waits = NULL;
        decisions_add(d, &like);
    }
}

void decisions_forget(decisions *d, const value *fields)
{
    size_t kept = 0;
    for (size_t i = 0; i < d->len; i++) {
        if (!fields || value_get(fields, d->items[i].field))
            clear_one(&d->items[i]);
        else
            d->items[kept++] = d->items[i];
    }
    d->len = kept;
}

static int in_order(const void *a, const void *b)
{
    const told_decision *x = a, *y = b;
    int order = strcmp(x->field, y->field);
    if (order == 0)
        order = (x->event > y->event) - (x->event < y->event);
    return order ? order : (x->at > y->at) - (x->at < y->at);
}

void decisions_sort(decisions *d)
{
    if (d->len > 1)
        qsort(d->items, d->len, sizeof *d->items, in_order);
}
