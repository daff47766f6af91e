/* What a plugin registers: one table, checked, kept as values and functions. */
#include <stdio.h>
#include <string.h>

#include "vm/contribute_lua.h"
#include "vm/inside.h"
#include "vm/measure_lua.h"
#include "vm/options.h"
#include "vm/trace.h"
#include "vm/values_lua.h"

/* One registration under way; nothing in it raises a Lua error, for what is half built must be
 * freed. */
typedef struct registration {
    lua_State *L;
    const char *type;
    const option_row *options;
    value spec;
    char functions[64]; /* names of those given */
} registration;

/* The smallest key that is no option, for Lua's own order differs from process to process. */
static bool refuse_unknown(const registration *r, err *e)
{
    const char *unknown = NULL;
    lua_pushnil(r->L);
    while (lua_next(r->L, 1)) {
        lua_pop(r->L, 1);
        if (lua_type(r->L, -1) != LUA_TSTRING) {
            err_set(e, ERR_BAD_DATA, "options have names, as in name = \"…\"; got a %s as a key",
                    luaL_typename(r->L, -1));
            lua_pop(r->L, 1);
            return false;
        }
        const char *key = lua_tostring(r->L, -1);
        const option_row *row = r->options;
        while (row->name && strcmp(row->name, key) != 0)
            row++;
        if (!row->name && (!unknown || strcmp(key, unknown) < 0))
            unknown = key;
    }
    return !unknown || options_unknown(r->options, unknown, e);
}

static bool is_function(const option_row *row)
{
    return row->type == OPTION_FUNCTION || row->type == OPTION_GATE;
}

/* Its spec takes the object's place. */
static bool take_measure(registration *r, const option_row *row)
{
    size_t number;
    if (!vm_measure_at(r->L, -1, &number))
        return false;
    value_set(&r->spec, row->name, value_copy(vm_measure(vm_of(r->L), number)));
    return true;
}

/* option's value on top */
static bool take_option(registration *r, const option_row *row, err *e)
{
    if (lua_isnil(r->L, -1))
        return true;
    if (row->type == OPTION_MEASURE || row->type == OPTION_GATE) {
        if (take_measure(r, row))
            return true;
        if (row->type == OPTION_MEASURE)
            return err_set(e, ERR_BAD_DATA,
                           "%s: expected what polder.overlap and the like make, "
                           "got a %s",
                           row->name, luaL_typename(r->L, -1));
    }
    if (is_function(row)) {
        if (!lua_isfunction(r->L, -1))
            return err_set(e, ERR_BAD_DATA, "%s: expected a function%s, got a %s", row->name,
                           row->type == OPTION_GATE ? " or a measure" : "",
                           measure_or_typename(r->L, -1));
        strcat(r->functions, r->functions[0] ? " " : "");
        strcat(r->functions, row->name);
        return true;
    }
    value v;
    if (!values_get(r->L, -1, &v, e))
        return err_prefix(e, "%s: ", row->name);
    value_set(&r->spec, row->name, v);
    return true;
}

static bool take_options(registration *r, err *e)
{
    if (!refuse_unknown(r, e))
        return false;
    r->spec = value_map();
    for (const option_row *row = r->options; row->name; row++) {
        lua_pushstring(r->L, row->name);
        lua_rawget(r->L, 1);
        bool ok = take_option(r, row, e);
        lua_pop(r->L, 1);
        if (!ok)
            return false;
    }
    return options_check(r->options, &r->spec, e) &&
           options_agree(r->type, &r->spec, r->functions, e);
}

/* The file that registers, by its frame: loaded text is not a file. */
static int registering_line(const vm *m, char file[TRACE_PLACE])
{
    size_t skip = strlen(m->o.plugin) + 2; // "@zeeland/"
    trace t = trace_start(m);
    while (trace_next(&t, "Sl", TRACE_LEVELS)) {
        if (t.ar.source[0] == '@' && strlen(t.ar.source) > skip) {
            snprintf(file, TRACE_PLACE, "%s", t.ar.source + skip);
            return t.ar.currentline;
        }
    }
    snprintf(file, TRACE_PLACE, "%s", m->o.main);
    return 0;
}

static bool refuse_twice(const registration *r, const vm *m, err *e)
{
    const char *name = value_get_str(&r->spec, "name", "");
    for (size_t i = 0; i < value_len(&m->contributions); i++) {
        const value *other = value_at(&m->contributions, i);
        if (strcmp(value_get_str(other, "type", ""), r->type) == 0 &&
            strcmp(value_get_str(other, "name", ""), name) == 0)
            return err_set(e, ERR_BAD_DATA, "'%s' is registered already at %s:%d", name,
                           value_get_str(other, "file", ""), (int)value_get_int(other, "line", 0));
    }
    return true;
}

/* What is kept is not in the state, so the state's cap does not hold it. */
bool contribute_weighs(vm *m, const value *v, err *e)
{
    enum { MOST_BYTES = 4 << 20 };
    size_t bytes = value_memory(v);
    if (bytes > MOST_BYTES - m->kept_bytes)
        return err_set(e, ERR_LIMIT, "a plugin's contributions take at most %d MiB in all",
                       MOST_BYTES >> 20);
    m->kept_bytes += bytes;
    return true;
}

static bool refuse_more(const registration *r, vm *m, err *e)
{
    enum { MOST = 1000 };
    if (value_len(&m->contributions) == MOST)
        return err_set(e, ERR_LIMIT, "a plugin makes at most %d contributions", MOST);
    return contribute_weighs(m, &r->spec, e);
}

static void keep_functions(const registration *r)
{
    const char *name = value_get_str(&r->spec, "name", "");
    lua_rawgetp(r->L, LUA_REGISTRYINDEX, &vm_slots[SLOT_FUNCTIONS]);
    for (const option_row *row = r->options; row->name; row++) {
        if (!is_function(row))
            continue;
        lua_pushfstring(r->L, "%s/%s/%s", r->type, name, row->name);
        lua_pushstring(r->L, row->name);
        if (lua_rawget(r->L, 1) == LUA_TFUNCTION)
            lua_rawset(r->L, -3);
        else
            lua_pop(r->L, 2);
    }
    lua_pop(r->L, 1);
}

static void keep(registration *r, vm *m)
{
    char file[TRACE_PLACE];
    int line = registering_line(m, file);
    keep_functions(r);
    value c = value_map();
    value_add(&c, "type", value_text(r->type));
    value_add(&c, "name", value_copy(value_get(&r->spec, "name")));
    value_add(&c, "file", value_text(file));
    value_add(&c, "line", value_int(line));
    value_add(&c, "spec", r->spec);
    value_push(&m->contributions, c);
}

int contribute_lua(lua_State *L, const char *call, const char *type, const option_row *options)
{
    vm *m = vm_of(L);
    char prefix[64];
    err e = {0};
    registration r = {.L = L, .type = type, .options = options};
    if (!m->loading)
        return luaL_error(L, "polder.%s can only be called while the plugin loads", call);
    if (lua_type(L, 1) != LUA_TTABLE || lua_gettop(L) != 1)
        return luaL_error(L, "polder.%s: expected one table, as in polder.%s { name = \"…\" }",
                          call, call);
    if (take_options(&r, &e) && refuse_twice(&r, m, &e) && refuse_more(&r, m, &e)) {
        keep(&r, m);
        return 0;
    }
    value_free(&r.spec);
    snprintf(prefix, sizeof(prefix), "polder.%s: ", call);
    return api_raise(L, &e, prefix);
}
