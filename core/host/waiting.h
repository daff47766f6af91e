/* waiting.h: which handlers have events still to handle, and what each waits for. Floor: host. Loop
 * thread only. */
#ifndef POLDER_HOST_WAITING_H
#define POLDER_HOST_WAITING_H

#include "base/err.h"
#include "host/host.h"

/* After host_load; writes nothing. *out, owned by the caller, is a list by name of {handler,
 * plugin, file, line, event, kind?, cursor, waiting, first, since, state, attempts?, next?, error?,
 * where?}: `waiting` events, of which the oldest is number `first`, made at `since`. `state` is
 *   "due": whoever runs handlers next does it;
 *   "retry": failed `attempts` times at `first` with `error` at `where`; not before `next`;
 *   "disabled", "failed": its plugin is, because of `error`.
 * Times are RFC 3339. What a plugin whose manifest can't be read may see is not known: of records'
 * events none is counted for it. Costs a look at each event since the slowest of them. */
bool waiting_list(host *h, value *out, err *e);

#endif
