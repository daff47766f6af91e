/* registry.h: the live list of contributions, each with the plugin and the file:line that made it.
 * Floor: host. */
#ifndef POLDER_HOST_REGISTRY_H
#define POLDER_HOST_REGISTRY_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/value.h"

#define REGISTRY_TYPES "kind|rule|scorecard|handler|check|command|report"

typedef struct registry registry; /* opaque */

/* Plain data, borrowed from the registry until its plugin leaves. */
typedef struct contribution {
    const char *type;   /* one of REGISTRY_TYPES */
    const char *name;   /* "port" */
    const char *full;   /* "zeeland/port" */
    const char *plugin; /* "zeeland" */
    const char *file;   /* in the plugin's folder: "rules/port.lua" */
    int line;
    const value *spec; /* what the plugin passed, functions left out; {"computes":"score"|"gate"}
                          for a rule */
} contribution;

registry *registry_new(void);
void registry_free(registry *r); /* accepts NULL */

/* All or none: `contributions` is a list of maps {type, name, file, line, spec}, whose specs are
 * taken out. A name twice is ERR_BAD_DATA with both places. */
bool registry_add(registry *r, const char *plugin, value *contributions, err *e);
void registry_drop(registry *r, const char *plugin);

size_t registry_len(const registry *r);
const contribution *registry_at(const registry *r,
                                size_t index); /* in order of type, then full name */
/* By full name; by name alone inside `plugin` (may be NULL), else where only one plugin has it.
 * NULL sets *e: ERR_NOT_FOUND with the nearest name, or ERR_USAGE that lists the plugins that have
 * it. */
const contribution *registry_find(const registry *r, const char *type, const char *name,
                                  const char *plugin, err *e);

#endif
