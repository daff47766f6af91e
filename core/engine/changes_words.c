/* Words that a text lacks. BM25 is nearly a sum over words, so what gains most alone gains most
 * together: the best few are tried as they follow each other. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/terms.h"
#include "engine/changes_parts.h"

/* BYTES: of all texts of a round, so that a text of a megabyte gets a few tries. TOGETHER: more
 * words than that are another text. */
enum { WORDS_MOST = 200, BYTES = 8 << 20, TOGETHER = 10 };

typedef struct gather {
    const char *text;
    bool *seen; /* by term */
    size_t cap;
    value *words; /* NULL: they are there already */
    size_t most;
} gather;

static void take_word(void *ctx, uint32_t term, size_t start, size_t end)
{
    gather *g = ctx;
    if (term >= g->cap) {
        size_t cap = 2 * ((size_t)term + 32);
        g->seen = mem_grow(g->seen, cap, sizeof *g->seen);
        memset(g->seen + g->cap, 0, cap - g->cap);
        g->cap = cap;
    }
    if (!g->seen[term] && g->words && value_len(g->words) < g->most)
        value_push(g->words, value_bytes(g->text + start, end - start));
    g->seen[term] = true;
}

static void read_words(terms *t, gather *g, const value *text)
{
    if (!value_is(text, VALUE_TEXT))
        return;
    g->text = text->as.text.bytes;
    terms_each_at(t, g->text, value_len(text), take_word, g);
}

/* As they stand in the demand, each stem once. */
static value missing_words(const value *text, const value *spoken, size_t most)
{
    value words = value_list();
    terms *t = terms_new();
    gather g = {.most = most};
    read_words(t, &g, text);
    g.words = &words;
    for (size_t i = 0; i < value_len(spoken); i++)
        read_words(t, &g, value_at(spoken, i));
    free(g.seen);
    terms_free(t);
    return words;
}

static value text_with(const value *text, const value *words)
{
    buf all = {0};
    if (value_is(text, VALUE_TEXT))
        buf_add(&all, text->as.text.bytes, value_len(text));
    for (size_t i = 0; i < value_len(words); i++) {
        buf_str(&all, all.len ? " " : "");
        buf_add(&all, value_at(words, i)->as.text.bytes, value_len(value_at(words, i)));
    }
    value v = value_bytes(buf_text(&all), all.len);
    buf_free(&all);
    return v;
}

static void add_words(search *s, size_t field, value words)
{
    changes_try(s, field, text_with(changes_stands(s, field), &words))->words = words;
}

void changes_try_words(search *s)
{
    for (size_t f = 0; f < value_len(&s->fields); f++) {
        const value *stands = changes_stands(s, f);
        size_t most = BYTES / (value_len(stands) + 1) + 1;
        value words =
            missing_words(stands, value_at(&s->spoken, f), most < WORDS_MOST ? most : WORDS_MOST);
        for (size_t i = 0; i < value_len(&words); i++) {
            value one = value_list();
            value_push(&one, value_copy(value_at(&words, i)));
            add_words(s, f, one);
        }
        value_free(&words);
    }
}

typedef struct better {
    const try *t;
    double score;
    size_t at;
} better;

static int by_score(const void *a, const void *b)
{
    const better *left = a, *right = b;
    if (left->score != right->score)
        return left->score > right->score ? -1 : 1;
    return left->at < right->at ? -1 : left->at > right->at;
}

/* The words that each alone raise the score, best first; none when one alone gains a rank. */
static value good_words(const search *s, size_t field)
{
    double was = value_as_double(value_get(&s->was, "score"), -INFINITY);
    better *list = mem_zero(s->len + 1, sizeof *list);
    size_t len = 0;
    bool enough = false;
    value words = value_list();
    for (size_t i = 0; i < s->len; i++) {
        const try *t = &s->tries[i];
        if (t->field != field || !value_len(&t->words))
            continue;
        double score = value_as_double(value_get(&t->item, "score"), NAN);
        enough = enough || changes_gains(s, t);
        if (t->rank && score > was)
            list[len++] = (better){t, score, i};
    }
    if (len)
        qsort(list, len, sizeof *list, by_score);
    for (size_t i = 0; !enough && i < len && i < TOGETHER; i++)
        value_push(&words, value_copy(value_at(&list[i].t->words, 0)));
    free(list);
    return words;
}

bool changes_more_words(search *s, err *e)
{
    size_t first = s->len;
    for (size_t f = 0; f < value_len(&s->fields); f++) {
        value good = good_words(s, f), together = value_list();
        for (size_t i = 0; i < value_len(&good); i++) {
            value_push(&together, value_copy(value_at(&good, i)));
            if (i)
                add_words(s, f, value_copy(&together));
        }
        value_free(&good);
        value_free(&together);
    }
    return s->len == first || changes_ask(s, first, e);
}
