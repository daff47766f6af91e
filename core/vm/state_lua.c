/* What a plugin keeps between calls, as one number: everything its contributions' functions reach
 * through upvalues, tables and metatables. No address is in it, and the order in which Lua walks a
 * table neither. */
#include <stdlib.h>

#include "base/hash.h"
#include "base/mem.h"
#include "vm/inside.h"

enum { MOST_OBJECTS = 100000, MOST_DEPTH = 150 };

/* Tables and functions seen so far, by address. */
typedef struct walk {
    lua_State *L;
    const void **seen; /* open addressing; NULL: free */
    size_t slots, count;
    int depth;
    bool lost; /* too much to look at: nobody can tell */
} walk;

static uint64_t mix(uint64_t a, uint64_t b)
{
    uint64_t hash = (a ^ b) * 0x9E3779B97F4A7C15u;
    return hash ^ (hash >> 31);
}

static size_t slot_of(const walk *w, const void *object)
{
    size_t slot = (size_t)mix(7, (uint64_t)(uintptr_t)object) & (w->slots - 1);
    while (w->seen[slot] && w->seen[slot] != object)
        slot = (slot + 1) & (w->slots - 1);
    return slot;
}

static void grow(walk *w)
{
    const void **old = w->seen;
    size_t slots = w->slots;
    w->slots = slots ? slots * 2 : 256;
    w->seen = mem_zero(w->slots, sizeof *w->seen);
    for (size_t i = 0; i < slots; i++)
        if (old[i])
            w->seen[slot_of(w, old[i])] = old[i];
    free(old);
}

/* True the first time. */
static bool visit(walk *w, const void *object)
{
    if (2 * w->count >= w->slots)
        grow(w);
    size_t slot = slot_of(w, object);
    if (w->seen[slot])
        return false;
    w->seen[slot] = object;
    w->lost = w->lost || ++w->count > MOST_OBJECTS;
    return true;
}

static uint64_t hash_top(walk *w);

/* table on top, stays; a view is the host's and can't have changed */
static uint64_t hash_table(walk *w)
{
    uint64_t sum = 11;
    if (view_data(w->L, -1)) {
        lua_pop(w->L, 1);
        return sum;
    }
    lua_pushnil(w->L);
    while (lua_next(w->L, -2)) { // table key value
        uint64_t item = hash_top(w);
        lua_pop(w->L, 1);
        sum += mix(hash_top(w), item);
    }
    if (lua_getmetatable(w->L, -1)) {
        sum += mix(13, hash_top(w));
        lua_pop(w->L, 1);
    }
    return sum;
}

static uint64_t hash_function(walk *w)
{
    uint64_t hash = 17;
    for (int i = 1; lua_getupvalue(w->L, -1, i); i++) {
        hash = mix(hash, hash_top(w));
        lua_pop(w->L, 1);
    }
    return hash;
}

static uint64_t hash_object(walk *w, uint64_t (*look)(walk *))
{
    if (!visit(w, lua_topointer(w->L, -1)))
        return 19;
    if (w->depth == MOST_DEPTH || !lua_checkstack(w->L, 10))
        w->lost = true;
    if (w->lost)
        return 0;
    w->depth++;
    uint64_t hash = look(w);
    w->depth--;
    return hash;
}

/* value on top, stays */
static uint64_t hash_top(walk *w)
{
    size_t len;
    const char *text;
    lua_Number number;
    size_t measure;
    switch (lua_type(w->L, -1)) {
    case LUA_TNIL:
        return 1;
    case LUA_TBOOLEAN:
        return 2 + (uint64_t)lua_toboolean(w->L, -1);
    case LUA_TNUMBER:
        number = lua_tonumber(w->L, -1);
        return mix(lua_isinteger(w->L, -1) ? (uint64_t)lua_tointeger(w->L, -1)
                                           : hash_quick(&number, sizeof number),
                   5);
    case LUA_TSTRING:
        text = lua_tolstring(w->L, -1, &len);
        return mix(hash_quick(text, len), 3);
    case LUA_TTABLE:
        return hash_object(w, hash_table);
    case LUA_TFUNCTION:
        return hash_object(w, hash_function);
    case LUA_TUSERDATA: /* a measure, which can't change */
        return vm_measure_at(w->L, -1, &measure) ? mix(measure, 23) : 0;
    default:
        w->lost = true; /* a coroutine: what it keeps can't be looked at */
        return 0;
    }
}

bool vm_state(vm *m, uint64_t *out)
{
    walk w = {.L = m->L};
    vm_trust(m, true);
    grow(&w);
    lua_rawgetp(w.L, LUA_REGISTRYINDEX, &vm_slots[SLOT_FUNCTIONS]);
    *out = hash_top(&w);
    lua_pop(w.L, 1);
    vm_trust(m, false);
    free(w.seen);
    return !w.lost;
}
