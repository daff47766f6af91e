#include "vm/inside.h"

#include <string.h>

#include "vm/values_lua.h"

/* A view is an empty proxy with a metatable of its own, whose __index is the data: read by Lua
 * itself, without a call (measured for two fields: plain table 41 ns, this 52, userdata with a C
 * __index 87). The functions in it are shared and have no upvalues; that __newindex is one of ours
 * is what tells a view from a table that a plugin dressed up, for no plugin can get hold of it. */
static void no_set(lua_State *L, const char *why)
{
    const char *key = lua_type(L, 2) == LUA_TSTRING ? lua_tostring(L, 2) : NULL;
    if (key)
        luaL_error(L, "'%s' can't be set: %s", key, why);
    else
        luaL_error(L, "a %s key can't be set: %s", luaL_typename(L, 2), why);
}

int view_refuses(lua_State *L)
{
    no_set(L, "this table is read-only");
    return 0;
}

static int list_refuses(lua_State *L)
{
    no_set(L, "this list is read-only");
    return 0;
}

static int record_refuses(lua_State *L)
{
    no_set(L, "what a rule is given is read-only");
    return 0;
}

static int view_len(lua_State *L)
{
    lua_settop(L, 1);
    view_data(L, 1);
    lua_pushinteger(L, (lua_Integer)lua_rawlen(L, 2));
    return 1;
}

/* Reads through the view, for what a plugin calls this with may be anything. */
static int list_step(lua_State *L)
{
    lua_Integer i = (lua_Integer)((lua_Unsigned)luaL_checkinteger(L, 2) + 1);
    lua_pushinteger(L, i);
    return lua_geti(L, 1, i) == LUA_TNIL ? 1 : 2;
}

/* pairs of a list is its numbered part: the set beside it holds the same again. */
static int list_pairs(lua_State *L)
{
    lua_settop(L, 1);
    lua_pushcfunction(L, list_step);
    lua_pushvalue(L, 1);
    lua_pushinteger(L, 0);
    return 3;
}

static int map_pairs(lua_State *L)
{
    lua_settop(L, 1);
    view_data(L, 1);
    order_push_iterator(L, 2);
    lua_pushvalue(L, 1); // the view, not what is behind it
    lua_pushnil(L);
    return 3;
}

static void set_function(lua_State *L, const char *name, lua_CFunction fn)
{
    lua_pushcfunction(L, fn);
    lua_setfield(L, -2, name);
}

/* data → proxy */
static void wrap(lua_State *L, lua_CFunction newindex, lua_CFunction pairs, const char *name)
{
    lua_createtable(L, 0, 0); // data proxy
    lua_createtable(L, 0, 6); // data proxy meta
    lua_pushvalue(L, -3);
    lua_setfield(L, -2, "__index");
    set_function(L, "__newindex", newindex);
    set_function(L, "__len", view_len);
    set_function(L, "__pairs", pairs);
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
    lua_pushstring(L, name);
    lua_setfield(L, -2, "__name");
    lua_setmetatable(L, -2);
    lua_remove(L, -2);
}

void view_lock(lua_State *L, lua_CFunction newindex)
{
    wrap(L, newindex ? newindex : view_refuses, map_pairs, "read-only table");
}

static lua_CFunction meta_function(lua_State *L, int index, const char *name)
{
    lua_CFunction fn = NULL;
    if (lua_type(L, index) != LUA_TTABLE || !lua_getmetatable(L, index))
        return NULL;
    lua_pushstring(L, name);
    lua_rawget(L, -2);
    fn = lua_tocfunction(L, -1);
    lua_pop(L, 2);
    return fn;
}

/* What all views share is __len. */
bool view_data(lua_State *L, int index)
{
    if (meta_function(L, index, "__len") != view_len)
        return false;
    lua_getmetatable(L, index);
    lua_pushliteral(L, "__index");
    lua_rawget(L, -2);
    lua_remove(L, -2);
    return true;
}

bool view_is_list(lua_State *L, int index)
{
    return meta_function(L, index, "__pairs") == list_pairs;
}

static bool all_texts(const value *list)
{
    for (size_t i = 0; i < list->as.list.len; i++) {
        if (list->as.list.items[i].type != VALUE_TEXT)
            return false;
    }
    return true;
}

static void push_list(lua_State *L, const value *v)
{
    size_t len = v->as.list.len;
    bool set = all_texts(v);
    lua_createtable(L, (int)len, set ? (int)len : 0); // data
    for (size_t i = 0; i < len; i++) {
        values_push_view(L, &v->as.list.items[i]);
        if (set) {
            lua_pushvalue(L, -1);
            lua_pushboolean(L, 1);
            lua_rawset(L, -4);
        }
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
    wrap(L, list_refuses, list_pairs, "list");
}

static void push_map(lua_State *L, const value *v)
{
    lua_createtable(L, 0, (int)v->as.map.len); // data
    for (size_t i = 0; i < v->as.map.len; i++) {
        const value_entry *entry = &v->as.map.items[i];
        lua_pushstring(L, entry->key);
        values_push_view(L, &entry->value);
        lua_rawset(L, -3);
    }
    wrap(L, record_refuses, map_pairs, "record");
}

void values_push_view(lua_State *L, const value *v)
{
    luaL_checkstack(L, 6, "value");
    if (value_is(v, VALUE_LIST))
        push_list(L, v);
    else if (value_is(v, VALUE_MAP))
        push_map(L, v);
    else
        values_push(L, v);
}
