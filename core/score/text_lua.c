#include "score/text_lua.h"

#include <lauxlib.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/terms.h"
#include "score/bm25.h"
#include "vm/deadline.h"

/* RANKINGS: a demand has a few texts; rules ask for them in turn, for one solution after the other.
 * The others bound what a rule can make this file hold, which is outside its state's cap. */
enum { RANKINGS = 8, TEXT_BYTES = 1 << 20, NEW_WORDS = 250000 };

/* The similarity of one query to every document of one cell. */
typedef struct ranking {
    size_t cell;
    char *query; /* NULL: free */
    size_t len;
    double *scores;
} ranking;

struct text_source {
    const rows *solutions;
    terms *words;
    size_t words_known; /* with the last collection; what came since is of rules' own texts */
    bm25 **collections; /* by cell, NULL until asked for */
    size_t collections_len;
    ranking rankings[RANKINGS];
    size_t oldest; /* the ranking that is replaced next */
    const size_t *cells;
    size_t cells_len;
    const char *const *kept; /* by cell, NULL: unknown */
    size_t at;               /* the solution looked at; TEXT_NOTHING: none */
};

static const double ALONE = 1; /* the weight of a document's only field */

static const char SOURCE_KEY = 0; /* its address is the key in a state's registry */

text_source *text_new(const rows *solutions)
{
    text_source *t = mem_zero(1, sizeof *t);
    t->solutions = solutions;
    t->at = TEXT_NOTHING;
    t->words = terms_new();
    return t;
}

static void drop_all(text_source *t)
{
    for (size_t i = 0; i < RANKINGS; i++) {
        free(t->rankings[i].query);
        free(t->rankings[i].scores);
        t->rankings[i] = (ranking){0};
    }
    for (size_t i = 0; i < t->collections_len; i++)
        bm25_free(t->collections[i]);
    free(t->collections);
    t->collections = NULL;
    t->collections_len = 0;
    terms_free(t->words);
}

/* All of it can be made again from the rows. */
static void forget_rules_words(text_source *t)
{
    if (terms_count(t->words) <= t->words_known + NEW_WORDS)
        return;
    drop_all(t);
    t->words = terms_new();
    t->words_known = 0;
}

void text_free(text_source *t)
{
    if (!t)
        return;
    drop_all(t);
    free(t);
}

void text_cells(text_source *t, const size_t *cells, size_t len)
{
    t->cells = cells;
    t->cells_len = len;
}

void text_look(text_source *t, size_t solution, const char *const *kept)
{
    t->at = solution;
    t->kept = kept;
}

static bm25 *collection_of(text_source *t, size_t cell)
{
    if (cell >= t->collections_len) {
        t->collections = mem_grow(t->collections, cell + 1, sizeof *t->collections);
        for (size_t i = t->collections_len; i <= cell; i++)
            t->collections[i] = NULL;
        t->collections_len = cell + 1;
    }
    if (!t->collections[cell]) {
        uint32_t paused = deadline_pause(); /* the rule that asks first doesn't pay for the index */
        bm25 *c = bm25_new(t->words, &ALONE, 1);
        for (size_t i = 0; i < rows_len(t->solutions); i++) {
            bm25_text text = {"", 0, 1};
            if (!rows_text(t->solutions, i, cell, &text.text, &text.len))
                text = (bm25_text){"", 0, 1};
            bm25_add(c, &text);
        }
        t->collections[cell] = c;
        t->words_known = terms_count(t->words);
        deadline_resume(paused);
    }
    return t->collections[cell];
}

static const double *ranking_of(text_source *t, size_t cell, const char *query, size_t len)
{
    for (size_t i = 0; i < RANKINGS; i++) {
        ranking *r = &t->rankings[i];
        if (r->query && r->cell == cell && r->len == len && memcmp(r->query, query, len) == 0)
            return r->scores;
    }
    bm25 *c = collection_of(t, cell);
    ranking *r = &t->rankings[t->oldest];
    t->oldest = (t->oldest + 1) % RANKINGS;
    free(r->query);
    r->query = mem_copy(query, len);
    r->len = len;
    r->cell = cell;
    r->scores = mem_grow(r->scores, bm25_documents(c) + 1, sizeof *r->scores);
    bm25_rank(c, &(bm25_text){query, len, 1}, 1, r->scores);
    return r->scores;
}

/* The cell of the solution at hand that holds just this text; false when it is a text of the rule's
 * own making. */
static bool cell_of(const text_source *t, const char *text, size_t len, size_t *out)
{
    for (size_t i = 0; t->kept && i < t->cells_len; i++) {
        if (t->kept[i] != text)
            continue;
        *out = t->cells[i];
        return true;
    }
    for (size_t i = 0; t->at != TEXT_NOTHING && i < t->cells_len; i++) {
        const char *here;
        size_t here_len;
        if (rows_text(t->solutions, t->at, t->cells[i], &here, &here_len) && here_len == len &&
            memcmp(here, text, len) == 0) {
            *out = t->cells[i];
            return true;
        }
    }
    return false;
}

/* Statistics for a text that is no field of the solution: those of the first text the rule was
 * given, or none. */
static bm25 *nearest_collection(text_source *t)
{
    const char *text;
    size_t len;
    for (size_t i = 0; t->at != TEXT_NOTHING && i < t->cells_len; i++)
        if (rows_text(t->solutions, t->at, t->cells[i], &text, &len))
            return collection_of(t, t->cells[i]);
    return collection_of(t,
                         0); /* cell 0 holds ids: words that no text has, so all weigh the same */
}

static double alone(const char *query, size_t query_len, const char *text, size_t text_len)
{
    double score = 0;
    terms *words = terms_new();
    bm25 *c = bm25_new(words, &ALONE, 1);
    bm25_add(c, &(bm25_text){text, text_len, 1});
    bm25_rank(c, &(bm25_text){query, query_len, 1}, 1, &score);
    bm25_free(c);
    terms_free(words);
    return score;
}

static double similarity(text_source *t, const char *query, size_t query_len, const char *text,
                         size_t text_len)
{
    size_t cell;
    if (!query_len || !text_len)
        return 0;
    if (!t)
        return alone(query, query_len, text, text_len);
    forget_rules_words(t);
    if (cell_of(t, text, text_len, &cell))
        return ranking_of(t, cell, query, query_len)[t->at];
    return bm25_one(nearest_collection(t), &(bm25_text){query, query_len, 1}, 1,
                    &(bm25_text){text, text_len, 1});
}

static const char *text_argument(lua_State *L, int at, size_t *len)
{
    *len = 0;
    if (lua_isnoneornil(L, at))
        return "";
    if (lua_type(L, at) != LUA_TSTRING)
        luaL_error(L, "ctx.text: expected a text or nil as argument %d, got a %s", at,
                   luaL_typename(L, at));
    const char *text = lua_tolstring(L, at, len);
    if (*len > TEXT_BYTES)
        luaL_error(L, "ctx.text: argument %d is longer than %d MiB", at, TEXT_BYTES >> 20);
    return text;
}

static int ctx_text(lua_State *L)
{
    size_t query_len, text_len;
    const char *query = text_argument(L, 1, &query_len);
    const char *text = text_argument(L, 2, &text_len);
    lua_rawgetp(L, LUA_REGISTRYINDEX, &SOURCE_KEY);
    text_source *t = lua_touserdata(L, -1);
    lua_pushnumber(L, similarity(t, query, query_len, text, text_len));
    return 1;
}

void text_attach(vm *m, text_source *t)
{
    lua_State *L = vm_lua(m);
    lua_pushlightuserdata(L, t);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &SOURCE_KEY);
    vm_ctx_function(m, "text", ctx_text);
}
