/* The words of base/terms.h as a tokenizer of SQLite's FTS5. Each word is one token, at no place of
 * another. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/terms.h"
#include "store/db_sqlite.h"

typedef int token_fn(void *ctx, int flags, const char *text, int len, int start, int end);

typedef struct sink {
    terms *terms;
    token_fn *token;
    void *ctx;
    int result; /* the first that wasn't OK */
} sink;

static int words_new(void *ctx, const char **words, int count, Fts5Tokenizer **out)
{
    (void)ctx, (void)words, (void)count;
    *out = (Fts5Tokenizer *)terms_new();
    return SQLITE_OK;
}

static void words_free(Fts5Tokenizer *tokenizer)
{
    terms_free((terms *)tokenizer);
}

static void pass(void *ctx, uint32_t term, size_t start, size_t end)
{
    sink *s = ctx;
    if (s->result != SQLITE_OK)
        return;
    const char *stem = terms_stem(s->terms, term);
    s->result = s->token(s->ctx, 0, stem, (int)strlen(stem), (int)start, (int)end);
}

static int words_each(Fts5Tokenizer *tokenizer, void *ctx, int why, const char *text, int len,
                      token_fn *token)
{
    (void)why;
    sink s = {.terms = (terms *)tokenizer, .token = token, .ctx = ctx};
    terms_each_at(s.terms, text, (size_t)len, pass, &s);
    return s.result;
}

/* How a program gets at FTS5: https://sqlite.org/fts5.html#extending_fts5 */
static fts5_api *find_api(sqlite3 *handle)
{
    fts5_api *api = NULL;
    sqlite3_stmt *statement = NULL;
    if (sqlite3_prepare_v2(handle, "select fts5(?1)", -1, &statement, NULL) == SQLITE_OK) {
        sqlite3_bind_pointer(statement, 1, (void *)&api, "fts5_api_ptr", NULL);
        sqlite3_step(statement);
    }
    sqlite3_finalize(statement);
    return api;
}

bool db_add_words(sqlite3 *handle)
{
    static const fts5_tokenizer WORDS = {words_new, words_free, words_each};
    fts5_api *api = find_api(handle);
    fts5_tokenizer words = WORDS;
    return api && api->xCreateTokenizer(api, "polder", NULL, &words, NULL) == SQLITE_OK;
}
