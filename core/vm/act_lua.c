/* polder.get, query, run, events, put, emit, match and explain, ctx.print and progress: what a
 * plugin asks of the host while one of its handlers, checks, commands or reports runs. The worker
 * waits for each answer; a plugin's own time goes on meanwhile only by the wall, of which it has
 * ten times as much. */
#include <string.h>

#include "vm/inside.h"
#include "vm/options.h"
#include "vm/trace.h"
#include "vm/values_lua.h"

void vm_allow(vm *m, vm_acts acts)
{
    m->acts = acts;
}

/* Where a plugin finds the function. */
static const char *table_of(const char *fn)
{
    return strcmp(fn, "print") == 0 || strcmp(fn, "progress") == 0 ? "ctx" : "polder";
}

static void check_allowed(lua_State *L, const char *fn, vm_acts least)
{
    const vm *m = vm_of(L);
    if (m->o.call && m->acts >= least)
        return;
    if (m->acts == VM_ACTS_READ && least == VM_ACTS_ALL)
        luaL_error(L, "polder.%s: a check only says yes or no; a handler (polder.on) can write",
                   fn);
    if (m->acts == VM_ACTS_REPORT)
        luaL_error(L, "%s.%s: a report only reads; a handler (polder.on) or a command can do this",
                   table_of(fn), fn);
    static const char *const WHERE[] = {[VM_ACTS_READ] = "handler, a check, a command or a report",
                                        [VM_ACTS_ALL] = "handler or a command",
                                        [VM_ACTS_COMMAND] = "command"};
    luaL_error(L,
               "%s.%s works while a %s runs, not while the plugin loads, nor in a rule: a "
               "score depends on nothing but the fields that its rule needs",
               table_of(fn), fn, WHERE[least]);
}

/* Asks, and pushes the answer; takes the arguments over. Raises only when nothing is left to be
 * freed. */
static int ask(lua_State *L, const char *fn, value *args)
{
    vm *m = vm_of(L);
    value out = value_nil();
    char at[TRACE_PLACE];
    err e = {0};
    trace_place(m, at);
    value_add(args, "at", value_text(at));
    bool ok = m->o.call(m->o.ctx, fn, args, &out, &e);
    value_free(args);
    if (!ok)
        return luaL_error(L, "%s.%s: %s%s%s%s", table_of(fn), fn, e.message, e.hint[0] ? " (" : "",
                          e.hint, e.hint[0] ? ")" : "");
    values_push(L, &out);
    value_free(&out);
    return 1;
}

static int fail(lua_State *L, const char *fn, value *args, const err *e)
{
    value_free(args);
    return luaL_error(L, "polder.%s: %s", fn, e->message);
}

/* Says which argument it is, where it isn't the only one. */
static bool wrong(int index, const char *key, err *e)
{
    return index > 1 && err_prefix(e, "%s: ", key);
}

/* Adds the argument at `index` to `args`, a table checked by `rows` where there are any. */
static bool take(lua_State *L, int index, const char *key, const option_row *rows, value *args,
                 err *e)
{
    value v = value_nil();
    if (lua_isnoneornil(L, index))
        return true;
    if (!values_get(L, index, &v, e))
        return wrong(index, key, e);
    if (rows && !value_is(&v, VALUE_MAP)) {
        value_free(&v);
        return err_set(e, ERR_BAD_DATA, "%s: expected a table", key);
    }
    if (rows && !options_check(rows, &v, e)) {
        value_free(&v);
        return wrong(index, key, e);
    }
    value_add(args, key, v);
    return true;
}

static value with_text(lua_State *L, int index, const char *key)
{
    size_t len;
    const char *text = lua_tolstring(L, index, &len);
    value args = value_map();
    value_add(&args, key, value_bytes(text, len));
    return args;
}

int act_get(lua_State *L)
{
    check_allowed(L, "get", VM_ACTS_READ);
    luaL_checktype(L, 1, LUA_TSTRING);
    value args = with_text(L, 1, "id");
    return ask(L, "get", &args);
}

int act_find_run(lua_State *L)
{
    check_allowed(L, "run", VM_ACTS_READ);
    luaL_checktype(L, 1, LUA_TSTRING);
    value args = with_text(L, 1, "id");
    return ask(L, "run", &args);
}

int act_query(lua_State *L)
{
    err e = {0};
    check_allowed(L, "query", VM_ACTS_READ);
    luaL_checktype(L, 1, LUA_TTABLE);
    value args = value_map();
    if (!take(L, 1, "query", OPTIONS_QUERY, &args, &e))
        return fail(L, "query", &args, &e);
    return ask(L, "query", &args);
}

int act_events(lua_State *L)
{
    err e = {0};
    check_allowed(L, "events", VM_ACTS_READ);
    luaL_checktype(L, 1, LUA_TTABLE);
    value args = value_map();
    if (!take(L, 1, "events", OPTIONS_EVENTS, &args, &e))
        return fail(L, "events", &args, &e);
    return ask(L, "events", &args);
}

int act_put(lua_State *L)
{
    err e = {0};
    check_allowed(L, "put", VM_ACTS_ALL);
    luaL_checktype(L, 1, LUA_TSTRING);
    luaL_checktype(L, 2, LUA_TTABLE);
    value args = with_text(L, 1, "id");
    if (!take(L, 2, "fields", NULL, &args, &e) || !take(L, 3, "stated", OPTIONS_STATED, &args, &e))
        return fail(L, "put", &args, &e);
    return ask(L, "put", &args);
}

int act_emit(lua_State *L)
{
    err e = {0};
    check_allowed(L, "emit", VM_ACTS_ALL);
    luaL_checktype(L, 1, LUA_TSTRING);
    if (!lua_isnoneornil(L, 3))
        luaL_checktype(L, 3, LUA_TSTRING);
    value args = with_text(L, 1, "type");
    if (!take(L, 2, "data", NULL, &args, &e) || !take(L, 3, "subject", NULL, &args, &e))
        return fail(L, "emit", &args, &e);
    return ask(L, "emit", &args);
}

/* Of a command or a report. */
static int ask_desk(lua_State *L, const char *fn, const option_row *rows)
{
    err e = {0};
    if (vm_of(L)->acts != VM_ACTS_REPORT)
        check_allowed(L, fn, VM_ACTS_COMMAND);
    luaL_checktype(L, 1, LUA_TTABLE);
    value args = value_map();
    if (!take(L, 1, fn, rows, &args, &e))
        return fail(L, fn, &args, &e);
    return ask(L, fn, &args);
}

int act_match(lua_State *L)
{
    return ask_desk(L, "match", OPTIONS_MATCH);
}

int act_explain(lua_State *L)
{
    return ask_desk(L, "explain", OPTIONS_EXPLAIN);
}

/* ctx.print(…): its arguments as `print` shows them, a space between: a tab is no text for a
 * terminal. */
int act_print(lua_State *L)
{
    luaL_Buffer text;
    int count = lua_gettop(L);
    check_allowed(L, "print", VM_ACTS_COMMAND);
    luaL_buffinit(L, &text);
    for (int i = 1; i <= count; i++) {
        if (i > 1)
            luaL_addchar(&text, ' ');
        lua_pushcfunction(L, sandbox_text);
        lua_pushvalue(L, i);
        lua_call(L, 1, 1);
        luaL_addvalue(&text);
    }
    luaL_pushresult(&text);
    value args = with_text(L, -1, "text");
    ask(L, "print", &args);
    return 0;
}

/* ctx.progress(done, of): the host is told of whole percents only. */
int act_progress(lua_State *L)
{
    vm *m = vm_of(L);
    lua_Number done = luaL_checknumber(L, 1), of = luaL_checknumber(L, 2);
    check_allowed(L, "progress", VM_ACTS_COMMAND);
    int percent = done > 0 && of > 0 ? (int)(done >= of ? 100 : done * 100 / of) : 0;
    if (percent == m->percent)
        return 0;
    m->percent = percent;
    value args = value_map();
    value_add(&args, "percent", value_int(percent));
    ask(L, "progress", &args);
    return 0;
}
