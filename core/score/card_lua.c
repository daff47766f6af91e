/* Binding a scorecard to the plugins' states. */
#include <lauxlib.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/mem.h"
#include "score/card_in.h"
#include "score/points.h"

static rule_on on_read(const char *text)
{
    return text[0] == 's' ? ON_SOLUTION : text[0] == 'd' ? ON_DEMAND : ON_PAIR;
}

bool rule_bind(rule *r, vm *m, err *e)
{
    const char *short_name = r->name;
    for (const char *p = r->name; *p; p++)
        if (*p == '/')
            short_name = p + 1;
    if (!vm_push_function(m, "rule", short_name, r->gate ? "gate" : "score"))
        return err_set(e, ERR_BUG, "%s is not a rule of its plugin any more", r->name);
    lua_State *L = vm_lua(m);
    r->function = luaL_ref(L, LUA_REGISTRYINDEX);
    lua_newtable(L);
    r->views = luaL_ref(L, LUA_REGISTRYINDEX);
    r->vm = m;
    free(r->texts); /* the views are made anew */
    r->kept = 0;
    r->texts = NULL;
    free(r->places);
    r->places = NULL;
    return true;
}

/* A measure says itself which records it looks at. */
static bool measure_read(rule *r, const value *spec, const char *today, collections *texts, err *e)
{
    measure_setting s = {.solution = &r->solution,
                         .demand = &r->demand,
                         .gate = r->gate,
                         .today = today,
                         .title = value_get_str(spec, "title", NULL),
                         .reason = value_get(spec, "reason"),
                         .texts = texts};
    r->measure = measure_new(value_get(spec, "measure"), &s, e);
    if (!r->measure)
        return err_prefix(e, "%s: ", r->name);
    r->on = measure_is_solution(r->measure) ? ON_SOLUTION
            : measure_is_demand(r->measure) ? ON_DEMAND
                                            : ON_PAIR;
    return true;
}

static bool rule_read(rule *r, const value *spec, const char *today, collections *texts, vm **vms,
                      size_t vm_count, err *e)
{
    r->plugin = (size_t)value_get_int(spec, "plugin", -1);
    r->name = mem_text(value_get_str(spec, "name", ""));
    r->hash = hash_quick(r->name, strlen(r->name));
    r->number = (uint32_t)value_get_int(spec, "number", 0);
    r->gate = value_get_bool(spec, "gate", false);
    r->on = on_read(value_get_str(spec, "on", "pair"));
    r->weight = value_get_double(spec, "weight", 1);
    r->max = value_get_double(spec, "max", 0);
    columns_read(&r->solution, value_get(spec, "solution"));
    columns_read(&r->demand, value_get(spec, "demand"));
    if (value_get(spec, "measure"))
        return measure_read(r, spec, today, texts, e);
    if (value_get_bool(spec, "skip", false))
        return true;
    if (r->plugin >= vm_count)
        return err_set(e, ERR_BUG, "%s names no plugin of this worker", r->name);
    return rule_bind(r, vms[r->plugin], e);
}

card *card_new(const value *setup, vm **vms, size_t vm_count, card_reload *reload, void *ctx,
               err *e)
{
    const value *rules = value_get(setup, "rules");
    card *c = mem_zero(1, sizeof *c);

    c->seed = (uint64_t)value_get_int(setup, "seed", 0);
    c->vms = vms;
    c->vm_count = vm_count;
    c->states = mem_zero(vm_count + 1, sizeof *c->states);
    c->reload = reload;
    c->reload_ctx = ctx;
    c->solutions = rows_new();
    c->texts = collections_new(c->solutions);
    c->text = text_new(c->solutions, c->texts);
    c->calls = mem_zero(vm_count + 1, sizeof(calls *));
    for (size_t i = 0; i < vm_count; i++) {
        c->calls[i] = calls_new(c->texts, value_get_str(setup, "today", NULL));
        calls_attach(vms[i], c->calls[i]);
        text_attach(vms[i], c->text);
    }
    c->rules = mem_zero(value_len(rules) + 1, sizeof *c->rules);
    for (size_t i = 0; i < value_len(rules); i++) {
        c->len++;
        if (!rule_read(&c->rules[i], value_at(rules, i), value_get_str(setup, "today", NULL),
                       c->texts, vms, vm_count, e)) {
            card_free(c);
            return NULL;
        }
    }
    return c;
}

void card_free(card *c)
{
    if (!c)
        return;
    for (size_t i = 0; i < c->len; i++) {
        free(c->rules[i].name);
        measure_free(c->rules[i].measure);
        free(c->rules[i].group);
        free(c->rules[i].answers);
        free(c->rules[i].shares);
        free(c->rules[i].texts);
        free(c->rules[i].places);
        free(c->rules[i].asked);
        free(c->rules[i].listed);
        free(c->rules[i].traceback);
        gate_lists_free(&c->rules[i].lists);
        columns_free(&c->rules[i].solution);
        columns_free(&c->rules[i].demand);
    }
    free(c->rules);
    free(c->states);
    for (size_t i = 0; i < c->vm_count; i++)
        calls_free(c->calls[i]);
    free(c->calls);
    collections_free(c->texts);
    rows_free(c->solutions);
    free(c->solution_hashes);
    text_free(c->text);
    free(c->alive);
    free(c->racing);
    free(c->marks);
    free(c->row_now);
    free(c->ask);
    free(c->best);
    free(c->scores);
    free(c->covered);
    free(c->shares);
    free(c->own);
    free(c->so_far);
    free(c);
}

static void make_room(card *c)
{
    size_t all = c->cap + 1;
    c->solution_hashes = mem_grow(c->solution_hashes, all, sizeof *c->solution_hashes);
    c->alive = mem_grow(c->alive, all, sizeof *c->alive);
    c->ask = mem_grow(c->ask, all, sizeof *c->ask);
    c->best = mem_grow(c->best, all, sizeof *c->best);
    c->scores = mem_grow(c->scores, all, sizeof *c->scores);
    c->covered = mem_grow(c->covered, all, sizeof *c->covered);
    c->shares = mem_grow(c->shares, all, sizeof *c->shares);
    c->so_far = mem_grow(c->so_far, all, sizeof *c->so_far);
}

bool card_add_statistics(card *c, const char *bytes, size_t len, err *e)
{
    return collections_take(c->texts, bytes, len, e);
}

bool card_known_rows(card *c, const char *bytes, size_t len, err *e)
{
    return points_rows(c, bytes, len, e);
}

bool card_add_solutions(card *c, value packed, size_t count, const char *kinds, err *e)
{
    size_t before = rows_len(c->solutions), all = before + count;
    if (!collections_ready(c->texts, e)) {
        value_free(&packed);
        return false;
    }
    if (!rows_add(c->solutions, packed, count, e) ||
        (kinds && !rows_kinds(c->solutions, kinds, count, e)))
        return false;
    if (all > c->cap) {
        c->cap = all > c->cap + c->cap / 2 ? all : c->cap + c->cap / 2;
        make_room(c);
    }
    for (size_t i = before; i < all; i++) {
        const char *id = "";
        size_t len = 0;
        rows_text(c->solutions, i, 0, &id, &len);
        c->solution_hashes[i] = hash_quick(id, len);
    }
    return true;
}
