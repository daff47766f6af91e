/* asked.h: polder.match and polder.explain, for plugins' commands and reports. Floor: engine. Loop
 * thread only. */
#ifndef POLDER_ENGINE_ASKED_H
#define POLDER_ENGINE_ASKED_H

#include "host/host.h"

/* For host_offer. `match`: match_run with what the plugin asked; rules that failed are in the
 * document's failed_rules, and asked by "solution", `solutions` in it is a map from each to
 * {demand, rank, score}: where it fits best. `explain`: explain_pair, or explain_run where a run is
 * named, with the changes where what_if is asked. */
extern const host_answers asked_answers;

#endif
