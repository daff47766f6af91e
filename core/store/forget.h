/* forget.h: erases what must not be known any more. The log keeps that there was something, and
 * still verifies; the file keeps none of its bytes. Floor: store. */
#ifndef POLDER_STORE_FORGET_H
#define POLDER_STORE_FORGET_H

#include "store/store.h"

/* Erases the fields that the record's kind marks as personal and those that it doesn't declare, all
 * of them when it marks none (then the record is deleted too): from the record and its earlier
 * versions, its claims and decisions about them, the data of its events, the search index; and all
 * of what plugins' events hold that mention it, of runs that name it or hold such a value in what
 * they were asked or answered, of reasons of other decisions, of messages of handlers and plugins
 * kept with runs that do. Texts of 5 bytes and numbers of 5 digits are looked for everywhere, a
 * text in any case, with or without its marks; shorter ones, and words that four or more other
 * records hold, only in plugins' events that led to the record's or came of them. Other records
 * keep what they say. One event record.forgotten in the same transaction; then the file is written
 * anew. Id and subject stay, for the chain is of them. ERR_NOT_ALLOWED when other records rest on
 * it as their source. *out, owned by the caller: {id, whole, event (nil: there was nothing left),
 * fields, events, versions, claims, runs, plugins (numbers of what was erased), subjects (of how
 * many events one holds a value, and stays), others, others_before, related}: `others` is a list of
 * ids, the first records that hold one of the values too and keep it, `others_before` those that
 * did when it was forgotten before; `related` of {id, by}, the records that point at this one by
 * field `by` and hold personal values of their own.
 * ERR_PARTIAL: all that is done, but traces may be left in the file; doing it again is enough. */
bool store_forget(store *st, const char *id, const char *why, value *out, err *e);

/* The records of `kind` that lost values after event `seq`: what was known then is no longer known
 * whole. List of ids, owned by the caller. */
bool forget_since(store *st, const char *kind, int64_t seq, value *ids, err *e);
/* The last event that erased values of a record of `kind`; 0: none did. */
bool forget_newest(store *st, const char *kind, int64_t *seq, err *e);

/* Inside the transaction that keeps what was made of what was read: ERR_NOT_ALLOWED, naming the
 * record, when one was forgotten at log position `from` or later, for it may be in it. `from` is
 * the first position that the reading could not know of; 0: nothing was read. */
bool forget_check_read(store *st, int64_t from, err *e);

/* For this floor. What was erased doesn't come back under its id: ERR_NOT_ALLOWED names the field
 * and when it was erased. */
bool forget_check(store *st, const char *id, const value *fields, err *e);

#endif
