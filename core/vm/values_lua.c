#include "vm/values_lua.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "vm/inside.h"
#include "vm/measure_lua.h"

/* A plugin can name one table many times over, so what comes out is counted, not what is held. */
enum { VALUES_MAX = 512 * 1024, VALUES_MAX_BYTES = 8 * 1024 * 1024 };

static void push_list(lua_State *L, const value *v)
{
    lua_createtable(L, (int)v->as.list.len, 0);
    for (size_t i = 0; i < v->as.list.len; i++) {
        values_push(L, &v->as.list.items[i]);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
}

static void push_map(lua_State *L, const value *v)
{
    lua_createtable(L, 0, (int)v->as.map.len);
    for (size_t i = 0; i < v->as.map.len; i++) {
        lua_pushstring(L, v->as.map.items[i].key);
        values_push(L, &v->as.map.items[i].value);
        lua_rawset(L, -3);
    }
}

void values_push(lua_State *L, const value *v)
{
    luaL_checkstack(L, 4, "value");
    switch (v ? v->type : VALUE_NIL) {
    case VALUE_NIL:
        lua_pushnil(L);
        break;
    case VALUE_BOOL:
        lua_pushboolean(L, v->as.boolean);
        break;
    case VALUE_INT:
        lua_pushinteger(L, v->as.integer);
        break;
    case VALUE_DOUBLE:
        lua_pushnumber(L, v->as.number);
        break;
    case VALUE_TEXT:
        lua_pushlstring(L, v->as.text.bytes, v->as.text.len);
        break;
    case VALUE_LIST:
        push_list(L, v);
        break;
    case VALUE_MAP:
        push_map(L, v);
        break;
    }
}

/* One crossing out of Lua. Nothing in it raises a Lua error: what is half built must be freed. */
typedef struct crossing {
    lua_State *L;
    err *e;
    size_t elements, bytes;
    int depth;
    const void *above[JSON_MAX_DEPTH]; /* tables that hold this one */
    char path[200];
} crossing;

static bool get_value(crossing *c, value *out);

static bool refuse(crossing *c, const char *what)
{
    if (c->path[0])
        return err_set(c->e, ERR_BAD_DATA, "%s: %s", c->path, what);
    return err_set(c->e, ERR_BAD_DATA, "%s", what);
}

/* The path's length before; the caller cuts it back. */
static size_t step_into(crossing *c, const char *key, lua_Integer index)
{
    size_t len = strlen(c->path);
    if (key)
        snprintf(c->path + len, sizeof(c->path) - len, "%s%.60s", len ? "." : "", key);
    else
        snprintf(c->path + len, sizeof(c->path) - len, "[%lld]", (long long)index);
    return len;
}

static bool get_text(crossing *c, value *out)
{
    size_t len;
    const char *text = lua_tolstring(c->L, -1, &len);
    c->bytes += len;
    if (c->bytes > VALUES_MAX_BYTES)
        return err_set(c->e, ERR_LIMIT, "more than %d MiB of text", VALUES_MAX_BYTES >> 20);
    *out = value_bytes(text, len);
    return true;
}

static bool get_number(crossing *c, value *out)
{
    if (lua_isinteger(c->L, -1)) {
        *out = value_int(lua_tointeger(c->L, -1));
        return true;
    }
    double number = lua_tonumber(c->L, -1);
    if (!isfinite(number))
        return refuse(c, isnan(number) ? "not a number (0/0)" : "an infinite number");
    *out = value_double(number);
    return true;
}

/* table on top; `len` items */
static bool get_list(crossing *c, lua_Integer len, value *out)
{
    *out = value_list();
    for (lua_Integer i = 1; i <= len; i++) {
        size_t path = step_into(c, NULL, i);
        value item = {0};
        lua_rawgeti(c->L, -1, i);
        bool ok = get_value(c, &item);
        lua_pop(c->L, 1);
        if (!ok)
            return false;
        value_push(out, item);
        c->path[path] = '\0';
    }
    return true;
}

static int by_key(const void *a, const void *b)
{
    return strcmp(((const value_entry *)a)->key, ((const value_entry *)b)->key);
}

/* key and value on top */
static bool get_entry(crossing *c, value *out)
{
    size_t len;
    const char *key = lua_tolstring(c->L, -2, &len);
    if (strlen(key) != len)
        return refuse(c, "a key with a NUL byte in it");
    c->bytes += len;
    size_t path = step_into(c, key, 0);
    value item = {0};
    if (!get_value(c, &item))
        return false;
    value_add(out, key, item);
    c->path[path] = '\0';
    return true;
}

/* Keys are sorted: Lua's own order differs from process to process. */
static bool get_map(crossing *c, value *out)
{
    *out = value_map();
    lua_pushnil(c->L);
    while (lua_next(c->L, -2)) { // table key value
        if (!get_entry(c, out)) {
            lua_pop(c->L, 2);
            return false;
        }
        lua_pop(c->L, 1);
    }
    if (out->as.map.len > 1)
        qsort(out->as.map.items, out->as.map.len, sizeof(value_entry), by_key);
    return true;
}

typedef struct shape {
    size_t texts;
    lua_Integer numbers, lowest, highest; /* number keys: how many, and between which */
    const char *other;                    /* a key's type that can't cross */
} shape;

static void count_number(shape *s, lua_Integer key)
{
    if (s->numbers == 0 || key < s->lowest)
        s->lowest = key;
    if (s->numbers == 0 || key > s->highest)
        s->highest = key;
    s->numbers++;
}

/* table on top */
static shape look(lua_State *L)
{
    shape s = {0};
    lua_pushnil(L);
    while (lua_next(L, -2)) {
        if (lua_type(L, -2) == LUA_TSTRING)
            s.texts++;
        else if (lua_isinteger(L, -2))
            count_number(&s, lua_tointeger(L, -2));
        else
            s.other = luaL_typename(L, -2);
        lua_pop(L, 1);
    }
    return s;
}

static bool is_marked_list(lua_State *L)
{
    if (!lua_getmetatable(L, -1))
        return false;
    lua_rawgetp(L, LUA_REGISTRYINDEX, &vm_slots[SLOT_LIST]);
    bool same = lua_rawequal(L, -1, -2);
    lua_pop(L, 2);
    return same;
}

static bool get_plain_table(crossing *c, value *out)
{
    char text[120];
    shape s = look(c->L);
    if (s.other) {
        snprintf(text, sizeof(text), "a key that is a %s; keys are texts, or 1 to n", s.other);
        return refuse(c, text);
    }
    if (s.texts && s.numbers)
        return refuse(c, "text keys and number keys in one table");
    if (s.numbers && (s.lowest != 1 || s.highest != s.numbers))
        return refuse(c, "number keys that are not 1 to n");
    if (s.numbers || (!s.texts && is_marked_list(c->L)))
        return get_list(c, s.numbers, out);
    return get_map(c, out);
}

/* A view crosses as what is behind it; a list's set beside it does not. */
static bool get_inside(crossing *c, value *out)
{
    if (!view_data(c->L, -1))
        return get_plain_table(c, out);
    bool ok = view_is_list(c->L, -2) ? get_list(c, (lua_Integer)lua_rawlen(c->L, -1), out)
                                     : get_map(c, out);
    lua_pop(c->L, 1);
    return ok;
}

static bool get_table(crossing *c, value *out)
{
    const void *self = lua_topointer(c->L, -1);
    for (int i = 0; i < c->depth; i++) {
        if (c->above[i] == self)
            return refuse(c, "a table that holds itself");
    }
    if (c->depth == JSON_MAX_DEPTH || !lua_checkstack(c->L, 8))
        return refuse(c, "tables too deep inside each other");
    c->above[c->depth++] = self;
    bool ok = get_inside(c, out);
    c->depth--;
    return ok;
}

static char null_mark; /* its address is polder.null */

void values_push_null(lua_State *L)
{
    lua_pushlightuserdata(L, &null_mark);
}

static bool get_value(crossing *c, value *out)
{
    char text[80];
    if (++c->elements > VALUES_MAX)
        return err_set(c->e, ERR_LIMIT, "more than %d values", VALUES_MAX);
    switch (lua_type(c->L, -1)) {
    case LUA_TNIL:
        *out = value_nil();
        return true;
    case LUA_TBOOLEAN:
        *out = value_bool(lua_toboolean(c->L, -1));
        return true;
    case LUA_TNUMBER:
        return get_number(c, out);
    case LUA_TSTRING:
        return get_text(c, out);
    case LUA_TLIGHTUSERDATA:
        if (lua_touserdata(c->L, -1) != &null_mark)
            return refuse(c, "this can't leave the plugin");
        *out = value_nil();
        return true;
    case LUA_TTABLE:
        if (get_table(c, out))
            return true;
        value_free(out);
        return false;
    default:
        snprintf(text, sizeof(text), "a %s can't leave the plugin", measure_or_typename(c->L, -1));
        return refuse(c, text);
    }
}

bool values_get_field(lua_State *L, int index, const char *field, value *out, err *e)
{
    bool view = view_data(L, index); // data
    if (!view)
        lua_pushvalue(L, index);
    lua_pushstring(L, field);
    lua_rawget(L, -2);
    bool ok = values_get(L, -1, out, e);
    lua_pop(L, 2);
    return ok || err_prefix(e, "%s: ", field);
}

bool values_get(lua_State *L, int index, value *out, err *e)
{
    crossing c = {.L = L, .e = e};
    *out = value_nil();
    lua_pushvalue(L, index);
    bool ok = get_value(&c, out);
    lua_pop(L, 1);
    return ok;
}
