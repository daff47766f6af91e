/* config_lua.h: evaluates the operator's polder.lua: a Lua file that returns a table. Floor:
 * worker. */
#ifndef POLDER_WORKER_CONFIG_LUA_H
#define POLDER_WORKER_CONFIG_LUA_H

#include "base/err.h"
#include "base/value.h"

typedef void config_limit(void *ctx, const char *kind, const char *place, const char *traceback);

/* false: e->where is "polder.lua:12". *out is a map, owned by the caller. */
bool config_run(const char *text, config_limit *limit, value *out, err *e);

#endif
