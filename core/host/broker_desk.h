/* broker_desk.h: what only a command or a report may ask: rankings, explanations, and to show how
 * far it is. `b->desk` is there. Floor: host. Loop thread only. */
#ifndef POLDER_HOST_BROKER_DESK_H
#define POLDER_HOST_BROKER_DESK_H

#include "host/broker.h"

/* polder.match, where plugin.json has "match": the document of host_match and the scorecard's
 * title. Its run is kept, unless the store can't take it and the desk lets the answer stand. */
bool broker_match(broker *b, const value *args, value *out, err *e);

/* polder.explain: the document of host_explain and the scorecard's title. It holds what the two
 * records say, so both kinds must be readable too; and of a run, runs of the sort "match". */
bool broker_explain(broker *b, const value *args, value *out, err *e);

bool broker_print(broker *b, const value *args, value *out, err *e);
bool broker_progress(broker *b, const value *args, value *out, err *e);

#endif
