/* text_lua.h: ctx.text(query, document) of rules: BM25 over the field that the document comes from.
 * Floor: score. */
#ifndef POLDER_SCORE_TEXT_LUA_H
#define POLDER_SCORE_TEXT_LUA_H

#include <stddef.h>
#include <stdint.h>

#include "score/collections.h"
#include "score/columns.h"
#include "vm/vm.h"

typedef struct text_source text_source; /* opaque: what rules of one card ask */

/* Borrows the card's, complete at the first call. */
text_source *text_new(const rows *solutions, collections *texts);
void text_free(text_source *t); /* accepts NULL */

/* Gives the vm's rules ctx.text; with a NULL source every document is a collection of its own
 * (tests of plugins). */
void text_attach(vm *m, text_source *t);

/* What the running rule looks at, so that a text is known for the cell it comes from: the cells it
 * was given, per rule, borrowed; the solution, per call, and where Lua keeps the texts of these
 * cells (NULL, or NULL for some: not known), which spares comparing them. */
#define TEXT_NOTHING SIZE_MAX
void text_cells(text_source *t, const columns *given);
void text_look(text_source *t, size_t solution, const char *const *kept);

#endif
