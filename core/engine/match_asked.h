/* match_asked.h: polder.match, for plugins' commands. Floor: engine. Loop thread only. */
#ifndef POLDER_ENGINE_MATCH_ASKED_H
#define POLDER_ENGINE_MATCH_ASKED_H

#include "host/host.h"

/* A host_match, for host_offer_match: match_run with what the plugin asked. Rules that failed are
 * in the document's failed_rules. Asked by "solution", `solutions` in the document is a map from
 * each to {demand, rank, score}: where it fits best. */
bool match_asked(host *h, const value *asked, value *out, err *e);

#endif
