#include "vm/inside.h"

#include <stdatomic.h>

/* Coroutines as in Lua's own library (lcorolib.c), but the chain of running ones is kept: a hook
 * works for one coroutine, so the deadline must know which one runs. The `due` looks close the gaps
 * between a signal and a switch. */
static void enter(vm *m, const vm_run *run)
{
    m->run = run;
    atomic_signal_fence(memory_order_seq_cst);
    if (deadline_due)
        deadline_arm(run->L);
}

static lua_State *coroutine_at(lua_State *L, int index)
{
    lua_State *co = lua_tothread(L, index);
    luaL_argexpected(L, co, index, "coroutine");
    return co;
}

static int switch_to(lua_State *L, lua_State *co, int args, int *results)
{
    vm *m = vm_of(L);
    vm_run run = {.L = co, .up = m->run};
    enter(m, &run);
    int status = lua_resume(co, L, args, results);
    enter(m, run.up);
    return status;
}

/* The top `args` values of L go in; the results, or the error value, come out on L. Negative: an
 * error. */
static int resume(lua_State *L, lua_State *co, int args)
{
    if (!lua_checkstack(co, args)) {
        lua_pushliteral(L, "too many arguments to resume");
        return -1;
    }
    lua_xmove(L, co, args);
    int results = 0;
    int status = switch_to(L, co, args, &results);
    if (status != LUA_OK && status != LUA_YIELD) {
        lua_xmove(co, L, 1); // error value
        return -1;
    }
    if (!lua_checkstack(L, results + 1)) {
        lua_pop(co, results);
        lua_pushliteral(L, "too many results to resume");
        return -1;
    }
    lua_xmove(co, L, results);
    return results;
}

int coroutine_resume(lua_State *L)
{
    lua_State *co = coroutine_at(L, 1);
    int results = resume(L, co, lua_gettop(L) - 1);
    bool ok = results >= 0;
    int out = ok ? results : 1;
    lua_pushboolean(L, ok);
    lua_insert(L, -(out + 1));
    return out + 1;
}

static int close_thread(lua_State *L, lua_State *co)
{
    vm *m = vm_of(L);
    vm_run run = {.L = co, .up = m->run};
    enter(m, &run);
    int status = lua_resetthread(co); // runs its __close
    enter(m, run.up);
    return status;
}

static int wrapped(lua_State *L)
{
    lua_State *co = lua_tothread(L, lua_upvalueindex(1));
    int results = resume(L, co, lua_gettop(L));
    if (results >= 0)
        return results;
    int status = lua_status(co);
    if (status != LUA_OK && status != LUA_YIELD) {
        close_thread(L, co);
        lua_xmove(co, L, 1); // the error, perhaps another one after closing
    }
    if (lua_type(L, -1) == LUA_TSTRING) {
        luaL_where(L, 1);
        lua_insert(L, -2);
        lua_concat(L, 2);
    }
    return lua_error(L);
}

int coroutine_wrap(lua_State *L)
{
    luaL_checktype(L, 1, LUA_TFUNCTION);
    lua_State *co = lua_newthread(L);
    lua_pushvalue(L, 1);
    lua_xmove(L, co, 1);
    lua_pushcclosure(L, wrapped, 1);
    return 1;
}

static bool may_close(lua_State *L, lua_State *co)
{
    lua_Debug ar;
    if (co == L)
        return false;
    return lua_status(co) != LUA_OK || !lua_getstack(co, 0, &ar);
}

int coroutine_close(lua_State *L)
{
    lua_State *co = coroutine_at(L, 1);
    if (!may_close(L, co))
        return luaL_error(L, "cannot close a running coroutine");
    if (close_thread(L, co) == LUA_OK) {
        lua_pushboolean(L, 1);
        return 1;
    }
    lua_pushboolean(L, 0);
    lua_xmove(co, L, 1); // error value
    return 2;
}
