#include "score/text_lua.h"

#include <lauxlib.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/terms.h"
#include "score/bm25.h"
#include "vm/deadline.h"

/* RANKINGS: a demand has a few texts; rules ask for them in turn, for one solution after the other.
 * TEXT_BYTES: more than any field holds, for an import takes no longer line; what a plugin puts
 * together stands outside the memory that Lua may have. */
enum { RANKINGS = 8, TEXT_BYTES = 16 << 20 };

/* The similarity of one query to every document of one cell. */
typedef struct ranking {
    size_t cell;
    char *query; /* NULL: free */
    size_t len;
    double *scores;
} ranking;

struct text_source {
    const rows *solutions;
    collections *texts;
    collection **known; /* by cell, NULL until asked for */
    size_t known_len;
    ranking rankings[RANKINGS];
    size_t oldest; /* the ranking that is replaced next */
    const columns *given;
    const char *const *kept; /* by cell, NULL: unknown */
    size_t at;               /* the solution looked at; TEXT_NOTHING: none */
};

static const double ALONE = 1; /* the weight of a document's only field */

static const char SOURCE_KEY = 0; /* its address is the key in a state's registry */

text_source *text_new(const rows *solutions, collections *texts)
{
    text_source *t = mem_zero(1, sizeof *t);
    t->solutions = solutions;
    t->texts = texts;
    t->at = TEXT_NOTHING;
    return t;
}

void text_free(text_source *t)
{
    if (!t)
        return;
    for (size_t i = 0; i < RANKINGS; i++) {
        free(t->rankings[i].query);
        free(t->rankings[i].scores);
    }
    free(t->known);
    free(t);
}

void text_cells(text_source *t, const columns *given)
{
    t->given = given;
}

void text_look(text_source *t, size_t solution, const char *const *kept)
{
    t->at = solution;
    t->kept = kept;
}

static const char *name_of(const text_source *t, size_t cell)
{
    for (size_t i = 0; cell && i < t->given->len; i++)
        if (t->given->at[i] == cell)
            return t->given->name[i];
    return "";
}

/* NULL: not in the statistics of this card. */
static bm25 *collection_of(text_source *t, size_t cell)
{
    if (cell >= t->known_len) {
        t->known = mem_grow(t->known, cell + 1, sizeof(collection *));
        for (size_t i = t->known_len; i <= cell; i++)
            t->known[i] = NULL;
        t->known_len = cell + 1;
    }
    if (!t->known[cell]) {
        const text_field field = {name_of(t, cell), cell, NULL, ALONE};
        t->known[cell] = collections_get(t->texts, &field, 1);
    }
    if (!collection_unmade(t->known[cell]))
        return collection_index(t->known[cell]);
    uint32_t paused = deadline_pause(); /* the rule that asks first doesn't pay for the index */
    bm25 *c = collection_index(t->known[cell]);
    deadline_resume(paused); /* which begins a call anew, so never for what is there */
    return c;
}

static const double *ranking_of(text_source *t, size_t cell, const char *query, size_t len)
{
    for (size_t i = 0; i < RANKINGS; i++) {
        ranking *r = &t->rankings[i];
        if (r->query && r->cell == cell && r->len == len && memcmp(r->query, query, len) == 0)
            return r->scores;
    }
    bm25 *c = collection_of(t, cell);
    if (!c)
        return NULL;
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
    const columns *given = t->given;
    for (size_t i = 0; t->kept && i < given->len; i++) {
        if (t->kept[i] != text)
            continue;
        *out = given->at[i];
        return true;
    }
    for (size_t i = 0; t->at != TEXT_NOTHING && i < given->len; i++) {
        const char *here;
        size_t here_len;
        if (rows_text(t->solutions, t->at, given->at[i], &here, &here_len) && here_len == len &&
            memcmp(here, text, len) == 0) {
            *out = given->at[i];
            return true;
        }
    }
    return false;
}

/* Statistics for a text that is no field of the solution: those of the first text the rule was
 * given, or none. */
static size_t nearest_cell(const text_source *t)
{
    const char *text;
    size_t len;
    for (size_t i = 0; t->at != TEXT_NOTHING && i < t->given->len; i++)
        if (rows_text(t->solutions, t->at, t->given->at[i], &text, &len))
            return t->given->at[i];
    return 0; /* cell 0 holds ids: words that no text has, so all weigh the same */
}

static double by_collection(text_source *t, size_t cell, const char *query, size_t query_len,
                            const char *text, size_t text_len)
{
    bm25 *c = collection_of(t, cell);
    return c ? bm25_one(c, &(bm25_text){query, query_len, 1}, 1, &(bm25_text){text, text_len, 1})
             : 0;
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
    collections_tidy(t->texts);
    if (!cell_of(t, text, text_len, &cell))
        return by_collection(t, nearest_cell(t), query, query_len, text, text_len);
    if (collections_swapped(t->texts, t->at))
        return by_collection(t, cell, query, query_len, text, text_len);
    const double *ranked = ranking_of(t, cell, query, query_len);
    return ranked ? ranked[collections_document(t->texts, t->at)] : 0;
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
