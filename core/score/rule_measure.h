/* rule_measure.h: a rule or gate that is a measure, asked as rule_answer and rule_explain ask one
 * in Lua. Floor: score. */
#ifndef POLDER_SCORE_RULE_MEASURE_H
#define POLDER_SCORE_RULE_MEASURE_H

#include "score/rule_lua.h"

/* The same as rule_answer and rule_explain; `reason` gets it appended, escaped. */
void rule_measure(card *c, rule *r, const uint32_t *which, size_t count);
/* Sees to it that all of `shares` are known, if there are no more than `most` groups; false: there
 * are. */
bool rule_measure_groups(card *c, rule *r, size_t most);
/* Shares by place in `which`, good until another is asked. NULL: rule_said has them. */
const double *rule_measure_told(card *c, rule *r, const uint32_t *which, size_t count);
/* `matched` gets what measure_explain gives packed, unless all of it is empty; NULL: no. */
answer rule_measure_explain(card *c, rule *r, uint32_t solution, bool known, buf *reason,
                            buf *matched);

#endif
