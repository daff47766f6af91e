/* checked.h: what a scoring worker said, looked at before it counts: a plugin that broke its Lua
 * has the worker's voice. Floor: engine. */
#ifndef POLDER_ENGINE_CHECKED_H
#define POLDER_ENGINE_CHECKED_H

#include <stdbool.h>
#include <stdint.h>

#include "engine/rows.h"
#include "engine/scorecard.h"

/* An item of {op = "ranked"}: a solution that is ranked, numbers in their ranges, one answer a rule
 * (and a gate, when `explained`), each of a known outcome with points up to the rule's max and a
 * short reason. */
bool checked_item(const plan *p, const value *item, const solution_rows *rows, bool explained);
/* Its answers alone, of rules or of gates: whole packed values (pack_cell.h) of that shape. */
bool checked_answers(const plan *p, bool gates, const value *packed);
/* {op = "done"}: counts that fit the numbers of solutions; at most `reserve` more of them with
 * scores; failures and steps of rules that there are. */
bool checked_done(const plan *p, const value *frame, const solution_rows *rows, int64_t reserve);

#endif
