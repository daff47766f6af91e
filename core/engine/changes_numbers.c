/* Numbers, days, times and amounts: which to try, and which lie between. */
#include <math.h>
#include <string.h>

#include "base/clock.h"
#include "engine/changes_candidates.h"
#include "engine/changes_parts.h"

/* A range of at most WHOLE numbers is tried whole. FAR: doublings of what stands. The days of years
 * 1 to 9999. */
enum { WHOLE = 40, FAR = 8, FIRST_DAY = -719162, LAST_DAY = 2932896, DAY_S = 86400 };

bool changes_is_type(const value *field, const char *type)
{
    return strcmp(value_get_str(field, "type", ""), type) == 0;
}

static bool is_calendar(const value *field)
{
    return changes_is_type(field, "date") || changes_is_type(field, "time");
}

bool changes_is_number(const value *field)
{
    return changes_is_type(field, "integer") || changes_is_type(field, "decimal") ||
           changes_is_type(field, "money") || is_calendar(field);
}

static bool has_short_range(const value *field)
{
    double from = value_get_double(field, "minimum", NAN),
           to = value_get_double(field, "maximum", NAN);
    return changes_is_type(field, "integer") && to - from <= WHOLE;
}

bool changes_are_all(const value *field)
{
    bool listed = changes_is_type(field, "term") && value_get(field, "terms") &&
                  !value_get_bool(field, "open", false);
    return !value_get_bool(field, "many", false) &&
           (changes_is_type(field, "boolean") || listed || has_short_range(field));
}

/* Of a date, or of a time: whole seconds since 1970. */
static double seconds_of(const value *v)
{
    int64_t days, ms;
    const char *text = value_str(v, "");
    if (clock_date_parse(text, &days))
        return (double)days * DAY_S;
    return clock_time_parse(text, &ms) ? floor((double)ms / 1000) : NAN;
}

double changes_number(const value *field, const value *v)
{
    if (changes_is_type(field, "date"))
        return floor(seconds_of(v) / DAY_S);
    if (changes_is_type(field, "time"))
        return seconds_of(v);
    if (changes_is_type(field, "money") && value_is(v, VALUE_MAP))
        return value_get_double(v, "amount", NAN);
    return changes_is_number(field) ? value_as_double(v, NAN) : NAN;
}

static value calendar_as(const value *field, double number)
{
    char date[CLOCK_DATE_TEXT], time[CLOCK_TIME_TEXT];
    double days = changes_is_type(field, "date") ? number : floor(number / DAY_S);
    if (days < FIRST_DAY || days > LAST_DAY)
        return value_nil();
    if (changes_is_type(field, "date")) {
        clock_date_text((int64_t)number, date);
        return value_text(date);
    }
    clock_time_text((int64_t)number * 1000, time);
    time[strcspn(time, ".")] = '\0';
    strcat(time, "Z");
    return value_text(time);
}

static value number_as(const value *field, double number, const char *currency)
{
    if (is_calendar(field))
        return calendar_as(field, number);
    if (changes_is_type(field, "decimal"))
        return value_double(number);
    value whole = fabs(number) < 9e15 ? value_int((int64_t)number) : value_double(number);
    if (!changes_is_type(field, "money"))
        return whole;
    value money = value_map();
    value_add(&money, "amount", whole);
    value_add(&money, "currency", value_text(currency));
    return money;
}

/* What the numbers of one field are taken into. */
typedef struct numbers {
    value *list;
    const value *field, *stands;
    const char *currency;
} numbers;

static void take(numbers *n, double number)
{
    double low = value_get_double(n->field, "minimum", -INFINITY),
           high = value_get_double(n->field, "maximum", INFINITY);
    if (isnan(number) || number < low || number > high)
        return;
    value v = number_as(n->field, changes_is_type(n->field, "decimal") ? number : floor(number),
                        n->currency);
    if (!value_is(&v, VALUE_NIL))
        changes_take(n->list, n->stands, v);
}

static void take_asked(numbers *n, const value *v)
{
    bool many = value_is(v, VALUE_LIST);
    for (size_t i = 0; i < (many ? value_len(v) : 1); i++) {
        const value *one = many ? value_at(v, i) : v;
        double number = changes_number(n->field, one);
        take(n, isnan(number) && !is_calendar(n->field) ? value_get_double(one, "amount", NAN)
                                                        : number);
    }
}

/* Steps that grow, for values that nobody has; from nothing the first of each length. */
static void take_steps(numbers *n, bool bare)
{
    static const double DAYS[] = {7, 30, 90, 365, 3650};
    double at = changes_number(n->field, n->stands),
           unit = changes_is_type(n->field, "time") ? DAY_S : 1;
    if (is_calendar(n->field)) {
        for (size_t i = 0; i < sizeof DAYS / sizeof *DAYS; i++) {
            take(n, at + DAYS[i] * unit);
            take(n, at - DAYS[i] * unit);
        }
        return;
    }
    if (!isnan(at) || bare)
        take(n, 0);
    for (int i = 1; i <= FAR; i++) {
        take(n, at == 0 || (isnan(at) && bare) ? pow(10, i - 1) : ldexp(at, i));
        take(n, ldexp(at, -i));
    }
}

/* What the others' amounts are in, where none stands there. */
static const char *currency_of(const value *field, const value *stands, const value *others)
{
    const char *unit = value_get_str(field, "unit", "EUR"), *first = NULL;
    for (size_t i = 0; !first && i < value_len(others); i++)
        first = value_get_str(value_at(others, i), "currency", NULL);
    return value_get_str(stands, "currency", first ? first : strlen(unit) == 3 ? unit : "EUR");
}

void changes_numbers(value *list, const value *field, const value *stands, const value *others,
                     const value *demand, const value *named)
{
    numbers n = {list, field, stands, currency_of(field, stands, others)};
    double from = value_get_double(field, "minimum", NAN),
           to = value_get_double(field, "maximum", NAN), at = changes_number(field, stands);
    if (has_short_range(field))
        for (double i = from; i <= to; i++)
            take(&n, i);
    take(&n, from);
    take(&n, to);
    take(&n, at + 1);
    take(&n, at - 1);
    for (size_t i = 0; i < value_len(named); i++)
        take(&n, changes_is_type(field, "money") ? value_as_double(value_at(named, i), NAN)
                                                 : changes_number(field, value_at(named, i)));
    for (size_t i = 0; i < value_len(demand); i++)
        take_asked(&n, &demand->as.map.items[i].value);
    for (size_t i = 0; i < value_len(others) && i < CHANGES_OTHERS; i++)
        take(&n, changes_number(field, value_at(others, i)));
    take_steps(&n, value_len(list) == 0);
}

/* Decimals get no more digits than tell them apart from both: a tenth of the way, and no finer than
 * a thousandth of the larger. */
static double rounded(double from, double to, double middle)
{
    double way = fabs(to - from), most = fmax(fabs(from), fabs(to));
    double digits = fmin(1 - floor(log10(way)), 3 - floor(log10(most)));
    double scale = pow(10, fabs(digits));
    return digits < 0 ? round(middle / scale) * scale : round(middle * scale) / scale;
}

value changes_between(const value *field, const value *a, const value *b, double part)
{
    if (changes_is_type(field, "place")) {
        double all = place_km(a, b), km = floor(all * part);
        return km > 0 && km < all ? place_towards(a, b, km) : value_nil();
    }
    double from = changes_number(field, a), to = changes_number(field, b);
    if (!changes_is_number(field) || isnan(from) || isnan(to) || from == to)
        return value_nil();
    double middle = from + (to - from) * part, low = fmin(from, to), high = fmax(from, to);
    if (changes_is_type(field, "decimal"))
        middle = rounded(from, to, middle);
    else
        middle = to > from ? floor(middle) : ceil(middle);
    return middle <= low || middle >= high
               ? value_nil()
               : number_as(field, middle, value_get_str(b, "currency", "EUR"));
}

double changes_distance(const value *field, const value *from, const value *to)
{
    double distance = changes_is_type(field, "place")
                          ? place_km(from, to)
                          : fabs(changes_number(field, to) - changes_number(field, from));
    return isnan(distance) ? 1 : distance;
}

/* Places are on the way when it is no detour but for their last decimals. */
bool changes_on_way(const value *field, const value *from, const value *v, const value *to)
{
    double first = changes_distance(field, from, v), second = changes_distance(field, v, to),
           all = changes_distance(field, from, to);
    return first < all && second < all &&
           first + second <= all * (1 + 1e-9) + 0.001 * changes_is_type(field, "place");
}
