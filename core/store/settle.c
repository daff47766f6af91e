#include "store/settle.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "store/change.h"
#include "store/event.h"

enum { WHY_BYTES = 2000 };

bool settle_check_why(const char *why, err *e)
{
    size_t len = why ? strlen(why) : 0;
    if (len == 0 || strspn(why, " \t\r\n") == len) {
        err_set(e, ERR_USAGE, "a decision needs a reason");
        return err_hint(e, "say why it is so: others read that beside the decision");
    }
    if (len > WHY_BYTES)
        return err_set(e, ERR_BAD_DATA, "the reason is longer than %d bytes", WHY_BYTES);
    return text_invalid_at(why, len) == len ||
           err_set(e, ERR_BAD_DATA, "the reason is not valid UTF-8");
}

bool settle_end(store *st, const char *record, const char *field, int64_t event, err *e)
{
    query *q = db_prepare(st->db,
                          "update settlement set ended = ?"
                          " where record = ? and field = ? and ended is null",
                          e);
    if (!q)
        return false;
    query_bind_int64(q, 1, event);
    query_bind_text(q, 2, record);
    query_bind_text(q, 3, field);
    bool ok = query_run(q, e);
    query_free(q);
    return ok;
}

static bool insert(store *st, const char *const texts[5], int64_t event, err *e)
{
    query *q = db_prepare(st->db,
                          "insert into settlement (record, field, source, why, actor, event)"
                          " values (?, ?, ?, ?, ?, ?)",
                          e);
    if (!q)
        return false;
    for (int i = 0; i < 5; i++)
        query_bind_text(q, i + 1, texts[i]);
    query_bind_int64(q, 6, event);
    bool ok = query_run(q, e);
    query_free(q);
    return ok;
}

static bool no_claims(const claim_set *c, const char *id, const char *field, err *e)
{
    const char **names = mem_zero(c->len + 1, sizeof *names);
    for (size_t i = 0; i < c->len; i++)
        names[i] = c->items[i].field;
    const char *near = text_nearest(field, names, c->len);
    err_set(e, ERR_NOT_FOUND, "nobody states the field \"%.100s\"", field);
    if (near)
        err_hint(e, "did you mean %s?", near);
    free(names);
    return err_where(e, "%s", id);
}

/* Names those who do state the field. */
static bool no_claim(const claim_set *c, const char *id, const char *field, const char *source,
                     err *e)
{
    buf who = {0};
    for (size_t i = 0; i < c->len; i++) {
        const claim *item = &c->items[i];
        if (strcmp(item->field, field) == 0)
            buf_fmt(&who, "%s%s", who.len ? ", " : "",
                    item->source ? item->source : "somebody's own word");
    }
    if (who.len == 0) {
        buf_free(&who);
        return no_claims(c, id, field, e);
    }
    if (source)
        err_set(e, ERR_NOT_FOUND, "%.160s states nothing of the field %s", source, field);
    else
        err_set(e, ERR_NOT_FOUND, "nobody here states the field %s by their own word", field);
    err_hint(e, "these do: %s", buf_text(&who));
    buf_free(&who);
    return err_where(e, "%s", id);
}

/* The settled claim on the field; NULL when there is none. Borrowed. */
static claim *settled_claim(claim_set *c, const char *field)
{
    for (size_t i = 0; i < c->len; i++) {
        if (c->items[i].settled && strcmp(c->items[i].field, field) == 0)
            return &c->items[i];
    }
    return NULL;
}

static value decision(const char *field, const char *source, const char *why, bool undone)
{
    value settlement = value_map(), data = value_map();
    value_add(&settlement, "field", value_text(field));
    value_add(&settlement, "source", value_text(source));
    value_add(&settlement, "why", value_text(why));
    if (undone)
        value_add(&settlement, "undone", value_bool(true));
    value_add(&data, "settlement", settlement);
    return data;
}

/* With `chosen` NULL nobody's word stands over the others any more. */
static bool decide(store *st, change *c, const char *field, claim *chosen, const char *source,
                   const char *why, err *e)
{
    claim *before = settled_claim(&c->claims, field);
    if (before)
        before->settled = false;
    if (chosen)
        chosen->settled = true;
    value data = decision(field, source, why, !chosen);
    value_set(&c->touched, field, value_bool(true));
    c->event = "record.settled";
    c->why = &data;
    int64_t seq = 0;
    const char *const texts[] = {c->id, field, source, why, st->actor};
    bool ok = change_resolve(c, e) && change_check(st, c, e) && change_write(st, c, &seq, e) &&
              settle_end(st, c->id, field, seq, e) && (!chosen || insert(st, texts, seq, e)) &&
              change_follow(st, c, e);
    value_free(&data);
    return ok;
}

static bool begin(store *st, const char *id, const char *why, change *c, err *e)
{
    if (!store_check_id(id, e) || !settle_check_why(why, e) || !change_begin(st, id, c, e))
        return false;
    return !c->is_new || store_missing(st, id, e);
}

static bool settle_inside(store *st, const char *id, const char *field, const char *source,
                          const char *why, err *e)
{
    change c = {0};
    bool ok = begin(st, id, why, &c, e);
    claim *chosen = ok ? claim_set_find(&c.claims, field, source) : NULL;
    if (ok && !chosen)
        ok = no_claim(&c.claims, id, field, source, e);
    bool same = ok && chosen->settled && strcmp(chosen->why, why) == 0;
    ok = ok && (same || decide(st, &c, field, chosen, source, why, e));
    change_free(&c);
    return ok;
}

static bool unsettle_inside(store *st, const char *id, const char *field, const char *why, err *e)
{
    change c = {0};
    bool ok = begin(st, id, why, &c, e);
    claim *before = ok ? settled_claim(&c.claims, field) : NULL;
    if (ok && !before) {
        ok = err_set(e, ERR_NOT_FOUND, "nothing was settled about the field \"%.100s\"", field);
        err_where(e, "%s", id);
    }
    ok = ok && decide(st, &c, field, NULL, before->source, why, e);
    change_free(&c);
    return ok;
}

bool store_settle(store *st, const char *id, const char *field, const char *source, const char *why,
                  err *e)
{
    if (!store_begin(st, e))
        return false;
    if (settle_inside(st, id, field, source, why, e))
        return store_commit(st, e);
    store_rollback(st);
    return false;
}

/* No version of the record comes of it, for it changes nothing until the source is back. */
static bool tell_withdrawn(store *st, const statement *s, const char *field, err *e)
{
    value data = decision(field, s->source, s->settled, false);
    value *settlement = (value *)value_get(&data, "settlement"); /* ours to change: `data` is */
    value_add(settlement, "withdrawn", value_text(s->withdrawn));
    bool ok = event_append(st, "record.settled", s->id, &data, NULL, e);
    value_free(&data);
    return ok;
}

bool settle_withdrawn(store *st, const statement *s, err *e)
{
    const char *field = s->fields->as.map.items[0].key;
    query *q = db_prepare(
        st->db,
        "insert into settlement"
        " (record, field, source, why, actor, event, ended, waits)"
        " select c.record, c.field, c.source, ?4, ?5, c.event, c.ended, c.waits"
        " from claim c where c.record = ?1 and c.field = ?2 and c.source is ?3"
        " and (c.waits = ?6 or c.ended = (select event from withdrawal"
        "  where source = ?6 and ended is null)) and not exists"
        " (select 1 from settlement s where s.record = c.record and"
        "  s.field = c.field and s.source is c.source and s.ended = c.ended and s.waits is c.waits)"
        " order by c.id desc limit 1 returning 1",
        e);
    if (!q)
        return false;
    const char *const texts[] = {s->id, field, s->source, s->settled, st->actor, s->withdrawn};
    for (int i = 0; i < 6; i++)
        query_bind_text(q, i + 1, texts[i]);
    bool ok = settle_check_why(s->settled, e), news = false;
    while (ok && query_step(q, e))
        news = true;
    ok = ok && !query_failed(q);
    query_free(q);
    return ok && (!news || tell_withdrawn(st, s, field, e));
}

bool store_unsettle(store *st, const char *id, const char *field, const char *why, err *e)
{
    if (!store_begin(st, e))
        return false;
    if (unsettle_inside(st, id, field, why, e))
        return store_commit(st, e);
    store_rollback(st);
    return false;
}
