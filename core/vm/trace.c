#include "vm/trace.h"
#include "vm/inside.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"

/* Chunk names are made by the host alone: "@plugin/file" for files, "=plugin/file:line (load)" for
 * what `load` compiled,
 * "=[polder]" for the host's own; C functions are "=[C]". */
static bool is_plugins(const lua_Debug *ar)
{
    return ar->source[0] == '@' || (ar->source[0] == '=' && ar->source[1] != '[');
}

trace trace_start(const vm *m)
{
    trace t = {.run = m->run};
    return t;
}

bool trace_next(trace *t, const char *what, int max_levels)
{
    while (t->run && t->seen++ < max_levels) {
        if (!lua_getstack(t->run->L, t->level++, &t->ar)) {
            t->run = t->run->up;
            t->level = 0;
            continue;
        }
        if (lua_getinfo(t->run->L, what, &t->ar) && is_plugins(&t->ar))
            return true;
    }
    return false;
}

static void escaped_place(const lua_Debug *ar, char out[TRACE_PLACE])
{
    buf name = {0};
    text_escape(&name, ar->source + 1, strlen(ar->source + 1), 256);
    snprintf(out, TRACE_PLACE, "%s:%d", buf_text(&name), ar->currentline);
    buf_free(&name);
}

void trace_place(const vm *m, char out[TRACE_PLACE])
{
    out[0] = '\0';
    trace t = trace_start(m);
    if (trace_next(&t, "Sl", TRACE_LEVELS))
        escaped_place(&t.ar, out);
}

static void add_function(buf *line, const lua_Debug *ar)
{
    if (strcmp(ar->what, "main") == 0) {
        buf_str(line, "in the file itself");
    } else if (ar->name) {
        buf_str(line, "in function '");
        text_escape(line, ar->name, strlen(ar->name), 64);
        buf_char(line, '\'');
    } else {
        buf_fmt(line, "in the function of line %d", ar->linedefined);
    }
}

static void add_frame(buf *line, const lua_Debug *ar)
{
    char place[TRACE_PLACE];
    escaped_place(ar, place);
    buf_fmt(line, "%s: ", place);
    add_function(line, ar);
}

void trace_write(const vm *m, buf *out)
{
    static const char MORE[] = "\n…";
    size_t start = out->len;
    buf line = {0};
    trace t = trace_start(m);
    while (trace_next(&t, "Sln", TRACE_LEVELS)) {
        buf_clear(&line);
        add_frame(&line, &t.ar);
        if (out->len - start + line.len + sizeof(MORE) > TRACE_BYTES) {
            buf_str(out, MORE);
            break;
        }
        if (out->len > start)
            buf_char(out, '\n');
        buf_add(out, line.data, line.len);
    }
    buf_free(&line);
}

const char *vm_traceback(const vm *m)
{
    return buf_text(&m->traceback);
}

/* What Lua itself puts in front of a text: the short name of the innermost frame's chunk and its
 * line. */
static size_t prefix_len(const lua_Debug *ar, const char *text)
{
    char prefix[LUA_IDSIZE + 16];
    int len = snprintf(prefix, sizeof(prefix), "%s:%d: ", ar->short_src, ar->currentline);
    return strncmp(text, prefix, (size_t)len) == 0 ? (size_t)len : 0;
}

/* Lua puts the host's own chunk there when it raises in the host's Lua, as in a comparison of
 * table.sort. */
static size_t host_prefix_len(const char *text)
{
    int used = 0;
    if (sscanf(text, "[polder]:%*d: %n", &used) < 0)
        return 0;
    return (size_t)used;
}

/* error value → text; a __tostring of the plugin's runs under pcall, inside the call's deadline */
static void make_text(lua_State *L)
{
    if (lua_isnil(L, 1)) {
        lua_pushliteral(L, "an error without a message");
    } else if (lua_type(L, 1) == LUA_TSTRING) {
        lua_pushvalue(L, 1);
    } else if (lua_type(L, 1) > LUA_TSTRING && !luaL_getmetafield(L, 1, "__tostring")) {
        lua_pushfstring(L, "an error that is a %s, not a text", luaL_typename(L, 1));
    } else {
        lua_pushcfunction(L, sandbox_text);
        lua_pushvalue(L, 1);
        if (lua_pcall(L, 1, 1, 0) != LUA_OK || lua_type(L, -1) != LUA_TSTRING) {
            lua_pop(L, 1);
            lua_pushfstring(L, "an error value that can't be shown (a %s)", luaL_typename(L, 1));
        }
    }
}

static void record_test_place(vm *m)
{
    m->test_where[0] = '\0';
    char source[TRACE_PLACE];
    snprintf(source, sizeof(source), "@%s/test.lua", m->o.plugin);
    trace t = trace_start(m);
    while (trace_next(&t, "Sl", TRACE_LEVELS)) {
        if (strcmp(t.ar.source, source) == 0) {
            escaped_place(&t.ar, m->test_where);
            return;
        }
    }
}

/* The message handler: runs where the error was raised, while the frames are still there. The place
 * is taken from them; the text only loses a prefix that says the same. */
int trace_handler(lua_State *L)
{
    vm *m = vm_of(L);
    lua_settop(L, 1);
    m->where[0] = '\0';
    trace t = trace_start(m);
    bool known = trace_next(&t, "Sl", TRACE_LEVELS);
    if (known)
        escaped_place(&t.ar, m->where);
    if (m->testing)
        record_test_place(m);
    buf_clear(&m->traceback);
    trace_write(m, &m->traceback);
    make_text(L);
    const char *said = lua_tostring(L, -1);
    size_t skip = known ? prefix_len(&t.ar, said) : 0;
    skip += host_prefix_len(said + skip);
    if (skip) {
        size_t len;
        const char *text = lua_tolstring(L, -1, &len);
        lua_pushlstring(L, text + skip, len - skip);
    }
    m->caught = true;
    return 1;
}

static void set_message(err *e, const char *text, size_t len)
{
    buf shown = {0};
    text_escape(&shown, text, len, 700);
    err_set(e, ERR_BAD_DATA, "%s", buf_text(&shown));
    buf_free(&shown);
}

void vm_caught(vm *m, err *e)
{
    size_t len = 0;
    const char *text =
        lua_type(m->L, -1) == LUA_TSTRING ? lua_tolstring(m->L, -1, &len) : "an unknown error";
    set_message(e, text, len ? len : strlen(text));
    if (m->caught)
        err_where(e, "%s", m->where);
    else
        buf_clear(&m->traceback);
    m->caught = false;
    lua_pop(m->L, 1);
}

/* "chunk:7: " in front of `message` gives its length; a long chunk name has lost its beginning to
 * "...". */
static size_t syntax_prefix(const char *chunk, const char *message, int *line)
{
    const char *name = strncmp(message, "...", 3) == 0 ? message + 3 : message;
    size_t chunk_len = strlen(chunk);
    for (size_t skip = 0; skip < chunk_len; skip++) {
        size_t len = chunk_len - skip;
        int used = 0;
        if (strncmp(name, chunk + skip, len) == 0 &&
            sscanf(name + len, ":%d: %n", line, &used) == 1 && used > 0)
            return (size_t)(name - message) + len + (size_t)used;
    }
    return 0;
}

void trace_syntax(vm *m, const char *chunk, const char *message, err *e)
{
    int line = 0;
    size_t skip = syntax_prefix(chunk, message, &line);
    buf_clear(&m->traceback);
    set_message(e, message + skip, strlen(message + skip));
    if (skip)
        err_where(e, "%s:%d", chunk, line);
    else
        err_where(e, "%s", chunk);
}
