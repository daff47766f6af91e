/* What is said of a value that isn't what its field declares: one row a type. */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/json.h"
#include "base/mem.h"
#include "base/text.h"
#include "store/import_parts.h"
#include "store/schema_parts.h"

enum {
    SHOWN = 200,      /* bytes of a value in a message */
    TERMS_BYTES = 60, /* of a list of terms that is told whole */
    HINT_BYTES = 280,
};

typedef struct type_words {
    const char *name, *expected, *example; /* example NULL: the name says it */
} type_words;

static const type_words WORDS[] = {
    {"text", "a text", NULL},
    {"integer", "an integer", NULL},
    {"decimal", "a decimal", NULL},
    {"boolean", "a boolean", "true or false"},
    {"date", "a date", "such as 2026-02-23"},
    {"time", "a time", "such as 2026-02-23T13:05:00Z"},
    {"money", "money", NULL},
    {"url", "a url", "such as https://example.org/page"},
    {"email", "an email", "such as name@example.org"},
    {"term", "a term", NULL},
    {"reference", "a reference", NULL},
    {"place", "a place",
     "a name, or {\"lon\":4.9,\"lat\":52.4}: lon from -180 to 180, lat from -90 to 90"},
};

static const type_words *words_of(const value *field)
{
    const char *name = value_get_str(field, "type", "");
    for (size_t i = 0; i < sizeof WORDS / sizeof *WORDS; i++) {
        if (strcmp(WORDS[i].name, name) == 0)
            return &WORDS[i];
    }
    return &WORDS[0];
}

static bool is_of(const value *field, const char *type)
{
    return strcmp(value_get_str(field, "type", ""), type) == 0;
}

static bool is_number(const value *v)
{
    return value_is(v, VALUE_INT) || value_is(v, VALUE_DOUBLE);
}

void schema_show(const value *field, const value *v, buf *out)
{
    buf written = {0};
    json_write(&written, v);
    if (value_get_bool(field, "personal", false))
        buf_fmt(out, "%s (personal: not shown)", value_type_name(v->type));
    else
        text_escape(out, buf_text(&written), written.len, SHOWN);
    buf_free(&written);
}

/* The names of its terms, as many as go into `most` bytes. */
static void list_terms(const value *field, size_t most, buf *out)
{
    const value *terms = value_get(field, "terms");
    for (size_t i = 0; i < value_len(terms); i++) {
        const char *name = value_get_str(value_at(terms, i), "name", "");
        if (out->len + strlen(name) > most) {
            buf_fmt(out, ", … (%zu in all)", value_len(terms));
            return;
        }
        buf_fmt(out, "%s%s", i ? ", " : "", name);
    }
}

static void expect_term(const value *field, buf *out)
{
    size_t count = value_len(value_get(field, "terms"));
    buf all = {0};
    list_terms(field, HINT_BYTES, &all);
    if (count == 0 || value_get_bool(field, "open", false))
        buf_str(out, "a term");
    else if (all.len <= TERMS_BYTES)
        buf_fmt(out, "%s%s", count > 1 ? "one of " : "", buf_text(&all));
    else
        buf_fmt(out, "one of its %zu terms", count);
    buf_free(&all);
}

static bool has_limits(const value *field)
{
    return value_get(field, "minimum") || value_get(field, "maximum");
}

static void expect_limits(const value *field, buf *out)
{
    const value *low = value_get(field, "minimum"), *high = value_get(field, "maximum");
    const char *unit = value_get_str(field, "unit", "");
    if (!has_limits(field))
        return;
    buf_str(out, low && high ? " from " : low ? " of at least " : " of at most ");
    if (low)
        json_write(out, low);
    if (low && high)
        buf_str(out, " to ");
    if (high)
        json_write(out, high);
    bool known = strcasecmp(unit, value_get_str(field, "name", "")) == 0; /* trl, in TRL */
    buf_fmt(out, "%s%s", *unit && !known ? " " : "", known ? "" : unit);
}

static void expect(const value *field, buf *out)
{
    const char *kind = value_get_str(field, "kind", NULL);
    if (is_of(field, "term")) {
        expect_term(field, out);
        return;
    }
    buf_str(out, words_of(field)->expected);
    if (is_of(field, "reference") && kind)
        buf_fmt(out, " to a record of kind %s", kind);
    if (is_of(field, "money") && schema_currency(field) && !has_limits(field))
        buf_fmt(out, " in %s", schema_currency(field));
    expect_limits(field, out);
}

/* A text that people write so and a cell of a spreadsheet may hold: "23-2-2026", "ja", "1,5". */
static bool meant(const value *field, const value *v, value *out)
{
    value one = value_copy(field);
    buf text = {0};
    value_drop(&one, "many");
    if (is_number(v))
        json_write(&text, v);
    else if (value_is(v, VALUE_TEXT))
        buf_str(&text, v->as.text.bytes);
    bool ok = text.len > 0 && cell_read(buf_text(&text), text.len, &one, ';', out, NULL) &&
              !value_is(out, VALUE_NIL);
    if (ok && !schema_fits(field, out)) {
        value_free(out);
        ok = false;
    }
    value_free(&one);
    buf_free(&text);
    return ok;
}

static bool hint_meant(const value *field, const value *v, err *e)
{
    value read = value_nil();
    buf json = {0};
    if (value_get_bool(field, "personal", false) || !meant(field, v, &read))
        return false;
    json_write(&json, &read);
    if (is_of(field, "money")) {
        buf amount = {0};
        json_write(&amount, value_get(&read, "amount"));
        err_hint(e, "did you mean '%s %s', or %s in JSON?", value_get_str(&read, "currency", ""),
                 buf_text(&amount), buf_text(&json));
        buf_free(&amount);
    } else {
        err_hint(e, "did you mean %s?", buf_text(&json));
    }
    buf_free(&json);
    value_free(&read);
    return true;
}

/* The nearest term; else what there is. */
static bool hint_term(const value *field, const value *v, err *e)
{
    const char *near = schema_nearest_term(field, value_str(v, ""));
    buf all = {0};
    list_terms(field, HINT_BYTES, &all);
    if (near)
        err_hint(e, "did you mean \"%s\"?", near);
    else if (all.len > 0)
        err_hint(e, "one of: %s", buf_text(&all));
    buf_free(&all);
    return true;
}

static bool hint_reference(const value *field, const value *v, err *e)
{
    const char *kind = value_get_str(field, "kind", "organisation"), *id = value_str(v, "");
    const char *slash = strchr(id, '/');
    buf slug = {0};
    text_slug(&slug, slash ? slash + 1 : id, strlen(slash ? slash + 1 : id));
    err_hint(e, "the id of a record, such as %s/%s", kind, slug.len ? buf_text(&slug) : "name");
    buf_free(&slug);
    return true;
}

/* An address without its scheme. */
static bool hint_url(const value *field, const value *v, err *e)
{
    buf whole = {0};
    buf_fmt(&whole, "https://%.200s", value_str(v, ""));
    value url = value_text(buf_text(&whole));
    bool near = strchr(value_str(v, ""), '.') && schema_fits(field, &url);
    if (near)
        err_hint(e, "did you mean \"%s\"?", buf_text(&whole));
    value_free(&url);
    buf_free(&whole);
    return near;
}

/* As 2026-02-30: written well, and yet no day. */
static bool hint_day(const value *v, err *e)
{
    const char *text = value_str(v, "");
    bool written =
        strlen(text) == 10 && text[4] == '-' && text[7] == '-' && strspn(text, "0123456789-") == 10;
    if (written)
        err_hint(e, "the calendar has no such day");
    return written;
}

static bool hint_own(const value *field, const value *v, err *e)
{
    if (value_is(v, VALUE_LIST) && !is_of(field, "place")) {
        err_hint(e, "it has one value, not a list");
        return true;
    }
    if (is_of(field, "term"))
        return hint_term(field, v, e);
    if (value_get_bool(field, "personal", false))
        return false;
    if (is_of(field, "reference"))
        return hint_reference(field, v, e);
    if (is_of(field, "url"))
        return hint_url(field, v, e);
    if (!is_of(field, "text"))
        return hint_meant(field, v, e) || (is_of(field, "date") && hint_day(v, e));
    if (is_number(v) || value_is(v, VALUE_BOOL)) {
        buf got = {0};
        json_write(&got, v);
        err_hint(e, "in quotes it is a text: \"%s\"", buf_text(&got));
        buf_free(&got);
    }
    return true;
}

/* What is money, but too much, too little, or in another currency, needs no example. */
static void hint_money(const value *field, const value *v, err *e)
{
    value any = value_map();
    value_add(&any, "type", value_text("money"));
    const char *code = schema_currency(field);
    if (!schema_fits(&any, v))
        err_hint(e, "such as '%s 1200', or {\"amount\":1200,\"currency\":\"%s\"} in JSON",
                 code ? code : "EUR", code ? code : "EUR");
    else if (code && strcmp(value_get_str(v, "currency", ""), code) != 0)
        err_hint(e, "it holds amounts in %s only", code);
    value_free(&any);
}

static void hint_example(const value *field, const value *v, err *e)
{
    const char *example = words_of(field)->example;
    if (is_of(field, "money"))
        hint_money(field, v, e);
    else if (example)
        err_hint(e, "%s", example);
}

bool schema_refuse(const value *field, const value *v, err *e)
{
    buf expected = {0}, got = {0};
    expect(field, &expected);
    schema_show(field, v, &got);
    err_set(e, ERR_BAD_DATA, "expected %s, got %s", buf_text(&expected), buf_text(&got));
    if (!hint_own(field, v, e))
        hint_example(field, v, e);
    buf_free(&expected);
    buf_free(&got);
    return false;
}

bool schema_refuse_single(const value *field, const value *v, err *e)
{
    buf got = {0};
    schema_show(field, v, &got);
    err_set(e, ERR_BAD_DATA, "expected a list, got %s", buf_text(&got));
    if (got.len < 100 && !value_get_bool(field, "personal", false))
        err_hint(e, "a list of one is [%s]", buf_text(&got));
    buf_free(&got);
    return false;
}
