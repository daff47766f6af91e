#include "worker/config_lua.h"

#include <lauxlib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "vm/deadline.h"
#include "vm/values_lua.h"
#include "vm/vm.h"

#define FILE_NAME "polder.lua"

enum { CONFIG_NUMBER = 1, CONFIG_MEMORY = 64 << 20 };

/* Lua writes the place of a syntax error in front of its message; here it is the host's own file
 * name. */
static bool syntax_error(const char *message, err *e)
{
    int line = 0, used = 0;
    if (sscanf(message, FILE_NAME ":%d: %n", &line, &used) < 1 || used == 0)
        line = used = 0;
    err_set(e, ERR_BAD_DATA, "%s", message + used);
    err_where(e, FILE_NAME ":%d", line);
    return err_hint(e, "the file must be Lua that ends in: return { … }");
}

static bool evaluate(vm *m, const char *text, value *out, err *e)
{
    lua_State *L = vm_lua(m);
    if (luaL_loadbufferx(L, text, strlen(text), "@" FILE_NAME, "t") != LUA_OK)
        return syntax_error(lua_tostring(L, -1), e);
    deadline_enter(m, CONFIG_NUMBER);
    bool ok = vm_call(m, 0, 1, e);
    deadline_leave();
    if (!ok)
        return false;
    ok = values_get(L, -1, out, e);
    lua_pop(L, 1);
    if (!ok && !e->where[0])
        err_where(e, FILE_NAME);
    return ok;
}

bool config_run(const char *text, config_limit *limit, value *out, err *e)
{
    value files = value_map();
    vm_options o = {.plugin = FILE_NAME,
                    .version = "",
                    .files = &files,
                    .main = FILE_NAME,
                    .today = "",
                    .memory_bytes = CONFIG_MEMORY,
                    .limit = limit};
    vm *m = vm_new(&o, e);
    return m && evaluate(m, text, out, e);
}
