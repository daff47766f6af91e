/* kinds_known.h: the kinds that a write is checked against, and what their schema says of a field.
 * Floor: cli. */
#ifndef POLDER_CLI_KINDS_KNOWN_H
#define POLDER_CLI_KINDS_KNOWN_H

#include "cli/cli.h"

/* The stored kinds. When `kind` (may be NULL: any) is not among them, plugins are loaded, for one
 * may be new, and they are read again; still absent is ERR_BAD_DATA with the nearest name. *out
 * owned by the caller. */
bool kinds_known(cli *c, const char *kind, value *out, err *e);

/* For reading: the stored kinds. `kind` must be one of them, or have records; else plugins are
 * loaded too, and still absent is ERR_NOT_FOUND. Errors of both name the plugin that would have it
 * but isn't enabled (host/absent.h). */
bool kinds_stored(cli *c, const char *kind, value *out, err *e);

const value *kinds_named(const value *kinds,
                         const char *kind); /* {name, plugin, title, fields}, or NULL */
const value *kinds_field(const value *schema,
                         const char *field); /* {name, type, title, …}, or NULL */
const char *kinds_nearest_field(const value *schema,
                                const char *field); /* the name most like it, or NULL */
const char *kinds_field_title(const value *schema,
                              const char *name); /* in the user's language, else `name` */

#endif
