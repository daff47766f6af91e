/* pack_json.h: fields of a JSON object made into packed cells (pack_cell.h) with no value in
 * between: what a match reads of many records. The same cells as json_read and pack_add would
 * give of a text that json_write has written. Floor: base. Any thread. */
#ifndef POLDER_BASE_PACK_JSON_H
#define POLDER_BASE_PACK_JSON_H

#include "base/buf.h"
#include "base/value.h"

typedef struct pack_fields pack_fields; /* opaque: which fields, in the order of the cells */

pack_fields *pack_fields_new(const value *names); /* a list of texts, borrowed; owned */
void pack_fields_free(pack_fields *f);            /* accepts NULL */

/* Appends a list: `id`, then a cell for each field, nil where the object has none. false when the
 * text is not one that json_write has written (what is not read isn't looked at closely); `out` is
 * then as it was. */
bool pack_json_row(buf *out, const char *id, const char *json, size_t len, pack_fields *f);

#endif
