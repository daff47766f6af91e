/* config.h: the operator's options, as polder.lua returns them. Floor: host. */
#ifndef POLDER_HOST_CONFIG_H
#define POLDER_HOST_CONFIG_H

#include "base/err.h"
#include "base/value.h"

/* One row an option. */
typedef struct config_option {
    const char *name;
    value_type type;
    int64_t minimum, maximum; /* of an integer */
    const char *help;
} config_option;

extern const config_option CONFIG_OPTIONS[];
extern const size_t CONFIG_OPTIONS_LEN;

/* Checks what polder.lua returned (nil: nothing) and fills in defaults: workers 0; disabled,
 * allow_without empty lists; settings an empty map. *out owned by the caller. */
bool config_check(const value *raw, value *out, err *e);

/* "30s", "15m", "1h" or "2d" in milliseconds; false when it is no such text, or zero. */
bool config_duration(const char *text, int64_t *out_ms);
bool config_lists(const value *config, const char *option,
                  const char *word); /* is `word` in that list? */

#endif
