/* manifest_read.h: what the parts of the manifest reader share (manifest.c, manifest_settings.c,
 * manifest_version.c). Floor: host. */
#ifndef POLDER_HOST_MANIFEST_READ_H
#define POLDER_HOST_MANIFEST_READ_H

#include "host/manifest.h"

/* A manifest under the eye: its text, for the lines of errors. All borrowed. */
typedef struct manifest_reader {
    const char *text;
    size_t len;
    const char *name; /* of the file */
    err *e;
} manifest_reader;

/* Sets the error "path: message" with the file and the line of `path`; returns false. */
bool manifest_fail(const manifest_reader *r, const char *path, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* `map` must be a map with no keys but `known`; an error has the nearest name. */
bool manifest_keys(const manifest_reader *r, const value *map, const char *path,
                   const char *const *known, size_t count);
bool manifest_titles(const manifest_reader *r, const char *path, const value *v, value *out);

bool manifest_read_settings(const manifest_reader *r, const value *v, value *out);
bool manifest_is_setting(const char *name); /* [a-z][a-z0-9_]*, at most 40 */

bool manifest_version_is_whole(const char *version); /* x.y.z */
bool manifest_range_is_whole(const char *range);     /* what manifest_version_fits understands */

#endif
