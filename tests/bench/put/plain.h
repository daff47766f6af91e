/* plain.h: what Polder's store is measured against: SQLite used from C, one table, no claims, no
 * events, no search. The same pragmas as core/store/db.c. */
#ifndef POLDER_BENCH_PUT_PLAIN_H
#define POLDER_BENCH_PUT_PLAIN_H

#include <stddef.h>

typedef struct plain plain; /* opaque; whatever goes wrong ends the program */

plain *plain_open(const char *path); /* makes the file */
void plain_close(plain *p);

void plain_begin(plain *p);
void plain_commit(plain *p);
void plain_insert(plain *p, const char *id, const char *kind, const char *json, size_t len);

typedef void plain_row(void *ctx, const char *json, size_t len);
void plain_get(plain *p, const char *id, plain_row *row, void *ctx);
void plain_of_kind(plain *p, const char *kind, plain_row *row, void *ctx); /* by id */

#endif
