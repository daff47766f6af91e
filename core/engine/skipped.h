/* skipped.h: rules that are left out of a match because a limit stopped them. Floor: engine. */
#ifndef POLDER_ENGINE_SKIPPED_H
#define POLDER_ENGINE_SKIPPED_H

#include "engine/scorecard.h"

/* The first reason stays. `where`: "file:line", or "". */
void skip_rule(plan_rule *r, const char *reason, const char *where);
void skip_plugin(plan *p, size_t plugin, const char *reason, const char *where);
/* The rule with this index ended its worker. One of several of a plugin takes the rest of them
 * along: each costs its deadline and a new start. */
void skip_stopped(plan *p, size_t rule, const char *reason, const char *where);
/* The plugin ended its worker while it was loaded in it. */
void skip_unloaded(plan *p, size_t plugin, const char *reason, const char *where);
bool skip_any(const plan *p); /* is a rule left out? */

#endif
