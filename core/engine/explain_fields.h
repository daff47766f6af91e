/* explain_fields.h: the fields behind one rule's answer about one pair. Floor: engine. */
#ifndef POLDER_ENGINE_EXPLAIN_FIELDS_H
#define POLDER_ENGINE_EXPLAIN_FIELDS_H

#include "base/value.h"
#include "engine/stage.h"

/* Appends to `list`, for each field that `needs` has for that side, {field, value, sources, claims,
 * type, title, terms}: type and title as the kind of that name declares them, and of terms what
 * stands there as people read it: term → {nl, en}. What isn't declared has none. */
void explain_fields(const stage *on, const char *role, const value *needs, const value *record,
                    const value *claims, value *list);

#endif
