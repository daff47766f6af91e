/* assign.h: field=value as typed on a command line, read by the kind's schema. Floor: cli. */
#ifndef POLDER_CLI_ASSIGN_H
#define POLDER_CLI_ASSIGN_H

#include "base/err.h"
#include "base/value.h"

/* Adds one assignment to the map `fields`. The value is JSON where that can be read, else text; by
 * `schema` (NULL: none) a text field keeps what was typed, a number must be one, and one item for a
 * list is a list of one. "null" takes the field away. */
bool assign_read(const char *typed, const value *schema, value *fields, err *e);

#endif
