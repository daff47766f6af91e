#include "worker/act_lua.h"

#include <lua.h>
#include <string.h>
#include <unistd.h>

#include "vm/deadline.h"
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

bool act_run(vm *m, const value *frame, value *answer, err *e)
{
    bool check = strcmp(value_get_str(frame, "op", ""), "check") == 0;
    const char *type = check ? "check" : "handler";
    lua_State *L = vm_lua(m);
    *answer = value_map();
    value_add(answer, "op", value_text(check ? "checked" : "handled"));
    deadline_enter(m, (uint32_t)value_get_int(frame, "number", 0));
    vm_seed(m, (uint64_t)value_get_int(frame, "seed", 0));
    vm_allow(m, check ? VM_ACTS_READ : VM_ACTS_ALL);
    bool ok = vm_push_function(m, type, value_get_str(frame, "name", ""), type);
    if (ok) {
        values_push(L, value_get(frame, "given"));
        vm_push_ctx(m);
        ok = vm_call(m, 2, check ? 2 : 0, e);
    } else {
        err_set(e, ERR_NOT_FOUND, "the plugin did not register this %s when it was loaded again",
                type);
    }
    vm_allow(m, VM_ACTS_NONE);
    deadline_leave();
    ok = ok && (!check || take_verdict(L, answer, e));
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
