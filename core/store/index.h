/* index.h: what is kept beside the records to find them by, always the same as them: `reference`
 * (record, field, target: which record points at which), `unique_value` (values of fields that no
 * two records share), and the words for search.h. Whoever writes or erases a record's data calls
 * index_write in the same transaction. Floor: store, nobody else. */
#ifndef POLDER_STORE_INDEX_H
#define POLDER_STORE_INDEX_H

#include "store/store_parts.h"

/* Makes the rows of record `id` those of `data`, its fields; NULL: the record is gone. */
bool index_write(store *st, const char *id, const value *data, err *e);

/* The rows of one record in those tables, by its fields (NULL: none); a list may name one twice. */
typedef enum index_table { INDEX_REFERENCE, INDEX_UNIQUE } index_table;
typedef bool index_row_fn(void *ctx, index_table table, const char *field, const char *text,
                          err *e);
bool index_rows(const value *schema, const value *data, index_row_fn *row, void *ctx, err *e);

/* Whether none of the `changed` fields that must be unique has a value that another record has. */
bool index_check_unique(store *st, const char *id, const value *changed, err *e);

/* Makes the rows of all records of a kind again. */
bool index_kind(store *st, const char *kind, err *e);
/* The views and rows of everything, when they were made by an older Polder or never. */
bool index_open(store *st, err *e);

/* After records were erased: leaves no byte of their words in the full-text index. (Free pages are
 * the caller's: vacuum.) */
bool index_scrub(store *st, err *e);

#endif
