/* contribute_lua.h: what polder.rule and the like do with their table. Floor: vm. */
#ifndef POLDER_VM_CONTRIBUTE_LUA_H
#define POLDER_VM_CONTRIBUTE_LUA_H

#include "vm/options.h"
#include "vm/vm.h"

/* Checks the table at 1 and keeps it as a contribution of `type`, or raises "polder.CALL: …". */
int contribute_lua(lua_State *L, const char *call, const char *type, const option_row *options);
/* Counts what is kept for a plugin outside its state; false: it is more than a plugin may. */
bool contribute_weighs(vm *m, const value *v, err *e);

#endif
