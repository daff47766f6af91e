/* calls_lua.h: measures called from plugins' Lua: the arithmetic of measure.h on the records at
 * hand, so that a rule in Lua gets the same bits as a rule that is a measure. Floor: score. */
#ifndef POLDER_SCORE_CALLS_LUA_H
#define POLDER_SCORE_CALLS_LUA_H

#include "score/collections.h"
#include "score/columns.h"
#include "vm/vm.h"

typedef struct calls calls; /* opaque: the measures of one plugin, made at their first call */

/* `texts`: the card's, borrowed; NULL: no match runs (tests of plugins). `today` is copied. */
calls *calls_new(collections *texts, const char *today);
void calls_free(calls *c); /* accepts NULL */

/* Gives the vm's measures their work, and test.rule that of rules which are measures. `c` outlives
 * the vm, or until another is attached. */
void calls_attach(vm *m, calls *c);

/* The fields that the running rule was given, borrowed until the next: a measure may look at no
 * others. NULL: anything goes. */
void calls_look(calls *c, const columns *solution, const columns *demand);

/* Was one called that depends on the day? */
bool calls_dated(const calls *c);

#endif
