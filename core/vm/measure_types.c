/* What the options of measures may be. */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "vm/options.h"

enum { TERMS_MOST = 10000, POINTS_MOST = 64, DEEPEST = 32, MAX_SHOWN = 48 };

static const char *const SIDES[] = {"solution", "demand"};

static bool field_expected(const value *got, err *e)
{
    return option_expected("a field like \"demand.themes\"", got, e);
}

static bool refuse_side(const char *side, err *e)
{
    buf shown = {0};
    const char *near = text_nearest(side, SIDES, 2);
    text_escape(&shown, side, strlen(side), MAX_SHOWN);
    err_set(e, ERR_BAD_DATA, "a field is of a solution or a demand, not of '%s'%s%s%s",
            buf_text(&shown), near ? "; did you mean '" : "", near ? near : "", near ? "'?" : "");
    buf_free(&shown);
    return false;
}

/* "demand.budget.amount" → {side, field, key} */
static bool check_field(value *v, err *e)
{
    char parts[3][65] = {{0}};
    const char *text = option_text(v), *at = text;
    size_t count = 0;
    for (; *at && count < 3; count++) {
        size_t len = strcspn(at, ".");
        if (len >= sizeof parts[0])
            return field_expected(v, e);
        memcpy(parts[count], at, len);
        at += len + (at[len] == '.');
    }
    if (count < 2 || *at || text[strlen(text) - 1] == '.')
        return field_expected(v, e);
    if (strcmp(parts[0], SIDES[0]) != 0 && strcmp(parts[0], SIDES[1]) != 0)
        return refuse_side(parts[0], e);
    if (!options_is_name(parts[1], "_") || (count == 3 && !options_is_name(parts[2], "_")))
        return field_expected(v, e);
    value field = value_map();
    value_add(&field, "side", value_text(parts[0]));
    value_add(&field, "field", value_text(parts[1]));
    if (count == 3)
        value_add(&field, "key", value_text(parts[2]));
    value_free(v);
    *v = field;
    return true;
}

static bool check_field_number(value *v, err *e)
{
    if (option_is_number(v))
        return true;
    if (!*option_text(v))
        return option_expected("a number, or a field like \"demand.trl_min\"", v, e);
    return check_field(v, e);
}

static bool item_failed(size_t index, err *e)
{
    return err_prefix(e, "[%zu]: ", index + 1);
}

static bool check_two(value *v, const char *what, bool (*check)(value *, err *), err *e)
{
    if (!value_is(v, VALUE_LIST) || value_len(v) != 2)
        return option_expected(what, v, e);
    for (size_t i = 0; i < 2; i++)
        if (!check(&v->as.list.items[i], e))
            return item_failed(i, e);
    return true;
}

static bool check_range(value *v, err *e)
{
    if (!check_two(v, "two numbers or fields, as in { 4, \"demand.trl_max\" }", check_field_number,
                   e))
        return false;
    const value *low = value_at(v, 0), *high = value_at(v, 1);
    if (option_is_number(low) && option_is_number(high) &&
        value_as_double(low, 0) > value_as_double(high, 0))
        return err_set(e, ERR_BAD_DATA, "the lower end, %.14g, lies above the upper one, %.14g",
                       value_as_double(low, 0), value_as_double(high, 0));
    return true;
}

static bool check_field_pair(value *v, err *e)
{
    return check_two(v, "two fields, as in { \"solution.region\", \"demand.region\" }", check_field,
                     e);
}

/* The upper end keeps sums far from where a double ends. */
static bool is_weight(const value *v)
{
    double number = option_is_number(v) ? value_as_double(v, -1) : -1;
    return number >= 0 && number <= 1e6;
}

static bool check_weight(value *v, err *e)
{
    return is_weight(v) || option_expected("a number from 0 to 1000000", v, e);
}

static bool add_weighted(value *out, value field, double weight, err *e)
{
    bool ok = check_field(&field, e);
    if (ok && value_is(&field, VALUE_MAP))
        value_add(&field, "weight", value_double(weight));
    value_push(out, field);
    return ok;
}

static bool weighted_map(const value *v, value *out, err *e)
{
    for (size_t i = 0; i < value_len(v); i++) {
        const value_entry *entry = &v->as.map.items[i];
        if (!is_weight(&entry->value) || value_as_double(&entry->value, 0) == 0) {
            option_expected("a weight above 0", &entry->value, e);
            return err_prefix(e, "%.100s: ", entry->key);
        }
        if (!add_weighted(out, value_text(entry->key), value_as_double(&entry->value, 1), e))
            return false;
    }
    return true;
}

static bool weighted_list(const value *v, value *out, err *e)
{
    for (size_t i = 0; i < value_len(v); i++)
        if (!add_weighted(out, value_copy(value_at(v, i)), 1, e))
            return item_failed(i, e);
    return true;
}

static bool is_twice(const value *field, const value *list, size_t before)
{
    for (size_t i = 0; i < before; i++)
        if (strcmp(value_get_str(field, "field", ""),
                   value_get_str(value_at(list, i), "field", "")) == 0 &&
            strcmp(value_get_str(field, "side", ""),
                   value_get_str(value_at(list, i), "side", "")) == 0)
            return true;
    return false;
}

static bool check_weighted(value *v, err *e)
{
    enum { MOST = 16 };
    value out = value_list();
    bool ok = value_is(v, VALUE_TEXT)                    ? add_weighted(&out, value_copy(v), 1, e)
              : value_len(v) == 0 || value_len(v) > MOST ? option_expected("1 to 16 fields", v, e)
              : value_is(v, VALUE_MAP)                   ? weighted_map(v, &out, e)
              : value_is(v, VALUE_LIST)                  ? weighted_list(v, &out, e)
                                                         : field_expected(v, e);
    for (size_t i = 1; ok && i < value_len(&out); i++) {
        if (strcmp(value_get_str(value_at(&out, i), "side", ""),
                   value_get_str(value_at(&out, 0), "side", "")) != 0)
            ok = err_set(e, ERR_BAD_DATA, "fields of a solution and of a demand in one text");
        else if (is_twice(value_at(&out, i), &out, i))
            ok = err_set(e, ERR_BAD_DATA, "'%s' is named twice",
                         value_get_str(value_at(&out, i), "field", ""));
    }
    if (!ok) {
        value_free(&out);
        return false;
    }
    value_free(v);
    *v = out;
    return true;
}

static bool check_day(value *v, err *e)
{
    if (strcmp(option_text(v), "today") == 0)
        return true;
    if (!*option_text(v))
        return option_expected("a field like \"demand.deadline\", or \"today\"", v, e);
    return check_field(v, e);
}

static bool check_dates(value *v, err *e)
{
    if (value_is(v, VALUE_LIST))
        return check_two(v, "a window like { \"demand.from\", \"demand.until\" }", check_day, e);
    return check_day(v, e);
}

static bool is_share(const value *v)
{
    double share = option_is_number(v) ? value_as_double(v, -1) : -1;
    return share >= 0 && share <= 1;
}

static bool check_share(value *v, err *e)
{
    return is_share(v) || option_expected("a share from 0 to 1", v, e);
}

static bool check_term_text(value *v, err *e)
{
    return *option_text(v) || option_expected("a text", v, e);
}

static int by_key(const void *a, const void *b)
{
    return strcmp(((const value_entry *)a)->key, ((const value_entry *)b)->key);
}

/* Terms in the order of their names: looked up by halving, and the same in every process. */
static bool check_terms(value *v, const char *what, bool (*check)(value *, err *), err *e)
{
    if (!value_is(v, VALUE_MAP) || value_len(v) == 0)
        return option_expected(what, v, e);
    if (value_len(v) > TERMS_MOST)
        return err_set(e, ERR_LIMIT, "%zu terms are more than %d", value_len(v), TERMS_MOST);
    for (size_t i = 0; i < v->as.map.len; i++) {
        if (!check(&v->as.map.items[i].value, e))
            return err_prefix(e, "%.64s: ", v->as.map.items[i].key);
    }
    qsort(v->as.map.items, v->as.map.len, sizeof(value_entry), by_key);
    return true;
}

static const char *parent_of(const value *parents, const char *term)
{
    value_entry wanted = {.key = (char *)term};
    const value_entry *found =
        bsearch(&wanted, parents->as.map.items, parents->as.map.len, sizeof(value_entry), by_key);
    return found ? value_str(&found->value, NULL) : NULL;
}

static bool check_parents(value *v, err *e)
{
    if (!check_terms(v, "a table of term = wider term", check_term_text, e))
        return false;
    for (size_t i = 0; i < v->as.map.len; i++) {
        const char *term = v->as.map.items[i].key, *up = term;
        for (int depth = 0; (up = parent_of(v, up)); depth++) {
            if (strcmp(up, term) == 0)
                return err_set(e, ERR_BAD_DATA, "'%.64s' lies within itself", term);
            if (depth == DEEPEST)
                return err_set(e, ERR_LIMIT, "'%.64s' lies more than %d levels deep", term,
                               DEEPEST);
        }
    }
    return true;
}

static bool check_point(const value *point, double above, err *e)
{
    if (!value_is(point, VALUE_LIST) || value_len(point) != 2 ||
        !option_is_number(value_at(point, 0)) || !is_share(value_at(point, 1)))
        return option_expected("a point like { 10, 0.5 }: a number and a share from 0 to 1", point,
                               e);
    double x = value_as_double(value_at(point, 0), 0);
    if (x > above)
        return true;
    return err_set(e, ERR_BAD_DATA, "%.14g does not lie above %.14g: points go up", x, above);
}

static bool check_curve(value *v, err *e)
{
    double above = -__builtin_inf();
    if (!value_is(v, VALUE_LIST) || value_len(v) == 0)
        return option_expected("a list of points like { { 0, 1 }, { 50, 0 } }", v, e);
    if (value_len(v) > POINTS_MOST)
        return err_set(e, ERR_LIMIT, "%zu points are more than %d", value_len(v), POINTS_MOST);
    for (size_t i = 0; i < value_len(v); i++) {
        if (!check_point(value_at(v, i), above, e))
            return item_failed(i, e);
        above = value_as_double(value_at(value_at(v, i), 0), 0);
    }
    return true;
}

static bool is_known(const char *key, const char *const *names, size_t count, err *e)
{
    const char *near = text_nearest(key, names, count);
    if (near && strcmp(near, key) == 0)
        return true;
    return err_set(e, ERR_BAD_DATA, "there is no '%.48s'%s%s%s", key,
                   near ? "; did you mean '" : "", near ? near : "", near ? "'?" : "");
}

static bool check_without(value *v, err *e)
{
    if (!value_is(v, VALUE_MAP) || value_len(v) == 0)
        return option_expected("a table like { solution = 0 }", v, e);
    for (size_t i = 0; i < v->as.map.len; i++) {
        value_entry *entry = &v->as.map.items[i];
        if (!is_known(entry->key, SIDES, 2, e))
            return false;
        if (!check_share(&entry->value, e))
            return err_prefix(e, "%s: ", entry->key);
    }
    return true;
}

static const char *const OUTCOMES[] = {"full",   "part", "none", "absent_demand", "absent_solution",
                                       "unlike", "past"};
static const char *const PLACES[] = {"asked", "found", "terms", "missing", "value",
                                     "other", "km",    "days",  "share",   "title"};

#define COUNT(list) (sizeof(list) / sizeof((list)[0]))

/* A misspelt placeholder would stay in the sentence that people read. */
static bool check_template(const value *v, err *e)
{
    enum { MOST = 1000 };
    const char *text = option_text(v);
    if (!*text || strlen(text) > MOST)
        return option_expected("a text of at most 1000 bytes", v, e);
    for (const char *at = text; (at = strchr(at, '{')); at++) {
        char name[80];
        size_t len = strcspn(at + 1, "}");
        if (at[1 + len] != '}' || len >= sizeof name)
            return err_set(e, ERR_BAD_DATA, "a { without its } in \"%.60s\"", text);
        memcpy(name, at + 1, len);
        name[len] = '\0';
        char *noun = strchr(name, ' ');
        if (noun && !strchr(noun, '|'))
            return err_set(e, ERR_BAD_DATA, "expected {%.*s dag|dagen}, got {%s}",
                           (int)(noun - name), name, name);
        if (noun)
            *noun = '\0';
        if (!is_known(name, PLACES, COUNT(PLACES), e))
            return false;
    }
    return true;
}

static bool check_reason(value *v, err *e)
{
    if (!value_is(v, VALUE_MAP) || value_len(v) == 0)
        return check_template(v, e);
    for (size_t i = 0; i < v->as.map.len; i++) {
        const value_entry *entry = &v->as.map.items[i];
        if (!is_known(entry->key, OUTCOMES, COUNT(OUTCOMES), e))
            return false;
        if (!check_template(&entry->value, e))
            return err_prefix(e, "%s: ", entry->key);
    }
    return true;
}

/* Only C makes these, so that what is here is right. */
static bool check_measure(value *v, err *e)
{
    return value_get(v, "kind") || option_expected("a measure", v, e);
}

bool measure_option_check(const option_row *row, value *v, err *e)
{
    switch ((int)row->type) {
    case OPTION_REASON:
        return check_reason(v, e);
    case OPTION_FIELD:
        return check_field(v, e);
    case OPTION_FIELD_NUMBER:
        return check_field_number(v, e);
    case OPTION_RANGE:
        return check_range(v, e);
    case OPTION_FIELD_PAIR:
        return check_field_pair(v, e);
    case OPTION_WEIGHTED:
        return check_weighted(v, e);
    case OPTION_DATES:
        return check_dates(v, e);
    case OPTION_SHARE:
        return check_share(v, e);
    case OPTION_TERM_SHARES:
        return check_terms(v, "a table of term = share", check_share, e);
    case OPTION_TERM_WEIGHTS:
        return check_terms(v, "a table of term = weight", check_weight, e);
    case OPTION_TERM_TEXTS:
        return check_terms(v, "a table of term = text", check_term_text, e);
    case OPTION_TERM_PARENTS:
        return check_parents(v, e);
    case OPTION_CURVE:
        return check_curve(v, e);
    case OPTION_WITHOUT:
        return check_without(v, e);
    default:
        return check_measure(v, e);
    }
}
