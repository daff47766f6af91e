/* report_lua.h: the writer object of polder.report. Floor: vm. */
#ifndef POLDER_VM_REPORT_LUA_H
#define POLDER_VM_REPORT_LUA_H

#include "vm/vm.h"

void report_push_writer(vm *m); /* pushes a fresh one; what an earlier one wrote is dropped */
value report_take(vm *m);       /* what was written: a list of blocks; owned by the caller */

#endif
