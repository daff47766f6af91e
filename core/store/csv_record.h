/* csv_record.h: the cells of one CSV record, fed by lines. Floor: store, for import_csv.c. */
#ifndef POLDER_STORE_CSV_RECORD_H
#define POLDER_STORE_CSV_RECORD_H

#include <stdbool.h>

#include "base/buf.h"

typedef struct csv_cell {
    const char *text; /* without blanks around it; borrowed */
    size_t len;
} csv_cell;

/* Plain data; starts as `csv_record r = {0}`. */
typedef struct csv_record {
    buf bytes;    /* the cells, one behind the other */
    size_t *ends; /* of each cell in bytes */
    size_t count, cap;
    char separator;
    int state;
    bool broken; /* text after a closing quote */
} csv_record;

void csv_record_free(csv_record *r);
void csv_record_begin(csv_record *r, char separator);
/* Takes a line without its line ending; true when a quote is still open, so that the next line
 * belongs to the record. */
bool csv_record_feed(csv_record *r, const char *line, size_t len);
csv_cell csv_record_cell(const csv_record *r, size_t index); /* empty past the end */

#endif
