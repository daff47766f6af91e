/* where_lex.h: the words of a condition. Floor: store, for where.c only. */
#ifndef POLDER_STORE_WHERE_LEX_H
#define POLDER_STORE_WHERE_LEX_H

#include "base/err.h"
#include "base/value.h"

typedef enum token_type {
    TOKEN_END,
    TOKEN_VALUE,  /* a literal */
    TOKEN_NAME,   /* of a field, or a keyword */
    TOKEN_SYMBOL, /* == != < <= > >= ( ) [ ] , */
} token_type;

typedef struct lexer {
    const char *text, *at;
    token_type type;
    const char *start; /* of the current token */
    value literal;     /* owned */
    char name[256];    /* of a name or symbol */
    err *e;
} lexer;

void lexer_begin(lexer *x, const char *text, err *e);
void lexer_free(lexer *x);
bool lexer_next(lexer *x);
bool lexer_is(const lexer *x, token_type type, const char *name);
/* "expected …, got …" at the current token; returns false. */
bool lexer_expected(lexer *x, const char *what);
/* Any other mistake at `place` in the text. */
bool lexer_fail(lexer *x, const char *place, const char *message);

#endif
