/* Calls into plugins' rules. One pcall carries a rule through all solutions; only a failing pair
 * costs another. */
#include <lauxlib.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/mem.h"
#include "base/pack_put.h"
#include "base/text.h"
#include "score/card_in.h"
#include "score/group.h"
#include "score/rule_measure.h"
#include "score/tally.h"
#include "score/view_lua.h"
#include "vm/deadline.h"

enum { REASON_BYTES = 1000 };

typedef struct batch {
    card *card;
    rule *rule;
    const uint32_t *which;
    size_t at, count;
    buf *reason;       /* takes the reason; NULL: it is not asked for */
    answer *explained; /* where the answer goes then */
} batch;

/* Measured: other numbers near these do as well; without, a match by eight rules in Lua takes twice
 * as long. */
enum { AHEAD = 3, LINES_BEFORE = -12, LINES_BEHIND = 6, LINE_BYTES = 64 };

/* Stack of `ask`: the batch, then these. */
enum { AT_BATCH = 1, AT_FUNCTION, AT_VIEWS, AT_DEMAND, AT_CTX };

static uint64_t pair_seed(const card *c, const rule *r, uint32_t solution)
{
    uint64_t seed = c->seed ^ r->hash;
    if (r->on != ON_SOLUTION)
        seed = seed * 0x9E3779B97F4A7C15u ^ c->demand_hash;
    if (r->on != ON_DEMAND)
        seed = seed * 0x9E3779B97F4A7C15u ^ c->solution_hashes[solution];
    return seed;
}

/* Starts to fetch the memory of a view that is soon looked at, for all views together fit no cache
 * and most of a call's time was waiting for them. A view is made in one go, its parts before the
 * table that stands for it, so they lie around that; where they don't, nothing but time is lost.
 * Always inlined: as a function without effect gcc would leave it out. */
static inline __attribute__((always_inline)) void fetch_ahead(const batch *b)
{
    const rule *r = b->rule;
    if (!r->places || b->at + AHEAD >= b->count)
        return;
    const char *place = r->places[b->which[b->at + AHEAD]];
    for (int line = LINES_BEFORE; place && line < LINES_BEHIND; line++)
        __builtin_prefetch((const void *)((uintptr_t)place + (uintptr_t)(line * LINE_BYTES)));
}

/* "nil" or "a table" */
static const char *what(lua_State *L)
{
    if (lua_isnil(L, -1))
        return "nil";
    return lua_pushfstring(L, "a %s", luaL_typename(L, -1));
}

static answer read_gate(lua_State *L)
{
    if (!lua_isboolean(L, -1))
        luaL_error(L, "a gate must return true or false, this one returned %s", what(L));
    bool passed = lua_toboolean(L, -1);
    return (answer){passed, passed ? OUTCOME_POINTS : OUTCOME_REFUSED};
}

static void refuse_points(lua_State *L, const rule *r, double points)
{
    char text[120];
    if (isnan(points))
        snprintf(text, sizeof text, "returned points that are not a number (0/0)");
    else
        snprintf(text, sizeof text, "returned %.14g points, expected 0 to %.14g", points, r->max);
    luaL_error(L, "%s", text);
}

static answer read_points(lua_State *L, const rule *r)
{
    if (lua_isnil(L, -1))
        return (answer){0, OUTCOME_NOT_APPLICABLE};
    if (lua_type(L, -1) != LUA_TNUMBER)
        luaL_error(L, "a rule must return a number or nil, this one returned %s", what(L));
    double points = lua_tonumber(L, -1);
    if (!(points >= 0 && points <= r->max))
        refuse_points(L, r, points);
    return (answer){points, OUTCOME_POINTS};
}

static void push_arguments(lua_State *L, batch *b, uint32_t solution)
{
    lua_pushvalue(L, AT_FUNCTION);
    if (b->rule->on != ON_DEMAND)
        view_of_solution(L, AT_VIEWS, b->card, b->rule, solution, b->reason != NULL);
    if (b->rule->on != ON_SOLUTION)
        lua_pushvalue(L, AT_DEMAND);
    lua_pushvalue(L, AT_CTX);
}

static answer *place_of(batch *b)
{
    return b->explained ? b->explained : &b->rule->answers[b->which[b->at]];
}

static void keep_reason(lua_State *L, batch *b)
{
    size_t len = 0;
    const char *reason = lua_type(L, -1) == LUA_TSTRING ? lua_tolstring(L, -1, &len) : "";
    text_escape(b->reason, reason, len, REASON_BYTES);
}

/* Asks about one solution. An error in here leaves `at` where it is, for `answer_batch` to note and
 * step over. */
static void ask_one(lua_State *L, batch *b)
{
    rule *r = b->rule;
    uint32_t solution = b->which[b->at];

    push_arguments(L, b, solution);
    text_look(b->card->text, r->on == ON_DEMAND ? TEXT_NOTHING : solution,
              r->texts && r->on != ON_DEMAND ? &r->texts[solution * r->solution.len] : NULL);
    vm_seed(r->vm, pair_seed(b->card, r, solution));
    deadline_enter(r->vm, r->number);
    lua_call(L, r->on == ON_PAIR ? 3 : 2, b->reason ? 2 : 1);
    deadline_leave();
    if (b->reason) {
        keep_reason(L, b);
        lua_pop(L, 1);
    }
    *place_of(b) = r->gate ? read_gate(L) : read_points(L, r);
    lua_pop(L, 1);
    r->drew = r->drew || vm_drew(r->vm);
}

static int ask(lua_State *L)
{
    batch *b = lua_touserdata(L, AT_BATCH);
    rule *r = b->rule;

    luaL_checkstack(L, 20, NULL);
    lua_rawgeti(L, LUA_REGISTRYINDEX, r->function);
    lua_rawgeti(L, LUA_REGISTRYINDEX, r->views);
    if (r->on == ON_SOLUTION)
        lua_pushnil(L);
    else
        view_of_demand(L, AT_VIEWS, b->card, b->rule);
    vm_push_ctx(r->vm);
    for (; b->at < b->count; b->at++) {
        fetch_ahead(b);
        ask_one(L, b);
    }
    return 0;
}

static void note_failure(batch *b)
{
    rule *r = b->rule;
    err why = {0};
    deadline_leave();
    vm_caught(r->vm, &why);
    *place_of(b) = (answer){0, OUTCOME_FAILED};
    r->drew = r->drew || vm_drew(r->vm);
    if (!r->failed) {
        r->failed = true;
        r->first = why;
        r->first_of = b->which[b->at];
        free(r->traceback);
        r->traceback = mem_text(vm_traceback(r->vm));
    }
    if (b->reason) {
        buf_clear(b->reason);
        buf_str(b->reason, why.message);
    }
}

/* vm_caught pops the error value, the handler goes here. */
static void answer_batch(batch *b)
{
    lua_State *L = vm_lua(b->rule->vm);
    text_cells(b->card->text, &b->rule->solution);
    calls_look(b->card->calls[b->rule->plugin], &b->rule->solution, &b->rule->demand);
    while (b->at < b->count) {
        vm_push_handler(b->rule->vm);
        lua_pushcfunction(L, ask);
        lua_pushlightuserdata(L, b);
        if (lua_pcall(L, 1, 0, -3) != LUA_OK) {
            note_failure(b);
            b->at++;
        }
        lua_pop(L, 1);
    }
}

static void make_groups(const card *c, rule *r)
{
    size_t all = rows_len(c->solutions);
    r->group = mem_zero(all + 1, sizeof *r->group); /* all 0: an ON_DEMAND rule sees no solution */
    if (r->apart)
        for (size_t i = 0; i < all; i++)
            r->group[i] = (uint32_t)i;
    else if (r->on != ON_DEMAND)
        group_rows(c->solutions, r->solution.at, r->solution.len, r->group);
    r->answers = mem_zero(all + 1, sizeof *r->answers);
    r->asked = mem_zero(all + 1, sizeof *r->asked);
    r->listed = c->keeps ? mem_alloc((all + 1) * sizeof *r->listed) : NULL;
    r->listed_len = r->known = 0;
    r->round = 1;
    r->distinct = r->on == ON_DEMAND;
    for (size_t i = 0; r->on != ON_DEMAND && i < all; i++)
        r->distinct += r->group[i] == i;
}

void rule_group(card *c, rule *r)
{
    if (!r->group)
        make_groups(c, r);
}

static void drop_groups(rule *r)
{
    free(r->group);
    free(r->answers);
    free(r->asked);
    free(r->listed);
    r->group = NULL;
}

static void ask_about(card *c, rule *r, uint32_t solution, size_t *len)
{
    uint32_t group = r->group[solution];
    if (r->asked[group] == r->round)
        return;
    r->asked[group] = r->round;
    c->ask[(*len)++] = group;
    if (r->listed)
        r->listed[r->listed_len++] = group;
}

/* The groups among `which` that were not asked yet, into c->ask. A rule on solutions alone is asked
 * about all of them at its first use, so that what it fails for doesn't depend on which demand
 * comes first; a gate last about those that are gone. */
static size_t to_ask(card *c, rule *r, const uint32_t *which, size_t count)
{
    size_t len = 0, all = rows_len(c->solutions);
    if (r->on != ON_SOLUTION) {
        for (size_t i = 0; i < count; i++)
            ask_about(c, r, which[i], &len);
        return len;
    }
    for (uint32_t i = 0; i < all; i++)
        if (kind_is_ranked(rows_kind(c->solutions, i)))
            ask_about(c, r, i, &len);
    for (uint32_t i = 0; r->gate && i < all; i++)
        if (rows_kind(c->solutions, i) == ROW_GONE)
            ask_about(c, r, i, &len);
    return len;
}

/* Chance is drawn per pair: once a rule has drawn, two solutions that look the same may differ. */
static bool must_part(rule *r)
{
    if (!r->drew || r->apart || r->on == ON_DEMAND)
        return false;
    r->apart = true;
    drop_groups(r);
    return true;
}

static void ask_lua(card *c, rule *r, const uint32_t *which, size_t count)
{
    do {
        rule_group(c, r);
        batch b = {.card = c, .rule = r, .which = c->ask};
        b.count = to_ask(c, r, which, count);
        r->tally.asked += (int64_t)b.count;
        if (r->vm)
            answer_batch(&b);
        else
            for (size_t i = 0; i < b.count; i++)
                r->answers[c->ask[i]] = (answer){0, OUTCOME_FAILED};
    } while (must_part(r));
}

void rule_answer(card *c, rule *r, const uint32_t *which, size_t count)
{
    int64_t begun = tally_begin(c);
    bool known = r->group && r->on == ON_SOLUTION;
    if (!known && r->measure)
        rule_measure(c, r, which, count);
    else if (!known)
        ask_lua(c, r, which, count);
    tally_end(c, r, begun);
}

void rule_count_failures(const card *c, rule *r)
{
    r->failures = 0;
    for (size_t i = 0; r->failed && r->group && i < rows_len(c->solutions); i++)
        if (kind_is_ranked(rows_kind(c->solutions, i)) && r->asked[r->group[i]] == r->round &&
            rule_said(r, (uint32_t)i).outcome == OUTCOME_FAILED)
            r->failures++;
}

static const char *outcome_name(outcome o)
{
    return o == OUTCOME_POINTS           ? "points"
           : o == OUTCOME_NOT_APPLICABLE ? "not_applicable"
                                         : "failed";
}

static void put_gate_answer(answer a, bool matched, buf *out)
{
    pack_put_list(out, 2 + matched);
    if (a.outcome == OUTCOME_FAILED)
        pack_put_nil(out);
    else
        pack_put_bool(out, a.outcome == OUTCOME_POINTS);
}

static void put_answer(answer a, bool matched, buf *out)
{
    const char *outcome = outcome_name(a.outcome);
    pack_put_list(out, 3 + matched);
    pack_put_text(out, outcome, strlen(outcome));
    if (a.outcome == OUTCOME_POINTS)
        pack_put_double(out, a.points);
    else
        pack_put_nil(out);
}

answer rule_explain(card *c, rule *r, uint32_t solution, bool known, buf *out)
{
    answer now = {0, OUTCOME_FAILED};
    buf reason = {0}, matched = {0}; /* of what was left out the host knows it */

    if (r->measure) {
        now = rule_measure_explain(c, r, solution, known, &reason, known ? NULL : &matched);
    } else if (r->vm) {
        batch b = {.card = c, .rule = r, .which = &solution, .count = 1};
        b.reason = &reason;
        b.explained = &now;
        answer_batch(&b);
    }
    (r->gate ? put_gate_answer : put_answer)(now, matched.len > 0, out);
    pack_put_text(out, buf_text(&reason), reason.len);
    buf_add(out, buf_text(&matched), matched.len);
    buf_free(&reason);
    buf_free(&matched);
    return now;
}

void rule_forget_view(rule *r, uint32_t solution)
{
    if (!r->vm)
        return;
    lua_State *L = vm_lua(r->vm);
    lua_rawgeti(L, LUA_REGISTRYINDEX, r->views);
    lua_pushnil(L);
    lua_rawseti(L, -2, (lua_Integer)solution + 1);
    lua_pop(L, 1);
}

void rule_new_demand(rule *r)
{
    if (r->on == ON_SOLUTION)
        return;
    r->round++;
    r->listed_len = r->known = 0;
    r->failures = 0;
    r->failed = false;
    if (!r->vm)
        return;
    lua_State *L = vm_lua(r->vm);
    lua_rawgeti(L, LUA_REGISTRYINDEX, r->views);
    lua_pushnil(L);
    lua_rawseti(L, -2, 0);
    lua_pop(L, 1);
}
