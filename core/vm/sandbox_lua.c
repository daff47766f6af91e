#include "vm/inside.h"
#include "vm/trace.h"

#include <lualib.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "vm/require_lua.h"
#include "vm/sort_lua.h"

/* What a plugin can reach, by name; what is not here is not there. */
static const char *const FROM_BASE[] = {"_VERSION", "assert",   "error",  "getmetatable",
                                        "ipairs",   "pcall",    "select", "tonumber",
                                        "type",     "rawequal", "xpcall", NULL};

/* What people look for in vain, and what there is instead. */
static const struct {
    const char *name, *instead;
} WITHHELD[] = {
    {"os", "a rule is given the day as ctx.today"},
    {"io", "plugins have no files; polder.log writes to the log"},
    {"debug", "a plugin can't look below itself"},
    {"package", "require finds the plugin's own files"},
    {"dofile", "require finds the plugin's own files"},
    {"loadfile", "require finds the plugin's own files"},
    {"collectgarbage", "memory is collected by itself"},
    {"warn", "use print or polder.log"},
    {"unpack", "use table.unpack"},
    {"loadstring", "use load"},
    {"setfenv", "use load with an environment"},
    {"polder", "write: local polder = require \"polder\""},
};

enum { MAX_GLOBALS = 64 };

static const char *nearest_key(lua_State *L, int table, const char *word)
{
    const char *names[MAX_GLOBALS];
    size_t count = 0;
    lua_pushnil(L);
    while (lua_next(L, table)) {
        lua_pop(L, 1);
        if (lua_type(L, -1) == LUA_TSTRING && count < MAX_GLOBALS)
            names[count++] = lua_tostring(L, -1);
    }
    return text_nearest(word, names, count);
}

static int undefined_global(lua_State *L)
{
    if (lua_type(L, 2) != LUA_TSTRING)
        return luaL_error(L, "globals have names, not a %s", luaL_typename(L, 2));
    const char *name = lua_tostring(L, 2);
    for (size_t i = 0; i < sizeof(WITHHELD) / sizeof(WITHHELD[0]); i++) {
        if (strcmp(name, WITHHELD[i].name) == 0)
            return luaL_error(L, "there is no global '%s' here: %s", name, WITHHELD[i].instead);
    }
    const char *near = nearest_key(L, 1, name);
    if (near)
        return luaL_error(L, "there is no global '%s'; did you mean '%s'?", name, near);
    return luaL_error(L, "there is no global '%s'", name);
}

static int refused_global(lua_State *L)
{
    const char *name = lua_type(L, 2) == LUA_TSTRING ? lua_tostring(L, 2) : luaL_typename(L, 2);
    return luaL_error(L, "global '%s' can't be set: write local, or return it from the module",
                      name);
}

/* tostring: no addresses, for they differ from run to run. */
int sandbox_text(lua_State *L)
{
    luaL_checkany(L, 1);
    if (luaL_callmeta(L, 1, "__tostring")) {
        if (!lua_isstring(L, -1))
            return luaL_error(L, "'__tostring' must return a string");
        return 1;
    }
    switch (lua_type(L, 1)) {
    case LUA_TNIL:
    case LUA_TBOOLEAN:
    case LUA_TNUMBER:
    case LUA_TSTRING:
        luaL_tolstring(L, 1, NULL);
        return 1;
    default:
        if (luaL_getmetafield(L, 1, "__name") != LUA_TSTRING)
            lua_pushstring(L, luaL_typename(L, 1));
        return 1;
    }
}

static int sandbox_print(lua_State *L)
{
    vm *m = vm_of(L);
    int count = lua_gettop(L);
    luaL_Buffer line;
    luaL_buffinit(L, &line);
    for (int i = 1; i <= count; i++) {
        if (i > 1)
            luaL_addchar(&line, '\t');
        lua_pushcfunction(L, sandbox_text);
        lua_pushvalue(L, i);
        lua_call(L, 1, 1);
        luaL_addvalue(&line);
    }
    luaL_pushresult(&line);
    size_t len;
    const char *text = lua_tolstring(L, -1, &len);
    if (m->o.log)
        m->o.log(m->o.ctx, text, len);
    return 0;
}

static lua_CFunction lua_format; /* Lua's own string.format */

/* The argument of %s becomes text here. */
static void show_argument(lua_State *L, int arg)
{
    int type = lua_type(L, arg);
    if (type == LUA_TNONE || type == LUA_TSTRING || type == LUA_TNUMBER)
        return;
    lua_pushcfunction(L, sandbox_text);
    lua_pushvalue(L, arg);
    lua_call(L, 1, 1);
    lua_replace(L, arg);
}

static int sandbox_format(lua_State *L)
{
    int arg = 1;
    size_t len;
    const char *at = luaL_checklstring(L, 1, &len);
    for (const char *end = at + len; at < end; at++) {
        if (*at != '%')
            continue;
        if (*++at == '%')
            continue;
        at += strspn(at, "-+ #0123456789.");
        if (*at == '\0')
            break;
        arg++;
        if (*at == 'p')
            return luaL_error(L, "%%p is not available: addresses differ from run to run");
        if (*at == 's')
            show_argument(L, arg);
    }
    return lua_format(L);
}

/* Lua marks an object for finalization in setmetatable, when __gc is there at that time: one that
 * is set in the metatable later never runs. So to refuse it here is enough. */
static int sandbox_setmetatable(lua_State *L)
{
    int type = lua_type(L, 2);
    luaL_checktype(L, 1, LUA_TTABLE);
    luaL_argexpected(L, type == LUA_TNIL || type == LUA_TTABLE, 2, "nil or table");
    if (luaL_getmetafield(L, 1, "__metatable") != LUA_TNIL)
        return luaL_error(L, "cannot change a protected metatable");
    if (type == LUA_TTABLE) {
        lua_pushliteral(L, "__gc");
        if (lua_rawget(L, 2) != LUA_TNIL)
            return luaL_error(L, "__gc is not available: plugins have no finalizers");
    }
    lua_settop(L, 2);
    lua_setmetatable(L, 1);
    return 1;
}

static void see_through(lua_State *L)
{
    luaL_checktype(L, 1, LUA_TTABLE);
    if (view_data(L, 1))
        lua_replace(L, 1);
}

static int sandbox_rawget(lua_State *L)
{
    luaL_checkany(L, 2);
    lua_settop(L, 2);
    see_through(L);
    lua_rawget(L, 1);
    return 1;
}

static int sandbox_rawlen(lua_State *L)
{
    if (lua_type(L, 1) != LUA_TSTRING)
        see_through(L);
    lua_pushinteger(L, (lua_Integer)lua_rawlen(L, 1));
    return 1;
}

static int sandbox_rawset(lua_State *L)
{
    luaL_checktype(L, 1, LUA_TTABLE);
    luaL_checkany(L, 2);
    luaL_checkany(L, 3);
    lua_settop(L, 3);
    if (view_data(L, 1)) {
        lua_pop(L, 1);
        return view_refuses(L);
    }
    lua_rawset(L, 1);
    return 1;
}

/* The reader of load(function): each call gives a piece, nil or "" ends it. The piece is anchored
 * at index 5. */
static const char *next_piece(lua_State *L, void *ctx, size_t *len)
{
    (void)ctx;
    luaL_checkstack(L, 2, "load");
    lua_pushvalue(L, 1);
    lua_call(L, 0, 1);
    if (lua_isnil(L, -1)) {
        lua_pop(L, 1);
        *len = 0;
        return NULL;
    }
    if (lua_type(L, -1) != LUA_TSTRING)
        luaL_error(L, "reader function must return a string");
    lua_replace(L, 5);
    return lua_tolstring(L, 5, len);
}

/* load(chunk, _, _, env): text only, whatever mode says, and named after the place that called,
 * whatever name says: names are what a traceback goes by. */
static int sandbox_load(lua_State *L)
{
    char place[TRACE_PLACE], name[TRACE_PLACE + 16];
    size_t len;
    bool has_env = !lua_isnone(L, 4);
    lua_settop(L, 5);
    trace_place(vm_of(L), place);
    snprintf(name, sizeof(name), "=%.200s (load)", place);
    int status;
    if (lua_type(L, 1) == LUA_TSTRING) {
        const char *text = lua_tolstring(L, 1, &len);
        status = luaL_loadbufferx(L, text, len, name, "t");
    } else {
        luaL_checktype(L, 1, LUA_TFUNCTION);
        status = lua_load(L, next_piece, NULL, name, "t");
    }
    if (status != LUA_OK) {
        lua_pushnil(L);
        lua_insert(L, -2);
        return 2; // nil, message
    }
    if (has_env) {
        lua_pushvalue(L, 4);
        lua_setupvalue(L, -2, 1);
    }
    return 1;
}

void sandbox_host_chunk(lua_State *L, const unsigned char *text, size_t len)
{
    if (luaL_loadbufferx(L, (const char *)text, len, "=[polder]", "t") != LUA_OK)
        lua_error(L);
}

static const luaL_Reg OWN[] = {
    {"load", sandbox_load},
    {"next", order_next},
    {"pairs", order_pairs},
    {"print", sandbox_print},
    {"rawget", sandbox_rawget},
    {"rawlen", sandbox_rawlen},
    {"rawset", sandbox_rawset},
    {"tostring", sandbox_text},
    {"setmetatable", sandbox_setmetatable},
    {NULL, NULL},
};

static void drop_field(lua_State *L, const char *name)
{
    lua_pushnil(L);
    lua_setfield(L, -2, name);
}

static void change_string(lua_State *L)
{
    lua_getfield(L, -1, "format");
    lua_format = lua_tocfunction(L, -1);
    lua_pop(L, 1);
    lua_pushcfunction(L, sandbox_format);
    lua_setfield(L, -2, "format");
    drop_field(L, "dump");
    lua_pushliteral(L, "");
    lua_getmetatable(L, -1);
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
    lua_pop(L, 2);
}

static void change_table(lua_State *L)
{
    sandbox_host_chunk(L, vm_sort_lua, sizeof(vm_sort_lua));
    lua_pushglobaltable(L);
    lua_getfield(L, -1, "error");
    lua_getfield(L, -2, "type");
    lua_remove(L, -3);
    lua_call(L, 2, 1);
    lua_setfield(L, -2, "sort");
}

static void change_math(lua_State *L)
{
    lua_pushcfunction(L, random_number);
    lua_setfield(L, -2, "random");
    drop_field(L, "randomseed");
}

static void change_coroutine(lua_State *L)
{
    static const luaL_Reg functions[] = {{"resume", coroutine_resume},
                                         {"wrap", coroutine_wrap},
                                         {"close", coroutine_close},
                                         {NULL, NULL}};
    luaL_setfuncs(L, functions, 0);
}

static const struct {
    const char *name;
    lua_CFunction open;
    void (*change)(lua_State *L); /* library on top; may be NULL */
} LIBRARIES[] = {
    {LUA_STRLIBNAME, luaopen_string, change_string},
    {LUA_TABLIBNAME, luaopen_table, change_table},
    {LUA_MATHLIBNAME, luaopen_math, change_math},
    {LUA_UTF8LIBNAME, luaopen_utf8, NULL},
    {LUA_COLIBNAME, luaopen_coroutine, change_coroutine},
};

/* globals on top */
static void add_libraries(lua_State *L)
{
    for (size_t i = 0; i < sizeof(LIBRARIES) / sizeof(LIBRARIES[0]); i++) {
        luaL_requiref(L, LIBRARIES[i].name, LIBRARIES[i].open, 0);
        if (LIBRARIES[i].change)
            LIBRARIES[i].change(L);
        view_lock(L, NULL);
        lua_setfield(L, -2, LIBRARIES[i].name);
    }
}

/* globals on top */
static void add_base(lua_State *L)
{
    lua_pushglobaltable(L);
    for (const char *const *name = FROM_BASE; *name; name++) {
        lua_getfield(L, -1, *name);
        lua_setfield(L, -3, *name);
    }
    lua_pop(L, 1);
    luaL_setfuncs(L, OWN, 0);
}

/* globals on top */
static void add_require(lua_State *L)
{
    sandbox_host_chunk(L, vm_require_lua, sizeof(vm_require_lua));
    lua_pushcfunction(L, vm_find_module);
    lua_getfield(L, -3, "error");
    lua_getfield(L, -4, "setmetatable");
    lua_call(L, 3, 1);
    lua_setfield(L, -2, "require");
}

/* globals on top: hides them behind the proxy that becomes the environment of all chunks */
static void lock_globals(lua_State *L)
{
    lua_createtable(L, 0, 1);
    lua_pushcfunction(L, undefined_global);
    lua_setfield(L, -2, "__index");
    lua_setmetatable(L, -2);
    lua_pushvalue(L, -1);
    view_lock(L, refused_global); // globals proxy
    lua_pushvalue(L, -1);
    lua_setfield(L, -3, "_G");
    lua_rawseti(L, LUA_REGISTRYINDEX, LUA_RIDX_GLOBALS);
    lua_pop(L, 1);
    drop_field(L, LUA_LOADED_TABLE);
}

int sandbox_open(lua_State *L)
{
    luaL_requiref(L, LUA_GNAME, luaopen_base, 1);
    lua_settop(L, 0);
    lua_createtable(L, 0, 32);
    add_base(L);
    add_libraries(L);
    add_require(L);
    lua_pushvalue(L, LUA_REGISTRYINDEX);
    lua_insert(L, 1); // registry globals
    lock_globals(L);
    lua_settop(L, 0);
    api_push_module(L);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &vm_slots[SLOT_POLDER]);
    return 0;
}
