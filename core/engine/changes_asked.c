/* What of the demand a field of the solution is held against: the fields that a rule which reads it
 * reads too. */
#include <math.h>
#include <string.h>

#include "base/clock.h"
#include "engine/changes_parts.h"

enum { DAYS_MOST = 36525 }; /* a century */

static bool is_prose(const value *v)
{
    return value_is(v, VALUE_TEXT) && strpbrk(value_str(v, ""), " \n\t");
}

static void take_texts(value *list, const value *v)
{
    if (value_is(v, VALUE_TEXT))
        value_push(list, value_copy(v));
    for (size_t i = 0; value_is(v, VALUE_LIST) && i < value_len(v); i++)
        take_texts(list, value_at(v, i));
}

/* A text measure hears words alone, other measures never do; a rule in Lua may do both, but its
 * words don't go into a code. */
static void hear(const search *s, const plan_rule *r, const char *field, value *asked,
                 value *spoken)
{
    const value *stands = value_get(&s->solution, field);
    bool code = value_is(stands, VALUE_TEXT) && !is_prose(stands);
    const value *needs = value_get(r->from->spec, "needs"),
                *measure = value_get(r->from->spec, "measure");
    if (r->skip || !value_holds(value_get(needs, ROLE_SOLUTION), field))
        return;
    bool text = strcmp(value_get_str(measure, "kind", ""), "text") == 0;
    const value *names = value_get(needs, ROLE_DEMAND);
    for (size_t i = 0; i < value_len(names); i++) {
        const char *name = value_str(value_at(names, i), "");
        const value *v = value_get(&s->demand, name);
        if (!v || value_is(v, VALUE_NIL))
            continue;
        if (!text)
            value_set(asked, name, value_copy(v));
        if (text || (!measure && !code && is_prose(v)))
            take_texts(spoken, v);
    }
}

/* Where a measure gives all, or nothing: a value that nobody has yet may be worth the most. */
static void take_numbers(value *list, const value *v)
{
    if (value_is(v, VALUE_INT) || value_is(v, VALUE_DOUBLE))
        value_push(list, value_copy(v));
    for (size_t i = 0; value_is(v, VALUE_LIST) && i < value_len(v); i++)
        take_numbers(list, value_at(v, i));
    for (size_t i = 0; value_is(v, VALUE_MAP) && i < value_len(v); i++)
        take_numbers(list, &v->as.map.items[i].value);
}

/* Of numbers that measures name for a day: so many days before and after `day`. */
static void take_days(value *list, const char *day, const value *numbers)
{
    char text[CLOCK_DATE_TEXT];
    int64_t from;
    if (!clock_date_parse(day, &from))
        return;
    value_push(list, value_text(day));
    for (size_t i = 0; i < value_len(numbers); i++) {
        double days = value_as_double(value_at(numbers, i), 0);
        for (int side = -1; fabs(days) <= DAYS_MOST && side < 2; side += 2) {
            clock_date_text(from + side * (int64_t)days, text);
            value_push(list, value_text(text));
        }
    }
}

static value named_of(const search *s, const value *field, const value *asked)
{
    value list = value_list();
    const char *name = value_get_str(field, "name", ""), *type = value_get_str(field, "type", "");
    for (size_t i = 0; i < s->plan.len; i++) {
        const value *spec = s->plan.rules[i].from->spec;
        if (value_holds(value_get(value_get(spec, "needs"), ROLE_SOLUTION), name))
            take_numbers(&list, value_get(spec, "measure"));
    }
    if (strcmp(type, "date") != 0 && strcmp(type, "time") != 0)
        return list;
    value days = value_list();
    take_days(&days, s->today, &list);
    for (size_t i = 0; i < value_len(asked); i++)
        take_days(&days, value_str(&asked->as.map.items[i].value, ""), &list);
    value_free(&list);
    return days;
}

static bool takes_words(const value *field)
{
    return strcmp(value_get_str(field, "type", ""), "text") == 0 &&
           !value_get_bool(field, "many", false);
}

void changes_find_asked(search *s)
{
    s->asked = value_list();
    s->spoken = value_list();
    s->named = value_list();
    for (size_t f = 0; f < value_len(&s->fields); f++) {
        value *field = &s->fields.as.list.items[f];
        value asked = value_map(), spoken = value_list();
        for (size_t i = 0; i < s->plan.len; i++)
            hear(s, &s->plan.rules[i], value_get_str(field, "name", ""), &asked, &spoken);
        changes_find_type(s, f, &asked, &spoken);
        if (!takes_words(field)) {
            value_free(&spoken);
            spoken = value_list();
        }
        value_push(&s->named, named_of(s, field, &asked));
        value_push(&s->asked, asked);
        value_push(&s->spoken, spoken);
    }
}
