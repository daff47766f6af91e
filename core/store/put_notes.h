/* put_notes.h: what to tell of a change that was kept: what it may not have meant, and what it does
 * not do. Floor: store. */
#ifndef POLDER_STORE_PUT_NOTES_H
#define POLDER_STORE_PUT_NOTES_H

#include "store/store.h"

/* Of what was said just now, as the record stands: list of {note, field, message (a sentence
 * without a full stop), hint (or nil), …}, owned by the caller. By `note`:
 *   undeclared_kind     no plugin declares the kind, so nothing was checked; field is nil
 *   undeclared_field    the kind has no such field
 *   unknown_term {term} a word outside an open vocabulary (unless the field is personal)
 *   outweighed {value (or nil), source (nil: an own word), reliability, settled (why, or nil)}
 *                       another's claim stands over what was said
 *   missing_reference {target} a record that is not there; of these 1,000 at most */
bool put_notes(store *st, const statement *said, value *out, err *e);
/* The same without "outweighed", and without a hint where a record is missing: for who writes many.
 */
bool put_notes_meant(store *st, const statement *said, value *out, err *e);

#endif
