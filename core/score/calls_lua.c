#include "score/calls_lua.h"

#include <lauxlib.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "score/measure.h"
#include "vm/deadline.h"
#include "vm/measure_lua.h"
#include "vm/measure_options.h"
#include "vm/values_lua.h"

enum { SOLUTION, DEMAND };

static const char *const SIDES[] = {"solution", "demand"};

/* A measure as it stands in Lua: no rule's gate, no rule's words. */
typedef struct called {
    measure *measure; /* NULL: not called yet */
    columns fields[2];
} called;

struct calls {
    collections *texts;
    char *today;
    called *made; /* by the number of the measure */
    size_t len;
    const columns *given[2]; /* by side */
};

static const char CALLS_KEY = 0; /* its address is the key in a state's registry */

calls *calls_new(collections *texts, const char *today)
{
    calls *c = mem_zero(1, sizeof *c);
    c->texts = texts;
    c->today = mem_text(today ? today : "");
    return c;
}

static void called_free(called *one)
{
    measure_free(one->measure);
    columns_free(&one->fields[SOLUTION]);
    columns_free(&one->fields[DEMAND]);
}

void calls_free(calls *c)
{
    if (!c)
        return;
    for (size_t i = 0; i < c->len; i++)
        called_free(&c->made[i]);
    free(c->made);
    free(c->today);
    free(c);
}

bool calls_dated(const calls *c)
{
    for (size_t i = 0; i < c->len; i++)
        if (c->made[i].measure && measure_is_dated(c->made[i].measure))
            return true;
    return false;
}

void calls_look(calls *c, const columns *solution, const columns *demand)
{
    c->given[SOLUTION] = solution;
    c->given[DEMAND] = demand;
}

/* In a match as it says, in a test of a plugin as its kind does. */
static bool is_year(const vm *m, const columns *given, const char *side, const char *name)
{
    return given ? columns_is_year(given, name)
                 : strcmp(value_get_str(vm_kind_field(m, side, name), "unit", ""), "year") == 0;
}

/* Where the fields of a side stand: as in the rows of the match, else one behind the other. */
static bool find_fields(const vm *m, const columns *given, const char *side, const value *names,
                        columns *out, err *e)
{
    value list = value_list();
    bool ok = true;
    for (size_t i = 0; ok && i < value_len(names); i++) {
        const char *name = value_str(value_at(names, i), "");
        size_t at = i + 1;
        if (given && !columns_find(given, name, &at))
            ok = err_set(e, ERR_BAD_DATA,
                         "the measure looks at %s.%s, which this rule doesn't need: needs = { %s = "
                         "{ \"%s\" } }",
                         side, name, side, name);
        value *column = value_push(&list, value_map());
        value_add(column, "at", value_int((int64_t)at));
        value_add(column, "name", value_text(name));
        value_add(column, "year", value_bool(is_year(m, given, side, name)));
    }
    if (ok)
        columns_read(out, &list);
    value_free(&list);
    return ok;
}

static bool find_all(const vm *m, const columns *const given[2], const value *spec, columns out[2],
                     err *e)
{
    value needs = measure_needs(spec);
    bool ok = true;
    for (int s = 0; ok && s < 2; s++)
        ok = find_fields(m, given[s], SIDES[s], value_get(&needs, SIDES[s]), &out[s], e);
    value_free(&needs);
    return ok;
}

static measure *make(const value *spec, const value *rule, const char *today,
                     const columns fields[2], collections *texts, err *e)
{
    measure_setting s = {
        .solution = &fields[SOLUTION],
        .demand = &fields[DEMAND],
        .gate = strcmp(value_get_str(rule, "computes", ""), "gate") == 0,
        .today = today,
        .title = value_get_str(value_get(rule, "title"), "nl", NULL),
        .reason = value_get(rule, "reason"),
        .texts = texts,
    };
    return measure_new(spec, &s, e);
}

static called *place_of(calls *c, size_t number)
{
    if (number >= c->len) {
        c->made = mem_grow(c->made, number + 1, sizeof *c->made);
        memset(c->made + c->len, 0, (number + 1 - c->len) * sizeof *c->made);
        c->len = number + 1;
    }
    return &c->made[number];
}

/* The rule that calls first doesn't pay for columns and indexes. */
static bool make_called(calls *c, called *one, const vm *m, const value *spec, err *e)
{
    uint32_t paused = deadline_pause();
    bool ok = find_all(m, c->given, spec, one->fields, e);
    if (ok)
        one->measure = make(spec, NULL, c->today, one->fields, c->texts, e);
    if (one->measure)
        measure_collect(one->measure);
    if (!one->measure) {
        called_free(one);
        memset(one, 0, sizeof *one);
    }
    deadline_resume(paused);
    return one->measure != NULL;
}

/* Made for the first rule that calls; another must need the fields too. */
static bool are_given(const calls *c, const called *one, err *e)
{
    size_t at;
    for (int s = 0; s < 2; s++)
        for (size_t i = 0; c->given[s] && i < one->fields[s].len; i++)
            if (!columns_find(c->given[s], one->fields[s].name[i], &at))
                return err_set(e, ERR_BAD_DATA,
                               "the measure looks at %s.%s, which this rule doesn't need: needs = "
                               "{ %s = { \"%s\" } }",
                               SIDES[s], one->fields[s].name[i], SIDES[s], one->fields[s].name[i]);
    return true;
}

/* A row with just the cells of `fields` in it. */
static value *row_of(value *row, const columns *fields)
{
    size_t len = 0;
    *row = value_list();
    for (size_t i = 0; i < fields->len; i++)
        len = fields->at[i] >= len ? fields->at[i] + 1 : len;
    for (size_t i = 0; i < len; i++)
        value_push(row, value_nil());
    return row->as.list.items;
}

static bool read_record(lua_State *L, int at, const columns *fields, value *row, err *e)
{
    value *cells = row_of(row, fields);
    if (fields->len && lua_type(L, at) != LUA_TTABLE)
        return err_set(e, ERR_BAD_DATA, "expected a record as argument %d, got a %s", at - 1,
                       measure_or_typename(L, at));
    for (size_t i = 0; i < fields->len; i++)
        if (!values_get_field(L, at, fields->name[i], &cells[fields->at[i]], e))
            return false;
    return true;
}

/* fit(solution, demand), or the one record that it looks at. */
static bool read_records(lua_State *L, const called *one, value records[2], err *e)
{
    int demand = one->fields[SOLUTION].len == 0 && lua_isnoneornil(L, 3) ? 2 : 3;
    return read_record(L, 2, &one->fields[SOLUTION], &records[SOLUTION], e) &&
           read_record(L, demand, &one->fields[DEMAND], &records[DEMAND], e);
}

static bool ask(lua_State *L, calls *c, size_t number, double *share, buf *reason, err *e)
{
    called *one = place_of(c, number);
    value records[2] = {value_nil(), value_nil()};
    bool ok = one->measure ? are_given(c, one, e)
                           : make_called(c, one, vm_of(L), vm_measure(vm_of(L), number), e);
    ok = ok && read_records(L, one, records, e);
    if (ok && c->texts)
        collections_tidy(c->texts);
    if (ok) {
        *share = measure_one(one->measure, &records[SOLUTION], &records[DEMAND]);
        measure_reason(one->measure, &records[SOLUTION], &records[DEMAND], *share, reason);
    }
    value_free(&records[SOLUTION]);
    value_free(&records[DEMAND]);
    return ok;
}

/* (measure, record, record) → share or nil, reason. No Lua error until all is freed. */
static int call(lua_State *L)
{
    size_t number = 0;
    double share = NAN;
    buf reason = {0};
    err e = {0};
    vm_measure_at(L, 1, &number);
    luaL_checkstack(L, 20, "measure");
    lua_settop(L, 3);
    lua_rawgetp(L, LUA_REGISTRYINDEX, &CALLS_KEY);
    calls *c = lua_touserdata(L, -1);
    if (!ask(L, c, number, &share, &reason, &e)) {
        buf_free(&reason);
        return luaL_error(L, "%s", e.message);
    }
    if (isnan(share))
        lua_pushnil(L);
    else
        lua_pushnumber(L, share);
    lua_pushlstring(L, buf_text(&reason), reason.len);
    buf_free(&reason);
    return 2;
}

static value row_from(const value *record, const columns *fields)
{
    value row;
    value *cells = row_of(&row, fields);
    for (size_t i = 0; i < fields->len; i++) {
        const value *cell = value_get(record, fields->name[i]);
        cells[fields->at[i]] = cell ? value_copy(cell) : value_nil();
    }
    return row;
}

static bool test_rule(const vm *in, const value *spec, const value *solution, const value *demand,
                      const char *today, double *share, buf *reason, err *e)
{
    static const columns *const ANY[2] = {NULL, NULL};
    columns fields[2] = {{0}, {0}};
    bool ok = find_all(in, ANY, value_get(spec, "measure"), fields, e);
    measure *m = ok ? make(value_get(spec, "measure"), spec, today, fields, NULL, e) : NULL;
    if (m) {
        value rows[2] = {row_from(solution, &fields[SOLUTION]), row_from(demand, &fields[DEMAND])};
        *share = measure_one(m, &rows[SOLUTION], &rows[DEMAND]);
        measure_reason(m, &rows[SOLUTION], &rows[DEMAND], *share, reason);
        value_free(&rows[SOLUTION]);
        value_free(&rows[DEMAND]);
    }
    measure_free(m);
    columns_free(&fields[SOLUTION]);
    columns_free(&fields[DEMAND]);
    return m != NULL;
}

void calls_attach(vm *m, calls *c)
{
    static const vm_measure_functions FUNCTIONS = {.call = call, .rule = test_rule};
    lua_State *L = vm_lua(m);
    lua_pushlightuserdata(L, c);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &CALLS_KEY);
    vm_measure_calls(m, &FUNCTIONS);
}
