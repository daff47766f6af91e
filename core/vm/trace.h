/* trace.h: the plugin's own frames, innermost first, through all running coroutines. Walking
 * allocates nothing. Floor: vm. */
#ifndef POLDER_VM_TRACE_H
#define POLDER_VM_TRACE_H

#include "vm/inside.h"

enum { TRACE_BYTES = 4096, TRACE_LEVELS = 1000, TRACE_PLACE = 320 };
typedef struct trace {
    const vm_run *run;
    int level, seen;
    lua_Debug ar;
} trace;
trace trace_start(const vm *m);
bool trace_next(trace *t, const char *what, int max_levels); /* fills t->ar */
void trace_place(const vm *m, char out[TRACE_PLACE]);        /* "" when no frame is the plugin's */
void trace_write(const vm *m, buf *out);
int trace_handler(lua_State *L);
/* For a syntax error of Lua's own in `chunk`: moves "chunk:line: " from the message to the place.
 */
void trace_syntax(vm *m, const char *chunk, const char *message, err *e);

#endif
