/* emit.h: what events of others than Polder itself look like. Floor: host. Any thread. */
#ifndef POLDER_HOST_EMIT_H
#define POLDER_HOST_EMIT_H

#include "base/err.h"

/* A type such as "zeeland.overdue". ERR_BAD_DATA when it is none, with "`owner`.overdue" as an
 * example; ERR_NOT_ALLOWED when it is one that only Polder writes. */
bool emit_check_type(const char *type, const char *owner, err *e);
/* A name without blanks, mostly a record's id: the chain is of it, so it can't be erased. */
bool emit_check_subject(const char *subject, err *e);

#endif
