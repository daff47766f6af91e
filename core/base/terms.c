/* terms.c: each different word is folded, tried against the stop words and stemmed once;
 * afterwards it is one look-up. The English stemmer and then the Dutch one are applied to every
 * word, for texts of both languages stand side by side and a text does not say which it is: what
 * matters is that the forms of a word meet. */
#include "base/terms.h"

#include <libstemmer.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/mem.h"
#include "base/terms_markup.h"
#include "base/terms_stop.h"
#include "base/text.h"
#include "base/utf8.h"

/* A single ASCII letter or digit is the s of "foto's" and the b of "a) b)", hardly ever a word. */
enum { WORD_LEAST = 2, WORD_BYTES = 64, FIRST_SLOTS = 1024 };

static const uint32_t NO_TERM = UINT32_MAX; /* a stop word */

/* HEAD: words that are no longer, as most are, are told apart with no look at their text. */
enum { HEAD = 15, HEAD_WORDS = 2 };

typedef struct slot {
    char *text;                /* NULL: free */
    uint64_t head[HEAD_WORDS]; /* its first bytes, zeros behind */
    uint32_t term;
} slot;

/* A text that is looked for. Borrows it. */
typedef struct key {
    const char *text;
    size_t len;
    uint64_t hash, head[HEAD_WORDS];
} key;

/* Open addressing, a power of two of slots, at most half of them taken. */
typedef struct table {
    slot *slots;
    size_t count, cap;
} table;

struct terms {
    struct sb_stemmer *english, *dutch;
    table words, stems;
    const char **names; /* for each term its first word, borrowed from `words` */
    const char **roots; /* and its stem, borrowed from `stems` */
    size_t count, cap;
    buf word, folded;     /* under way */
    size_t at, after;     /* bytes of the text that the current character stands on */
    size_t started, last; /* the same of the word */
};

/* One of the two is set. */
typedef struct sink {
    void (*fn)(void *ctx, uint32_t term);
    void (*fn_at)(void *ctx, uint32_t term, size_t start, size_t end);
    void *ctx;
} sink;

static struct sb_stemmer *stemmer(const char *language)
{
    struct sb_stemmer *made = sb_stemmer_new(language, "UTF_8");
    return made ? made
                : mem_grow(NULL, SIZE_MAX, SIZE_MAX); /* both are part of the library: no memory */
}

terms *terms_new(void)
{
    terms *t = mem_zero(1, sizeof *t);
    t->english = stemmer("english");
    t->dutch = stemmer("dutch");
    return t;
}

static void table_free(table *from)
{
    for (size_t i = 0; i < from->cap; i++)
        free(from->slots[i].text);
    free(from->slots);
}

void terms_free(terms *t)
{
    if (!t)
        return;
    sb_stemmer_delete(t->english);
    sb_stemmer_delete(t->dutch);
    table_free(&t->words);
    table_free(&t->stems);
    free(t->names);
    free(t->roots);
    buf_free(&t->word);
    buf_free(&t->folded);
    free(t);
}

static key key_of(const char *text, size_t len)
{
    key k = {.text = text, .len = len, .hash = hash_quick(text, len)};
    memcpy(k.head, text, len < sizeof k.head ? len : sizeof k.head);
    return k;
}

static bool is_at(const slot *s, const key *k)
{
    return s->head[0] == k->head[0] && s->head[1] == k->head[1] &&
           (k->len <= HEAD || strcmp(s->text, k->text) == 0);
}

static slot *table_find(const table *in, const key *k)
{
    size_t i = k->hash & (in->cap - 1);
    while (in->slots[i].text && !is_at(&in->slots[i], k))
        i = (i + 1) & (in->cap - 1);
    return &in->slots[i];
}

static void table_move(const table *to, const slot *s)
{
    key k = key_of(s->text, strlen(s->text));
    *table_find(to, &k) = *s;
}

static void table_grow(table *in)
{
    table bigger = {.cap = in->cap ? in->cap * 2 : FIRST_SLOTS, .count = in->count};
    bigger.slots = mem_zero(bigger.cap, sizeof *bigger.slots);
    for (size_t i = 0; i < in->cap; i++)
        if (in->slots[i].text)
            table_move(&bigger, &in->slots[i]);
    free(in->slots);
    *in = bigger;
}

/* The slot of `text`; a new one (*is_new) has no term yet. */
static slot *table_slot(table *in, const char *text, size_t len, bool *is_new)
{
    if (in->count * 2 >= in->cap)
        table_grow(in);
    key k = key_of(text, len);
    slot *found = table_find(in, &k);
    *is_new = !found->text;
    if (*is_new) {
        *found = (slot){.text = mem_copy(text, len), .term = NO_TERM};
        memcpy(found->head, k.head, sizeof k.head);
        in->count++;
    }
    return found;
}

static int compare_stop(const void *word, const void *row)
{
    return strcmp(word, *(const char *const *)row);
}

static bool is_stop(const char *word)
{
    return bsearch(word, TERMS_STOP, sizeof TERMS_STOP / sizeof *TERMS_STOP, sizeof *TERMS_STOP,
                   compare_stop) != NULL;
}

static const char *stem_once(struct sb_stemmer *with, const char *word, size_t *len)
{
    const sb_symbol *stem = sb_stemmer_stem(with, (const sb_symbol *)word, (int)*len);
    if (!stem)
        return mem_grow(NULL, SIZE_MAX, SIZE_MAX);
    *len = (size_t)sb_stemmer_length(with);
    return (const char *)stem; /* the stemmer's own memory, NUL-terminated */
}

static uint32_t new_term(terms *t, const char *name, const char *root)
{
    if (t->count == t->cap) {
        t->cap = t->cap ? t->cap * 2 : FIRST_SLOTS;
        t->names = mem_grow(t->names, t->cap, sizeof *t->names);
        t->roots = mem_grow(t->roots, t->cap, sizeof *t->roots);
    }
    t->names[t->count] = name;
    t->roots[t->count] = root;
    return (uint32_t)t->count++;
}

static uint32_t term_of(terms *t, const char *word, size_t len)
{
    bool is_new;
    slot *seen = table_slot(&t->words, word, len, &is_new);
    if (!is_new || len < WORD_LEAST || is_stop(word))
        return seen->term;
    const char *stem = stem_once(t->dutch, stem_once(t->english, word, &len), &len);
    slot *stemmed = table_slot(&t->stems, stem, len, &is_new);
    if (is_new)
        stemmed->term = new_term(t, seen->text, stemmed->text);
    seen->term = stemmed->term;
    return seen->term;
}

static void end_word(terms *t, const sink *to)
{
    if (t->word.len > 0) {
        uint32_t term = term_of(t, t->word.data, t->word.len);
        if (term != NO_TERM && to->fn_at)
            to->fn_at(to->ctx, term, t->started, t->last);
        else if (term != NO_TERM)
            to->fn(to->ctx, term);
    }
    buf_clear(&t->word);
}

/* One character of a folded text: part of the word (up to its longest) or the end of it. */
static void take_folded(terms *t, int32_t c, const sink *to)
{
    if (!utf8_in_word(c)) {
        end_word(t, to);
        return;
    }
    if (t->word.len == 0)
        t->started = t->at;
    t->last = t->after;
    if (t->word.len + 4 <= WORD_BYTES)
        utf8_add(&t->word, c);
}

static void take_wide(terms *t, const char *bytes, size_t len, const sink *to)
{
    buf_clear(&t->folded);
    text_fold(&t->folded, bytes, len);
    for (size_t i = 0; i < t->folded.len;) {
        int32_t c;
        size_t used = utf8_next(t->folded.data + i, t->folded.len - i, &c);
        take_folded(t, c, to);
        i += used;
    }
}

static void take_char(terms *t, int32_t c, const sink *to)
{
    utf8proc_uint8_t bytes[4];
    if (c >= 'A' && c <= 'Z')
        c += 'a' - 'A';
    if (c >= 0x80)
        take_wide(t, (const char *)bytes, (size_t)utf8proc_encode_char(c, bytes), to);
    else
        take_folded(t, c, to);
}

/* Takes one character, entity or tag; returns its bytes. */
static size_t take_next(terms *t, const char *text, size_t len, const sink *to)
{
    int32_t c = ' ';
    size_t bytes = 0;
    if (*text == '<')
        bytes = terms_tag(text, len);
    else if (*text == '&')
        bytes = terms_entity(text, len, &c);
    if (bytes > 0 && c == '&')
        bytes += terms_inner_entity(text + bytes, len - bytes, &c);
    if (bytes == 0)
        bytes = utf8_next(text, len, &c);
    t->after = t->at + (bytes ? bytes : 1);
    take_char(t, bytes ? c : ' ', to);
    return bytes ? bytes : 1;
}

/* A run of ASCII letters and digits, which is most of any text: the same as taking them one by one.
 * Returns its bytes. */
static size_t take_plain(terms *t, const char *text, size_t len)
{
    size_t run = 0, most = WORD_BYTES - 3; /* of a word: as long as four bytes more would fit */
    while (run < len && (ascii_letter(text[run]) || ascii_digit(text[run])))
        run++;
    if (run == 0)
        return 0;
    if (t->word.len == 0)
        t->started = t->at;
    t->last = t->at + run;
    size_t room = t->word.len < most ? most - t->word.len : 0, taken = run < room ? run : room;
    char *to = buf_room(&t->word, taken);
    for (size_t i = 0; i < taken; i++)
        to[i] = text[i] >= 'A' && text[i] <= 'Z' ? (char)(text[i] + ('a' - 'A')) : text[i];
    to[taken] = '\0';
    t->word.len += taken;
    return run;
}

static void take_all(terms *t, const char *text, size_t len, const sink *to)
{
    buf_clear(&t->word);
    for (t->at = 0; t->at < len;) {
        size_t run = take_plain(t, text + t->at, len - t->at);
        t->at += run ? run : take_next(t, text + t->at, len - t->at, to);
    }
    end_word(t, to);
}

void terms_each(terms *t, const char *text, size_t len, void (*fn)(void *ctx, uint32_t term),
                void *ctx)
{
    const sink to = {.fn = fn, .ctx = ctx};
    take_all(t, text, len, &to);
}

void terms_each_at(terms *t, const char *text, size_t len,
                   void (*fn)(void *ctx, uint32_t term, size_t start, size_t end), void *ctx)
{
    const sink to = {.fn_at = fn, .ctx = ctx};
    take_all(t, text, len, &to);
}

size_t terms_count(const terms *t)
{
    return t->count;
}

const char *terms_word(const terms *t, uint32_t term)
{
    return term < t->count ? t->names[term] : "";
}

const char *terms_stem(const terms *t, uint32_t term)
{
    return term < t->count ? t->roots[term] : "";
}

uint32_t terms_of_stem(terms *t, const char *stem, size_t len)
{
    bool is_new;
    char *text = mem_copy(stem, len);
    slot *stemmed = table_slot(&t->stems, text, len, &is_new);
    if (is_new)
        stemmed->term = new_term(t, stemmed->text, stemmed->text);
    free(text);
    return stemmed->term;
}

/* Without the texts of terms from `count` on; stop words stay. */
static void table_keep(table *in, size_t count)
{
    table kept = {.cap = in->cap};
    kept.slots = mem_zero(kept.cap + 1, sizeof *kept.slots);
    for (size_t i = 0; i < in->cap; i++) {
        slot *s = &in->slots[i];
        if (s->text && (s->term < count || s->term == NO_TERM)) {
            table_move(&kept, s);
            kept.count++;
        } else {
            free(s->text);
        }
    }
    free(in->slots);
    *in = kept;
}

void terms_forget(terms *t, size_t count)
{
    if (count >= t->count)
        return;
    table_keep(&t->words, count);
    table_keep(&t->stems, count);
    t->count = count;
}
