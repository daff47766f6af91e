/* api.h: what `require "polder"` gives, a row for each function and field: the source of help,
 * checked against include/polder.lua. Floor: vm. */
#ifndef POLDER_VM_API_H
#define POLDER_VM_API_H

#include <lua.h>
#include <stddef.h>

#include "vm/options.h"

enum { API_VERSION = 1 };

typedef struct api_row {
    const char *name;
    lua_CFunction function;    /* NULL for a field */
    const char *usage;         /* "polder.log(text)" */
    const char *doc;           /* one sentence */
    const option_row *options; /* of the table it takes, or NULL */
} api_row;

const api_row *api_rows(size_t *count);

#endif
