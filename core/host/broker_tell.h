/* broker_tell.h: warnings about what a plugin wrote. Floor: host. Loop thread only. */
#ifndef POLDER_HOST_BROKER_TELL_H
#define POLDER_HOST_BROKER_TELL_H

#include "host/broker.h"

/* After broker_commit did it, in the same transaction: each thing once a line of the plugin, the
 * first few. false only when something can't be read. */
bool broker_tell(const broker *b, err *e);

#endif
