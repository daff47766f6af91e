/* search_parts.h: what the full-text index holds of a record, and what a search asks it. Floor:
 * store, nobody else. */
#ifndef POLDER_STORE_SEARCH_PARTS_H
#define POLDER_STORE_SEARCH_PARTS_H

#include "base/buf.h"
#include "store/store_parts.h"

/* Makes what can be found of record `id` its texts; data NULL: nothing. A kind's schema says which
 * fields are texts; of what no schema declares every text is. */
bool search_write(store *st, const char *id, const value *schema, const value *data, err *e);

/* What it makes found: `title` weighs more than `body`. Appends. */
void search_texts(const value *schema, const value *data, buf *title, buf *body);

/* `text` as people type it, in the index's own language; false when there is no word to look for.
 */
bool search_expression(const char *text, buf *out);

#endif
