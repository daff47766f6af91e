/* schema_parts.h: what the files of the schema share. Floor: store, schema*.c and index.c only. */
#ifndef POLDER_STORE_SCHEMA_PARTS_H
#define POLDER_STORE_SCHEMA_PARTS_H

#include "base/buf.h"
#include "store/schema.h"

/* Whether one value is what the field declares, within its limits. */
bool schema_fits(const value *field, const value *v);

/* The only currency of a field of money: its unit; NULL when it has none. Borrowed. */
const char *schema_currency(const value *field);

/* Says that it is not: what was expected, what was got, and what it may have been meant as; without
 * the field's name. Returns false. */
bool schema_refuse(const value *field, const value *v, err *e);
/* The same of a value that should have been a list. */
bool schema_refuse_single(const value *field, const value *v, err *e);

/* Appends the value as an error may show it: cut, safe on a terminal, and without a word of it
 * where the field is personal, for errors are kept in logs. */
void schema_show(const value *field, const value *v, buf *out);

#endif
