/* dict.h: texts numbered from 0 in the order they come. Floor: score. One thread. */
#ifndef POLDER_SCORE_DICT_H
#define POLDER_SCORE_DICT_H

#include <stddef.h>
#include <stdint.h>

#define DICT_NONE UINT32_MAX

typedef struct dict dict; /* opaque */

dict *dict_new(void);                                            /* owned by the caller */
void dict_free(dict *d);                                         /* accepts NULL */
uint32_t dict_add(dict *d, const char *text, size_t len);        /* its number, new or old */
uint32_t dict_find(const dict *d, const char *text, size_t len); /* DICT_NONE: not there */
uint32_t dict_len(const dict *d);
const char *dict_text(const dict *d, uint32_t number); /* borrowed, good until the next add */
size_t dict_bytes(const dict *d, uint32_t number);     /* the length of that text */

#endif
