#include "host/command_args.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/text.h"
#include "store/store.h"

enum { MOST_ARGS = 64 };

typedef struct reading {
    const value *arg; /* one of the spec's */
    const char *text; /* as typed */
    err *e;
} reading;

static bool expected(const reading *r, const char *what)
{
    buf shown = {0};
    text_escape(&shown, r->text, strlen(r->text), 60);
    err_set(r->e, ERR_USAGE, "%s: expected %s, got \"%s\"", value_get_str(r->arg, "name", ""), what,
            buf_text(&shown));
    buf_free(&shown);
    return false;
}

static bool in_range(const reading *r, double number)
{
    const value *low = value_get(r->arg, "minimum"), *high = value_get(r->arg, "maximum");
    const char *name = value_get_str(r->arg, "name", "");
    if (low && number < value_as_double(low, 0))
        return err_set(r->e, ERR_USAGE, "%s: %s is below %.14g", name, r->text,
                       value_as_double(low, 0));
    if (high && number > value_as_double(high, 0))
        return err_set(r->e, ERR_USAGE, "%s: %s is above %.14g", name, r->text,
                       value_as_double(high, 0));
    return true;
}

static bool read_text(const reading *r, value *out)
{
    if (!*r->text)
        return expected(r, "a text");
    *out = value_text(r->text);
    return true;
}

static bool read_integer(const reading *r, value *out)
{
    char *end;
    errno = 0;
    long long number = strtoll(r->text, &end, 10);
    if (!*r->text || *end || errno)
        return expected(r, "a whole number");
    *out = value_int(number);
    return in_range(r, (double)number);
}

static bool read_number(const reading *r, value *out)
{
    char *end;
    double number = strtod(r->text, &end);
    if (!*r->text || *end || !isfinite(number))
        return expected(r, "a number");
    *out = value_double(number);
    return in_range(r, number);
}

static bool read_boolean(const reading *r, value *out)
{
    static const char *const YES[] = {"true", "yes", "ja"}, *const NO[] = {"false", "no", "nee"};
    for (size_t i = 0; i < 3; i++) {
        if (strcmp(r->text, YES[i]) != 0 && strcmp(r->text, NO[i]) != 0)
            continue;
        *out = value_bool(strcmp(r->text, YES[i]) == 0);
        return true;
    }
    return expected(r, "yes or no");
}

static bool read_date(const reading *r, value *out)
{
    int64_t days;
    if (!clock_date_parse(r->text, &days))
        return expected(r, "a date such as 2026-11-24");
    *out = value_text(r->text);
    return true;
}

static bool read_choice(const reading *r, value *out)
{
    const value *choices = value_get(r->arg, "choices");
    buf all = {0};
    buf_str(&all, "one of");
    for (size_t i = 0; i < value_len(choices); i++) {
        const char *one = value_str(value_at(choices, i), "");
        buf_fmt(&all, "%s %s", i ? "," : "", one);
        if (strcmp(one, r->text) == 0)
            *out = value_text(one);
    }
    bool ok = !value_is(out, VALUE_NIL) || expected(r, buf_text(&all));
    buf_free(&all);
    return ok;
}

/* "beurs" is "event/beurs" where an event is asked for. */
static bool read_record(const reading *r, value *out)
{
    const char *kind = value_get_str(r->arg, "kind", NULL);
    size_t len = kind ? strlen(kind) : 0;
    buf id = {0};
    if (kind && !strchr(r->text, '/'))
        buf_fmt(&id, "%s/", kind);
    buf_str(&id, r->text);
    bool ok = store_check_id(buf_text(&id), r->e);
    if (!ok)
        err_prefix(r->e, "%s: ", value_get_str(r->arg, "name", ""));
    else if (kind && (strncmp(buf_text(&id), kind, len) != 0 || buf_text(&id)[len] != '/'))
        ok = expected(r, kind);
    if (ok)
        *out = value_text(buf_text(&id));
    buf_free(&id);
    return ok;
}

static bool read_one(const reading *r, value *out)
{
    static const struct {
        const char *type;
        bool (*read)(const reading *r, value *out);
    } TYPES[] = {{"text", read_text},       {"integer", read_integer}, {"number", read_number},
                 {"boolean", read_boolean}, {"date", read_date},       {"choice", read_choice},
                 {"record", read_record}};
    const char *type = value_get_str(r->arg, "type", "text");
    for (size_t i = 0; i < sizeof TYPES / sizeof *TYPES; i++)
        if (strcmp(TYPES[i].type, type) == 0)
            return TYPES[i].read(r, out);
    return err_set(r->e, ERR_BAD_DATA, "%s: there is no type %s", value_get_str(r->arg, "name", ""),
                   type);
}

static const value *arg_named(const value *args, const char *name, size_t len)
{
    for (size_t i = 0; i < value_len(args); i++) {
        const char *one = value_get_str(value_at(args, i), "name", "");
        if (strlen(one) == len && strncmp(one, name, len) == 0)
            return value_at(args, i);
    }
    return NULL;
}

/* The first that has no value yet, or takes many. */
static const value *arg_next(const value *args, const value *given)
{
    for (size_t i = 0; i < value_len(args); i++) {
        const value *arg = value_at(args, i);
        if (!value_get(given, value_get_str(arg, "name", "")) || value_get_bool(arg, "many", false))
            return arg;
    }
    return NULL;
}

static bool unknown(const value *args, const char *word, size_t len, err *e)
{
    const char *names[MOST_ARGS];
    size_t count = 0;
    buf shown = {0}, all = {0};
    for (; count < value_len(args) && count < MOST_ARGS; count++) {
        names[count] = value_get_str(value_at(args, count), "name", "");
        buf_fmt(&all, "%s%s", count ? ", " : "", names[count]);
    }
    text_escape(&shown, word, len, 60);
    const char *near = text_nearest(buf_text(&shown), names, count);
    if (near)
        err_set(e, ERR_USAGE, "there is no argument \"%s\"; did you mean \"%s\"?", buf_text(&shown),
                near);
    else if (count)
        err_set(e, ERR_USAGE, "there is no argument \"%s\"; there are: %s", buf_text(&shown),
                buf_text(&all));
    else
        err_set(e, ERR_USAGE, "\"%s\": it takes no arguments", buf_text(&shown));
    buf_free(&shown);
    buf_free(&all);
    return false;
}

static bool keep(const reading *r, value *given)
{
    const char *name = value_get_str(r->arg, "name", "");
    value *before = (value *)value_get(given, name);
    value v = value_nil();
    if (before && !value_is(before, VALUE_LIST))
        return err_set(r->e, ERR_USAGE, "%s is given twice", name);
    if (!read_one(r, &v))
        return value_free(&v), false;
    if (!value_get_bool(r->arg, "many", false))
        value_add(given, name, v);
    else
        value_push(before ? before : value_add(given, name, value_list()), v);
    return true;
}

static bool take_word(const value *args, const char *word, value *given, err *e)
{
    size_t len = strspn(word, "abcdefghijklmnopqrstuvwxyz0123456789_");
    if (len > 0 && word[len] == '=') {
        const reading named = {arg_named(args, word, len), word + len + 1, e};
        return named.arg ? keep(&named, given) : unknown(args, word, len, e);
    }
    const reading placed = {arg_next(args, given), word, e};
    if (placed.arg)
        return keep(&placed, given);
    unknown(args, word, strlen(word), e);
    return err_set(e, ERR_USAGE, "\"%.60s\" is one argument too many", word);
}

/* Defaults, an empty list for many, and what is missing. */
static bool complete(const value *args, value *given, err *e)
{
    for (size_t i = 0; i < value_len(args); i++) {
        const value *arg = value_at(args, i), *otherwise = value_get(arg, "default");
        const char *name = value_get_str(arg, "name", "");
        if (value_get(given, name))
            continue;
        if (value_get_bool(arg, "required", false))
            return err_set(e, ERR_USAGE, "%s is missing", name);
        if (otherwise)
            value_add(given, name, value_copy(otherwise));
        else if (value_get_bool(arg, "many", false))
            value_add(given, name, value_list());
    }
    return true;
}

bool command_args_read(const value *spec, const char *const *words, size_t count, value *out,
                       err *e)
{
    const value *args = value_get(spec, "args");
    bool ok = true;
    *out = value_map();
    for (size_t i = 0; ok && i < count; i++)
        ok = take_word(args, words[i], out, e);
    ok = ok && complete(args, out, e);
    if (!ok)
        value_free(out);
    return ok;
}

void command_args_usage(const value *spec, buf *out)
{
    const value *args = value_get(spec, "args");
    for (size_t i = 0; i < value_len(args); i++) {
        const value *arg = value_at(args, i);
        bool required = value_get_bool(arg, "required", false);
        const char *name = value_get_str(arg, "name", "");
        buf_str(out, i ? " " : "");
        if (required)
            buf_fmt(out, "%s=…", name);
        else
            buf_fmt(out, "[%s=…]", name);
        if (value_get_bool(arg, "many", false))
            buf_str(out, "…");
    }
    if (value_get_bool(spec, "output", false))
        buf_fmt(out, "%s-o DIR", value_len(args) ? " " : "");
}
