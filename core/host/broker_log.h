/* broker_log.h: what a plugin may know of runs and of the log, held against the capabilities of its
 * plugin.json. Floor: host. Loop thread only. */
#ifndef POLDER_HOST_BROKER_LOG_H
#define POLDER_HOST_BROKER_LOG_H

#include "host/broker.h"

/* polder.run. {id, what, time, log} of any run, and for the sorts that are listed under `runs`
 * `inputs`: what it was asked, without the plugins' settings. Never what it gave. nil where there
 * is none. */
bool broker_run(const broker *b, const value *args, value *out, err *e);

/* One page of polder.events: {rows, next}; rows are {seq, time, actor, type, subject, data, by},
 * oldest first, about records of kinds that the plugin may read: the caller has looked at that.
 * `next` is what is asked as `after` for the page behind it, nil when this was the last. */
bool broker_events(const broker *b, const value *args, value *out, err *e);

#endif
