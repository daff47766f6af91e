/* Which values of a field to try. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "engine/changes_parts.h"

/* A range of at most WHOLE numbers is tried whole; of what others have at most OTHERS values, of
 * their texts TEXTS. A longer text than SHORT is no name or code. */
enum { WHOLE = 40, OTHERS = 120, TEXTS = 20, SHORT = 40 };

static bool is_type(const value *field, const char *type)
{
    return strcmp(value_get_str(field, "type", ""), type) == 0;
}

static bool holds(const value *list, const value *v)
{
    for (size_t i = 0; i < value_len(list); i++)
        if (value_equal(value_at(list, i), v))
            return true;
    return false;
}

/* A value as a number to reckon with; NaN when it isn't one of the field's type. */
static double number_of(const value *field, const value *v)
{
    int64_t days;
    if (is_type(field, "date"))
        return value_is(v, VALUE_TEXT) && clock_date_parse(value_str(v, ""), &days) ? (double)days
                                                                                    : NAN;
    if (is_type(field, "money") && value_is(v, VALUE_MAP))
        return value_get_double(v, "amount", NAN);
    return value_as_double(v, NAN);
}

static value number_as(const value *field, double number, const value *like)
{
    char text[CLOCK_DATE_TEXT];
    if (is_type(field, "date")) {
        clock_date_text((int64_t)number, text);
        return value_text(text);
    }
    if (is_type(field, "decimal"))
        return value_double(number);
    value whole = fabs(number) < 9e15 ? value_int((int64_t)number) : value_double(number);
    if (!is_type(field, "money"))
        return whole;
    value money = value_map();
    value_add(&money, "amount", whole);
    value_add(&money, "currency", value_text(value_get_str(like, "currency", "EUR")));
    return money;
}

static bool is_number(const value *field)
{
    return is_type(field, "integer") || is_type(field, "decimal") || is_type(field, "money") ||
           is_type(field, "date");
}

static bool absent(const value *v)
{
    return !v || value_is(v, VALUE_NIL);
}

static void take(value *list, const value *stands, value v)
{
    if ((stands && value_equal(stands, &v)) || holds(list, &v))
        value_free(&v);
    else
        value_push(list, v);
}

static void take_number(value *list, const value *field, const value *stands, double number)
{
    double low = value_get_double(field, "minimum", -INFINITY),
           high = value_get_double(field, "maximum", INFINITY);
    if (isnan(number) || number < low || number > high)
        return;
    if (!is_type(field, "decimal"))
        number = floor(number);
    take(list, stands, number_as(field, number, stands));
}

static void numbers(value *list, const value *field, const value *stands, const value *others,
                    const value *demand, const value *named)
{
    const value *low = value_get(field, "minimum"), *high = value_get(field, "maximum");
    double from = value_as_double(low, NAN), to = value_as_double(high, NAN);
    if (is_type(field, "integer") && to - from <= WHOLE)
        for (double n = from; n <= to; n++)
            take_number(list, field, stands, n);
    take_number(list, field, stands, from);
    take_number(list, field, stands, to);
    take_number(list, field, stands, number_of(field, stands) + 1);
    take_number(list, field, stands, number_of(field, stands) - 1);
    for (size_t i = 0; !is_type(field, "date") && i < value_len(named); i++)
        take_number(list, field, stands, value_as_double(value_at(named, i), NAN));
    for (size_t i = 0; i < value_len(demand); i++) {
        const value *v = &demand->as.map.items[i].value;
        double number = number_of(field, v);
        take_number(list, field, stands,
                    isnan(number) ? value_get_double(v, "amount", NAN) : number);
    }
    for (size_t i = 0; i < value_len(others) && i < OTHERS; i++)
        take_number(list, field, stands, number_of(field, value_at(others, i)));
}

/* Of a list its items. Of texts the names and codes, which alone are codes when they have no space
 * in them: a title is no item of a list. */
static void take_names(value *list, const value *v, bool terms)
{
    bool many = value_is(v, VALUE_LIST);
    for (size_t i = 0; i < (many ? value_len(v) : 1); i++) {
        const value *one = many ? value_at(v, i) : v;
        if (!value_is(one, VALUE_TEXT))
            continue;
        bool name = value_len(one) <= SHORT && (many || !strpbrk(value_str(one, ""), " \n\t"));
        if (terms || name)
            take(list, NULL, value_copy(one));
    }
}

/* The terms of the vocabulary, what the demand asks, what others have. */
static value names(const value *field, const value *others, const value *demand)
{
    value list = value_list();
    bool terms = is_type(field, "term");
    const value *known = value_get(field, "terms");
    for (size_t i = 0; i < value_len(known); i++)
        take(&list, NULL, value_copy(value_get(value_at(known, i), "name")));
    for (size_t i = 0; i < value_len(demand); i++)
        take_names(&list, &demand->as.map.items[i].value, false);
    for (size_t i = 0; i < value_len(others) && value_len(&list) < OTHERS; i++)
        take_names(&list, value_at(others, i), terms);
    return list;
}

static void lists(value *list, const value *stands, const value *known)
{
    for (size_t i = 0; i < value_len(known); i++) {
        value more = value_is(stands, VALUE_LIST) ? value_copy(stands) : value_list();
        if (holds(&more, value_at(known, i)))
            value_free(&more);
        else {
            value_push(&more, value_copy(value_at(known, i)));
            take(list, stands, more);
        }
    }
    for (size_t i = 0; value_is(stands, VALUE_LIST) && i < value_len(stands); i++) {
        value less = value_list();
        for (size_t k = 0; k < value_len(stands); k++)
            if (k != i)
                value_push(&less, value_copy(value_at(stands, k)));
        take(list, stands, less);
    }
}

/* Where a text is asked for that isn't there, any that another solution has is better than none. */
static void texts_tried(value *list, const value *stands, const value *others)
{
    for (size_t i = 0; absent(stands) && i < value_len(others) && i < TEXTS; i++)
        if (value_is(value_at(others, i), VALUE_TEXT))
            take(list, stands, value_copy(value_at(others, i)));
}

static void places(value *list, const value *stands, const value *from, size_t most)
{
    for (size_t i = 0; i < value_len(from) && value_len(list) < most; i++) {
        const value *v =
            value_is(from, VALUE_MAP) ? &from->as.map.items[i].value : value_at(from, i);
        if (place_is_known(v))
            take(list, stands, value_copy(v));
    }
}

static void one_of_names(value *list, const value *field, const value *stands, const value *known)
{
    bool code = is_type(field, "term") || absent(stands) ||
                (value_len(stands) <= SHORT && !strpbrk(value_str(stands, ""), " \n\t"));
    for (size_t i = 0; code && i < value_len(known); i++)
        take(list, stands, value_copy(value_at(known, i)));
}

value changes_candidates(const value *field, const value *stands, const value *others,
                         const value *demand, const value *named)
{
    value list = value_list();
    bool many = value_get_bool(field, "many", false);
    if (is_number(field) && !many)
        numbers(&list, field, stands, others, demand, named);
    else if (is_type(field, "boolean") && !many)
        for (int b = 0; b < 2; b++)
            take(&list, stands, value_bool(b == 1));
    else if (is_type(field, "place") && !many) {
        places(&list, stands, demand, OTHERS);
        if (!value_len(&list))
            places(&list, stands, others, OTHERS);
    } else if (is_type(field, "term") || is_type(field, "text")) {
        value known = names(field, others, demand);
        if (many)
            lists(&list, stands, &known);
        else
            one_of_names(&list, field, stands, &known);
        if (is_type(field, "text") && !many)
            texts_tried(&list, stands, others);
        value_free(&known);
    }
    return list;
}

value changes_between(const value *field, const value *a, const value *b, double part)
{
    if (is_type(field, "place")) {
        double all = place_km(a, b), km = floor(all * part);
        return km > 0 && km < all ? place_towards(a, b, km) : value_nil();
    }
    double from = number_of(field, a), to = number_of(field, b);
    if (!is_number(field) || isnan(from) || isnan(to))
        return value_nil();
    double middle = from + (to - from) * part;
    if (!is_type(field, "decimal"))
        middle = to > from ? floor(middle) : ceil(middle);
    return middle == from || middle == to ? value_nil() : number_as(field, middle, b);
}

double changes_distance(const value *field, const value *from, const value *to)
{
    double distance = is_type(field, "place") ? place_km(from, to)
                      : is_number(field)      ? fabs(number_of(field, to) - number_of(field, from))
                                              : NAN;
    return isnan(distance) ? 1 : distance;
}

/* Places are on the way when it is no detour but for their last decimals. */
bool changes_on_way(const value *field, const value *from, const value *v, const value *to)
{
    double first = changes_distance(field, from, v), second = changes_distance(field, v, to),
           all = changes_distance(field, from, to);
    return first < all && second < all &&
           first + second <= all * (1 + 1e-9) + 0.001 * is_type(field, "place");
}
