/* The records that rules look at, as they see them. */
#include "score/view_lua.h"

#include <string.h>

#include "base/mem.h"
#include "vm/values_lua.h"

/* Shorter texts are compared as fast as found. KEPT_MOST: views of one rule, of a kilobyte each. */
enum { LONG_TEXT = 64, KEPT_MOST = 1 << 16 };

static void add_field(value *map, const columns *fields, size_t i, value cell)
{
    if (!value_is(&cell, VALUE_NIL))
        value_add(map, fields->name[i], cell);
    else if (fields->many[i])
        value_add(map, fields->name[i], value_list());
}

static void push_fields(lua_State *L, value map)
{
    values_push_view(L, &map);
    value_free(&map);
}

/* Of the view on top, which is new. */
static void note_texts(lua_State *L, const card *c, rule *r, uint32_t solution)
{
    size_t all = rows_len(c->solutions), fields = r->solution.len;
    for (size_t i = 0; i < fields; i++) {
        size_t len = 0;
        bool text = lua_getfield(L, -1, r->solution.name[i]) == LUA_TSTRING;
        const char *kept = text ? lua_tolstring(L, -1, &len) : NULL;
        lua_pop(L, 1);
        if (len < LONG_TEXT)
            continue;
        if (!r->texts)
            r->texts = mem_zero(all * fields + 1, sizeof *r->texts);
        r->texts[solution * fields + i] = kept;
    }
}

static void note_place(lua_State *L, const card *c, rule *r, uint32_t solution)
{
    if (!r->places)
        r->places = mem_zero(rows_len(c->solutions) + 1, sizeof *r->places);
    r->places[solution] = lua_topointer(L, -1);
}

/* A rule on solutions alone looks at each once, and then at those that are told with reasons: the
 * same ones by many demands. */
static void keep(lua_State *L, int views, const card *c, rule *r, uint32_t solution, bool told)
{
    if ((r->on != ON_PAIR && !told) || r->kept >= KEPT_MOST) {
        if (r->texts)
            memset(r->texts + solution * r->solution.len, 0, r->solution.len * sizeof *r->texts);
        return;
    }
    r->kept++;
    note_texts(L, c, r, solution);
    note_place(L, c, r, solution);
    lua_pushvalue(L, -1);
    lua_rawseti(L, views, (lua_Integer)solution + 1);
}

/* What the host puts into a state is not the plugin's memory: the cap moves up by it. */
void view_of_solution(lua_State *L, int views, const card *c, rule *r, uint32_t solution, bool told)
{
    vm *m = r->vm;
    if (lua_rawgeti(L, views, (lua_Integer)solution + 1) == LUA_TTABLE)
        return;
    lua_pop(L, 1);
    vm_trust(m, true);
    const columns *fields = &r->solution;
    value map = value_map();
    for (size_t i = 0; i < fields->len; i++)
        add_field(&map, fields, i, rows_value(c->solutions, solution, fields->at[i]));
    push_fields(L, map); // view
    keep(L, views, c, r, solution, told);
    vm_trust(m, false);
}

void view_of_demand(lua_State *L, int views, const card *c, rule *r)
{
    if (lua_rawgeti(L, views, 0) == LUA_TTABLE)
        return;
    lua_pop(L, 1);
    vm_trust(r->vm, true);
    const columns *fields = &r->demand;
    value map = value_map();
    for (size_t i = 0; i < fields->len; i++)
        add_field(&map, fields, i, value_copy(value_at(c->demand, fields->at[i])));
    push_fields(L, map); // view
    lua_pushvalue(L, -1);
    lua_rawseti(L, views, 0);
    vm_trust(r->vm, false);
}
