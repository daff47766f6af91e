/* csv_lines.h: the lines of a CSV file as UTF-8, some of which can be given back. Floor: store, for
 * import_csv.c. */
#ifndef POLDER_STORE_CSV_LINES_H
#define POLDER_STORE_CSV_LINES_H

#include "store/import_parts.h"

typedef struct csv_line {
    const char *text; /* without its line ending; borrowed until the next call */
    size_t len;
    int64_t number; /* from 1 */
    bool cut;       /* it was longer than IMPORT_LINE_BYTES */
} csv_line;

typedef struct csv_lines {
    input *in;
    const char *name;
    int64_t number;   /* of the last line taken */
    buf line, utf8;   /* the current one, as read and converted */
    value kept;       /* list of the lines since the mark; nil for one that was cut */
    size_t next_kept; /* of those, the next to give again */
    bool told;        /* that the file is Windows-1252 */
} csv_lines;

void csv_lines_begin(csv_lines *l, input *in, const char *name);
void csv_lines_free(csv_lines *l);
bool csv_lines_next(csv_lines *l, csv_line *out); /* false at the end */
/* A record begins with the next line. csv_lines_back: all its lines but the first are to come
 * again. */
void csv_lines_mark(csv_lines *l);
void csv_lines_back(csv_lines *l);

#endif
