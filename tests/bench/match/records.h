/* records.h: the benchmark's records as the C peer reads them: JSON of just the form that
 * generate.c writes, no escapes. */
#ifndef BENCH_RECORDS_H
#define BENCH_RECORDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { ID_BYTES = 24 };

/* A demand or a solution. A field that is absent is NaN, -1, 0 or NULL. */
typedef struct record {
    char id[ID_BYTES];
    uint64_t technologies;
    uint32_t themes, limits, region; /* sets; region has one bit */
    int trl, delivery, civil, military;
    double price, lon, lat;
    uint32_t *words;
    uint32_t words_len;
    bool described;
} record;

typedef struct records {
    record *items;
    size_t len, cap;
} records;

/* Reads FOLDER/NAME; ends the program when it can't. */
void records_load(records *all, const char *folder, const char *name);
/* Different words of all descriptions so far: they are numbered from 0. */
uint32_t records_words(void);

void *grow(void *p, size_t count, size_t size); /* as realloc, never NULL */

#endif
