#include "store/where_lex.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/json.h"
#include "base/text.h"

void lexer_begin(lexer *x, const char *text, err *e)
{
    *x = (lexer){.text = text, .at = text, .start = text, .e = e};
}

void lexer_free(lexer *x)
{
    value_free(&x->literal);
}

static int column(const lexer *x, const char *place)
{
    int count = 1;
    for (const char *p = x->text; p < place; p++)
        count += ((unsigned char)*p & 0xc0) != 0x80; /* characters, not bytes */
    return count;
}

bool lexer_fail(lexer *x, const char *place, const char *message)
{
    err_set(x->e, ERR_USAGE, "the condition is wrong: %s", message);
    return err_where(x->e, "column %d of the condition", column(x, place));
}

bool lexer_expected(lexer *x, const char *what)
{
    buf message = {0};
    buf_fmt(&message, "expected %s, got ", what);
    if (x->type == TOKEN_END) {
        buf_str(&message, "the end");
    } else {
        buf_char(&message, '"');
        text_escape(&message, x->start, (size_t)(x->at - x->start), 60);
        buf_char(&message, '"');
    }
    lexer_fail(x, x->start, buf_text(&message));
    buf_free(&message);
    return false;
}

static bool take_text(lexer *x)
{
    char quote = *x->at++;
    buf out = {0};
    for (; *x->at && *x->at != quote; x->at++) {
        if (*x->at == '\\' && x->at[1])
            x->at++;
        buf_char(&out, *x->at);
    }
    bool ok = *x->at == quote;
    if (ok) {
        x->at++;
        x->type = TOKEN_VALUE;
        x->literal = value_bytes(buf_text(&out), out.len);
    } else {
        lexer_fail(x, x->start, "the text that begins here has no closing quote");
    }
    buf_free(&out);
    return ok;
}

/* Numbers are JSON's, so that a condition reads them as the store did. */
static bool take_number(lexer *x)
{
    x->at += strspn(x->at, "+-.0123456789eE");
    x->type = TOKEN_VALUE;
    if (json_read(x->start, (size_t)(x->at - x->start), NULL, &x->literal, NULL))
        return true;
    return lexer_fail(x, x->start, "this is not a number that can be read exactly");
}

static bool is_name(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           (unsigned char)c >= 0x80;
}

static bool take_name(lexer *x)
{
    while (is_name(*x->at) || (*x->at == '.' && is_name(x->at[1])))
        x->at++;
    size_t len = (size_t)(x->at - x->start);
    if (len >= sizeof x->name)
        return lexer_fail(x, x->start, "this name is too long");
    memcpy(x->name, x->start, len);
    x->name[len] = '\0';
    x->type = TOKEN_NAME;
    if (strcmp(x->name, "true") == 0 || strcmp(x->name, "false") == 0)
        x->literal = value_bool(x->name[0] == 't');
    else if (strcmp(x->name, "null") != 0)
        return true;
    x->type = TOKEN_VALUE;
    return true;
}

static const char *wrong_symbol(const char *at)
{
    if (*at == '=')
        return "write == for \"equals\"";
    if (*at == '!' || strncmp(at, "<>", 2) == 0)
        return "write != for \"differs from\", and not before a condition";
    if (*at == '&')
        return "write and between conditions";
    if (*at == '|')
        return "write or between conditions";
    return "this character has no meaning here; texts stand in quotes";
}

static bool take_symbol(lexer *x)
{
    static const char *const SYMBOLS[] = {"==", "!=", "<=", ">=", "<", ">",
                                          "(",  ")",  "[",  "]",  ","};
    x->type = TOKEN_SYMBOL;
    for (size_t i = 0; i < sizeof SYMBOLS / sizeof SYMBOLS[0]; i++) {
        size_t len = strlen(SYMBOLS[i]);
        if (strncmp(x->at, SYMBOLS[i], len) == 0 && strncmp(x->at, "<>", 2) != 0) {
            strcpy(x->name, SYMBOLS[i]);
            x->at += len;
            return true;
        }
    }
    return lexer_fail(x, x->at, wrong_symbol(x->at));
}

bool lexer_next(lexer *x)
{
    value_free(&x->literal);
    x->name[0] = '\0';
    x->at += strspn(x->at, " \t\r\n");
    x->start = x->at;
    if (*x->at == '\0') {
        x->type = TOKEN_END;
        return true;
    }
    if (*x->at == '"' || *x->at == '\'')
        return take_text(x);
    if (*x->at == '-' || (*x->at >= '0' && *x->at <= '9'))
        return take_number(x);
    return is_name(*x->at) ? take_name(x) : take_symbol(x);
}

bool lexer_is(const lexer *x, token_type type, const char *name)
{
    return x->type == type && strcmp(x->name, name) == 0;
}
