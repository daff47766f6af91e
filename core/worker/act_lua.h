/* act_lua.h: runs one handler for one event, one check for one change, one command, or one report,
 * and passes on what it asks of the host. Floor: worker. */
#ifndef POLDER_WORKER_ACT_LUA_H
#define POLDER_WORKER_ACT_LUA_H

#include "base/err.h"
#include "base/value.h"
#include "vm/vm.h"

/* {op = "handle", number, name, seed, now, given} → handled; {op = "check", …, lang} → checked,
 * with allowed and reason; {op = "command", …, given = {args, today}} → ran, with result, or with
 * refused (a reason) and code; {op = "report", …, given = {args, today, lang}} → reported, with
 * blocks. false: *e is the plugin's failure. *answer is owned by the caller. */
bool act_run(vm *m, const value *frame, value *answer, err *e);

/* For vm_options: writes {op = "call", fn, args} to `fd` and waits for {op = "answer", value} or
 * {op = "answer", code, message, hint}. */
bool act_call(int fd, const char *fn, const value *args, value *out, err *e);

#endif
