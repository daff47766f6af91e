/* measure_options.h: the kinds of measures and their options, and a spec made of what a plugin
 * says. Works on values, not on Lua. Floor: vm. */
#ifndef POLDER_VM_MEASURE_OPTIONS_H
#define POLDER_VM_MEASURE_OPTIONS_H

#include "vm/options.h"

typedef struct measure_form {
    const char *name;       /* "overlap" */
    size_t args;            /* how many of the rows come as arguments, the rest in a table */
    const option_row *rows; /* ends with a name of NULL */
} measure_form;

/* NULL: there is no such kind. */
const measure_form *measure_form_find(const char *name);
const measure_form *measure_form_at(size_t index); /* NULL behind the last */

/* Checks `given`, a map of arguments and options by name, and makes the spec that score/measure.h
 * reads, in place: {kind, …options}. On an error `given` stays as it is, half checked. */
bool measure_spec(const measure_form *form, value *given, err *e);

/* Calls `fn` for each field that the spec names: a map {side, field, key or absent}. */
void measure_each_field(const value *spec, void (*fn)(void *ctx, const value *field), void *ctx);
/* {solution = list of names, demand = …}: of the sides it looks at. Owned by the caller. */
value measure_needs(const value *spec);
/* "solution", "demand" or "pair": what a rule of this measure is on. */
const char *measure_on(const value *needs);

#endif
