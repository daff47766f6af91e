/* schema.h: what a kind, as saved (kinds.h), says of its records' fields: whether a value is what
 * its field is declared to be, and what a record must have. Every error names the field, what was
 * expected and what was got. Floor: store. */
#ifndef POLDER_STORE_SCHEMA_H
#define POLDER_STORE_SCHEMA_H

#include "store/store.h"

/* {name, plugin, title, fields} of `kind`, NULL when no plugin declares it: then nothing is
 * checked. Borrowed until the store's kinds change. */
bool schema_load(store *st, const char *kind, const value **out, err *e);

/* {name, type, …}; NULL when there is none. Borrowed. All accept a NULL schema. */
const value *schema_field(const value *schema, const char *name);
/* The declared name most like `name`; NULL when none is near. Borrowed. */
const char *schema_nearest(const value *schema, const char *name);
/* Of a field of type term: is the word in its list? And the nearest that is, by its name or by what
 * people call it; NULL: none. */
bool schema_has_term(const value *field, const char *word);
const char *schema_nearest_term(const value *field, const char *word);

/* Whether `v` can be the value of `field`; nil always can. A field of many takes a list of such
 * values. */
bool schema_check(const value *field, const value *v, err *e);
/* The same for one item of it; the message is without the field's name. */
bool schema_check_item(const value *field, const value *v, err *e);

/* Whether `fields` gives the field something: nothing, an empty text and an empty list are not. */
bool schema_has(const value *fields, const char *name);

/* Whether two declarations of a field take the same values and mean the same by them: titles don't
 * count. */
bool schema_same(const value *field, const value *other);

#endif
