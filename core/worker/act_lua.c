#include "worker/act_lua.h"

#include <lauxlib.h>
#include <lua.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "vm/deadline.h"
#include "vm/report_lua.h"
#include "vm/values_lua.h"
#include "worker/channel.h"

/* allowed and reason at -2 and -1; pops both. */
static bool take_verdict(lua_State *L, value *answer, err *e)
{
    size_t len = 0;
    const char *reason = lua_type(L, -1) == LUA_TSTRING ? lua_tolstring(L, -1, &len) : NULL;
    bool ok = lua_isboolean(L, -2);
    if (ok) {
        value_add(answer, "allowed", value_bool(lua_toboolean(L, -2)));
        value_add(answer, "reason", reason ? value_bytes(reason, len) : value_nil());
    } else {
        err_set(e, ERR_BAD_DATA, "a check returns true, or false and a reason, not a %s",
                lua_typename(L, lua_type(L, -2)));
    }
    lua_pop(L, 2);
    return ok;
}

/* The command's table at -3, or nil with a reason and the name of an error's code at -2 and -1;
 * pops all three. */
static bool take_result(lua_State *L, value *answer, err *e)
{
    value result = value_nil();
    bool refused = lua_isnil(L, -3) && lua_type(L, -2) == LUA_TSTRING;
    bool ok = lua_isnil(L, -3) || lua_istable(L, -3) ||
              err_set(e, ERR_BAD_DATA, "a command returns a table, or nil and a reason, not a %s",
                      luaL_typename(L, -3));
    if (ok && refused) {
        size_t len;
        const char *reason = lua_tolstring(L, -2, &len);
        value_add(answer, "refused", value_bytes(reason, len));
        if (lua_type(L, -1) == LUA_TSTRING)
            value_add(answer, "code", value_text(lua_tostring(L, -1)));
    } else if (ok && lua_istable(L, -3)) {
        ok = values_get(L, -3, &result, e) || err_prefix(e, "what the command returns: ");
        value_add(answer, "result", result);
    }
    lua_pop(L, 3);
    return ok;
}

/* A worker may live for days: the day is that of the host's clock, whenever it was loaded. */
static int push_acting(vm *m, const value *frame, const char *lang)
{
    const char *now = value_get_str(frame, "now", "");
    char today[11];
    snprintf(today, sizeof today, "%s", now);
    values_push(vm_lua(m), value_get(frame, "given"));
    vm_push_acting_ctx(m, today, now, NULL, lang);
    return 2;
}

/* No language: what a handler does must not depend on who woke it. */
static int push_handler(vm *m, const value *frame)
{
    return push_acting(m, frame, NULL);
}

static int push_check(vm *m, const value *frame)
{
    return push_acting(m, frame, value_get_str(frame, "lang", "nl"));
}

static int push_command(vm *m, const value *frame)
{
    const value *given = value_get(frame, "given");
    values_push(vm_lua(m), value_get(given, "args"));
    vm_push_acting_ctx(m, value_get_str(given, "today", ""), value_get_str(frame, "now", ""),
                       value_get_str(given, "secret", ""), value_get_str(given, "lang", "nl"));
    return 2;
}

static int push_report(vm *m, const value *frame)
{
    const value *given = value_get(frame, "given");
    report_push_writer(m);
    values_push(vm_lua(m), value_get(given, "args"));
    vm_push_report_ctx(m, value_get_str(given, "today", ""), value_get_str(frame, "now", ""),
                       value_get_str(given, "lang", "nl"));
    return 3;
}

static bool take_blocks(lua_State *L, value *answer, err *e)
{
    (void)e;
    value_add(answer, "blocks", report_take(vm_of(L)));
    return true;
}

static const struct act {
    const char *op, *type, *function, *answer;
    vm_acts allows;
    int results;
    int (*push)(vm *m, const value *frame); /* says how many arguments */
    bool (*take)(lua_State *L, value *answer, err *e);
} ACTS[] = {
    {"handle", "handler", "handler", "handled", VM_ACTS_ALL, 0, push_handler, NULL},
    {"check", "check", "check", "checked", VM_ACTS_READ, 2, push_check, take_verdict},
    {"command", "command", "run", "ran", VM_ACTS_COMMAND, 3, push_command, take_result},
    {"report", "report", "write", "reported", VM_ACTS_REPORT, 0, push_report, take_blocks},
};

static const struct act *act_of(const value *frame)
{
    const char *op = value_get_str(frame, "op", "");
    size_t at = 0;
    while (strcmp(ACTS[at].op, op) != 0) /* serve.c asks with these only */
        at++;
    return &ACTS[at];
}

bool act_run(vm *m, const value *frame, value *answer, err *e)
{
    const struct act *a = act_of(frame);
    *answer = value_map();
    value_add(answer, "op", value_text(a->answer));
    deadline_enter(m, (uint32_t)value_get_int(frame, "number", 0));
    vm_seed(m, (uint64_t)value_get_int(frame, "seed", 0));
    vm_allow(m, a->allows);
    bool ok = vm_push_function(m, a->type, value_get_str(frame, "name", ""), a->function);
    if (ok) {
        int count = a->push(m, frame);
        ok = vm_call(m, count, a->results, e);
    } else {
        err_set(e, ERR_NOT_FOUND, "the plugin did not register this %s when it was loaded again",
                a->type);
    }
    vm_allow(m, VM_ACTS_NONE);
    deadline_leave();
    ok = ok && (!a->take || a->take(vm_lua(m), answer, e));
    if (!ok)
        value_free(answer);
    return ok;
}

static bool take_answer(const value *frame, value *out, err *e)
{
    int64_t code = value_get_int(frame, "code", ERR_NONE);
    if (code == ERR_NONE) {
        *out = value_copy(value_get(frame, "value"));
        return true;
    }
    err_set(e, code > ERR_NONE && code <= ERR_BUG ? (err_code)code : ERR_BUG, "%s",
            value_get_str(frame, "message", ""));
    return err_hint(e, "%s", value_get_str(frame, "hint", ""));
}

bool act_call(int fd, const char *fn, const value *args, value *out, err *e)
{
    value frame = value_map();
    value_add(&frame, "op", value_text("call"));
    value_add(&frame, "fn", value_text(fn));
    value_add(&frame, "args", value_copy(args));
    bool ok = channel_write(fd, &frame);
    value_free(&frame);
    if (!ok)
        return err_set(e, ERR_LIMIT, "this is larger than a worker may send");
    frame = channel_read(fd);
    if (strcmp(value_get_str(&frame, "op", ""), "answer") != 0)
        _exit(70); /* a host of another version: it was told ours in hello */
    ok = take_answer(&frame, out, e);
    value_free(&frame);
    return ok;
}
