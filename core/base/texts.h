/* texts.h: many small texts kept in one piece, numbered from 0: ids of a million records take a
 * quarter of the room of as many values. Floor: base. One thread at a time. */
#ifndef POLDER_BASE_TEXTS_H
#define POLDER_BASE_TEXTS_H

#include "base/buf.h"

/* Plain data; starts zeroed. */
typedef struct texts {
    buf bytes;
    size_t *at;
    size_t len, cap;
} texts;

void texts_add(texts *t, const char *text);
const char *texts_at(const texts *t, size_t index); /* until the next change; NULL past the end */
void texts_fetch(const texts *t, size_t index);     /* towards the cache: it is asked for soon */
void texts_free(texts *t);                          /* leaves it empty */

#endif
