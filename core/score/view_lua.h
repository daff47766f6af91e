/* view_lua.h: a rule's views of the solutions and the demand, each made at the first look; some
 * are kept, in the table at `views` on the stack. Floor: score. */
#ifndef POLDER_SCORE_VIEW_LUA_H
#define POLDER_SCORE_VIEW_LUA_H

#include <lua.h>

#include "score/card_in.h"

/* Push one; in the rule it is noted where Lua keeps it. `told`: for a reason. */
void view_of_solution(lua_State *L, int views, const card *c, rule *r, uint32_t solution,
                      bool told);
void view_of_demand(lua_State *L, int views, const card *c, rule *r);

#endif
