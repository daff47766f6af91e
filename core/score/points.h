/* points.h: what rules in Lua said of pairs, told as bytes, for the next card that asks the same
 * rule about the same records. Floor: score. One thread. */
#ifndef POLDER_SCORE_POINTS_H
#define POLDER_SCORE_POINTS_H

#include "base/err.h"
#include "base/value.h"
#include "score/card_in.h"

/* Before the first call: which rules can be told of, and what each of them is. (vm.h) */
void points_begin(card *c);
/* Where each row of the card that told now stands, 32-bit numbers of this machine; POINTS_NOWHERE:
 * it isn't there any more, or changed. Until then the rows are taken to be the same. */
#define POINTS_NOWHERE UINT32_MAX
bool points_rows(card *c, const char *bytes, size_t len, err *e);
/* `known`: list of [rule's number, its identity, bytes] of the demand at hand, or NULL. Those of
 * rules that are others now are left alone, and so is what can't be. */
void points_take(card *c, const value *known);
/* The same list of what is known now, where that is more than was taken; nothing of rules that
 * failed to be the same each time: who drew, looked at the day, or keeps something between calls.
 */
value points_tell(const card *c);
/* A rule of which answers were taken although its plugin keeps something between calls now: they
 * may be others then. NULL: none. */
const rule *points_doubtful(const card *c);
/* How many answers were taken. */
int64_t points_taken(const card *c);

#endif
