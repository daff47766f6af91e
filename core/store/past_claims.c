/* The claims of a record, told by the log alone: what put.c, settle.c, withdraw.c, kinds_migrate.c
 * and forget.c do to table `claim`, done again to a list. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "store/past_told.h"

static void claim_clear(told_claim *c)
{
    free(c->field);
    free(c->value);
    free(c->source);
    free(c->place);
    free(c->date);
    free(c->waits);
}

static void forget_claims(told *t)
{
    for (size_t i = 0; i < t->len; i++)
        claim_clear(&t->items[i]);
    t->len = t->live_len = t->made = 0;
    decisions_clear(&t->decided);
}

void told_free(told *t)
{
    if (!t)
        return;
    forget_claims(t);
    for (size_t i = 0; i < t->turns_len; i++)
        free(t->turns[i].source);
    decisions_free(&t->decided);
    free(t->items);
    free(t->live);
    free(t->turns);
    free(t->id);
    free(t);
}

told *told_new(store *st, err *e)
{
    query *q = db_prepare(st->db,
                          "select seq, subject, type = 'source.restored' from event"
                          " where type in ('source.withdrawn', 'source.restored') order by seq",
                          e);
    if (!q)
        return NULL;
    told *t = mem_zero(1, sizeof *t);
    while (query_step(q, e)) {
        if (t->turns_len == t->turns_cap) {
            t->turns_cap = t->turns_cap ? 2 * t->turns_cap : 16;
            t->turns = mem_grow(t->turns, t->turns_cap, sizeof *t->turns);
        }
        t->turns[t->turns_len++] =
            (turn){query_int64(q, 0), mem_text(query_text(q, 1)), query_int64(q, 2) == 1};
    }
    if (query_failed(q)) {
        told_free(t);
        t = NULL;
    }
    query_free(q);
    return t;
}

bool told_same(const char *a, const char *b)
{
    return a == b || (a && b && strcmp(a, b) == 0);
}

int64_t told_withdrawn_at(const told *t, const char *source, int64_t seq)
{
    int64_t at = 0;
    for (size_t i = 0; source && i < t->turns_len && t->turns[i].seq < seq; i++)
        if (strcmp(t->turns[i].source, source) == 0)
            at = t->turns[i].back ? 0 : t->turns[i].seq;
    return at;
}

static void note_live(told *t, size_t at)
{
    if (t->live_len == t->live_cap) {
        t->live_cap = t->live_cap ? 2 * t->live_cap : 16;
        t->live = mem_grow(t->live, t->live_cap, sizeof *t->live);
    }
    t->live[t->live_len++] = at;
}

/* Claims from `from` on may have moved. */
static void sweep(told *t, size_t from)
{
    size_t kept = 0;
    for (size_t i = 0; i < t->live_len; i++)
        if (t->live[i] < from && !t->items[t->live[i]].ended)
            t->live[kept++] = t->live[i];
    t->live_len = kept;
    for (size_t i = from; i < t->len; i++)
        if (!t->items[i].ended)
            note_live(t, i);
}

static told_claim *push(told *t, const told_claim *like)
{
    if (t->len == t->cap) {
        t->cap = t->cap ? 2 * t->cap : 16;
        t->items = mem_grow(t->items, t->cap, sizeof *t->items);
    }
    told_claim *c = &t->items[t->len];
    *c = (told_claim){.field = mem_text(like->field),
                      .value = mem_text(like->value),
                      .source = mem_text(like->source),
                      .place = mem_text(like->place),
                      .date = mem_text(like->date),
                      .on_the_day = like->on_the_day,
                      .rank = t->made,
                      .at = t->made};
    t->made++;
    note_live(t, t->len++);
    return c;
}

told_claim *told_live(told *t, const char *field, const char *source)
{
    for (size_t i = 0; i < t->live_len; i++) {
        told_claim *c = &t->items[t->live[i]];
        if (!c->ended && strcmp(c->field, field) == 0 && told_same(c->source, source))
            return c;
    }
    return NULL;
}

/* A field on which nobody says more than that there is none has no claims. */
static void drop_nulls(told *t, const char *field, int64_t seq)
{
    for (size_t i = 0; i < t->live_len; i++) {
        const told_claim *c = &t->items[t->live[i]];
        if (!c->ended && strcmp(c->field, field) == 0 && strcmp(c->value, "null") != 0)
            return;
    }
    for (size_t i = 0; i < t->live_len; i++) {
        told_claim *c = &t->items[t->live[i]];
        if (!c->ended && strcmp(c->field, field) == 0)
            c->ended = seq;
    }
}

static void withdraw(told *t, const turn *w, value *touched)
{
    for (size_t i = 0; i < t->len; i++) {
        told_claim *c = &t->items[i];
        if (told_same(c->waits, w->source)) {
            c->event = c->ended = w->seq;
            free(c->waits);
            c->waits = NULL;
        } else if (!c->ended && told_same(c->source, w->source) && strcmp(t->id, w->source) != 0) {
            c->ended = w->seq;
            value_set(touched, c->field, value_bool(true));
        }
    }
}

/* When what another source said may not live yet: its own withdrawal; 0: it may. */
static int64_t stays_away(const told *t, const turn *w, const char *source)
{
    bool speaks = told_same(source, t->id) || told_same(source, w->source);
    return speaks ? 0 : told_withdrawn_at(t, source, w->seq);
}

/* Whether its source has said something else there since. */
static bool said_since(told *t, const told_claim *c, int64_t away)
{
    if (!away)
        return told_live(t, c->field, c->source) != NULL;
    for (size_t i = 0; i < t->len; i++) {
        const told_claim *o = &t->items[i];
        if (o->ended == away && strcmp(o->field, c->field) == 0 && told_same(o->source, c->source))
            return true;
    }
    return false;
}

/* Said again, each in its place; none of these stands in the way of another. */
static void restore(told *t, const turn *w, value *touched)
{
    int64_t was = told_withdrawn_at(t, w->source, w->seq);
    size_t len = t->len;
    bool *back = mem_zero(len + 1, sizeof *back);
    for (size_t i = 0; was && t->is_there && i < len; i++) {
        const told_claim *c = &t->items[i];
        if (c->ended != was || c->waits || t->created > c->event)
            continue;
        value_set(touched, c->field, value_bool(true));
        back[i] = !said_since(t, c, stays_away(t, w, c->source));
    }
    for (size_t i = 0; i < len; i++) {
        if (!back[i])
            continue;
        told_claim like = t->items[i]; /* push moves it */
        told_claim *c = push(t, &like);
        c->event = w->seq;
        c->rank = like.rank;
        c->ended = stays_away(t, w, c->source);
    }
    free(back);
}

static void take_turns(told *t, int64_t before)
{
    for (; t->turned < t->turns_len && t->turns[t->turned].seq < before; t->turned++) {
        const turn *w = &t->turns[t->turned];
        value touched = value_map();
        if (w->back) {
            restore(t, w, &touched);
            decisions_restore(&t->decided, told_withdrawn_at(t, w->source, w->seq), w->seq,
                              told_has, t);
        } else {
            withdraw(t, w, &touched);
            decisions_withdraw(&t->decided, w->source, strcmp(t->id, w->source) == 0, w->seq);
        }
        for (size_t i = 0; i < touched.as.map.len; i++)
            drop_nulls(t, touched.as.map.items[i].key, w->seq);
        sweep(t, t->len);
        decisions_end_lost(&t->decided, w->seq, told_has, t);
        value_free(&touched);
    }
}

/* Its kind changed: the claim is written otherwise, and says the same. */
static void migrate(told *t, const told_claim *said, int64_t seq)
{
    told_claim *before = told_live(t, said->field, said->source);
    if (!before)
        return;
    before->ended = seq;
    told_claim like = *before;
    like.value = said->value;
    told_claim *c = push(t, &like);
    c->event = seq;
    c->rank = like.rank;
}

static void take_withdrawn(told *t, const told_claim *said, const char *source, int64_t seq)
{
    told_claim *c = push(t, said);
    int64_t since = told_withdrawn_at(t, source, seq);
    c->event = seq;
    c->ended = since ? since : seq;
    c->waits = since ? NULL : mem_text(source);
}

static void take_claim(told *t, const past_event *v, const value *item, value *touched)
{
    const value *what = value_get(item, "value");
    if (!what)
        return; /* it was erased */
    char *json = store_json(what), day[11];
    snprintf(day, sizeof day, "%s", v->time);
    const char *withdrawn = value_get_str(item, "withdrawn", NULL);
    const told_claim said = {.field = (char *)value_get_str(item, "field", ""),
                             .value = json,
                             .source = (char *)value_get_str(item, "source", NULL),
                             .place = (char *)value_get_str(item, "place", NULL),
                             .date = (char *)value_get_str(item, "date", day),
                             .on_the_day = !value_get(item, "date")};
    told_claim *before = told_live(t, said.field, said.source);
    if (withdrawn && !(before && told_same(said.source, withdrawn))) {
        take_withdrawn(t, &said, withdrawn, v->seq);
    } else {
        value_set(touched, said.field, value_bool(true));
        if (value_get(v->data, "migrated")) {
            migrate(t, &said, v->seq);
        } else {
            if (before)
                before->ended = v->seq;
            push(t, &said)->event = v->seq;
        }
    }
    free(json);
}

/* What was said and taken back within one change was never written. */
static void drop_unwritten(told *t, size_t from, int64_t seq)
{
    size_t kept = from;
    for (size_t i = from; i < t->len; i++) {
        told_claim *c = &t->items[i];
        if (c->ended == seq && c->event == seq && !c->waits)
            claim_clear(c);
        else
            t->items[kept++] = *c;
    }
    t->len = kept;
    sweep(t, from);
}

static void take_change(told *t, const past_event *v)
{
    const value *claims = value_get(v->data, "claims");
    value touched = value_map();
    size_t from = t->len;
    for (size_t i = 0; i < value_len(claims); i++)
        take_claim(t, v, value_at(claims, i), &touched);
    for (size_t i = 0; i < touched.as.map.len; i++)
        drop_nulls(t, touched.as.map.items[i].key, v->seq);
    drop_unwritten(t, from, v->seq);
    decisions_end_lost(&t->decided, v->seq, told_has, t);
    value_free(&touched);
}

static void take_forgotten(told *t, const past_event *v)
{
    const value *fields = value_get(v->data, "fields");
    bool whole = value_get_bool(v->data, "deleted", false);
    size_t kept = 0;
    for (size_t i = 0; i < t->len; i++) {
        if (whole || value_get(fields, t->items[i].field))
            claim_clear(&t->items[i]);
        else
            t->items[kept++] = t->items[i];
    }
    t->len = kept;
    sweep(t, 0);
    decisions_forget(&t->decided, whole ? NULL : fields);
    t->is_there = t->is_there && !whole;
}

static void take_deleted(told *t, int64_t seq)
{
    for (size_t i = 0; i < t->len; i++)
        if (!t->items[i].ended)
            t->items[i].ended = seq;
    t->live_len = 0;
    decisions_end(&t->decided, NULL, seq);
    t->is_there = false;
}

void told_event(told *t, const past_event *v)
{
    if (!t->id || t->ended) {
        free(t->id);
        t->id = mem_text(v->id);
        forget_claims(t);
        t->is_there = t->ended = false;
        t->turned = 0;
    }
    take_turns(t, v->seq);
    if (strcmp(v->type, "record.forgotten") == 0) {
        take_forgotten(t, v);
    } else if (strcmp(v->type, "record.deleted") == 0) {
        take_deleted(t, v->seq);
    } else if (value_get(v->data, "version")) {
        if (!t->is_there)
            t->created = v->seq;
        t->is_there = true;
        take_change(t, v);
        told_decide(t, v);
    } else {
        told_decide(t, v);
    }
}

static int by_rank(const void *a, const void *b)
{
    const told_claim *x = a, *y = b;
    if (x->rank != y->rank)
        return x->rank < y->rank ? -1 : 1;
    return (x->at > y->at) - (x->at < y->at);
}

const told_claim *told_end(told *t, const past_end *r, size_t *len)
{
    (void)r;
    take_turns(t, INT64_MAX);
    t->ended = true;
    if (t->len > 1)
        qsort(t->items, t->len, sizeof *t->items, by_rank);
    *len = t->len;
    return t->items;
}
