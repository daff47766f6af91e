/* The writer that a report is given: each method adds a block to the document, kept as a `value`
 * outside the state, with the line of the plugin that wrote it. What a block must be is checked by
 * the host (report/document.h), which trusts nobody here. */
#include <string.h>

#include "vm/inside.h"
#include "vm/report_lua.h"
#include "vm/trace.h"
#include "vm/values_lua.h"
#include "vm/writer_lua.h"

enum { BLOCKS_MOST = 10000, BYTES_MOST = 6 << 20 };

/* block name, table of the block: keeps it. Raises only when nothing is left to be freed. */
static int keep_block(lua_State *L)
{
    vm *m = vm_of(L);
    const char *name = luaL_checkstring(L, 1);
    char at[TRACE_PLACE];
    err e = {0};
    value block = value_nil();
    luaL_checktype(L, 2, LUA_TTABLE);
    if (!value_is(&m->report, VALUE_LIST))
        return luaL_error(L, "report:%s: the report is written already", name);
    if (value_len(&m->report) == BLOCKS_MOST)
        return luaL_error(L, "report:%s: a report has at most %d parts", name, BLOCKS_MOST);
    if (!values_get(L, 2, &block, &e))
        return luaL_error(L, "report:%s: %s", name, e.message);
    size_t bytes = value_memory(&block);
    if (!value_is(&block, VALUE_MAP) || bytes > BYTES_MOST - m->report_bytes) {
        bool map = value_is(&block, VALUE_MAP);
        value_free(&block);
        return luaL_error(L,
                          map ? "report:%s: a report takes at most 6 MiB in all"
                              : "report:%s: expected a table with names, such as caption = \"…\"",
                          name);
    }
    m->report_bytes += bytes;
    trace_place(m, at);
    value_set(&block, "block", value_text(name));
    value_set(&block, "at", value_text(at));
    value_push(&m->report, block);
    return 0;
}

void report_push_writer(vm *m)
{
    lua_State *L = m->L;
    value_free(&m->report);
    m->report = value_list();
    m->report_bytes = 0;
    sandbox_host_chunk(L, vm_writer_lua, sizeof(vm_writer_lua));
    lua_pushcfunction(L, keep_block);
    lua_pushglobaltable(L);
    lua_getfield(L, -1, "error");
    lua_getfield(L, -2, "type");
    lua_getfield(L, -3, "select");
    lua_remove(L, -4);
    lua_call(L, 4, 1);
    view_lock(L, NULL);
}

value report_take(vm *m)
{
    value blocks = m->report;
    m->report = value_nil();
    return blocks;
}
