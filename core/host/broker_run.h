/* broker_run.h: what a plugin may know of the runs that are kept, held against `runs` among the
 * capabilities of its plugin.json. Floor: host. Loop thread only. */
#ifndef POLDER_HOST_BROKER_RUN_H
#define POLDER_HOST_BROKER_RUN_H

#include "host/broker.h"

/* polder.run. {id, what, time, log} of any run, and for the sorts that are listed `inputs`: what it
 * was asked, without the plugins' settings. Never what it gave. nil where there is none. */
bool broker_run(const broker *b, const value *args, value *out, err *e);

#endif
