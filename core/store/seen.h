/* seen.h: ids that a file has used and the line of each: 24 bytes an id, whatever its length.
 * Floor: store. */
#ifndef POLDER_STORE_SEEN_H
#define POLDER_STORE_SEEN_H

#include <stdbool.h>
#include <stdint.h>

typedef struct seen seen; /* opaque */

seen *seen_new(void); /* owned by the caller */
void seen_free(seen *s);

int64_t seen_add(seen *s, const char *id,
                 int64_t line); /* the line it was added with before, or 0 */
bool seen_has(const seen *s, const char *id);
void seen_drop(seen *s, const char *id);

#endif
