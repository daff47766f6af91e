/* command_args.h: what people type for a plugin's command, read by its `args`. Floor: host. Any
 * thread. */
#ifndef POLDER_HOST_COMMAND_ARGS_H
#define POLDER_HOST_COMMAND_ARGS_H

#include "base/buf.h"
#include "base/err.h"
#include "base/value.h"

/* `words`: "name=value", or a value alone for the next argument that has none yet. `spec` is a
 * contribution's, with "args" (OPTIONS_ARG). *out is a map with defaults filled in, owned by the
 * caller. ERR_USAGE names the argument, and the nearest name there is. */
bool command_args_read(const value *spec, const char *const *words, size_t count, value *out,
                       err *e);

/* Appends "EVENT [SLOT_MINUTES=…]". */
void command_args_usage(const value *spec, buf *out);

#endif
