/* What a contribution's function is, whatever else stands in its plugin: its code, and all that it
 * reaches through upvalues, tables and metatables, in an order that is the same in every process.
 * No address is in it, so that the text is the same in another process, or in another version of
 * the plugin that left the function as it was; false: nobody can tell. */
#include <dlfcn.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/pack.h"
#include "vm/inside.h"

enum { MOST_OBJECTS = 100000, MOST_DEPTH = 150 };

/* Tables and functions in the order in which they are met, by address. */
typedef struct walk {
    vm *m;
    lua_State *L;
    hash *into;
    struct met {
        const void *object; /* NULL: free */
        uint32_t number;
    } * met;
    size_t slots, count;
    int depth;
    bool lost; /* too much, or what can't be looked at */
} walk;

static void add(walk *w, char tag, const void *bytes, size_t len)
{
    hash_add(w->into, &tag, 1);
    hash_add(w->into, &len, sizeof len);
    hash_add(w->into, bytes, len);
}

static struct met *slot_of(const walk *w, const void *object)
{
    size_t slot = (size_t)(((uint64_t)(uintptr_t)object * 0x9E3779B97F4A7C15u) >> 20);
    while (w->met[slot & (w->slots - 1)].object && w->met[slot & (w->slots - 1)].object != object)
        slot++;
    return &w->met[slot & (w->slots - 1)];
}

static void grow(walk *w)
{
    struct met *old = w->met;
    size_t slots = w->slots;
    w->slots = slots ? slots * 2 : 1024;
    w->met = mem_zero(w->slots, sizeof *w->met);
    for (size_t i = 0; i < slots; i++)
        if (old[i].object)
            *slot_of(w, old[i].object) = old[i];
    free(old);
}

/* False when it was met before, and its number is told. */
static bool meet(walk *w, const void *object)
{
    if (2 * w->count >= w->slots)
        grow(w);
    struct met *at = slot_of(w, object);
    if (at->object) {
        add(w, 'r', &at->number, sizeof at->number);
        return false;
    }
    *at = (struct met){object, (uint32_t)w->count++};
    w->lost = w->lost || w->count > MOST_OBJECTS;
    return true;
}

static void look(walk *w);

/* ------------------------------------------------------------------ tables */

typedef struct key {
    const char *text; /* NULL: a number */
    size_t len;
    lua_Integer whole;
} key;

static int in_order(const void *a, const void *b)
{
    const key *x = a, *y = b;
    if (!x->text || !y->text)
        return x->text || y->text ? (x->text != NULL) - (y->text != NULL)
                                  : (x->whole > y->whole) - (x->whole < y->whole);
    int order = memcmp(x->text, y->text, x->len < y->len ? x->len : y->len);
    return order ? order : (x->len > y->len) - (x->len < y->len);
}

/* table on top; other keys than whole numbers and texts have no order of their own */
static key *keys_of(walk *w, size_t *len)
{
    key *keys = NULL;
    size_t room = 0;
    *len = 0;
    lua_pushnil(w->L);
    while (lua_next(w->L, -2)) { // table key value
        lua_pop(w->L, 1);
        if (*len == room)
            keys = mem_grow(keys, room = room ? 2 * room : 16, sizeof *keys);
        key k = {0};
        if (lua_isinteger(w->L, -1))
            k.whole = lua_tointeger(w->L, -1);
        else if (lua_type(w->L, -1) == LUA_TSTRING)
            k.text = lua_tolstring(w->L, -1, &k.len);
        else
            w->lost = true;
        keys[(*len)++] = k;
    }
    if (keys)
        qsort(keys, *len, sizeof *keys, in_order);
    return keys;
}

/* table on top, stays; of a view what is behind it: among the globals is require, which has the
 * plugin's modules */
static void look_at_table(walk *w)
{
    size_t len;
    if (view_data(w->L, -1)) { // view table
        add(w, 'v', "", 0);
        look(w);
        lua_pop(w->L, 1);
        return;
    }
    key *keys = keys_of(w, &len);
    add(w, 't', &len, sizeof len);
    for (size_t i = 0; i < len && !w->lost; i++) {
        if (keys[i].text)
            add(w, 'k', keys[i].text, keys[i].len);
        else
            add(w, 'i', &keys[i].whole, sizeof keys[i].whole);
        if (keys[i].text)
            lua_pushlstring(w->L, keys[i].text, keys[i].len);
        else
            lua_pushinteger(w->L, keys[i].whole);
        lua_rawget(w->L, -2);
        look(w);
        lua_pop(w->L, 1);
    }
    free(keys);
    if (lua_getmetatable(w->L, -1)) {
        add(w, 'm', "", 0);
        look(w);
        lua_pop(w->L, 1);
    }
}

/* ------------------------------------------------------------------ functions */

static int add_code(lua_State *L, const void *bytes, size_t len, void *ctx)
{
    (void)L;
    hash_add(((walk *)ctx)->into, bytes, len);
    return 0;
}

/* One of ours or of Lua's own: by where it stands in its library. */
static void add_c_function(walk *w)
{
    Dl_info about;
    union {
        lua_CFunction function;
        const char *address;
    } at = {.function = lua_tocfunction(w->L, -1)};
    if (!dladdr(at.address, &about) || !about.dli_fname || !about.dli_fbase) {
        w->lost = true;
        return;
    }
    const char *slash = strrchr(about.dli_fname, '/');
    const char *library = slash ? slash + 1 : about.dli_fname;
    ptrdiff_t place = at.address - (const char *)about.dli_fbase;
    add(w, 'c', library, strlen(library));
    add(w, 'p', &place, sizeof place);
}

/* function on top, stays; names and lines of its source are left out, but for the lines where
 * functions begin and end */
static void look_at_function(walk *w)
{
    if (lua_iscfunction(w->L, -1)) {
        add_c_function(w);
    } else {
        add(w, 'f', "", 0);
        w->lost = w->lost || lua_dump(w->L, add_code, w, 1) != 0;
    }
    for (int i = 1; !w->lost && lua_getupvalue(w->L, -1, i); i++) {
        add(w, 'u', &i, sizeof i);
        look(w);
        lua_pop(w->L, 1);
    }
}

/* ------------------------------------------------------------------ values */

static void look_at_object(walk *w, void (*inside)(walk *))
{
    if (!meet(w, lua_topointer(w->L, -1)))
        return;
    if (w->depth == MOST_DEPTH || !lua_checkstack(w->L, 10))
        w->lost = true;
    if (w->lost)
        return;
    w->depth++;
    inside(w);
    w->depth--;
}

static void add_value(walk *w, char tag, const value *v)
{
    buf bytes = {0};
    if (!pack_add(&bytes, v, &PACK_TO_WORKER, NULL))
        w->lost = true;
    add(w, tag, buf_text(&bytes), bytes.len);
    buf_free(&bytes);
}

static void add_number(walk *w)
{
    lua_Integer whole = lua_isinteger(w->L, -1) ? lua_tointeger(w->L, -1) : 0;
    lua_Number number = lua_tonumber(w->L, -1);
    if (lua_isinteger(w->L, -1))
        add(w, 'i', &whole, sizeof whole);
    else
        add(w, 'd', &number, sizeof number);
}

/* value on top, stays */
static void look(walk *w)
{
    size_t len, measure;
    const char *text;
    switch (lua_type(w->L, -1)) {
    case LUA_TNIL:
        add(w, 'n', "", 0);
        break;
    case LUA_TBOOLEAN:
        add(w, 'b', lua_toboolean(w->L, -1) ? "1" : "0", 1);
        break;
    case LUA_TNUMBER:
        add_number(w);
        break;
    case LUA_TSTRING:
        text = lua_tolstring(w->L, -1, &len);
        add(w, 's', text, len);
        break;
    case LUA_TTABLE:
        look_at_object(w, look_at_table);
        break;
    case LUA_TFUNCTION:
        look_at_object(w, look_at_function);
        break;
    case LUA_TUSERDATA:
        if (vm_measure_at(w->L, -1, &measure))
            add_value(w, 'M', vm_measure(w->m, measure));
        else
            w->lost = true;
        break;
    case LUA_TLIGHTUSERDATA: /* polder.null: a plugin holds no other */
        add(w, '0', "", 0);
        break;
    default:
        w->lost = true;
    }
}

bool vm_identity(vm *m, const char *type, const char *name, const char *key, char out[HASH_TEXT])
{
    walk w = {.m = m, .L = m->L, .into = hash_new()};
    vm_trust(m, true);
    grow(&w);
    if (m->o.settings)
        add_value(&w, 'S', m->o.settings);
    if (vm_push_function(m, type, name, key)) {
        look(&w);
        lua_pop(w.L, 1);
    } else {
        w.lost = true;
    }
    vm_trust(m, false);
    free(w.met);
    hash_end(w.into, out);
    return !w.lost;
}
