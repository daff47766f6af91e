/* manifest.h: plugin.json, checked key by key; an error names line, key and the nearest name there
 * is. Floor: host. */
#ifndef POLDER_HOST_MANIFEST_H
#define POLDER_HOST_MANIFEST_H

#include "base/err.h"
#include "base/value.h"

enum { MANIFEST_API = 1, MANIFEST_MEMORY_MB = 64, MANIFEST_CALL_MS = 2000 };

/* Reads and checks the text of a plugin.json. `name` stands in errors ("…/plugin.json"). *out is a
 * map with every key, defaults filled in: {name, version, api, title, description, contact, main,
 * requires, capabilities, settings}; owned by the caller. */
bool manifest_read(const char *text, size_t len, const char *name, value *out, err *e);

/* The operator's values over the manifest's defaults, checked against type, minimum, maximum,
 * choices. `chosen` may be NULL. *out is a map setting → value; owned by the caller. */
bool manifest_settings(const value *manifest, const value *chosen, value *out, err *e);

/* Does `version` ("1.2.0") satisfy `range` (">=1.0", "1.2", "*")? */
bool manifest_version_fits(const char *version, const char *range);

#endif
