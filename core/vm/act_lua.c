/* polder.get, query, each, run, events, put, emit, match and explain, ctx.print and progress: what
 * a plugin asks of the host while one of its handlers, checks, commands or reports runs. The worker
 * waits for each answer; a plugin's own time goes on meanwhile only by the wall, of which it has
 * ten times as much. */
#include <math.h>
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

/* One page of what `fn` reads: what was asked is the table at `spec`, and it begins behind the
 * value at `after` (nil: at the start). Pushes its rows, and what is behind it begins after (nil:
 * nothing is). */
static void ask_page(lua_State *L, const char *fn, int spec, int after)
{
    err e = {0};
    value args = value_map(), asked = value_nil(), begin = value_nil();
    if (!values_get(L, spec, &asked, &e))
        fail(L, fn, &args, &e);
    value_add(&args, fn, asked);
    if (!lua_isnil(L, after)) {
        if (!values_get(L, after, &begin, &e))
            fail(L, fn, &args, &e);
        value_add(&args, "after", begin);
    }
    ask(L, fn, &args); // answer
    luaL_checktype(L, -1, LUA_TTABLE);
    lua_getfield(L, -1, "rows");
    lua_getfield(L, -2, "next");
    lua_remove(L, -3); // rows next
}

/* What was asked alone on the stack, made regular; takes the arguments over. */
static void push_spec(lua_State *L, value *args, const char *key)
{
    lua_settop(L, 0);
    values_push(L, value_get(args, key));
    value_free(args);
}

static void take_spec(lua_State *L, const char *fn, const option_row *rows)
{
    err e = {0};
    check_allowed(L, fn, VM_ACTS_READ);
    luaL_checktype(L, 1, LUA_TTABLE);
    value args = value_map();
    if (!take(L, 1, fn, rows, &args, &e))
        fail(L, fn, &args, &e);
    push_spec(L, &args, fn);
}

/* All that `fn` gives, by pages, at most `limit`: a list in place of the spec at 1. */
static int collect(lua_State *L, const char *fn, lua_Number limit)
{
    lua_Number count = 0;
    lua_createtable(L, 0, 0);
    lua_pushnil(L); // spec list after
    do {
        ask_page(L, fn, 1, 3); // spec list after rows next
        lua_replace(L, 3);
        lua_Integer rows = (lua_Integer)lua_rawlen(L, 4);
        for (lua_Integer i = 1; i <= rows && count < limit; i++) {
            lua_rawgeti(L, 4, i);
            lua_rawseti(L, 2, (lua_Integer)++count);
        }
        lua_settop(L, 3);
    } while (!lua_isnil(L, 3) && count < limit);
    lua_settop(L, 2);
    return 1;
}

int act_query(lua_State *L)
{
    err e = {0};
    check_allowed(L, "query", VM_ACTS_READ);
    luaL_checktype(L, 1, LUA_TTABLE);
    value args = value_map();
    if (!take(L, 1, "query", OPTIONS_QUERY, &args, &e))
        return fail(L, "query", &args, &e);
    if (!value_is(value_get(value_get(&args, "query"), "limit"), VALUE_TEXT))
        return ask(L, "query", &args);
    push_spec(L, &args, "query");
    return collect(L, "each", HUGE_VAL);
}

int act_events(lua_State *L)
{
    take_spec(L, "events", OPTIONS_EVENTS);
    lua_getfield(L, 1, "limit");
    lua_Number limit = luaL_optnumber(L, -1, HUGE_VAL);
    lua_settop(L, 1);
    return collect(L, "events", limit);
}

/* Upvalues of the iterator that polder.each gives; EACH_NEXT is false when the page is the last. */
enum { EACH_SPEC = 1, EACH_ROWS, EACH_AT, EACH_NEXT };

static void set_page(lua_State *L) // rows next
{
    if (lua_isnil(L, -1)) {
        lua_pop(L, 1);
        lua_pushboolean(L, 0);
    }
    lua_replace(L, lua_upvalueindex(EACH_NEXT));
    lua_replace(L, lua_upvalueindex(EACH_ROWS));
    lua_pushinteger(L, 0);
    lua_replace(L, lua_upvalueindex(EACH_AT));
}

/* A record is let go of when it is given: what the plugin doesn't keep costs no memory. */
static int next_record(lua_State *L)
{
    check_allowed(L, "each", VM_ACTS_READ);
    for (;;) {
        lua_settop(L, 0);
        lua_Integer at = lua_tointeger(L, lua_upvalueindex(EACH_AT)) + 1;
        if (lua_rawgeti(L, lua_upvalueindex(EACH_ROWS), at) != LUA_TNIL) {
            lua_pushnil(L);
            lua_rawseti(L, lua_upvalueindex(EACH_ROWS), at);
            lua_pushinteger(L, at);
            lua_replace(L, lua_upvalueindex(EACH_AT));
            return 1;
        }
        if (lua_isboolean(L, lua_upvalueindex(EACH_NEXT)))
            return 1;
        ask_page(L, "each", lua_upvalueindex(EACH_SPEC), lua_upvalueindex(EACH_NEXT));
        set_page(L);
    }
}

int act_each(lua_State *L)
{
    take_spec(L, "each", OPTIONS_EACH);
    lua_createtable(L, 0, 0);
    lua_pushinteger(L, 0);
    lua_pushnil(L);
    lua_pushcclosure(L, next_record, EACH_NEXT);
    return 1;
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
