/* Which fields gain nothing though not every value of theirs was tried. */
#include "engine/changes_candidates.h"
#include "engine/changes_parts.h"

static bool reads(const plan_rule *r, const char *field)
{
    return value_holds(value_get(value_get(r->from->spec, "needs"), ROLE_SOLUTION), field);
}

/* Did the gate let it pass, or the rule give all that it can? */
static bool gave_all(const plan_rule *r, const value *said)
{
    if (r->gate)
        return value_get_bool(said, "passed", false);
    return r->weight > 0 && value_get_double(said, "value", -1) >= r->max;
}

/* Does no value of the field gain anything? None opens a gate that is shut and doesn't read it, and
 * none is better than what all that reads it say the best of already; but for weights below 0, with
 * which a score can be more than 100. */
static bool is_vain(const search *s, size_t field)
{
    const char *name = value_get_str(value_at(&s->fields, field), "name", "");
    size_t gates = 0, rules = 0;
    bool all = true;
    for (size_t i = 0; i < s->plan.len; i++) {
        const plan_rule *r = &s->plan.rules[i];
        const value *said = r->gate ? value_at(value_get(&s->was, "gates"), gates++)
                                    : value_at(value_get(&s->was, "rules"), rules++);
        bool mine = reads(r, name);
        if (r->gate && !mine && !value_get_bool(said, "passed", true))
            return true;
        if ((!r->gate && r->weight < 0) || (mine && !gave_all(r, said)))
            all = false;
    }
    return all;
}

/* Why not every value of a field that gains nothing was tried, as `polder help explain` has them;
 * NULL: all were. */
static const char *why_not_all(const search *s, size_t field, int64_t tried)
{
    const value *spec = value_at(&s->fields, field), *stands = changes_stands(s, field);
    bool text = changes_is_type(spec, "text");
    if (tried && changes_are_all(spec))
        return NULL;
    if (value_get_bool(spec, "personal", false))
        return "personal";
    if (!tried)
        return text && value_is(stands, VALUE_TEXT) ? "text" : "unknown";
    if (value_get_bool(spec, "many", false))
        return "items";
    if (changes_is_number(spec))
        return "numbers";
    if (changes_is_type(spec, "place"))
        return "places";
    return value_len(value_at(&s->spoken, field)) ? "words" : "values";
}

/* The first try of all changes nothing. */
static int64_t tries_of(const search *s, size_t field)
{
    int64_t tried = 0;
    for (size_t i = 1; i < s->len; i++)
        tried += s->tries[i].field == field;
    return tried;
}

value changes_untried(const search *s)
{
    value list = value_list();
    for (size_t f = 0; f < value_len(&s->fields); f++) {
        int64_t tried = tries_of(s, f);
        bool may = changes_best(s, f) == SIZE_MAX && !is_vain(s, f);
        const char *why = may ? why_not_all(s, f, tried) : NULL;
        if (!why)
            continue;
        value *row = value_push(&list, value_map());
        value_add(row, "field", changes_name(s, f));
        value_add(row, "tried", value_int(tried));
        value_add(row, "why", value_text(why));
    }
    return list;
}
