/* Which values of a field to try. */
#include <string.h>

#include "engine/changes_candidates.h"
#include "engine/changes_parts.h"
#include "store/schema.h"

/* Of what others have at most OTHERS values, of their texts TEXTS. A longer text than SHORT is no
 * name or code. BYTES: of all lists that a list may become. */
enum { OTHERS = CHANGES_OTHERS, TEXTS = 20, SHORT = 40, LISTS = 200, BYTES = 4 << 20 };

static bool holds(const value *list, const value *v)
{
    for (size_t i = 0; i < value_len(list); i++)
        if (value_equal(value_at(list, i), v))
            return true;
    return false;
}

static bool absent(const value *v)
{
    return !v || value_is(v, VALUE_NIL);
}

void changes_take(value *list, const value *stands, value v)
{
    if ((stands && value_equal(stands, &v)) || holds(list, &v))
        value_free(&v);
    else
        value_push(list, v);
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
            changes_take(list, NULL, value_copy(one));
    }
}

/* The terms of the vocabulary, what the demand asks, what others have. */
static value names(const value *field, const value *others, const value *demand)
{
    value list = value_list();
    bool terms = changes_is_type(field, "term");
    const value *known = value_get(field, "terms");
    for (size_t i = 0; i < value_len(known); i++)
        changes_take(&list, NULL, value_copy(value_get(value_at(known, i), "name")));
    for (size_t i = 0; i < value_len(demand); i++)
        take_names(&list, &demand->as.map.items[i].value, false);
    for (size_t i = 0; i < value_len(others) && value_len(&list) < OTHERS; i++)
        take_names(&list, value_at(others, i), terms);
    return list;
}

/* At most LISTS more and as many less, of long lists fewer. */
static void lists(value *list, const value *stands, const value *known)
{
    size_t few = BYTES / (value_memory(stands) + 1) + 1, most = few < LISTS ? few : LISTS;
    for (size_t i = 0; i < value_len(known) && value_len(list) < most; i++) {
        value more = value_is(stands, VALUE_LIST) ? value_copy(stands) : value_list();
        if (holds(&more, value_at(known, i)))
            value_free(&more);
        else {
            value_push(&more, value_copy(value_at(known, i)));
            changes_take(list, stands, more);
        }
    }
    most += value_len(list);
    for (size_t i = 0;
         value_is(stands, VALUE_LIST) && i < value_len(stands) && value_len(list) < most; i++) {
        value less = value_list();
        for (size_t k = 0; k < value_len(stands); k++)
            if (k != i)
                value_push(&less, value_copy(value_at(stands, k)));
        changes_take(list, stands, less);
    }
}

/* Neither a code nor long. */
static bool is_short_prose(const value *v)
{
    return value_is(v, VALUE_TEXT) && value_len(v) <= SHORT && strpbrk(value_str(v, ""), " \n\t");
}

/* Where a text is asked for that isn't there, any that another solution has is better than none; a
 * short one that is no code may become another short one. */
static void texts_tried(value *list, const value *stands, const value *others)
{
    bool none = absent(stands);
    if (!none && !is_short_prose(stands))
        return;
    for (size_t i = 0, taken = 0; i < value_len(others) && taken < TEXTS; i++) {
        const value *v = value_at(others, i);
        if (!value_is(v, VALUE_TEXT) || (!none && value_len(v) > SHORT))
            continue;
        changes_take(list, stands, value_copy(v));
        taken++;
    }
}

static void places(value *list, const value *stands, const value *from, size_t most)
{
    for (size_t i = 0; i < value_len(from) && value_len(list) < most; i++) {
        const value *v =
            value_is(from, VALUE_MAP) ? &from->as.map.items[i].value : value_at(from, i);
        if (place_is_known(v))
            changes_take(list, stands, value_copy(v));
    }
}

static void one_of_names(value *list, const value *field, const value *stands, const value *known)
{
    bool code = changes_is_type(field, "term") || absent(stands) ||
                (value_len(stands) <= SHORT && !strpbrk(value_str(stands, ""), " \n\t"));
    for (size_t i = 0; code && i < value_len(known); i++)
        changes_take(list, stands, value_copy(value_at(known, i)));
}

static bool is_texts(const value *field)
{
    return changes_is_type(field, "term") || changes_is_type(field, "text");
}

/* Of fields whose values can't be made up: those that others have, and what the demand has of that
 * type. */
static void take_known(value *list, const value *stands, const value *field, const value *v)
{
    bool many = value_is(v, VALUE_LIST);
    for (size_t i = 0; i < (many ? value_len(v) : 1) && value_len(list) < OTHERS; i++) {
        const value *one = many ? value_at(v, i) : v;
        if (schema_check_item(field, one, NULL))
            changes_take(list, stands, value_copy(one));
    }
}

static void known_values(value *list, const value *field, const value *stands, const value *others,
                         const value *demand)
{
    bool typed = !changes_is_type(field, "");
    for (size_t i = 0; typed && i < value_len(demand); i++)
        take_known(list, stands, field, &demand->as.map.items[i].value);
    for (size_t i = 0; i < value_len(others); i++)
        take_known(list, stands, field, value_at(others, i));
}

static void yes_and_no(value *list, const value *stands)
{
    for (int b = 0; b < 2; b++)
        changes_take(list, stands, value_bool(b == 1));
}

/* What may stand in a list. */
static value items(const value *field, const value *others, const value *demand, const value *named)
{
    if (is_texts(field))
        return names(field, others, demand);
    value list = value_list(), single = value_list();
    for (size_t i = 0; i < value_len(others); i++)
        take_known(&single, NULL, field, value_at(others, i));
    if (changes_is_number(field))
        changes_numbers(&list, field, NULL, &single, demand, named);
    else if (changes_is_type(field, "boolean"))
        yes_and_no(&list, NULL);
    else
        known_values(&list, field, NULL, &single, demand);
    value_free(&single);
    return list;
}

static void one_value(value *list, const value *field, const value *stands, const value *others,
                      const value *demand)
{
    if (changes_is_type(field, "boolean")) {
        yes_and_no(list, stands);
    } else if (changes_is_type(field, "place")) {
        places(list, stands, demand, OTHERS);
        if (!value_len(list))
            places(list, stands, others, OTHERS);
    } else if (is_texts(field)) {
        value known = names(field, others, demand);
        one_of_names(list, field, stands, &known);
        if (changes_is_type(field, "text"))
            texts_tried(list, stands, others);
        value_free(&known);
    } else {
        known_values(list, field, stands, others, demand);
    }
}

value changes_candidates(const value *field, const value *stands, const value *others,
                         const value *demand, const value *named)
{
    value list = value_list();
    if (value_get_bool(field, "many", false)) {
        value known = items(field, others, demand, named);
        lists(&list, stands, &known);
        value_free(&known);
    } else if (changes_is_number(field)) {
        changes_numbers(&list, field, stands, others, demand, named);
    } else {
        one_value(&list, field, stands, others, demand);
    }
    return list;
}
