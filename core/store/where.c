#include "store/where.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "store/where_lex.h"

enum {
    MAX_DEPTH = 50, /* of parentheses and not */
    MAX_BYTES = 64 * 1024,
    MAX_TESTS = 400, /* SQLite bounds the depth of an expression */
};

typedef struct parser {
    lexer x;
    condition *out;
    int depth, tests;
} parser;

static const char *const KEYWORDS[] = {"and", "or", "not", "in", "contains", "has"};

static bool is_keyword(const char *name)
{
    for (size_t i = 0; i < sizeof KEYWORDS / sizeof KEYWORDS[0]; i++) {
        if (strcmp(name, KEYWORDS[i]) == 0)
            return true;
    }
    return false;
}

const char *where_column(const char *name)
{
    if (strcmp(name, "id") == 0)
        return "record.id";
    if (strcmp(name, "kind") == 0)
        return "record.kind";
    return strcmp(name, "version") == 0 ? "record.version" : NULL;
}

bool where_path(const char *name, char **out)
{
    buf path = {0};
    bool ok = *name != '\0' && !strpbrk(name, "\"\\[]") && name[strlen(name) - 1] != '.';
    buf_char(&path, '$');
    for (const char *at = name; ok && *at;) {
        size_t len = strcspn(at, ".");
        ok = len > 0;
        buf_str(&path, ".\"");
        buf_add(&path, at, len);
        buf_char(&path, '"');
        at += len + (at[len] == '.');
    }
    if (ok)
        *out = buf_take(&path);
    buf_free(&path);
    return ok;
}

static void sql(parser *p, const char *text)
{
    buf_str(&p->out->sql, text);
}

static void bind(parser *p, value v)
{
    value_push(&p->out->parameters, v);
}

/* Opens the test of one item of the field; the caller adds what must be true of j and closes both
 * parentheses. */
static bool open_items(parser *p, const char *name)
{
    char *path = NULL;
    if (!where_path(name, &path))
        return lexer_fail(&p->x, p->x.start, "this is not the name of a field");
    sql(p, "(coalesce(json_type(record.data, ?), '') <> 'object'"
           " and exists (select 1 from json_each(record.data, ?) j where ");
    bind(p, value_text(path));
    bind(p, value_text(path));
    free(path);
    return true;
}

static const char *types_of(const value *v)
{
    switch (v->type) {
    case VALUE_TEXT:
        return "j.type = 'text'";
    case VALUE_BOOL:
        return v->as.boolean ? "j.type = 'true'" : "j.type = 'false'";
    default:
        return "j.type in ('integer', 'real')";
    }
}

static bool has_field(parser *p, const char *name)
{
    if (where_column(name)) {
        sql(p, "1 = 1");
        return true;
    }
    char *path = NULL;
    if (!where_path(name, &path))
        return lexer_fail(&p->x, p->x.start, "this is not the name of a field");
    sql(p, "exists (select 1 from json_each(record.data, ?) j where j.type <> 'null')");
    bind(p, value_text(path));
    free(path);
    return true;
}

static bool is_order(const char *operator)
{
    return operator[0] == '<' || operator[0] == '>';
}

/* field operator literal, for every operator but != */
static bool test_value(parser *p, const char *name, const char *operator, const value * literal)
{
    const char *column = where_column(name);
    const char *sign = strcmp(operator, "==") == 0 ? "=" : operator;
    if (value_is(literal, VALUE_NIL)) {
        sql(p, "not ");
        return has_field(p, name);
    }
    if (column) {
        buf_fmt(&p->out->sql, "%s %s ?", column, sign);
        bind(p, value_copy(literal));
        return true;
    }
    if (!open_items(p, name))
        return false;
    sql(p, types_of(literal));
    if (!value_is(literal, VALUE_BOOL)) {
        buf_fmt(&p->out->sql, " and j.value %s ?", sign);
        bind(p, value_copy(literal));
    }
    sql(p, "))");
    return true;
}

static bool parse_compare(parser *p, const char *name)
{
    char operator[3];
    strcpy(operator, p->x.name);
    if (!lexer_next(&p->x))
        return false;
    if (p->x.type != TOKEN_VALUE)
        return lexer_expected(&p->x,
                              "a value (a \"text\" in quotes, a number, true, false or null)");
    const value *v = &p->x.literal;
    if (is_order(operator) && (value_is(v, VALUE_NIL) || value_is(v, VALUE_BOOL)))
        return lexer_expected(&p->x, "a text or a number to compare with");
    bool negated = operator[0] == '!';
    if (negated)
        sql(p, "not (");
    bool ok = test_value(p, name, negated ? "==" : operator, v);
    if (negated)
        sql(p, ")");
    return ok && lexer_next(&p->x);
}

static bool parse_contains(parser *p, const char *name)
{
    if (!lexer_next(&p->x))
        return false;
    if (!value_is(&p->x.literal, VALUE_TEXT) || p->x.type != TOKEN_VALUE)
        return lexer_expected(&p->x, "a text in quotes");
    buf folded = {0};
    text_fold(&folded, p->x.literal.as.text.bytes, p->x.literal.as.text.len);
    bool ok = true;
    if (where_column(name)) {
        buf_fmt(&p->out->sql, "instr(fold(%s), ?) > 0", where_column(name));
    } else {
        ok = open_items(p, name);
        sql(p, "j.type = 'text' and instr(fold(j.value), ?) > 0))");
    }
    bind(p, value_bytes(buf_text(&folded), folded.len));
    buf_free(&folded);
    return ok && lexer_next(&p->x);
}

static bool parse_in(parser *p, const char *name)
{
    if (!lexer_next(&p->x))
        return false;
    if (!lexer_is(&p->x, TOKEN_SYMBOL, "["))
        return lexer_expected(&p->x, "[ and a list of values");
    sql(p, "(1 = 0");
    do {
        if (!lexer_next(&p->x))
            return false;
        if (p->x.type != TOKEN_VALUE)
            return lexer_expected(&p->x, "a value");
        if (++p->tests > MAX_TESTS)
            return lexer_fail(&p->x, p->x.start, "it is too long");
        sql(p, " or ");
        if (!test_value(p, name, "==", &p->x.literal) || !lexer_next(&p->x))
            return false;
    } while (lexer_is(&p->x, TOKEN_SYMBOL, ","));
    sql(p, ")");
    if (!lexer_is(&p->x, TOKEN_SYMBOL, "]"))
        return lexer_expected(&p->x, ", or ]");
    return lexer_next(&p->x);
}

static bool parse_has(parser *p)
{
    if (!lexer_next(&p->x))
        return false;
    if (p->x.type != TOKEN_NAME || is_keyword(p->x.name))
        return lexer_expected(&p->x, "the name of a field");
    return has_field(p, p->x.name) && lexer_next(&p->x);
}

static bool parse_test(parser *p)
{
    static const char FIELD[] = "the name of a field, has, not or (";
    if (++p->tests > MAX_TESTS)
        return lexer_fail(&p->x, p->x.start, "it is too long");
    if (lexer_is(&p->x, TOKEN_NAME, "has"))
        return parse_has(p);
    if (p->x.type != TOKEN_NAME || is_keyword(p->x.name))
        return lexer_expected(&p->x, FIELD);
    char name[sizeof p->x.name];
    strcpy(name, p->x.name);
    if (!lexer_next(&p->x))
        return false;
    if (lexer_is(&p->x, TOKEN_NAME, "in"))
        return parse_in(p, name);
    if (lexer_is(&p->x, TOKEN_NAME, "contains"))
        return parse_contains(p, name);
    if (p->x.type == TOKEN_SYMBOL && strchr("=!<>", p->x.name[0]))
        return parse_compare(p, name);
    return lexer_expected(&p->x, "==, !=, <, <=, >, >=, in or contains");
}

static bool parse_any(parser *p);

static bool parse_one(parser *p)
{
    bool negated = lexer_is(&p->x, TOKEN_NAME, "not");
    if (!negated && !lexer_is(&p->x, TOKEN_SYMBOL, "("))
        return parse_test(p);
    if (++p->depth > MAX_DEPTH)
        return lexer_fail(&p->x, p->x.start, "it is nested too deep");
    sql(p, negated ? "not (" : "(");
    if (!lexer_next(&p->x) || !(negated ? parse_one(p) : parse_any(p)))
        return false;
    sql(p, ")");
    p->depth--;
    if (negated)
        return true;
    if (!lexer_is(&p->x, TOKEN_SYMBOL, ")"))
        return lexer_expected(&p->x, "and, or or )");
    return lexer_next(&p->x);
}

static bool parse_all(parser *p)
{
    if (!parse_one(p))
        return false;
    while (lexer_is(&p->x, TOKEN_NAME, "and")) {
        sql(p, " and ");
        if (!lexer_next(&p->x) || !parse_one(p))
            return false;
    }
    return true;
}

/* SQL binds "and" closer than "or", as this language does. */
static bool parse_any(parser *p)
{
    if (!parse_all(p))
        return false;
    while (lexer_is(&p->x, TOKEN_NAME, "or")) {
        sql(p, " or ");
        if (!lexer_next(&p->x) || !parse_all(p))
            return false;
    }
    return true;
}

static bool parse(parser *p)
{
    if (!lexer_next(&p->x))
        return false;
    if (p->x.type == TOKEN_END) {
        sql(p, "1 = 1");
        return true;
    }
    if (!parse_any(p))
        return false;
    return p->x.type == TOKEN_END || lexer_expected(&p->x, "and, or or the end");
}

bool where_compile(const char *text, condition *out, err *e)
{
    if (!text)
        text = "";
    condition c = {.parameters = value_list()};
    parser p = {.out = &c};
    lexer_begin(&p.x, text, e);
    size_t len = strlen(text);
    bool ok = len <= MAX_BYTES || lexer_fail(&p.x, text, "it is longer than 64 KB");
    if (ok && text_invalid_at(text, len) < len)
        ok = lexer_fail(&p.x, text + text_invalid_at(text, len), "this is not valid UTF-8");
    ok = ok && parse(&p);
    lexer_free(&p.x);
    if (ok)
        *out = c;
    else
        where_free(&c);
    return ok;
}

int where_bind(query *q, int first, const condition *c)
{
    for (size_t i = 0; i < c->parameters.as.list.len; i++) {
        const value *v = &c->parameters.as.list.items[i];
        if (v->type == VALUE_INT)
            query_bind_int64(q, first++, v->as.integer);
        else if (v->type == VALUE_DOUBLE)
            query_bind_double(q, first++, v->as.number);
        else if (v->type == VALUE_BOOL)
            query_bind_int64(q, first++, v->as.boolean);
        else
            query_bind_bytes(q, first++, v->as.text.bytes, v->as.text.len);
    }
    return first;
}

void where_free(condition *c)
{
    buf_free(&c->sql);
    value_free(&c->parameters);
}
