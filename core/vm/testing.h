/* testing.h: polder.test, which plugins' own tests are written with. Floor: vm, nobody else. */
#ifndef POLDER_VM_TESTING_H
#define POLDER_VM_TESTING_H

#include <lua.h>

#include "base/value.h"
#include "vm/vm.h"

void test_push_module(lua_State *L);
void test_push_ctx(vm *m, const value *given); /* of what a test gives: settings, today */

/* test_act_lua.c */
int test_handler(lua_State *L);
int test_check(lua_State *L);

#endif
