/* compare_parts.h: what the files that compare share. Floor: engine, compare*.c only. */
#ifndef POLDER_ENGINE_COMPARE_PARTS_H
#define POLDER_ENGINE_COMPARE_PARTS_H

#include "host/host.h"

/* The item of a list whose text at `key` is `name`, or NULL. */
const value *compare_find(const value *list, const char *key, const char *name);
/* [{rule, adds}]: the points of the score that each rule which applied adds; their sum is the
 * score. Owned by the caller. */
value compare_adds(const value *rules);
/* What a rule adds in such a list: nil when it isn't there. */
value compare_added(const value *adds, const char *rule);
/* How the rules of two ranked or explained items differ (compare.h). Owned by the caller. */
value compare_rules(const value *was, const value *is);
/* The name of the gate that keeps an explained pair out; NULL: none. */
const value *compare_failed_gate(const value *explained);
/* Completes the moves of solutions that one side alone ranked, where it can be found out. Gives how
 * many it did not look up, for there were too many. */
int compare_fill(host *h, const value *was_inputs, const value *was, const value *is_inputs,
                 const value *is, value *demands);

#endif
