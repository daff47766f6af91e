/* state.h: all that a store holds, as text: two stores that went through the same say the same,
 * whenever and by whomever that was done. */
#ifndef POLDER_FAULT_STATE_H
#define POLDER_FAULT_STATE_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/err.h"

/* What holds now: records, claims, decisions, what finds them. A line a row. */
bool state_now(const char *path, buf *out, err *e);
/* How it came: events, what was, runs, how far handlers are. */
bool state_past(const char *path, buf *out, err *e);
/* Whether the store hadn't all of the tables: an older Polder's. */
bool state_lacks(const char *state);
/* Every line of `part` is one of `whole` or of `other`. */
bool state_within(const char *part, const char *whole, const char *other);

#endif
