#include "vm/measure_lua.h"

#include <stdio.h>
#include <string.h>

#include "vm/contribute_lua.h"
#include "vm/inside.h"
#include "vm/measure_options.h"
#include "vm/values_lua.h"

/* What is in a measure's userdata: where its spec stands in vm.measures. A plugin can't make one,
 * nor change one. */
typedef struct object {
    size_t number;
} object;

static bool is_among_args(const measure_form *form, const char *name)
{
    for (size_t i = 0; i < form->args; i++)
        if (strcmp(form->rows[i].name, name) == 0)
            return true;
    return false;
}

static bool take_args(lua_State *L, const measure_form *form, value *given, err *e)
{
    for (size_t i = 0; i < form->args; i++) {
        value v;
        if (lua_isnoneornil(L, (int)i + 1))
            continue; /* options_check says that it is missing */
        if (!values_get(L, (int)i + 1, &v, e))
            return err_prefix(e, "%s: ", form->rows[i].name);
        value_add(given, form->rows[i].name, v);
    }
    return true;
}

/* The table behind the arguments, laid beside them. */
static bool take_options(lua_State *L, const measure_form *form, value *given, err *e)
{
    value options = value_nil();
    int at = (int)form->args + 1;
    bool ok = true;
    if (lua_isnoneornil(L, at))
        return true;
    if (lua_type(L, at) != LUA_TTABLE)
        return err_set(e, ERR_BAD_DATA, "expected a table of options as argument %d, got a %s", at,
                       measure_or_typename(L, at));
    if (!values_get(L, at, &options, e))
        return false;
    if (value_is(&options, VALUE_LIST) && value_len(&options))
        ok = err_set(e, ERR_BAD_DATA, "options have names, as in without = { solution = 0 }");
    for (size_t i = 0; ok && value_is(&options, VALUE_MAP) && i < value_len(&options); i++) {
        value_entry *entry = &options.as.map.items[i];
        if (is_among_args(form, entry->key)) {
            ok = options_unknown(form->rows + form->args, entry->key, e);
        } else {
            value_add(given, entry->key, entry->value);
            entry->value = value_nil();
        }
    }
    value_free(&options);
    return ok;
}

static void push_object(lua_State *L, size_t number)
{
    object *o = lua_newuserdatauv(L, sizeof *o, 0);
    o->number = number;
    lua_rawgetp(L, LUA_REGISTRYINDEX, &vm_slots[SLOT_MEASURE]);
    lua_setmetatable(L, -2);
}

/* Nothing in the middle raises a Lua error, for what is half built must be freed. */
static int construct(lua_State *L, const char *kind)
{
    const measure_form *form = measure_form_find(kind);
    vm *m = vm_of(L);
    char prefix[64];
    err e = {0};
    if (!m->loading && !m->testing)
        return luaL_error(L, "polder.%s can only be called while the plugin loads", kind);
    if (lua_gettop(L) > (int)form->args + 1)
        return luaL_error(L, "polder.%s: expected %d argument%s and a table of options", kind,
                          (int)form->args, form->args == 1 ? "" : "s");
    luaL_checkstack(L, 20, "measure");
    value given = value_map();
    bool ok = take_args(L, form, &given, &e) && take_options(L, form, &given, &e) &&
              measure_spec(form, &given, &e) && contribute_weighs(m, &given, &e);
    if (!ok) {
        value_free(&given);
        snprintf(prefix, sizeof prefix, "polder.%s: ", kind);
        return api_raise(L, &e, prefix);
    }
    value_push(&m->measures, given);
    push_object(L, value_len(&m->measures) - 1);
    return 1;
}

#define CONSTRUCTOR(kind)                                                                          \
    int measure_##kind(lua_State *L)                                                               \
    {                                                                                              \
        return construct(L, #kind);                                                                \
    }
CONSTRUCTOR(overlap)
CONSTRUCTOR(tree)
CONSTRUCTOR(number)
CONSTRUCTOR(place)
CONSTRUCTOR(text)
CONSTRUCTOR(dates)
CONSTRUCTOR(value)
CONSTRUCTOR(member)

bool vm_measure_at(lua_State *L, int index, size_t *number)
{
    const object *o = lua_touserdata(L, index);
    if (lua_type(L, index) != LUA_TUSERDATA || !lua_getmetatable(L, index))
        return false;
    lua_rawgetp(L, LUA_REGISTRYINDEX, &vm_slots[SLOT_MEASURE]);
    bool same = lua_rawequal(L, -1, -2);
    lua_pop(L, 2);
    if (same)
        *number = o->number;
    return same;
}

const value *vm_measure(const vm *m, size_t number)
{
    return value_at(&m->measures, number);
}

void vm_measure_calls(vm *m, const vm_measure_functions *functions)
{
    m->measure = *functions;
}

const char *measure_or_typename(lua_State *L, int index)
{
    return lua_type(L, index) == LUA_TUSERDATA ? "measure" : luaL_typename(L, index);
}

static int object_call(lua_State *L)
{
    vm *m = vm_of(L);
    size_t number;
    if (!vm_measure_at(L, 1,
                       &number)) /* a plugin can get hold of no __call, but let it not matter */
        return luaL_error(L, "expected a measure");
    if (!m->measure.call)
        return luaL_error(L, "a measure can only be called in a rule");
    return m->measure.call(L);
}

static int object_index(lua_State *L)
{
    const char *key = lua_type(L, 2) == LUA_TSTRING ? lua_tostring(L, 2) : luaL_typename(L, 2);
    return luaL_error(L, "a measure has no '%s'; it is called: fit(solution, demand)", key);
}

void measure_make_slot(lua_State *L)
{
    static const luaL_Reg functions[] = {{"__call", object_call},
                                         {"__index", object_index},
                                         {"__newindex", view_refuses},
                                         {NULL, NULL}};
    lua_createtable(L, 0, 5);
    luaL_setfuncs(L, functions, 0);
    lua_pushliteral(L, "measure");
    lua_setfield(L, -2, "__name");
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
    lua_rawsetp(L, LUA_REGISTRYINDEX, &vm_slots[SLOT_MEASURE]);
}
