/* terms.h: text to index terms: Unicode-normalised, folded, split into words (letters and digits),
 * stop words of Dutch and English dropped, stemmed by Snowball. Floor: base. One thread at a time
 * for one analyser. */
#ifndef POLDER_BASE_TERMS_H
#define POLDER_BASE_TERMS_H

#include <stddef.h>
#include <stdint.h>

typedef struct terms
    terms; /* opaque: the stemmers and every word seen so far, each with a number */

terms *terms_new(void); /* owned by the caller */
void terms_free(terms *t);

/* Calls `fn` with the term number of each word in order; numbers start at 0 and are dense. HTML
 * entities and tags that raw data holds are not words. */
void terms_each(terms *t, const char *text, size_t len, void (*fn)(void *ctx, uint32_t term),
                void *ctx);
size_t terms_count(const terms *t); /* different terms so far */
const char *terms_word(const terms *t,
                       uint32_t term); /* the first word that gave this term, folded; borrowed */

/* The same as terms_each, with the bytes of `text` that the word stands on. */
void terms_each_at(terms *t, const char *text, size_t len,
                   void (*fn)(void *ctx, uint32_t term, size_t start, size_t end), void *ctx);
/* What is left of the words of this term: unlike its number the same in every process. Borrowed. */
const char *terms_stem(const terms *t, uint32_t term);
/* The term with this stem, which may be new: then its word is the stem. No NUL in it, nor need
 * one be behind it. */
uint32_t terms_of_stem(terms *t, const char *stem, size_t len);

/* Forgets all terms but the first `count`, whose numbers stay: as if the others had not come. */
void terms_forget(terms *t, size_t count);

#endif
