#include "vm/api.h"

#include <stdio.h>
#include <string.h>

#include "base/hash.h"
#include "base/text.h"
#include "vm/contribute_lua.h"
#include "vm/inside.h"
#include "vm/measure_lua.h"
#include "vm/values_lua.h"

static int api_kind(lua_State *L)
{
    return contribute_lua(L, "kind", "kind", OPTIONS_KIND);
}

static int api_rule(lua_State *L)
{
    return contribute_lua(L, "rule", "rule", OPTIONS_RULE);
}

static int api_scorecard(lua_State *L)
{
    return contribute_lua(L, "scorecard", "scorecard", OPTIONS_SCORECARD);
}

static int api_on(lua_State *L)
{
    return contribute_lua(L, "on", "handler", OPTIONS_HANDLER);
}

static int api_check(lua_State *L)
{
    return contribute_lua(L, "check", "check", OPTIONS_CHECK);
}

static int api_command(lua_State *L)
{
    return contribute_lua(L, "command", "command", OPTIONS_COMMAND);
}

static int api_report(lua_State *L)
{
    return contribute_lua(L, "report", "report", OPTIONS_REPORT);
}

static int api_log(lua_State *L)
{
    vm *m = vm_of(L);
    size_t len;
    lua_settop(L, 1);
    lua_pushcfunction(L, sandbox_text);
    lua_insert(L, 1);
    lua_call(L, 1, 1);
    const char *text = lua_tolstring(L, -1, &len);
    if (m->o.log)
        m->o.log(m->o.ctx, text, len);
    return 0;
}

static int api_digest(lua_State *L)
{
    size_t len;
    const char *bytes = luaL_checklstring(L, 1, &len);
    char digest[HASH_TEXT];
    hash_of(bytes, len, digest);
    lua_pushstring(L, digest);
    return 1;
}

static int api_list(lua_State *L)
{
    if (lua_isnoneornil(L, 1)) {
        lua_settop(L, 0);
        lua_createtable(L, 0, 0);
    }
    luaL_checktype(L, 1, LUA_TTABLE);
    lua_settop(L, 1);
    if (lua_getmetatable(L, 1))
        return luaL_error(L, "polder.list: the table has a metatable already");
    lua_rawgetp(L, LUA_REGISTRYINDEX, &vm_slots[SLOT_LIST]);
    lua_setmetatable(L, 1);
    return 1;
}

static const api_row ROWS[] = {
    {"kind", api_kind, "polder.kind { name = …, title = …, fields = { … } }",
     "declares a kind of records and its fields", OPTIONS_KIND},
    {"rule", api_rule,
     "polder.rule { name = …, on = \"pair\", max = 10, needs = { … }, score = … }",
     "declares a rule that scores, or a gate that says yes or no", OPTIONS_RULE},
    {"scorecard", api_scorecard, "polder.scorecard { name = …, extends = …, gates = …, rules = … }",
     "declares a choice of gates, and of rules with weights", OPTIONS_SCORECARD},
    {"on", api_on, "polder.on { name = …, event = \"record.*\", kind = …, handler = … }",
     "declares a handler that acts on events after they are kept", OPTIONS_HANDLER},
    {"check", api_check, "polder.check { name = …, kind = …, check = … }",
     "declares a check that may refuse a change before it is kept", OPTIONS_CHECK},
    {"overlap", measure_overlap, "polder.overlap(\"demand.themes\", \"solution.themes\", { … })",
     "a measure: how far one list of terms answers another", NULL},
    {"tree", measure_tree, "polder.tree(\"demand.cpv\", \"solution.cpv\", { codes = \"cpv\" })",
     "a measure: how near terms lie to each other in a tree", NULL},
    {"number", measure_number, "polder.number(\"solution.trl\", { at_least = \"demand.trl_min\" })",
     "a measure: a number against another, or through a shape", NULL},
    {"place", measure_place,
     "polder.place(\"solution.place\", \"demand.place\", { full = 10, zero = 100 })",
     "a measure: kilometres between two places, through a shape", NULL},
    {"text", measure_text,
     "polder.text(\"demand.title\", \"solution.description\", { full = 0.3 })",
     "a measure: how alike texts are", NULL},
    {"dates", measure_dates,
     "polder.dates(\"today\", \"demand.deadline\", { full = 90, zero = 0 })",
     "a measure: days between two dates, through a shape, or how far a window covers another",
     NULL},
    {"value", measure_value, "polder.value(\"solution.phase\", { map = { II = 1, I = 0.5 } })",
     "a measure: one field of one record, through a table or shape", NULL},
    {"member", measure_member,
     "polder.member(\"solution.region\", \"demand.regions\", { prefix = true })",
     "a measure: is it one of these?", NULL},
    {"command", api_command, "polder.command { name = …, args = { … }, run = … }",
     "declares a command for people: `polder PLUGIN NAME`", OPTIONS_COMMAND},
    {"report", api_report,
     "polder.report { name = …, formats = { \"html\" }, args = { … }, write = … }",
     "declares a report that people can ask for", OPTIONS_REPORT},
    {"get", act_get, "polder.get(id)", "one record, nil when there is none", NULL},
    {"query", act_query, "polder.query { kind = …, where = …, order = …, limit = … }",
     "a list of records", OPTIONS_QUERY},
    {"each", act_each, "polder.each { kind = …, where = …, order = …, fields = { … } }",
     "all records there are, one by one: `for record in polder.each { … } do`", OPTIONS_EACH},
    {"run", act_find_run, "polder.run(id)",
     "what a run was asked, and when; nil when there is none", NULL},
    {"events", act_events, "polder.events { about = …, type = \"record.*\" }",
     "what the log has about a record, or some, oldest first", OPTIONS_EVENTS},
    {"put", act_put, "polder.put(id, fields, { source = …, place = … })",
     "makes or changes a record when the handler has ended", OPTIONS_STATED},
    {"emit", act_emit, "polder.emit(type, data, subject)",
     "adds an event to the log when the handler has ended", NULL},
    {"match", act_match, "polder.match { scorecard = …, demands = …, top = …, today = … }",
     "ranks solutions for demands by a scorecard", OPTIONS_MATCH},
    {"explain", act_explain, "polder.explain { scorecard = …, demand = …, solution = … }",
     "why a solution has its score for a demand, with fields and sources", OPTIONS_EXPLAIN},
    {"log", api_log, "polder.log(text)", "writes a line to the log", NULL},
    {"digest", api_digest, "polder.digest(text)", "the SHA-256 of a text, 64 hex digits", NULL},
    {"list", api_list, "polder.list(t)",
     "marks a table as a list, so that an empty one is an empty list", NULL},
    {"api", NULL, "polder.api", "the version of this API, a whole number", NULL},
    {"version", NULL, "polder.version", "the version of Polder, a text", NULL},
    {"null", NULL, "polder.null", "no value: polder.put(id, { field = polder.null }) takes it away",
     NULL},
    {"settings", NULL, "polder.settings", "the plugin's settings, read-only", NULL},
};

const api_row *api_rows(size_t *count)
{
    *count = sizeof(ROWS) / sizeof(ROWS[0]);
    return ROWS;
}

static int unknown_field(lua_State *L)
{
    const char *names[sizeof(ROWS) / sizeof(ROWS[0])];
    size_t count = sizeof(ROWS) / sizeof(ROWS[0]);
    for (size_t i = 0; i < count; i++)
        names[i] = ROWS[i].name;
    const char *name = lua_type(L, 2) == LUA_TSTRING ? lua_tostring(L, 2) : luaL_typename(L, 2);
    const char *near = text_nearest(name, names, count);
    if (near)
        return luaL_error(L, "there is no polder.%s; did you mean polder.%s?", name, near);
    return luaL_error(L, "there is no polder.%s", name);
}

/* A setting has a default in plugin.json, so one that is not there is a typing error. */
static int unknown_setting(lua_State *L)
{
    const value *settings = vm_of(L)->o.settings;
    const char *names[64];
    size_t count = 0;
    for (; value_is(settings, VALUE_MAP) && count < value_len(settings) && count < 64; count++)
        names[count] = settings->as.map.items[count].key;
    const char *name = lua_type(L, 2) == LUA_TSTRING ? lua_tostring(L, 2) : luaL_typename(L, 2);
    const char *near = text_nearest(name, names, count);
    if (near)
        return luaL_error(L, "there is no setting '%s'; did you mean '%s'?", name, near);
    return luaL_error(L, "there is no setting '%s': plugin.json declares them", name);
}

static void push_settings(lua_State *L, const value *settings)
{
    value none = value_map();
    values_push_view(L, value_is(settings, VALUE_MAP) ? settings : &none);
    view_data(L, -1); // view data
    lua_createtable(L, 0, 1);
    lua_pushcfunction(L, unknown_setting);
    lua_setfield(L, -2, "__index");
    lua_setmetatable(L, -2);
    lua_pop(L, 1);
}

static void make_slot(lua_State *L, vm_slot slot)
{
    lua_createtable(L, 0, 0);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &vm_slots[slot]);
}

/* The metatable that marks a list. */
static void make_list_mark(lua_State *L)
{
    lua_createtable(L, 0, 2);
    lua_pushliteral(L, "list");
    lua_setfield(L, -2, "__name");
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
    lua_rawsetp(L, LUA_REGISTRYINDEX, &vm_slots[SLOT_LIST]);
}

int api_raise(lua_State *L, const err *e, const char *prefix)
{
    return luaL_error(L, "%s%s", prefix, e->message);
}

void api_push_module(lua_State *L)
{
    make_slot(L, SLOT_FUNCTIONS);
    make_slot(L, SLOT_CTX_FUNCTIONS);
    measure_make_slot(L);
    make_list_mark(L);
    lua_createtable(L, 0, 16);
    for (size_t i = 0; i < sizeof(ROWS) / sizeof(ROWS[0]); i++) {
        if (ROWS[i].function) {
            lua_pushcfunction(L, ROWS[i].function);
            lua_setfield(L, -2, ROWS[i].name);
        }
    }
    lua_pushinteger(L, API_VERSION);
    lua_setfield(L, -2, "api");
    lua_pushliteral(L, POLDER_VERSION);
    lua_setfield(L, -2, "version");
    values_push_null(L);
    lua_setfield(L, -2, "null");
    push_settings(L, vm_of(L)->o.settings);
    lua_setfield(L, -2, "settings");
    lua_createtable(L, 0, 1);
    lua_pushcfunction(L, unknown_field);
    lua_setfield(L, -2, "__index");
    lua_setmetatable(L, -2);
    view_lock(L, NULL);
}

/* On top, not locked yet. `today` may be NULL: not there. */
static void push_ctx_table(vm *m, const value *settings, const char *today)
{
    lua_State *L = m->L;
    lua_createtable(L, 0, 4);
    push_settings(L, settings);
    lua_setfield(L, -2, "settings");
    if (today) {
        lua_pushstring(L, today);
        lua_setfield(L, -2, "today");
    }
    lua_rawgetp(L, LUA_REGISTRYINDEX, &vm_slots[SLOT_CTX_FUNCTIONS]);
    lua_pushnil(L);
    while (lua_next(L, -2)) { // ctx functions name function
        lua_pushvalue(L, -2);
        lua_insert(L, -2);
        lua_rawset(L, -5);
    }
    lua_pop(L, 1);
}

void api_push_ctx(vm *m, const value *settings, const char *today)
{
    push_ctx_table(m, settings, today);
    view_lock(m->L, NULL);
}

/* The day, by its name alone: so it is known that a rule has looked at it. */
static int ctx_day(lua_State *L)
{
    vm *m = vm_of(L);
    if (lua_type(L, 2) != LUA_TSTRING || strcmp(lua_tostring(L, 2), "today") != 0)
        return 0;
    m->dated = true;
    lua_pushstring(L, m->o.today);
    return 1;
}

void api_push_rule_ctx(vm *m)
{
    lua_State *L = m->L;
    push_ctx_table(m, m->o.settings, NULL);
    lua_createtable(L, 0, 1);
    lua_pushcfunction(L, ctx_day);
    lua_setfield(L, -2, "__index");
    lua_setmetatable(L, -2);
    view_lock(L, NULL);
}

/* ctx.say(nl, en): the one that is read here. Upvalue: which. */
static int ctx_say(lua_State *L)
{
    luaL_checkany(L, 1);
    luaL_checkany(L, 2);
    lua_pushvalue(L, (int)lua_tointeger(L, lua_upvalueindex(1)));
    return 1;
}

/* Into the table on top. */
static void set_lang(lua_State *L, const char *lang)
{
    lua_pushstring(L, lang);
    lua_setfield(L, -2, "lang");
    lua_pushinteger(L, strcmp(lang, "en") == 0 ? 2 : 1);
    lua_pushcclosure(L, ctx_say, 1);
    lua_setfield(L, -2, "say");
}

void vm_push_acting_ctx(vm *m, const char *today, const char *now, const char *secret,
                        const char *lang)
{
    lua_State *L = m->L;
    push_ctx_table(m, m->o.settings, today);
    lua_pushstring(L, now);
    lua_setfield(L, -2, "now");
    if (lang)
        set_lang(L, lang);
    if (secret) {
        lua_pushstring(L, secret);
        lua_setfield(L, -2, "secret");
        lua_pushcfunction(L, act_print);
        lua_setfield(L, -2, "print");
        lua_pushcfunction(L, act_progress);
        lua_setfield(L, -2, "progress");
    }
    view_lock(L, NULL);
}

void vm_push_report_ctx(vm *m, const char *today, const char *now, const char *lang)
{
    push_ctx_table(m, m->o.settings, today);
    lua_pushstring(m->L, now);
    lua_setfield(m->L, -2, "now");
    set_lang(m->L, lang);
    view_lock(m->L, NULL);
}
