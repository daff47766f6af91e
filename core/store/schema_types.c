/* The types of fields: what a value of each is. One row a type. */
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/text.h"
#include "store/schema_parts.h"

typedef struct field_type {
    const char *name;
    bool (*fits)(const value *field, const value *v);
} field_type;

static bool is_number(const value *v)
{
    return value_is(v, VALUE_INT) || value_is(v, VALUE_DOUBLE);
}

static bool fits_text(const value *field, const value *v)
{
    (void)field;
    return value_is(v, VALUE_TEXT);
}

static bool fits_integer(const value *field, const value *v)
{
    (void)field;
    return value_is(v, VALUE_INT);
}

static bool fits_decimal(const value *field, const value *v)
{
    (void)field;
    return is_number(v);
}

static bool fits_boolean(const value *field, const value *v)
{
    (void)field;
    return value_is(v, VALUE_BOOL);
}

static bool fits_date(const value *field, const value *v)
{
    int64_t days;
    (void)field;
    return value_is(v, VALUE_TEXT) && clock_date_parse(v->as.text.bytes, &days);
}

static bool fits_time(const value *field, const value *v)
{
    int64_t ms;
    (void)field;
    return value_is(v, VALUE_TEXT) && clock_time_parse(v->as.text.bytes, &ms);
}

static bool is_currency(const char *text)
{
    return strlen(text) == 3 && strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == 3;
}

const char *schema_currency(const value *field)
{
    const char *unit = value_get_str(field, "unit", "");
    return is_currency(unit) ? unit : NULL;
}

static bool fits_money(const value *field, const value *v)
{
    const char *only = schema_currency(field), *currency = value_get_str(v, "currency", "");
    return value_is(v, VALUE_MAP) && value_len(v) == 2 && is_number(value_get(v, "amount")) &&
           is_currency(currency) && (!only || strcmp(currency, only) == 0);
}

/* No blanks and no control characters; letters beyond ASCII are common in addresses. */
static bool is_unbroken(const char *text)
{
    for (; *text; text++) {
        if ((unsigned char)*text <= ' ' || *text == 0x7f)
            return false;
    }
    return true;
}

static bool fits_url(const value *field, const value *v)
{
    const char *text = value_str(v, "");
    size_t scheme =
        strspn(text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-.");
    (void)field;
    return scheme > 1 && strncmp(text + scheme, "://", 3) == 0 && text[scheme + 3] &&
           text[scheme + 3] != '/' && is_unbroken(text);
}

static bool fits_email(const value *field, const value *v)
{
    const char *text = value_str(v, ""), *at = strchr(text, '@');
    (void)field;
    if (!at || at == text || strchr(at + 1, '@') || !is_unbroken(text))
        return false;
    const char *dot = strrchr(at, '.');
    return dot && dot > at + 1 && dot[1];
}

bool schema_has_term(const value *field, const char *word)
{
    const value *terms = value_get(field, "terms");
    for (size_t i = 0; i < value_len(terms); i++) {
        if (strcmp(value_get_str(value_at(terms, i), "name", ""), word) == 0)
            return true;
    }
    return !terms;
}

static bool fits_term(const value *field, const value *v)
{
    if (!value_is(v, VALUE_TEXT) || value_len(v) == 0)
        return false;
    return value_get_bool(field, "open", false) || schema_has_term(field, v->as.text.bytes);
}

static bool fits_reference(const value *field, const value *v)
{
    const char *id = value_str(v, ""), *kind = value_get_str(field, "kind", NULL);
    size_t len = strcspn(id, "/");
    return store_check_id(id, NULL) &&
           (!kind || (strlen(kind) == len && strncmp(id, kind, len) == 0));
}

static bool is_degrees(const value *v, double most)
{
    double number = value_as_double(v, most + 1);
    return is_number(v) && number >= -most && number <= most;
}

/* A name, or a map with both lon and lat, or with neither. */
static bool fits_place(const value *field, const value *v)
{
    const value *lon = value_get(v, "lon"), *lat = value_get(v, "lat");
    (void)field;
    if (!value_is(v, VALUE_MAP))
        return value_is(v, VALUE_TEXT) && value_len(v) > 0;
    return value_len(v) > 0 && ((!lon && !lat) || (is_degrees(lon, 180) && is_degrees(lat, 90)));
}

static const field_type TYPES[] = {
    {"text", fits_text},           {"integer", fits_integer},
    {"decimal", fits_decimal},     {"boolean", fits_boolean},
    {"date", fits_date},           {"time", fits_time},
    {"money", fits_money},         {"url", fits_url},
    {"email", fits_email},         {"term", fits_term},
    {"reference", fits_reference}, {"place", fits_place},
};

static const field_type *type_of(const value *field)
{
    const char *name = value_get_str(field, "type", "");
    for (size_t i = 0; i < sizeof TYPES / sizeof *TYPES; i++) {
        if (strcmp(TYPES[i].name, name) == 0)
            return &TYPES[i];
    }
    return NULL;
}

const char *schema_nearest_term(const value *field, const char *word)
{
    static const char *const KEYS[] = {"name", "nl", "en"};
    const value *terms = value_get(field, "terms");
    size_t count = value_len(terms), len = 0;
    const char **words = mem_zero(3 * count + 1, sizeof *words);
    const char **names = mem_zero(3 * count + 1, sizeof *names);
    for (size_t i = 0; i < count; i++) {
        const char *name = value_get_str(value_at(terms, i), "name", "");
        for (size_t k = 0; k < 3; k++) {
            names[len] = name;
            words[len++] = value_get_str(value_at(terms, i), KEYS[k], name);
        }
    }
    const char *near = text_nearest(word, words, len), *found = NULL;
    for (size_t i = 0; near && !found && i < len; i++)
        if (words[i] == near)
            found = names[i];
    free(words);
    free(names);
    return found;
}

/* A limit that the number passes. */
static bool passes_limit(const value *field, const value *v)
{
    const value *low = value_get(field, "minimum"), *high = value_get(field, "maximum");
    const value *amount = value_is(v, VALUE_MAP) ? value_get(v, "amount") : v;
    if (!is_number(amount))
        return false;
    double number = value_as_double(amount, 0);
    return (low && number < value_as_double(low, number)) ||
           (high && number > value_as_double(high, number));
}

bool schema_fits(const value *field, const value *v)
{
    const field_type *type = type_of(field);
    return (!type || type->fits(field, v)) && !passes_limit(field, v);
}

bool schema_check_item(const value *field, const value *v, err *e)
{
    return schema_fits(field, v) || schema_refuse(field, v, e);
}
