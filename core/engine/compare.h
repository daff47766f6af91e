/* compare.h: what moved between rankings, and which rules moved it. It looks at documents of
 * matches alone, however they were computed. Floor: engine. Loop thread only. */
#ifndef POLDER_ENGINE_COMPARE_H
#define POLDER_ENGINE_COMPARE_H

#include "engine/match.h"

/* Two documents of match_run: list, in the order of `is`, of {demand, same, moves}. same: how many
 * solutions kept rank and score. moves, what moved most first: {solution, move = "up", "down",
 * "entered", "left" or "score", was = {rank, score} or nil, is = the same, by = points of the score
 * (nil when only one side ranked it), rules = [{rule, was, is, by}]: the points of the score that
 * each rule adds, largest change first, nil where it adds none; passed, passed_by = [ID]: the
 * solutions that changed places with it, the nearest to where it stands now, passed_more,
 * passed_by_more: how many others did}. `depth`: how deep both were told; who was below that on
 * both sides is left out; 0: no limit. n log n in what they rank. Owned by the caller. */
value compare_documents(const value *was, const value *is, int64_t depth);

/* Two stored runs: {was, is = {run, scorecard, today, seed, top, log, counted}, inputs = [{input,
 * was, is}], plugins = [{plugin, was = {version, hash}, is, settings = whether they differ,
 * changed_settings = [{setting, was, is}]}], records = how many of the records that rules read
 * changed between, changed = the first ids of those, demands, unasked = how many that one side
 * alone ranked were too many to be looked up on the other}. counted: the event as of which texts
 * were counted, nil where no rule reads any; among inputs where it makes a difference. */
bool compare_runs(host *h, const char *was, const char *is, value *out, err *e);
/* The same: a stored run and a match that may not be stored. */
bool compare_with(host *h, const char *was, const value *inputs, const value *document, value *out,
                  err *e);

/* The same demands by several scorecards: {scorecards, today, log, failed_rules, counted = [event
 * or nil] where texts were not counted at log (counted.h), unasked, demands =
 * [{demand, solutions = [{solution, places = [{rank, score, gate} in the order of `scorecards`],
 * rules =
 * [{rule, adds = [points or nil]}]}]}]}. Solutions that one of them ranks in its top, what differs
 * most first; rank is nil for those below the top, gate names the one that keeps it out. */
bool compare_scorecards(host *h, const value *names, const match_request *r, value *out, err *e);

#endif
