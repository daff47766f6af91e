/* values_lua.h: `value` to and from Lua, with one rule each for what Lua can't tell apart. Floor:
 * vm. To Lua: list → sequence, map → table, null → nil. From Lua: a table with keys 1..n → list;
 * with text keys → map; an empty table → empty map, unless made by polder.list; mixed or other
 * keys, functions, cycles, depth beyond JSON_MAX_DEPTH → an error that names the key. Integers stay
 * whole 64-bit. */
#ifndef POLDER_VM_VALUES_LUA_H
#define POLDER_VM_VALUES_LUA_H

#include <lua.h>
#include <stdbool.h>

#include "base/err.h"
#include "base/value.h"

void values_push(lua_State *L, const value *v);
/* The same behind read-only views, all the way down: writing is an error that names the field. A
 * list of texts is list and set in one:
 * `#v`, `ipairs(v)`, `v.maritime` (true or nil). */
void values_push_view(lua_State *L, const value *v);
/* false: *out is nil, *e says what could not cross and at which key. *out owned by the caller. */
bool values_get(lua_State *L, int index, value *out, err *e);
/* One field of a table or view, read without running anything of the plugin's; nil when absent. */
bool values_get_field(lua_State *L, int index, const char *field, value *out, err *e);

/* Pushes polder.null: what leaves as null, and takes a field away where it is put. */
void values_push_null(lua_State *L);

#endif
