/* declared.h: the kinds that plugins declare, and the store's knowledge of them. Who only reads
 * waits for nobody: where another process writes, they are saved by who changes something next.
 * Floor: host. Loop thread only. */
#ifndef POLDER_HOST_DECLARED_H
#define POLDER_HOST_DECLARED_H

#include "base/err.h"
#include "host/host.h"

/* List of {name, plugin, title, fields}, as registered; owned by the caller. */
value declared_kinds(const host *h);

/* When plugins have been loaded: saves the kinds, unless another process writes just then. What
 * stands in the way otherwise is told in the log. */
void declared_offer(host *h);
/* Before a change, which is checked by its kind as saved: does it where that could not be done,
 * and waits as a change does. Cheap where it was. */
bool declared_save(host *h, err *e);
/* For reading: the kinds as saved, and those of which the store hasn't heard yet. *out owned by the
 * caller. */
bool declared_known(host *h, value *out, err *e);

#endif
