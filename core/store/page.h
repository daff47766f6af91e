/* page.h: where a page of a list ended, as a token for who asks the next one: the last record's id
 * and what it was ordered by, so that records that come, change or go in between neither repeat nor
 * hide others. Floor: store, nobody else. */
#ifndef POLDER_STORE_PAGE_H
#define POLDER_STORE_PAGE_H

#include "base/err.h"
#include "base/value.h"

/* Plain data; owned. */
typedef struct page_mark {
    value at; /* what the record is ordered by: number, text or nil */
    char *id; /* NULL: no page has ended */
} page_mark;

void page_free(page_mark *m);
/* Letters, digits, - and _ only. Owned by the caller. `order` as in a selection; NULL: by id. */
char *page_write(const page_mark *m, const char *order);
/* ERR_USAGE when it is no token, or one of a list in another order. */
bool page_read(const char *token, const char *order, page_mark *out, err *e);

#endif
