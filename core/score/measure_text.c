/* text: how alike texts are: BM25F over fields of the solutions (bm25.h), asked with fields of the
 * demand. Likeness looks at all solutions of the card, whose index of these fields it shares with
 * others (collections.h); without a card it has one of its own. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "score/collections.h"
#include "score/measure_in.h"

enum { FIELDS = 16, TOLD = 5, WEIGHED = 24, SENTENCE_COLUMNS = 160 };

typedef struct text_fields {
    ref refs[FIELDS];
    double weights[FIELDS];
    size_t len;
} text_fields;

typedef struct texts {
    text_fields query, document;
    double full;
    collection *shared; /* NULL: without a card, then these two */
    terms *words;
    bm25 *index;
    double *shares;      /* by document, for the demand prepared */
    uint32_t *some;      /* room for documents */
    unsigned char *none; /* by solution: it has no text */
    bool asks;           /* the demand prepared has a text */
} texts;

/* What is read of one side: borrowed where a field is a text, else put together. */
typedef struct reading {
    bm25_text texts[FIELDS];
    buf joined[FIELDS];
    size_t len;
    bool any;
} reading;

static bool read_fields(measure *m, text_fields *f, const value *list, side side, const char *name,
                        err *e)
{
    if (value_len(list) == 0 || value_len(list) > FIELDS)
        return err_set(e, ERR_BAD_DATA, "%s: expected 1 to %d fields", name, FIELDS);
    for (; f->len < value_len(list); f->len++) {
        const value *field = value_at(list, f->len);
        f->weights[f->len] = value_get_double(field, "weight", 1);
        if (!ref_read(m, &f->refs[f->len], field, name, false, e))
            return false;
        if (f->refs[f->len].side != side)
            return err_set(e, ERR_BAD_DATA, "%s: expected fields of the %s", name,
                           side == SIDE_DEMAND ? "demand" : "solution");
        if (!(f->weights[f->len] > 0 && isfinite(f->weights[f->len])))
            return err_set(e, ERR_BAD_DATA, "%s: expected weights above 0", name);
    }
    return true;
}

static collection *shared_of(const measure *m, const text_fields *f)
{
    text_field fields[FIELDS];
    const columns *from = m->columns[SIDE_SOLUTION];
    for (size_t i = 0; i < f->len; i++) {
        const ref *r = &f->refs[i];
        fields[i] = (text_field){"", r->at, r->key, f->weights[i]};
        for (size_t k = 0; k < from->len; k++)
            if (from->at[k] == r->at)
                fields[i].name = from->name[k];
    }
    return collections_get(m->texts, fields, f->len);
}

static bool make(measure *m, const value *spec, err *e)
{
    texts *t = mem_zero(1, sizeof *t);
    m->state = t;
    t->full = value_get_double(spec, "full", 1);
    if (!(t->full > 0 && isfinite(t->full)))
        return err_set(e, ERR_BAD_DATA, "full: expected a number above 0");
    if (!read_fields(m, &t->query, value_get(spec, "query"), SIDE_DEMAND, "query", e) ||
        !read_fields(m, &t->document, value_get(spec, "document"), SIDE_SOLUTION, "document", e))
        return false;
    if (m->texts) {
        t->shared = shared_of(m, &t->document);
        return true;
    }
    t->words = terms_new();
    t->index = bm25_new(t->words, t->document.weights, t->document.len);
    return true;
}

static void texts_collect(measure *m)
{
    const texts *t = m->state;
    if (t->shared)
        collection_index(t->shared);
}

static void texts_free(measure *m)
{
    texts *t = m->state;
    if (!t)
        return;
    for (size_t i = 0; i < FIELDS; i++) {
        ref_free(&t->query.refs[i]);
        ref_free(&t->document.refs[i]);
    }
    bm25_free(t->index);
    if (t->words)
        terms_free(t->words);
    free(t->shares);
    free(t->some);
    free(t->none);
    free(t);
}

static void reading_of(reading *r, const text_fields *f, const value *row)
{
    r->any = false;
    r->len = f->len;
    for (size_t i = 0; i < f->len; i++) {
        r->joined[i] = (buf){0};
        r->texts[i].weight = f->weights[i];
        text_of_cell(ref_in(&f->refs[i], row), &r->joined[i], &r->texts[i]);
        r->any = r->any || r->texts[i].len > 0;
    }
}

static void reading_free(reading *r)
{
    for (size_t i = 0; i < r->len; i++)
        buf_free(&r->joined[i]);
}

/* As reading_of has it in `any`. */
static bool has_text(const text_fields *f, const value *row)
{
    for (size_t i = 0; i < f->len; i++) {
        const value *cell = ref_in(&f->refs[i], row);
        if (value_is(cell, VALUE_TEXT) && value_len(cell))
            return true;
        for (size_t k = 0; value_is(cell, VALUE_LIST) && k < value_len(cell); k++)
            if (value_is(value_at(cell, k), VALUE_TEXT))
                return true;
    }
    return false;
}

static void texts_add(measure *m, const value *row)
{
    texts *t = m->state;
    reading r;
    reading_of(&r, &t->document, row);
    if (t->index)
        bm25_add(t->index, r.texts);
    t->none = column_grow(m, t->none, sizeof *t->none);
    t->none[m->len] = !r.any;
    reading_free(&r);
}

static double share_of(const texts *t, double likeness)
{
    double share = likeness / t->full;
    return share < 1 ? share : 1;
}

/* In a card whose statistics lack these fields nothing is like anything: what is said there doesn't
 * count. */
static bm25 *index_to_rank(texts *t, size_t len)
{
    bm25 *index = t->shared ? collection_index(t->shared) : t->index;
    size_t all = index ? bm25_documents(index) : len;
    t->shares = mem_grow(t->shares, all + 1, sizeof *t->shares);
    if (!index)
        memset(t->shares, 0, all * sizeof *t->shares);
    return index;
}

static void rank(measure *m, const bm25_text *query)
{
    texts *t = m->state;
    bm25 *index = index_to_rank(t, m->len);
    if (index)
        bm25_rank(index, query, t->query.len, t->shares);
}

static size_t document_of(const measure *m, size_t row)
{
    return m->texts ? collections_document(m->texts, row) : row;
}

static void rank_some(measure *m, const bm25_text *query, const uint32_t *which, size_t count)
{
    texts *t = m->state;
    bm25 *index = index_to_rank(t, m->len);
    t->some = mem_grow(t->some, count + 1, sizeof *t->some);
    for (size_t i = 0; i < count; i++)
        t->some[i] = (uint32_t)document_of(m, which[i]);
    if (index)
        bm25_rank_some(index, query, t->query.len, t->some, count, t->shares);
}

static void texts_demand(measure *m, const value *row)
{
    texts *t = m->state;
    reading r;
    reading_of(&r, &t->query, row);
    t->asks = r.any;
    if (r.any && m->len)
        rank(m, r.texts);
    reading_free(&r);
}

static void texts_demand_some(measure *m, const value *row, const uint32_t *which, size_t count)
{
    texts *t = m->state;
    reading r;
    reading_of(&r, &t->query, row);
    t->asks = r.any;
    if (r.any)
        rank_some(m, r.texts, which, count);
    reading_free(&r);
}

static void texts_some(measure *m, size_t from, const uint32_t *which, size_t count, double *shares)
{
    const texts *t = m->state;
    for (size_t i = 0; i < count; i++) {
        size_t row = ROW_OF(which, i);
        shares[i] = !t->asks       ? m->absent[SIDE_DEMAND]
                    : t->none[row] ? m->absent[SIDE_SOLUTION]
                                   : share_of(t, t->shares[document_of(m, row)]);
    }
}

static const ref *texts_absent(const measure *m, const value *solution, const value *demand)
{
    const texts *t = m->state;
    if (!has_text(&t->query, demand))
        return &t->query.refs[0];
    return has_text(&t->document, solution) ? NULL : &t->document.refs[0];
}

/* A test of a plugin has no collection: then the document is one by itself. NULL: the card's
 * statistics lack it. */
static bm25 *index_for(const texts *t, const reading *document)
{
    if (t->shared)
        return collection_index(t->shared);
    if (bm25_documents(t->index))
        return t->index;
    bm25 *alone = bm25_new(t->words, t->document.weights, t->document.len);
    bm25_add(alone, document->texts);
    return alone;
}

static void index_done(const texts *t, bm25 *index)
{
    if (!t->shared && index != t->index)
        bm25_free(index);
}

static double texts_one(const measure *m, const value *solution, const value *demand)
{
    const texts *t = m->state;
    reading query, document;
    reading_of(&query, &t->query, demand);
    reading_of(&document, &t->document, solution);
    bm25 *index = index_for(t, &document);
    double likeness = index ? bm25_one(index, query.texts, t->query.len, document.texts) : 0;
    index_done(t, index);
    reading_free(&query);
    reading_free(&document);
    return share_of(t, likeness);
}

/* ------------------------------------------------------------------ reasons */

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static bool ends_sentence(const char *text, size_t len, size_t at)
{
    char c = text[at];
    return c == '\n' ||
           ((c == '.' || c == '!' || c == '?') && (at + 1 == len || is_space(text[at + 1])));
}

/* The sentence around `at`. */
static void sentence_at(const bm25_text *in, size_t at, size_t *from, size_t *to)
{
    *from = at;
    *to = at;
    while (*from > 0 && !ends_sentence(in->text, in->len, *from - 1))
        --*from;
    while (*from < at && is_space(in->text[*from]))
        ++*from;
    while (*to < in->len && !ends_sentence(in->text, in->len, *to))
        ++*to;
}

static const bm25_text *text_with(const bm25_text *texts, size_t len, const char *word)
{
    for (size_t i = 0; i < len; i++)
        if (word >= texts[i].text && word < texts[i].text + texts[i].len)
            return &texts[i];
    return NULL;
}

/* The sentence in which most of the likeness begins: words are told where they first stand. */
static void say_sentence(const bm25_text *texts, size_t len, const bm25_word *words, size_t count,
                         buf *out)
{
    double best = 0;
    const char *sentence = NULL;
    size_t bytes = 0;
    bool seen[WEIGHED] = {false}; /* its sentence was looked at */
    for (size_t i = 0; i < count; i++) {
        const bm25_text *in = text_with(texts, len, words[i].text);
        size_t from, to;
        double sum = 0;
        if (!in || seen[i])
            continue;
        sentence_at(in, (size_t)(words[i].text - in->text), &from, &to);
        for (size_t k = 0; k < count; k++) {
            bool inside = words[k].text >= in->text + from && words[k].text < in->text + to;
            sum += inside ? words[k].share : 0;
            seen[k] = seen[k] || inside;
        }
        if (sum > best) {
            best = sum;
            sentence = in->text + from;
            bytes = to - from;
        }
    }
    if (sentence) {
        buf safe = {0};
        text_escape(&safe, sentence, bytes, SENTENCE_COLUMNS * 4);
        text_fit(out, buf_text(&safe), safe.len, SENTENCE_COLUMNS);
        buf_free(&safe);
    }
}

static void say_words(const bm25_word *words, size_t count, say_list *list)
{
    for (size_t i = 0; i < count && i < TOLD; i++) {
        buf word = {0};
        text_escape(&word, words[i].text, words[i].len, SENTENCE_COLUMNS);
        say_item(list, buf_text(&word));
        buf_free(&word);
    }
    say_items_end(list);
}

static void texts_words(const measure *m, const value *solution, const value *demand, double share,
                        words *w)
{
    const texts *t = m->state;
    reading query, document;
    bm25_word found[WEIGHED];
    reading_of(&query, &t->query, demand);
    reading_of(&document, &t->document, solution);
    bm25 *index = index_for(t, &document);
    size_t count =
        index ? bm25_words(index, query.texts, t->query.len, document.texts, found, WEIGHED) : 0;
    say_words(found, count, &w->terms);
    say_sentence(document.texts, t->document.len, found, count, &w->found);
    say_number(&w->value, 100 * share, 0);
    w->own = count ? "deelt met de vraag: {terms}" : "deelt geen woorden met de vraag";
    index_done(t, index);
    reading_free(&query);
    reading_free(&document);
}

const measure_kind MEASURE_TEXT = {
    .name = "text",
    .collective = true,
    .make = make,
    .free = texts_free,
    .collect = texts_collect,
    .add = texts_add,
    .demand = texts_demand,
    .demand_some = texts_demand_some,
    .some = texts_some,
    .absent = texts_absent,
    .one = texts_one,
    .says_sentence = true,
    .words = texts_words,
};
