/* testing.h: polder.test, which plugins' own tests are written with. Floor: vm, nobody else. */
#ifndef POLDER_VM_TESTING_H
#define POLDER_VM_TESTING_H

#include <lua.h>

#include "base/value.h"
#include "vm/vm.h"

void test_push_module(lua_State *L);
/* The ctx of a handler or check, of what a test gives: settings, today, now, lang. */
void test_push_acting_ctx(vm *m, const value *given, bool check);

/* test_act_lua.c */
int test_handler(lua_State *L);
int test_check(lua_State *L);

#endif
