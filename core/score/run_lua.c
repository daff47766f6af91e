/* One demand: gates, then rules over what passed, then the best with their reasons. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/hash.h"
#include "base/mem.h"
#include "base/pack.h"
#include "base/pack_put.h"
#include "base/wire.h"
#include "score/card_in.h"
#include "score/failures.h"
#include "score/gates.h"
#include "score/points.h"
#include "score/sums.h"
#include "score/tally.h"
#include "score/top.h"

enum {
    PART_BYTES = 1 << 18, /* of a ranking */
    STATISTICS_PART = 1 << 20,
    PACK_HEAD = 4 /* bytes before a frame's value */
};

static void start(card *c, const value *demand)
{
    const value *id = value_at(demand, 0);

    c->demand = demand;
    c->demand_hash = hash_quick(value_str(id, ""), value_is(id, VALUE_TEXT) ? value_len(id) : 0);
    for (size_t i = 0; i < c->len; i++)
        rule_new_demand(&c->rules[i]);
    collections_tidy(c->texts);
}

static bool same(answer a, answer b)
{
    return a.outcome == b.outcome && (a.points == b.points || a.outcome != OUTCOME_POINTS);
}

/* Without the two answers: with a rule that counts they would differ from run to run. */
static bool tell_broken(const rule *r, card_send *send, void *ctx, err *e)
{
    value part = value_map();
    value_add(&part, "op", value_text("broken"));
    value_add(&part, "number", value_int(r->number));
    value_add(&part, "reason",
              value_text("gave two answers for one pair: a rule may keep nothing between calls"));
    bool ok = send(ctx, &part, e);
    value_free(&part);
    return ok;
}

static size_t count_rules(const card *c, bool gates)
{
    size_t count = 0;
    for (size_t i = 0; i < c->len; i++)
        count += c->rules[i].gate == gates;
    return count;
}

/* What is told of the ranking next: packed items (wire.h), one behind the other. */
typedef struct telling {
    buf items;
    size_t count;
} telling;

static void put_head(buf *items, uint32_t solution, double score, double coverage)
{
    pack_put_list(items, WIRE_GATES + 1);
    pack_put_whole(items, solution);
    if (isnan(score))
        pack_put_nil(items);
    else
        pack_put_double(items, score);
    pack_put_double(items, coverage);
}

/* The reasons come from a second call for the few that are shown; it must agree with the first.
 * NULL when it does. */
static const rule *describe(card *c, uint32_t solution, telling *t)
{
    put_head(&t->items, solution, c->scores[solution], c->covered[solution]);
    pack_put_list(&t->items, count_rules(c, false));
    for (size_t i = 0; i < c->len; i++) {
        rule *r = &c->rules[i];
        if (!r->gate &&
            !same(rule_said(r, solution), rule_explain(c, r, solution, true, &t->items)))
            return r;
    }
    pack_put_nil(&t->items);
    t->count++;
    return NULL;
}

static bool tell(telling *t, card_send *send, void *ctx, err *e)
{
    value part = value_map();
    size_t len = t->items.len;
    value_add(&part, "op", value_text("ranked"));
    value_add(&part, "count", value_int((int64_t)t->count));
    value_add(&part, "items", value_adopt(buf_take(&t->items), len));
    t->count = 0;
    bool ok = send(ctx, &part, e);
    value_free(&part);
    return ok;
}

static value failures_of(const card *c)
{
    value list = value_list();
    for (size_t i = 0; i < c->len; i++) {
        const rule *r = &c->rules[i];
        if (!r->failures)
            continue;
        value *f = value_push(&list, value_map());
        value_add(f, "number", value_int(r->number));
        value_add(f, "pairs", value_int(r->failures));
        value_add(f, "message", value_text(r->first.message));
        value_add(f, "where", value_text(r->first.where));
        value_add(f, "traceback", value_text(r->traceback));
    }
    return list;
}

/* Takes over `bytes`, nil: there are none. */
static bool send_part(const char *op, value bytes, card_send *send, void *ctx, err *e)
{
    value part = value_map();
    value_add(&part, "op", value_text(op));
    if (!value_is(&bytes, VALUE_NIL))
        value_add(&part, "bytes", bytes);
    bool ok = send(ctx, &part, e);
    value_free(&part);
    return ok;
}

static bool send_uncounted(card_send *send, void *ctx, err *e)
{
    return send_part("uncounted", value_nil(), send, ctx, e);
}

/* Takes over `more`: what else is told. */
static bool send_done(card *c, size_t scored, value more, card_send *send, void *ctx, err *e)
{
    value part = more;
    if (collections_uncounted(c->texts)) {
        value_free(&part);
        return send_uncounted(send, ctx, e);
    }
    value_add(&part, "op", value_text("done"));
    value_add(&part, "scored", value_int((int64_t)scored));
    value_add(&part, "excluded", value_int((int64_t)rows_raced(c->solutions) - (int64_t)scored));
    value_add(&part, "failures", failures_of(c));
    value_add(&part, "dated", value_bool(fresh_dated(c)));
    value_add(&part, "fresh", value_bool(fresh_are(c) && failures_none(c)));
    if (c->tallied)
        value_add(&part, "steps", tally_steps(c));
    bool ok = send(ctx, &part, e);
    value_free(&part);
    return ok;
}

/* The best `count` of those alive, with their reasons. *broken: a rule that changed its mind. */
static bool tell_best(card *c, size_t count, const rule **broken, card_send *send, void *ctx,
                      err *e)
{
    telling t = {0};
    bool ok = true;
    for (size_t i = 0; ok && !*broken && i < count; i++) {
        *broken = describe(c, c->alive[i], &t);
        if (!*broken && (t.items.len >= PART_BYTES || i + 1 == count))
            ok = tell(&t, send, ctx, e);
    }
    buf_free(&t.items);
    return ok;
}

static bool send_bare(buf *which, buf *points, card_send *send, void *ctx, err *e)
{
    value part = value_map();
    value_add(&part, "op", value_text("ranked"));
    value_add(&part, "solutions", value_bytes(buf_text(which), which->len));
    value_add(&part, "points", value_bytes(buf_text(points), points->len));
    bool ok = send(ctx, &part, e);
    value_free(&part);
    buf_clear(which);
    buf_clear(points);
    return ok;
}

static void add_points(const card *c, uint32_t solution, buf *points)
{
    for (size_t i = 0; i < c->len; i++) {
        if (c->rules[i].gate)
            continue;
        answer a = rule_said(&c->rules[i], solution);
        double number = a.outcome == OUTCOME_POINTS ? a.points : NAN;
        buf_add(points, &number, sizeof number);
    }
}

/* The best `count` of those alive as numbers. Nobody is asked a second time. */
static bool tell_bare(const card *c, size_t count, card_send *send, void *ctx, err *e)
{
    buf which = {0}, points = {0};
    bool ok = true;
    for (size_t i = 0; ok && i < count; i++) {
        buf_add(&which, &c->alive[i], sizeof c->alive[i]);
        add_points(c, c->alive[i], &points);
        if (points.len >= PART_BYTES || i + 1 == count)
            ok = send_bare(&which, &points, send, ctx, e);
    }
    buf_free(&which);
    buf_free(&points);
    return ok;
}

static value reserve_of(const card *c, size_t from, size_t to)
{
    value list = value_list();
    for (size_t i = from; i < to; i++) {
        value *one = value_push(&list, value_list());
        value_push(one, value_int(c->alive[i]));
        value_push(one, value_number(c->scores[c->alive[i]]));
    }
    return list;
}

/* How many of the best are told with their reasons. */
static size_t count_told(const card *c, size_t best, const card_request *r)
{
    size_t most = (size_t)r->top < best ? (size_t)r->top : best, told = 0;
    while (told < most && !(c->scores[c->alive[told]] < r->floor))
        told++;
    return told;
}

static bool rank(card *c, const card_request *r, card_send *send, void *ctx, err *e)
{
    size_t top = (size_t)r->top, reserve = r->reserve > 0 ? (size_t)r->reserve : 0;
    const rule *broken = NULL;
    value more = value_map();

    if (r->keep)
        points_take(c, r->known);
    gates_pass(c);
    size_t scored = c->alive_len;
    prune_answer(c, top + reserve, r->least);
    if (collections_uncounted(c->texts))
        return send_uncounted(send, ctx, e);
    for (size_t i = 0; i < c->alive_len; i++)
        card_score(c, c->alive[i]);
    size_t best = top_of(c->alive, c->alive_len, c->scores, top + reserve);
    size_t told = count_told(c, best, r);
    failures_count(c, best, top);
    if (!(r->bare ? tell_bare(c, told, send, ctx, e) : tell_best(c, told, &broken, send, ctx, e)))
        return false;
    if (r->keep && !broken)
        broken = points_doubtful(c);
    if (broken)
        return tell_broken(broken, send, ctx, e);
    if (reserve && !r->untold)
        value_add(&more, "reserve", reserve_of(c, told, best));
    if (r->keep) {
        value_add(&more, "points", points_tell(c));
        value_add(&more, "taken", value_int(points_taken(c)));
    }
    if (rows_raced(c->solutions) < rows_len(c->solutions))
        value_add(&more, "gone", value_int((int64_t)gates_pass_gone(c)));
    return send_done(c, scored, more, send, ctx, e);
}

/* Everything about one pair, whatever its gates say. */
static bool explain(card *c, uint32_t solution, card_send *send, void *ctx, err *e)
{
    telling t = {.count = 1};
    buf gates = {0}, rules = {0};
    sums s = {0};

    pack_put_list(&gates, count_rules(c, true));
    pack_put_list(&rules, count_rules(c, false));
    for (size_t i = 0; i < c->len; i++) {
        rule *r = &c->rules[i];
        answer a = rule_explain(c, r, solution, false, r->gate ? &gates : &rules);
        r->failures = r->failed;
        if (!r->gate)
            sums_add(&s, r, a);
    }
    put_head(&t.items, solution, sums_score(&s), sums_coverage(&s));
    buf_add(&t.items, rules.data, rules.len);
    buf_add(&t.items, gates.data, gates.len);
    buf_free(&rules);
    buf_free(&gates);
    bool ok = (collections_uncounted(c->texts) || tell(&t, send, ctx, e)) &&
              send_done(c, 1, value_map(), send, ctx, e);
    buf_free(&t.items);
    return ok;
}

static void forget_views(card *c, uint32_t solution)
{
    for (size_t i = 0; i < c->len; i++)
        rule_forget_view(&c->rules[i], solution);
}

/* The same pair, had the solution been another. */
static bool explain_as(card *c, const card_request *r, card_send *send, void *ctx, err *e)
{
    uint32_t solution = (uint32_t)r->only;
    buf packed = {0};
    if (!pack_write(&packed, r->as, &PACK_TO_WORKER, e))
        return false;
    const char *stood = rows_swap(c->solutions, solution, packed.data + PACK_HEAD);
    collections_stood(c->texts, solution, stood);
    forget_views(c, solution);
    bool ok = explain(c, solution, send, ctx, e);
    collections_stood(c->texts, 0, NULL);
    rows_swap(c->solutions, solution, stood);
    forget_views(c, solution);
    buf_free(&packed);
    return ok;
}

bool card_run(card *c, const card_request *r, card_send *send, void *ctx, err *e)
{
    if (r->only >= 0 && (size_t)r->only >= rows_len(c->solutions))
        return err_set(e, ERR_BUG, "there is no solution %lld here", (long long)r->only);
    if (!collections_ready(c->texts, e))
        return false;
    if (collections_uncounted(c->texts))
        return send_uncounted(send, ctx, e);
    start(c, r->demand);
    tally_start(c, r->plan);
    c->keeps = c->keeps || r->keep;
    bool ok = r->only < 0 ? fresh_prepare(c, e) && rank(c, r, send, ctx, e)
              : r->as     ? explain_as(c, r, send, ctx, e)
                          : explain(c, (uint32_t)r->only, send, ctx, e);
    return ok && fresh_restore(c, e);
}

static bool send_counted(value keys, card_send *send, void *ctx, err *e)
{
    value part = value_map();
    value_add(&part, "op", value_text("counted"));
    value_add(&part, "keys", keys);
    bool ok = send(ctx, &part, e);
    value_free(&part);
    return ok;
}

bool card_count(card *c, const value *known, card_send *send, void *ctx, err *e)
{
    buf all = {0};
    value keys = value_list();
    bool ok = collections_ready(c->texts, e);
    if (ok)
        collections_export(c->texts, known, &all, &keys);
    for (size_t at = 0; ok && at < all.len; at += STATISTICS_PART) {
        size_t len = all.len - at < STATISTICS_PART ? all.len - at : STATISTICS_PART;
        ok = send_part("statistics", value_bytes(all.data + at, len), send, ctx, e);
    }
    buf_free(&all);
    if (ok)
        return send_counted(keys, send, ctx, e);
    value_free(&keys);
    return false;
}
