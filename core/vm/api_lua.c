#include "vm/api.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "vm/inside.h"
#include "vm/trace.h"
#include "vm/values_lua.h"

/* One registration under way; nothing in it raises a Lua error, for what is half built must be
 * freed. */
typedef struct registration {
    lua_State *L;
    const char *type;
    const option_row *options;
    value spec;
    char functions[64]; /* names of those given */
} registration;

/* The smallest key that is no option, for Lua's own order differs from process to process. */
static bool refuse_unknown(const registration *r, err *e)
{
    const char *unknown = NULL;
    lua_pushnil(r->L);
    while (lua_next(r->L, 1)) {
        lua_pop(r->L, 1);
        if (lua_type(r->L, -1) != LUA_TSTRING) {
            err_set(e, ERR_BAD_DATA, "options have names, as in name = \"…\"; got a %s as a key",
                    luaL_typename(r->L, -1));
            lua_pop(r->L, 1);
            return false;
        }
        const char *key = lua_tostring(r->L, -1);
        const option_row *row = r->options;
        while (row->name && strcmp(row->name, key) != 0)
            row++;
        if (!row->name && (!unknown || strcmp(key, unknown) < 0))
            unknown = key;
    }
    return !unknown || options_unknown(r->options, unknown, e);
}

/* option's value on top */
static bool take_option(registration *r, const option_row *row, err *e)
{
    if (lua_isnil(r->L, -1))
        return true;
    if (row->type == OPTION_FUNCTION) {
        if (!lua_isfunction(r->L, -1))
            return err_set(e, ERR_BAD_DATA, "%s: expected a function, got a %s", row->name,
                           luaL_typename(r->L, -1));
        strcat(r->functions, r->functions[0] ? " " : "");
        strcat(r->functions, row->name);
        return true;
    }
    value v;
    if (!values_get(r->L, -1, &v, e))
        return err_prefix(e, "%s: ", row->name);
    value_set(&r->spec, row->name, v);
    return true;
}

static bool take_options(registration *r, err *e)
{
    if (!refuse_unknown(r, e))
        return false;
    r->spec = value_map();
    for (const option_row *row = r->options; row->name; row++) {
        lua_pushstring(r->L, row->name);
        lua_rawget(r->L, 1);
        bool ok = take_option(r, row, e);
        lua_pop(r->L, 1);
        if (!ok)
            return false;
    }
    return options_check(r->options, &r->spec, e) &&
           options_agree(r->type, &r->spec, r->functions, e);
}

/* The file that registers, by its frame: loaded text is not a file. */
static int registering_line(const vm *m, char file[TRACE_PLACE])
{
    size_t skip = strlen(m->o.plugin) + 2; // "@zeeland/"
    trace t = trace_start(m);
    while (trace_next(&t, "Sl", TRACE_LEVELS)) {
        if (t.ar.source[0] == '@' && strlen(t.ar.source) > skip) {
            snprintf(file, TRACE_PLACE, "%s", t.ar.source + skip);
            return t.ar.currentline;
        }
    }
    snprintf(file, TRACE_PLACE, "%s", m->o.main);
    return 0;
}

static bool refuse_twice(const registration *r, const vm *m, err *e)
{
    const char *name = value_get_str(&r->spec, "name", "");
    for (size_t i = 0; i < value_len(&m->contributions); i++) {
        const value *other = value_at(&m->contributions, i);
        if (strcmp(value_get_str(other, "type", ""), r->type) == 0 &&
            strcmp(value_get_str(other, "name", ""), name) == 0)
            return err_set(e, ERR_BAD_DATA, "'%s' is registered already at %s:%d", name,
                           value_get_str(other, "file", ""), (int)value_get_int(other, "line", 0));
    }
    return true;
}

static size_t weight(const value *v)
{
    size_t bytes = sizeof(*v);
    if (value_is(v, VALUE_TEXT))
        bytes += v->as.text.len;
    for (size_t i = 0; value_is(v, VALUE_LIST) && i < v->as.list.len; i++)
        bytes += weight(&v->as.list.items[i]);
    for (size_t i = 0; value_is(v, VALUE_MAP) && i < v->as.map.len; i++)
        bytes += strlen(v->as.map.items[i].key) + weight(&v->as.map.items[i].value);
    return bytes;
}

/* What is kept is not in the state, so the state's cap does not hold it. */
static bool refuse_more(const registration *r, vm *m, err *e)
{
    enum { MOST = 1000, MOST_BYTES = 4 << 20 };
    if (value_len(&m->contributions) == MOST)
        return err_set(e, ERR_LIMIT, "a plugin makes at most %d contributions", MOST);
    size_t bytes = weight(&r->spec);
    if (bytes > MOST_BYTES - m->kept_bytes)
        return err_set(e, ERR_LIMIT, "a plugin's contributions take at most %d MiB in all",
                       MOST_BYTES >> 20);
    m->kept_bytes += bytes;
    return true;
}

static void keep_functions(const registration *r)
{
    const char *name = value_get_str(&r->spec, "name", "");
    lua_rawgetp(r->L, LUA_REGISTRYINDEX, &vm_slots[SLOT_FUNCTIONS]);
    for (const option_row *row = r->options; row->name; row++) {
        if (row->type != OPTION_FUNCTION)
            continue;
        lua_pushfstring(r->L, "%s/%s/%s", r->type, name, row->name);
        lua_pushstring(r->L, row->name);
        lua_rawget(r->L, 1);
        lua_rawset(r->L, -3);
    }
    lua_pop(r->L, 1);
}

static void keep(registration *r, vm *m)
{
    char file[TRACE_PLACE];
    int line = registering_line(m, file);
    keep_functions(r);
    value c = value_map();
    value_add(&c, "type", value_text(r->type));
    value_add(&c, "name", value_copy(value_get(&r->spec, "name")));
    value_add(&c, "file", value_text(file));
    value_add(&c, "line", value_int(line));
    value_add(&c, "spec", r->spec);
    value_push(&m->contributions, c);
}

static int contribute(lua_State *L, const char *call, const char *type, const option_row *options)
{
    vm *m = vm_of(L);
    char prefix[64];
    err e = {0};
    registration r = {.L = L, .type = type, .options = options};
    if (!m->loading)
        return luaL_error(L, "polder.%s can only be called while the plugin loads", call);
    if (lua_type(L, 1) != LUA_TTABLE || lua_gettop(L) != 1)
        return luaL_error(L, "polder.%s: expected one table, as in polder.%s { name = \"…\" }",
                          call, call);
    if (take_options(&r, &e) && refuse_twice(&r, m, &e) && refuse_more(&r, m, &e)) {
        keep(&r, m);
        return 0;
    }
    value_free(&r.spec);
    snprintf(prefix, sizeof(prefix), "polder.%s: ", call);
    return api_raise(L, &e, prefix);
}

static int api_kind(lua_State *L)
{
    return contribute(L, "kind", "kind", OPTIONS_KIND);
}

static int api_rule(lua_State *L)
{
    return contribute(L, "rule", "rule", OPTIONS_RULE);
}

static int api_scorecard(lua_State *L)
{
    return contribute(L, "scorecard", "scorecard", OPTIONS_SCORECARD);
}

static int api_on(lua_State *L)
{
    return contribute(L, "on", "handler", OPTIONS_HANDLER);
}

static int api_check(lua_State *L)
{
    return contribute(L, "check", "check", OPTIONS_CHECK);
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
    {"get", act_get, "polder.get(id)", "one record, nil when there is none", NULL},
    {"query", act_query, "polder.query { kind = …, where = …, order = …, limit = … }",
     "a list of records", OPTIONS_QUERY},
    {"put", act_put, "polder.put(id, fields, { source = …, place = … })",
     "makes or changes a record when the handler has ended", OPTIONS_STATED},
    {"emit", act_emit, "polder.emit(type, data, subject)",
     "adds an event to the log when the handler has ended", NULL},
    {"log", api_log, "polder.log(text)", "writes a line to the log", NULL},
    {"list", api_list, "polder.list(t)",
     "marks a table as a list, so that an empty one is an empty list", NULL},
    {"api", NULL, "polder.api", "the version of this API, a whole number", NULL},
    {"version", NULL, "polder.version", "the version of Polder, a text", NULL},
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
    push_settings(L, vm_of(L)->o.settings);
    lua_setfield(L, -2, "settings");
    lua_createtable(L, 0, 1);
    lua_pushcfunction(L, unknown_field);
    lua_setfield(L, -2, "__index");
    lua_setmetatable(L, -2);
    view_lock(L, NULL);
}

void api_push_ctx(vm *m, const value *settings, const char *today)
{
    lua_State *L = m->L;
    lua_createtable(L, 0, 4);
    push_settings(L, settings);
    lua_setfield(L, -2, "settings");
    lua_pushstring(L, today);
    lua_setfield(L, -2, "today");
    lua_rawgetp(L, LUA_REGISTRYINDEX, &vm_slots[SLOT_CTX_FUNCTIONS]);
    lua_pushnil(L);
    while (lua_next(L, -2)) { // ctx functions name function
        lua_pushvalue(L, -2);
        lua_insert(L, -2);
        lua_rawset(L, -5);
    }
    lua_pop(L, 1);
    view_lock(L, NULL);
}
