#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/terms.h"
#include "base/text.h"
#include "vm/deadline.h"
#include "vm/inside.h"
#include "vm/test_lua.h"
#include "vm/testing.h"
#include "vm/values_lua.h"

/* ctx.text where no collection is given: the share of the query's different words that the document
 * has. */
typedef struct words {
    uint32_t *terms;
    size_t count;
} words;

static void add_word(void *ctx, uint32_t term)
{
    words *w = ctx;
    for (size_t i = 0; i < w->count; i++) {
        if (w->terms[i] == term)
            return;
    }
    w->terms = mem_grow(w->terms, w->count + 1, sizeof(*w->terms));
    w->terms[w->count++] = term;
}

static size_t shared_words(const words *a, const words *b)
{
    size_t shared = 0;
    for (size_t i = 0; i < a->count; i++) {
        for (size_t j = 0; j < b->count; j++)
            shared += a->terms[i] == b->terms[j];
    }
    return shared;
}

static int plain_text(lua_State *L)
{
    words query = {0}, document = {0};
    size_t query_len, document_len;
    const char *query_text = luaL_optlstring(L, 1, "", &query_len);
    const char *document_text = luaL_optlstring(L, 2, "", &document_len);
    terms *t = terms_new();
    terms_each(t, query_text, query_len, add_word, &query);
    terms_each(t, document_text, document_len, add_word, &document);
    size_t shared = shared_words(&query, &document);
    lua_pushnumber(L, query.count ? (double)shared / (double)query.count : 0);
    terms_free(t);
    free(query.terms);
    free(document.terms);
    return 1;
}

static const value *find_rule(const vm *m, const char *name)
{
    size_t len = strlen(m->o.plugin);
    if (strncmp(name, m->o.plugin, len) == 0 && name[len] == '/')
        name += len + 1;
    for (size_t i = 0; i < value_len(&m->contributions); i++) {
        const value *c = value_at(&m->contributions, i);
        if (strcmp(value_get_str(c, "type", ""), "rule") == 0 &&
            strcmp(value_get_str(c, "name", ""), name) == 0)
            return value_get(c, "spec");
    }
    return NULL;
}

static const value *field_of(const value *kind, const char *side, const char *field)
{
    if (strcmp(value_get_str(kind, "name", ""), side) != 0)
        return NULL;
    const value *fields = value_get(kind, "fields");
    for (size_t i = 0; i < value_len(fields); i++) {
        const value *f = value_at(fields, i);
        if (strcmp(value_get_str(f, "name", ""), field) == 0)
            return f;
    }
    return NULL;
}

const value *vm_kind_field(const vm *m, const char *kind, const char *field)
{
    const value *found = NULL;
    for (size_t i = 0; !found && i < value_len(&m->kinds); i++)
        found = field_of(value_at(&m->kinds, i), kind, field);
    for (size_t i = 0; !found && i < value_len(&m->contributions); i++) {
        const value *c = value_at(&m->contributions, i);
        if (strcmp(value_get_str(c, "type", ""), "kind") == 0)
            found = field_of(value_get(c, "spec"), kind, field);
    }
    return found;
}

/* What the rule gets of one side in a match: the fields it needs, and no others. */
static value project(const vm *m, const value *spec, const value *given, const char *side)
{
    value out = value_map();
    const value *record = value_get(given, side);
    const value *fields = value_get(value_get(spec, "needs"), side);
    for (size_t i = 0; i < value_len(fields); i++) {
        const char *field = value_str(value_at(fields, i), "");
        const value *v = value_get(record, field);
        bool many = value_get_bool(vm_kind_field(m, side, field), "many", false);
        bool empty = !v || value_is(v, VALUE_NIL) || (value_is(v, VALUE_MAP) && !value_len(v));
        if (many && empty)
            value_set(&out, field, value_list());
        else if (v)
            value_set(&out, field, value_copy(v));
    }
    return out;
}

static bool check_given(const value *given, err *e)
{
    static const char *const KEYS[] = {"solution", "demand", "settings", "today"};
    if (!value_is(given, VALUE_MAP))
        return err_set(e, ERR_BAD_DATA, "expected a table like { solution = {…}, demand = {…} }");
    for (size_t i = 0; i < given->as.map.len; i++) {
        const value_entry *entry = &given->as.map.items[i];
        const char *near = text_nearest(entry->key, KEYS, 4);
        if (!near || strcmp(near, entry->key) != 0)
            return err_set(e, ERR_BAD_DATA, "unknown '%s'%s%s%s", entry->key,
                           near ? "; did you mean '" : "", near ? near : "", near ? "'?" : "");
        bool text = strcmp(near, "today") == 0;
        if (!value_is(&entry->value, text ? VALUE_TEXT : VALUE_MAP))
            return err_set(e, ERR_BAD_DATA, "%s: expected a %s", near, text ? "text" : "table");
    }
    return true;
}

static const char *today_of(const vm *m, const value *given)
{
    return value_get_str(given, "today", m->o.today ? m->o.today : "2026-01-01");
}

/* The test's over the plugin's. */
static value settings_of(const vm *m, const value *given)
{
    value settings = m->o.settings ? value_copy(m->o.settings) : value_map();
    const value *own = value_get(given, "settings");
    for (size_t i = 0; i < value_len(own); i++)
        value_set(&settings, own->as.map.items[i].key, value_copy(&own->as.map.items[i].value));
    return settings;
}

static void push_ctx(vm *m, const value *given)
{
    value settings = settings_of(m, given);
    api_push_ctx(m, &settings, today_of(m, given));
    value_free(&settings);
}

void test_push_acting_ctx(vm *m, const value *given, bool check)
{
    const value *before = m->o.settings;
    value settings = settings_of(m, given);
    const char *today = today_of(m, given), *now = value_get_str(given, "now", NULL);
    char noon[CLOCK_TIME_TEXT];
    snprintf(noon, sizeof noon, "%.10sT12:00:00.000Z", today);
    m->o.settings = &settings;
    vm_push_acting_ctx(m, today, now ? now : noon, NULL,
                       check ? value_get_str(given, "lang", "nl") : NULL);
    m->o.settings = before;
    value_free(&settings);
}

static void push_side(vm *m, const value *spec, const value *given, const char *side)
{
    value record = project(m, spec, given, side);
    values_push_view(m->L, &record);
    value_free(&record);
}

/* Pushes function and arguments on the main state; returns how many arguments. */
static int push_call(vm *m, const value *spec, const value *given)
{
    static const char *const SIDES[] = {"solution", "demand"};
    const char *on = value_get_str(spec, "on", "");
    int args = 1;
    vm_push_function(m, "rule", value_get_str(spec, "name", ""),
                     value_get_str(spec, "computes", "score"));
    for (int i = 0; i < 2; i++) {
        if (strcmp(on, "pair") == 0 || strcmp(on, SIDES[i]) == 0) {
            push_side(m, spec, given, SIDES[i]);
            args++;
        }
    }
    push_ctx(m, given);
    return args;
}

/* As the engine looks at it: points in [0, max], nil, or for a gate true or false. Results at -2
 * and -1. */
static bool check_results(lua_State *L, const value *spec, err *e)
{
    bool gate = strcmp(value_get_str(spec, "computes", ""), "gate") == 0;
    double max = value_get_double(spec, "max", 0), points = lua_tonumber(L, -2);
    int type = lua_type(L, -2);
    if (!lua_isnil(L, -1) && lua_type(L, -1) != LUA_TSTRING)
        return err_set(e, ERR_BAD_DATA, "the reason is a %s, not a text", luaL_typename(L, -1));
    if (gate && type != LUA_TBOOLEAN)
        return err_set(e, ERR_BAD_DATA, "a gate returns true or false, not a %s",
                       luaL_typename(L, -2));
    if (gate || type == LUA_TNIL)
        return true;
    if (type != LUA_TNUMBER)
        return err_set(e, ERR_BAD_DATA, "a score returns points or nil, not a %s",
                       luaL_typename(L, -2));
    if (!(points >= 0 && points <= max))
        return err_set(e, ERR_BAD_DATA, "%.14g points are outside 0 to %.14g", points, max);
    return true;
}

/* As the engine takes it: a gate passes above 0, a rule's points are its share of max. */
static void push_share(lua_State *L, const value *spec, double share, const buf *reason)
{
    bool gate = strcmp(value_get_str(spec, "computes", ""), "gate") == 0;
    if (gate)
        lua_pushboolean(L, share > 0);
    else if (share >= 0)
        lua_pushnumber(L, value_get_double(spec, "max", 0) * share);
    else
        lua_pushnil(L); // NaN: not applicable
    lua_pushlstring(L, buf_text(reason), reason->len);
}

/* Leaves two results. */
static bool run_measure(vm *m, const value *spec, const value *given, err *e)
{
    double share;
    buf reason = {0};
    if (!m->measure.rule)
        return err_set(e, ERR_BUG, "measures don't work here");
    value solution = project(m, spec, given, "solution"),
          demand = project(m, spec, given, "demand");
    bool ok = m->measure.rule(m, spec, &solution, &demand, today_of(m, given), &share, &reason, e);
    if (ok)
        push_share(m->L, spec, share, &reason);
    value_free(&solution);
    value_free(&demand);
    buf_free(&reason);
    return ok;
}

/* Leaves two results on the main state. */
static bool run_rule(vm *m, const value *spec, const value *given, err *e)
{
    bool ok = check_given(given, e);
    if (!ok)
        return false;
    if (value_get(spec, "measure"))
        return run_measure(m, spec, given, e);
    vm_seed(m, 0);
    int args = push_call(m, spec, given);
    if (!vm_call(m, args, 2, e)) {
        if (e->where[0])
            err_prefix(e, "failed at %s: ", e->where);
        return false;
    }
    if (check_results(m->L, spec, e))
        return true;
    lua_pop(m->L, 2);
    return false;
}

/* test.rule(name, given) → points or nil or boolean, reason */
static int test_rule(lua_State *L)
{
    vm *m = vm_of(L);
    const char *name = luaL_checkstring(L, 1);
    const value *spec = find_rule(m, name);
    value given;
    err e = {0};
    char prefix[128];
    snprintf(prefix, sizeof(prefix), "rule '%.80s': ", name);
    if (L != m->L)
        return luaL_error(L, "test.rule can't be called in a coroutine");
    if (!spec)
        return luaL_error(L, "there is no rule '%s' in this plugin", name);
    luaL_checktype(L, 2, LUA_TTABLE);
    luaL_checkstack(L, 20, "test.rule");
    bool ok = values_get(L, 2, &given, &e) && run_rule(m, spec, &given, &e);
    value_free(&given);
    return ok ? 2 : api_raise(L, &e, prefix);
}

static void keep_case(vm *m, const char *name, const err *e)
{
    value result = value_map();
    value_add(&result, "name", value_text(name));
    value_add(&result, "passed", value_bool(e == NULL));
    value_add(&result, "message", value_text(e ? e->message : ""));
    value_add(&result, "where", value_text(e ? e->where : ""));
    value_push(&m->tests, result);
}

/* test.case(name, body): runs now; a failure is noted at test.lua's line, and the next case runs.
 */
static int test_case(lua_State *L)
{
    vm *m = vm_of(L);
    const char *name = luaL_checkstring(L, 1);
    luaL_checktype(L, 2, LUA_TFUNCTION);
    if (L != m->L || !m->testing)
        return luaL_error(L, "test.case is called by test.lua itself");
    lua_settop(L, 2);
    err e = {0};
    deadline_again(); // each case has a call's time
    bool ok = vm_call(m, 0, 0, &e);
    if (!ok && m->test_where[0])
        err_where(&e, "%s", m->test_where);
    keep_case(m, name, ok ? NULL : &e);
    return 0;
}

static void push_global(lua_State *L, const char *library, const char *name)
{
    lua_pushglobaltable(L);
    if (library) {
        lua_getfield(L, -1, library);
        lua_remove(L, -2);
    }
    lua_getfield(L, -1, name);
    lua_remove(L, -2);
}

static bool has_text(lua_State *L)
{
    lua_rawgetp(L, LUA_REGISTRYINDEX, &vm_slots[SLOT_CTX_FUNCTIONS]);
    bool has = lua_getfield(L, -1, "text") != LUA_TNIL;
    lua_pop(L, 2);
    return has;
}

void test_push_module(lua_State *L)
{
    static const char *const BASE[] = {"error", "pcall", "type", "tostring", "pairs"};
    if (!has_text(L))
        vm_ctx_function(vm_of(L), "text", plain_text);
    sandbox_host_chunk(L, vm_test_lua, sizeof(vm_test_lua));
    lua_pushcfunction(L, test_case);
    lua_pushcfunction(L, test_rule);
    lua_pushcfunction(L, test_handler);
    lua_pushcfunction(L, test_check);
    for (size_t i = 0; i < sizeof(BASE) / sizeof(BASE[0]); i++)
        push_global(L, NULL, BASE[i]);
    push_global(L, "string", "find");
    push_global(L, "string", "format");
    push_global(L, "math", "huge");
    lua_call(L, 12, 1);
    view_lock(L, NULL);
}
