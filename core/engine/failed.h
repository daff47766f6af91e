/* failed.h: which rules and gates failed, for how many pairs, and why. Floor: engine. */
#ifndef POLDER_ENGINE_FAILED_H
#define POLDER_ENGINE_FAILED_H

#include "engine/scorecard.h"

/* [{rule, plugin, pairs, reason, where, and where it is known traceback}] of what workers said of
 * some demands. Of a rule on pairs those count that could be among the best (failures.h of the
 * scoring floor); one that was left out failed for all that were scored. Owned by the caller. */
value failed_rules(const plan *p, const value *results);
/* Takes `more`, of other demands, into such a list. */
void failed_add(const registry *r, value *list, const value *more);

#endif
