/* measure_lua.h: measures as plugins hold them: objects made by polder.overlap and the like while
 * the plugin loads, which rules name and Lua calls. Floor: vm. */
#ifndef POLDER_VM_MEASURE_LUA_H
#define POLDER_VM_MEASURE_LUA_H

#include <lua.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/value.h"
#include "vm/vm.h"

/* Rows of the API: each checks its arguments and returns an object. */
int measure_overlap(lua_State *L);
int measure_tree(lua_State *L);
int measure_number(lua_State *L);
int measure_place(lua_State *L);
int measure_text(lua_State *L);
int measure_dates(lua_State *L);
int measure_value(lua_State *L);
int measure_member(lua_State *L);

void measure_make_slot(lua_State *L); /* the objects' metatable */
/* "measure" for one, else Lua's word: a plugin holds no other userdata. */
const char *measure_or_typename(lua_State *L, int index);

typedef struct vm_measure_functions {
    lua_CFunction call; /* (object, record, record) → share or nil, reason: what Lua calls */
    /* One pair for a rule or gate whose spec names a measure, of records as maps; share NaN: not
     * applicable. false sets *e. */
    bool (*rule)(const vm *m, const value *spec, const value *solution, const value *demand,
                 const char *today, double *share, buf *reason, err *e);
} vm_measure_functions;
/* The floor above does the work; until it has said how, a call is an error. */
void vm_measure_calls(vm *m, const vm_measure_functions *functions);
/* The number of the measure that an object stands for; false: it is none. */
bool vm_measure_at(lua_State *L, int index, size_t *number);
const value *vm_measure(const vm *m, size_t number); /* its spec (measure_options.h) */
/* What kinds that vm_know_kinds told, or the plugin's own, say of a field; NULL: nothing. */
const value *vm_kind_field(const vm *m, const char *kind, const char *field);

#endif
