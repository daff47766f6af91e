#include "store/claim.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/json.h"
#include "base/mem.h"
#include "store/settle.h"

static void claim_end(claim *c)
{
    free(c->field);
    free(c->value);
    free(c->source);
    free(c->place);
    free(c->date);
    free(c->source_date);
    free(c->time);
    free(c->why);
    free(c->withdrawn);
}

void claim_set_free(claim_set *c)
{
    for (size_t i = 0; i < c->len; i++)
        claim_end(&c->items[i]);
    free(c->items);
    *c = (claim_set){0};
}

static claim *push(claim_set *c)
{
    if (c->len == c->cap) {
        c->cap = c->cap ? 2 * c->cap : 16;
        c->items = mem_grow(c->items, c->cap, sizeof *c->items);
    }
    c->items[c->len] = (claim){0};
    return &c->items[c->len++];
}

static char reliability_of(const char *text)
{
    if (!text || text[0] == '\0' || text[1] != '\0')
        return 'C';
    int letter = toupper((unsigned char)text[0]);
    return letter >= 'A' && letter <= 'F' ? (char)letter : 'C';
}

/* "2026", "2026-02" or a date with or without a time; NULL for anything else. Owned by the caller.
 */
static char *date_of(const char *text)
{
    if (!text)
        return NULL;
    size_t len = strspn(text, "0123456789-");
    char day[11] = {0};
    int64_t days = 0;
    if (len == 10 && (text[10] == '\0' || text[10] == 'T' || text[10] == ' ')) {
        memcpy(day, text, 10);
        return clock_date_parse(day, &days) ? mem_text(day) : NULL;
    }
    bool year = len >= 4 && strspn(text, "0123456789") == 4;
    bool month = len == 7 && text[4] == '-' && strspn(text + 5, "0123456789") == 2;
    return text[len] == '\0' && year && (len == 4 || month) ? mem_text(text) : NULL;
}

static char *better_date(const char *date, const char *published)
{
    char *own = date_of(date);
    return own ? own : date_of(published);
}

bool claim_source_load(store *st, const char *source, bool *found, claim_source *out, err *e)
{
    query *q = db_prepare(st->db,
                          "select data ->> 'reliability', data ->> 'date', data ->> 'published'"
                          " from record where id = ? and deleted is null",
                          e);
    if (!q)
        return false;
    query_bind_text(q, 1, source);
    bool there = query_step(q, e);
    bool ok = there || !query_failed(q);
    *out = (claim_source){.reliability = 'C'};
    if (there) {
        out->reliability = reliability_of(query_text(q, 0));
        out->date = better_date(query_text(q, 1), query_text(q, 2));
    }
    if (found)
        *found = there;
    query_free(q);
    return ok;
}

bool claim_set_take(query *q, claim_set *out, err *e)
{
    while (query_step(q, e)) {
        claim *c = push(out);
        c->id = query_int64(q, 0);
        c->field = mem_text(query_text(q, 1));
        c->value = mem_text(query_text(q, 2));
        c->source = mem_text(query_text(q, 3));
        c->place = mem_text(query_text(q, 4));
        c->date = mem_text(query_text(q, 5));
        c->event = query_int64(q, 6);
        c->time = mem_text(query_text(q, 7));
        c->reliability = c->source ? reliability_of(query_text(q, 8)) : OWN_WORD;
        c->source_date = better_date(query_text(q, 9), query_text(q, 10));
        c->why = mem_text(query_text(q, 11));
        c->settled = c->why != NULL;
        c->rank = query_int64(q, 12);
        c->withdrawn = query_columns(q) > 13 ? mem_text(query_text(q, 13)) : NULL;
    }
    return !query_failed(q);
}

/* What a source says about itself says nothing about its reliability: such claims count as C. */
bool claim_set_load(store *st, const char *record, claim_set *out, err *e)
{
    query *q =
        db_prepare(st->db,
                   "select c.id, c.field, c.value, c.source, c.place, c.date, c.event, v.time,"
                   " r.data ->> 'reliability', r.data ->> 'date', r.data ->> 'published', s.why,"
                   " coalesce(c.first, c.id) from claim c join event v on v.seq = c.event"
                   " left join record r on r.id = c.source and r.id <> c.record"
                   " left join settlement s on s.record = c.record and s.field = c.field"
                   " and s.source is c.source and s.ended is null"
                   " where c.record = ? and c.ended is null order by coalesce(c.first, c.id)",
                   e);
    if (!q)
        return false;
    query_bind_text(q, 1, record);
    bool ok = claim_set_take(q, out, e);
    query_free(q);
    return ok;
}

/* A source weighs what it weighed then. */
bool claim_set_load_at(store *st, const char *record, int64_t seq, claim_set *out, err *e)
{
    query *q =
        db_prepare(st->db,
                   "select c.id, c.field, c.value, c.source, c.place, c.date, c.event, e.time,"
                   " c.data ->> 'reliability', c.data ->> 'date', c.data ->> 'published',"
                   " (select s.why from settlement s where s.record = c.record"
                   "   and s.field = c.field and s.source is c.source and s.event <= ?1"
                   "   and (s.ended is null or s.ended > ?1)), coalesce(c.first, c.id) from"
                   " (select claim.*, coalesce("
                   "   (select data from version where record = source and since <= ?1"
                   "    and until > ?1 and source <> claim.record),"
                   "   (select data from record where id = source and changed <= ?1"
                   "    and id <> claim.record)) as data"
                   "  from (select * from claim where record = ?2 and ended is null union all"
                   "   select * from claim where record = ?2 and ended > ?1) claim"
                   "  where event <= ?1) c"
                   " join event e on e.seq = c.event order by coalesce(c.first, c.id)",
                   e);
    if (!q)
        return false;
    query_bind_int64(q, 1, seq);
    query_bind_text(q, 2, record);
    bool ok = claim_set_take(q, out, e);
    query_free(q);
    return ok;
}

static bool same_text(const char *a, const char *b)
{
    return a == b || (a && b && strcmp(a, b) == 0);
}

/* Equal JSON: the same bytes, or the same value with its keys in another order. */
static bool same_json(const char *a, const char *b)
{
    if (strcmp(a, b) == 0)
        return true;
    if (a[0] != b[0] || a[0] != '{')
        return false;
    value left = value_nil(), right = value_nil();
    bool same = json_read(a, strlen(a), NULL, &left, NULL) &&
                json_read(b, strlen(b), NULL, &right, NULL) && value_equal(&left, &right);
    value_free(&left);
    value_free(&right);
    return same;
}

claim *claim_set_find(claim_set *c, const char *field, const char *source)
{
    for (size_t i = 0; i < c->len; i++) {
        claim *item = &c->items[i];
        if (!item->ended && strcmp(item->field, field) == 0 && same_text(item->source, source))
            return item;
    }
    return NULL;
}

bool claim_set_add(claim_set *c, const statement *s, const claim_source *source, const char *field,
                   const char *json, const char *today)
{
    claim *before = claim_set_find(c, field, s->source);
    if (before && same_json(before->value, json) && same_text(before->place, s->place) &&
        (!s->date || same_text(before->date, s->date)))
        return false;
    if (before)
        before->ended = true;
    bool settled = before && before->settled;
    char *why = before ? mem_text(before->why) : NULL;
    claim *new = push(c); /* moves `before` */
    new->settled = settled;
    new->why = why;
    new->field = mem_text(field);
    new->value = mem_text(json);
    new->source = mem_text(s->source);
    new->place = mem_text(s->place);
    new->date = mem_text(s->date ? s->date : today);
    new->source_date = mem_text(source->date);
    new->reliability = source->reliability;
    return true;
}

void claim_set_push_withdrawn(claim_set *c, const statement *s, const char *field, const char *json,
                              const char *today)
{
    claim *new = push(c);
    new->ended = true;
    new->withdrawn = mem_text(s->withdrawn);
    new->field = mem_text(field);
    new->value = mem_text(json);
    new->source = mem_text(s->source);
    new->place = mem_text(s->place);
    new->date = mem_text(s->date ? s->date : today);
    new->reliability = 'C';
}

void claim_set_drop_nulls(claim_set *c, const char *field)
{
    for (size_t i = 0; i < c->len; i++) {
        const claim *item = &c->items[i];
        if (!item->ended && strcmp(item->field, field) == 0 && strcmp(item->value, "null") != 0)
            return;
    }
    for (size_t i = 0; i < c->len; i++) {
        if (strcmp(c->items[i].field, field) == 0)
            c->items[i].ended = true;
    }
}

const char *claim_date(const claim *c)
{
    if (c->source_date)
        return c->source_date;
    return c->date ? c->date : "";
}

static bool beats(const claim *a, const claim *b)
{
    if (a->settled != b->settled)
        return a->settled;
    if (a->reliability != b->reliability)
        return a->reliability < b->reliability;
    if (!a->source != !b->source)
        return !a->source; /* what a person says goes before what nobody vouched for */
    return strcmp(claim_date(a), claim_date(b)) >= 0; /* `a` was made later */
}

const claim *claim_set_winner(const claim_set *c, const char *field)
{
    const claim *best = NULL;
    for (size_t i = 0; i < c->len; i++) {
        const claim *item = &c->items[i];
        if (!item->ended && strcmp(item->field, field) == 0 && (!best || beats(item, best)))
            best = item;
    }
    return best && strcmp(best->value, "null") != 0 ? best : NULL;
}

/* One that is withdrawn was never live here: it ends by the withdrawal, when that has been, else by
 * its own event, and waits for it. */
static bool insert(store *st, const char *record, const claim *c, int64_t event, err *e)
{
    query *q = db_prepare(
        st->db,
        "insert into claim (record, field, value, source, place, date, event, ended, waits)"
        " select ?1, ?2, ?3, ?4, ?5, ?6, ?7,"
        " case when ?8 is not null then coalesce(w.event, ?7) end,"
        " case when w.event is null then ?8 end"
        " from (select 1) left join withdrawal w on w.source = ?8 and w.ended is null",
        e);
    if (!q)
        return false;
    const char *const texts[] = {record, c->field, c->value, c->source, c->place, c->date};
    for (int i = 0; i < 6; i++)
        query_bind_text(q, i + 1, texts[i]);
    query_bind_int64(q, 7, event);
    query_bind_text(q, 8, c->withdrawn);
    bool ok = query_run(q, e);
    query_free(q);
    return ok;
}

static bool end(store *st, const claim *c, int64_t event, err *e)
{
    query *q = db_prepare(st->db, "update claim set ended = ? where id = ?", e);
    if (!q)
        return false;
    query_bind_int64(q, 1, event);
    query_bind_int64(q, 2, c->id);
    bool ok = query_run(q, e);
    query_free(q);
    return ok;
}

static bool has_settled(const claim_set *c, const char *field)
{
    for (size_t i = 0; i < c->len; i++) {
        if (c->items[i].settled && !c->items[i].ended && strcmp(c->items[i].field, field) == 0)
            return true;
    }
    return false;
}

bool claim_set_write(store *st, const char *record, const claim_set *c, int64_t event, err *e)
{
    bool ok = true;
    for (size_t i = 0; ok && i < c->len; i++) {
        const claim *item = &c->items[i];
        if (item->id == 0 && (!item->ended || item->withdrawn))
            ok = insert(st, record, item, event, e);
        else if (item->id != 0 && item->ended)
            ok = end(st, item, event, e) && (!item->settled || has_settled(c, item->field) ||
                                             settle_end(st, record, item->field, event, e));
    }
    return ok;
}

void claim_set_prune(claim_set *c)
{
    size_t kept = 0;
    for (size_t i = 0; i < c->len; i++) {
        if (c->items[i].ended)
            claim_end(&c->items[i]);
        else
            c->items[kept++] = c->items[i];
    }
    c->len = kept;
}
