#include <stdlib.h>
#include <string.h>

#include "vm/inside.h"

/* Lua's hash seed changes from process to process, and with it the order of pairs and next. Here
 * the order is: numbers ascending, then texts bytewise, then booleans; other keys have no order
 * that another machine would repeat. */
typedef struct key {
    enum { KEY_NUMBER, KEY_TEXT, KEY_BOOL } rank;
    bool whole; /* `integer` counts, else `number` */
    lua_Integer integer;
    lua_Number number;
    const char *text; /* held by the table */
    size_t len;
    lua_Integer at; /* in the unsorted list of keys */
} key;

/* Float keys are never whole numbers that fit an integer (Lua makes those integers), so that a tie
 * after rounding means 2^63 and up. */
static int compare_numbers(const key *a, const key *b)
{
    if (a->whole && b->whole)
        return (a->integer > b->integer) - (a->integer < b->integer);
    double x = a->whole ? (double)a->integer : a->number;
    double y = b->whole ? (double)b->integer : b->number;
    if (x < y || x > y)
        return x < y ? -1 : 1;
    return b->whole - a->whole;
}

static int compare(const void *left, const void *right)
{
    const key *a = left, *b = right;
    if (a->rank != b->rank)
        return a->rank < b->rank ? -1 : 1;
    if (a->rank == KEY_NUMBER)
        return compare_numbers(a, b);
    if (a->rank == KEY_BOOL)
        return (a->integer > b->integer) - (a->integer < b->integer);
    int order = memcmp(a->text, b->text, a->len < b->len ? a->len : b->len);
    return order ? order : (a->len > b->len) - (a->len < b->len);
}

static key key_at(lua_State *L, int index)
{
    key k = {.rank = KEY_NUMBER};
    switch (lua_type(L, index)) {
    case LUA_TNUMBER:
        k.whole = lua_isinteger(L, index);
        if (k.whole)
            k.integer = lua_tointeger(L, index);
        else
            k.number = lua_tonumber(L, index);
        break;
    case LUA_TSTRING:
        k.rank = KEY_TEXT;
        k.text = lua_tolstring(L, index, &k.len);
        break;
    case LUA_TBOOLEAN:
        k.rank = KEY_BOOL;
        k.integer = lua_toboolean(L, index);
        break;
    default:
        luaL_error(L, "a table with a %s as a key can't be ordered the same on every machine",
                   luaL_typename(L, index));
    }
    return k;
}

static lua_Integer count_keys(lua_State *L, int table)
{
    lua_Integer count = 0;
    lua_pushnil(L);
    while (lua_next(L, table)) {
        lua_pop(L, 1);
        count++;
    }
    return count;
}

/* Pushes the list of the table's keys in order. The scratch memory is Lua's own, so it counts, and
 * an error frees it. */
static lua_Integer push_keys(lua_State *L, int table)
{
    luaL_checkstack(L, 8, "pairs");
    lua_Integer count = count_keys(L, table), at = 0;
    lua_createtable(L, (int)count, 0); // sorted
    int sorted = lua_gettop(L);
    lua_createtable(L, (int)count, 0); // sorted unsorted
    key *keys = lua_newuserdatauv(L, (size_t)count * sizeof(key) + 1, 0);
    lua_pushnil(L);
    while (lua_next(L, table)) {
        lua_pop(L, 1);
        keys[at] = key_at(L, -1);
        keys[at].at = at + 1;
        lua_pushvalue(L, -1);
        lua_rawseti(L, sorted + 1, ++at);
    }
    qsort(keys, (size_t)count, sizeof(key), compare);
    for (lua_Integer i = 0; i < count; i++) {
        lua_rawgeti(L, sorted + 1, keys[i].at);
        lua_rawseti(L, sorted, i + 1);
    }
    lua_settop(L, sorted);
    return count;
}

/* The iterators hold their table themselves: what a plugin calls them with need not be a table, and
 * what is behind a view is nobody's. */

/* _, i → the next item of upvalue 1 up to upvalue 2; cleared ones are passed over, as Lua does. */
static int sequence_step(lua_State *L)
{
    lua_Integer last = lua_tointeger(L, lua_upvalueindex(2));
    lua_Integer i = luaL_optinteger(L, 2, 0);
    while (i >= 0 && i < last) {
        if (lua_rawgeti(L, lua_upvalueindex(1), ++i) != LUA_TNIL) {
            lua_pushinteger(L, i);
            lua_insert(L, -2);
            return 2;
        }
        lua_pop(L, 1);
    }
    lua_pushnil(L);
    return 1;
}

/* Pushes the first key after place `at` of `keys` that still has a value, and the value. Returns
 * its place, 0 at the end. */
static lua_Integer step(lua_State *L, int table, int keys, lua_Integer at)
{
    for (;;) {
        if (lua_rawgeti(L, keys, ++at) == LUA_TNIL)
            return 0;
        lua_pushvalue(L, -1);
        if (lua_rawget(L, table) != LUA_TNIL)
            return at;
        lua_pop(L, 2);
    }
}

static int sorted_step(lua_State *L)
{
    lua_Integer at = lua_tointeger(L, lua_upvalueindex(2));
    at = step(L, lua_upvalueindex(3), lua_upvalueindex(1), at);
    if (at == 0)
        return 1; // nil
    lua_pushinteger(L, at);
    lua_replace(L, lua_upvalueindex(2));
    return 2;
}

/* Only keys 1 to n, met in that order: most lists, which then need no sorting. */
static bool is_sequence(lua_State *L, int table, lua_Integer *len)
{
    lua_Integer count = 0;
    lua_pushnil(L);
    while (lua_next(L, table)) {
        lua_pop(L, 1);
        if (!lua_isinteger(L, -1) || lua_tointeger(L, -1) != count + 1) {
            lua_pop(L, 1);
            return false;
        }
        count++;
    }
    *len = count;
    return true;
}

void order_push_iterator(lua_State *L, int table)
{
    lua_Integer len;
    if (is_sequence(L, table, &len)) {
        lua_pushvalue(L, table);
        lua_pushinteger(L, len);
        lua_pushcclosure(L, sequence_step, 2);
    } else {
        push_keys(L, table);
        lua_pushinteger(L, 0);
        lua_pushvalue(L, table);
        lua_pushcclosure(L, sorted_step, 3);
    }
}

static int three_results(lua_State *L, int status, lua_KContext ctx)
{
    (void)L;
    (void)status;
    (void)ctx;
    return 3;
}

int order_pairs(lua_State *L)
{
    luaL_checkany(L, 1);
    lua_settop(L, 1);
    if (luaL_getmetafield(L, 1, "__pairs") != LUA_TNIL) {
        lua_insert(L, 1);
        lua_callk(L, 1, 3, 0, three_results);
        return 3;
    }
    luaL_checktype(L, 1, LUA_TTABLE);
    order_push_iterator(L, 1);
    lua_pushvalue(L, 1);
    lua_pushnil(L);
    return 3;
}

/* The smallest key, by one look at each. */
static int first(lua_State *L)
{
    bool any = false;
    key best = {.rank = KEY_NUMBER};
    lua_settop(L, 1);
    lua_pushnil(L); // 2: the best key so far
    lua_pushnil(L);
    while (lua_next(L, 1)) {
        lua_pop(L, 1);
        key k = key_at(L, -1);
        if (!any || compare(&k, &best) < 0) {
            best = k;
            any = true;
            lua_pushvalue(L, -1);
            lua_replace(L, 2);
        }
    }
    if (!any)
        return 1; // nil
    lua_pushvalue(L, 2);
    lua_rawget(L, 1);
    return 2;
}

/* Is the key at 2 the one that `next` gave last of the table at 1? Then pushes the ordered keys. */
static bool goes_on(lua_State *L, vm *m)
{
    lua_rawgetp(L, LUA_REGISTRYINDEX, &vm_slots[SLOT_NEXT_TABLE]);
    bool same = lua_rawequal(L, -1, 1);
    lua_pop(L, 1);
    if (!same)
        return false;
    lua_rawgetp(L, LUA_REGISTRYINDEX, &vm_slots[SLOT_NEXT_KEYS]);
    lua_rawgeti(L, -1, m->next_at);
    same = lua_rawequal(L, -1, 2);
    lua_pop(L, same ? 1 : 2);
    return same;
}

/* Pushes the ordered keys of the table at 1 and remembers them; m->next_at is the last key not
 * above the one at 2. */
static void start_at(lua_State *L, vm *m)
{
    key after = key_at(L, 2);
    lua_Integer low = 0, high = push_keys(L, 1);
    while (low < high) {
        lua_Integer middle = low + (high - low + 1) / 2;
        lua_rawgeti(L, 3, middle);
        key k = key_at(L, -1);
        lua_pop(L, 1);
        if (compare(&k, &after) <= 0)
            low = middle;
        else
            high = middle - 1;
    }
    m->next_at = low;
    lua_pushvalue(L, 1);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &vm_slots[SLOT_NEXT_TABLE]);
    lua_pushvalue(L, 3);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &vm_slots[SLOT_NEXT_KEYS]);
}

int order_next(lua_State *L)
{
    vm *m = vm_of(L);
    luaL_checktype(L, 1, LUA_TTABLE);
    lua_settop(L, 2);
    if (view_data(L, 1))
        lua_replace(L, 1);
    if (lua_isnil(L, 2))
        return first(L);
    if (!goes_on(L, m))
        start_at(L, m);
    lua_Integer at = step(L, 1, 3, m->next_at);
    if (at) {
        m->next_at = at;
        return 2;
    }
    lua_pushnil(L);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &vm_slots[SLOT_NEXT_TABLE]);
    lua_pushnil(L);
    return 1;
}
