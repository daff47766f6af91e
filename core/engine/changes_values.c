/* Which values of a field to try. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "engine/changes.h"

/* A range of at most WHOLE numbers is tried whole; of what others have at most OTHERS values. */
enum { WHOLE = 40, OTHERS = 120 };

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
                    const value *demand)
{
    const value *low = value_get(field, "minimum"), *high = value_get(field, "maximum");
    double from = value_as_double(low, NAN), to = value_as_double(high, NAN);
    if (is_type(field, "integer") && to - from <= WHOLE)
        for (double n = from; n <= to; n++)
            take_number(list, field, stands, n);
    take_number(list, field, stands, from);
    take_number(list, field, stands, to);
    for (size_t i = 0; i < value_len(demand); i++) {
        const value *v = &demand->as.map.items[i].value;
        double number = number_of(field, v);
        take_number(list, field, stands,
                    isnan(number) ? value_get_double(v, "amount", NAN) : number);
    }
    for (size_t i = 0; i < value_len(others) && i < OTHERS; i++)
        take_number(list, field, stands, number_of(field, value_at(others, i)));
}

/* The words of the vocabulary, of the demand's lists and of what others have. */
static value words(const value *field, const value *others, const value *demand)
{
    value list = value_list();
    const value *terms = value_get(field, "terms");
    for (size_t i = 0; i < value_len(terms); i++)
        take(&list, NULL, value_copy(value_get(value_at(terms, i), "name")));
    const value *asked = value_get(demand, value_get_str(field, "name", ""));
    for (size_t i = 0; value_is(asked, VALUE_LIST) && i < value_len(asked); i++)
        take(&list, NULL, value_copy(value_at(asked, i)));
    if (value_is(asked, VALUE_TEXT))
        take(&list, NULL, value_copy(asked));
    for (size_t i = 0; i < value_len(others) && value_len(&list) < OTHERS; i++) {
        const value *v = value_at(others, i);
        for (size_t k = 0; value_is(v, VALUE_LIST) && k < value_len(v); k++)
            take(&list, NULL, value_copy(value_at(v, k)));
        if (value_is(v, VALUE_TEXT))
            take(&list, NULL, value_copy(v));
    }
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

value changes_candidates(const value *field, const value *stands, const value *others,
                         const value *demand)
{
    value list = value_list();
    bool many = value_get_bool(field, "many", false);
    if (is_number(field) && !many)
        numbers(&list, field, stands, others, demand);
    else if (is_type(field, "boolean") && !many)
        for (int b = 0; b < 2; b++)
            take(&list, stands, value_bool(b == 1));
    else if (is_type(field, "term")) {
        value known = words(field, others, demand);
        if (many)
            lists(&list, stands, &known);
        for (size_t i = 0; !many && i < value_len(&known); i++)
            take(&list, stands, value_copy(value_at(&known, i)));
        value_free(&known);
    }
    return list;
}

value changes_between(const value *field, const value *a, const value *b, double part)
{
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
    double distance = fabs(number_of(field, to) - number_of(field, from));
    return is_number(field) && !isnan(distance) ? distance : 1;
}
