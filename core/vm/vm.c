#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "vm/inside.h"
#include "vm/testing.h"
#include "vm/trace.h"

const char vm_slots[SLOT_COUNT];

static int out_of_control(lua_State *L)
{
    const char *text = lua_tostring(L, -1);
    fprintf(stderr, "polder-worker: Lua error outside a call: %s\n", text ? text : "");
    _Exit(70);
}

static bool open_state(vm *m, err *e)
{
    m->L = lua_newstate(memory_alloc, m);
    if (!m->L)
        return err_set(e, ERR_LIMIT, "no memory for a Lua state");
    *(vm **)lua_getextraspace(m->L) = m; // new coroutines copy it
    lua_atpanic(m->L, out_of_control);
    m->bottom.L = m->L;
    lua_pushcfunction(m->L, sandbox_open);
    if (lua_pcall(m->L, 0, 0, 0) == LUA_OK)
        return true;
    err_set(e, ERR_BUG, "the sandbox does not open: %s", lua_tostring(m->L, -1));
    return false;
}

vm *vm_new(const vm_options *o, err *e)
{
    vm *m = mem_zero(1, sizeof(*m));
    m->o = *o;
    m->run = &m->bottom;
    m->contributions = value_list();
    m->kinds = value_list();
    m->measures = value_list();
    m->trusted = true;
    bool ok = open_state(m, e);
    m->trusted = false;
    if (ok)
        return m;
    vm_free(m);
    return NULL;
}

/* No plugin has a finalizer (sandbox_setmetatable), so that closing the state runs none of its
 * code. */
void vm_free(vm *m)
{
    if (!m)
        return;
    if (m->L)
        lua_close(m->L);
    value_free(&m->contributions);
    value_free(&m->kinds);
    value_free(&m->tests);
    value_free(&m->measures);
    buf_free(&m->traceback);
    free(m);
}

lua_State *vm_lua(vm *m)
{
    return m->L;
}

vm *vm_of(lua_State *L)
{
    return *(vm **)lua_getextraspace(L);
}

static int first_upvalue(lua_State *L)
{
    lua_pushvalue(L, lua_upvalueindex(1));
    return 1;
}

static bool is_module_name(const char *name)
{
    static const char PART[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-";
    for (;;) {
        size_t len = strspn(name, PART);
        if (len == 0)
            return false;
        name += len;
        if (*name == '\0')
            return true;
        if (*name++ != '.')
            return false;
    }
}

/* Pushes the compiled file. */
static bool load_file(lua_State *L, const char *file, err *e)
{
    vm *m = vm_of(L);
    const value *text = value_get(m->o.files, file);
    char name[TRACE_PLACE];
    snprintf(name, sizeof(name), "@%s/%s", m->o.plugin, file);
    if (!value_is(text, VALUE_TEXT))
        return err_set(e, ERR_NOT_FOUND, "the plugin has no file %s", file);
    const char *bytes = text->as.text.bytes;
    size_t len = text->as.text.len;
    size_t bom = len >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
    if (luaL_loadbufferx(L, bytes + bom, len - bom, name, "t") == LUA_OK)
        return true;
    trace_syntax(m, name + 1, lua_tostring(L, -1), e);
    lua_pop(L, 1);
    return false;
}

static int load_module(lua_State *L, const char *file)
{
    err e = {0};
    if (load_file(L, file, &e))
        return 1;
    lua_pushnil(L);
    lua_pushfstring(L, "cannot load %s: %s: %s", file, e.where, e.message);
    return 2;
}

static int own_module(lua_State *L, vm *m, const char *name)
{
    char file[300];
    const char *stem = luaL_gsub(L, name, ".", "/");
    for (int i = 0; i < 2; i++) {
        snprintf(file, sizeof(file), i == 0 ? "%s.lua" : "%s/init.lua", stem);
        if (value_get(m->o.files, file))
            return load_module(L, file);
    }
    lua_pushnil(L);
    lua_pushfstring(L, "there is no module '%s' in this plugin (looked for %s.lua and %s/init.lua)",
                    name, stem, stem);
    return 2;
}

static int host_module(lua_State *L, vm_slot slot)
{
    lua_rawgetp(L, LUA_REGISTRYINDEX, &vm_slots[slot]);
    lua_pushcclosure(L, first_upvalue, 1);
    return 1;
}

int vm_find_module(lua_State *L)
{
    vm *m = vm_of(L);
    size_t len = 0;
    const char *name = lua_type(L, 1) == LUA_TSTRING ? lua_tolstring(L, 1, &len) : "";
    if (strcmp(name, "polder") == 0)
        return host_module(L, SLOT_POLDER);
    if (strcmp(name, "polder.test") == 0 && m->testing)
        return host_module(L, SLOT_TEST);
    if (strlen(name) == len && len < 200 && is_module_name(name))
        return own_module(L, m, name);
    lua_pushnil(L);
    lua_pushliteral(L, "a module is named like \"rules.port\", which is the plugin's own file "
                       "rules/port.lua; paths are not names");
    return 2;
}

static bool run_file(vm *m, const char *file, err *e)
{
    return load_file(m->L, file, e) && vm_call(m, 0, 0, e);
}

bool vm_load(vm *m, err *e)
{
    m->loading = true;
    bool ok = run_file(m, m->o.main, e);
    m->loading = false;
    if (!ok) {
        value_free(&m->contributions);
        m->contributions = value_list();
    }
    return ok;
}

const value *vm_contributions(const vm *m)
{
    return &m->contributions;
}

bool vm_test(vm *m, value *out, err *e)
{
    vm_trust(m, true);
    test_push_module(m->L);
    lua_rawsetp(m->L, LUA_REGISTRYINDEX, &vm_slots[SLOT_TEST]);
    vm_trust(m, false);
    m->tests = value_list();
    m->testing = true;
    bool ok = run_file(m, "test.lua", e);
    m->testing = false;
    if (ok)
        *out = m->tests;
    else
        value_free(&m->tests);
    m->tests = value_nil();
    return ok;
}

void vm_know_kinds(vm *m, const value *kinds)
{
    value_free(&m->kinds);
    m->kinds = value_copy(kinds);
}

bool vm_push_function(vm *m, const char *type, const char *name, const char *key)
{
    lua_State *L = m->L;
    lua_rawgetp(L, LUA_REGISTRYINDEX, &vm_slots[SLOT_FUNCTIONS]);
    lua_pushfstring(L, "%s/%s/%s", type, name, key);
    bool found = lua_rawget(L, -2) == LUA_TFUNCTION;
    lua_remove(L, -2);
    if (!found)
        lua_pop(L, 1);
    return found;
}

void vm_push_handler(vm *m)
{
    lua_pushcfunction(m->L, trace_handler);
}

bool vm_call(vm *m, int args, int results, err *e)
{
    lua_State *L = m->L;
    int handler = lua_gettop(L) - args;
    vm_push_handler(m);
    lua_insert(L, handler);
    bool ok = lua_pcall(L, args, results, handler) == LUA_OK;
    if (!ok)
        vm_caught(m, e);
    lua_remove(L, handler);
    return ok;
}

void vm_ctx_function(vm *m, const char *name, lua_CFunction fn)
{
    lua_rawgetp(m->L, LUA_REGISTRYINDEX, &vm_slots[SLOT_CTX_FUNCTIONS]);
    lua_pushcfunction(m->L, fn);
    lua_setfield(m->L, -2, name);
    lua_pop(m->L, 1);
}

bool vm_dated(const vm *m)
{
    return m->dated;
}

void vm_push_ctx(vm *m)
{
    if (!m->ctx_built) {
        api_push_rule_ctx(m);
        lua_rawsetp(m->L, LUA_REGISTRYINDEX, &vm_slots[SLOT_CTX]);
        m->ctx_built = true;
    }
    lua_rawgetp(m->L, LUA_REGISTRYINDEX, &vm_slots[SLOT_CTX]);
}
