/* Which fields are tried: all that rules read, those that the kind declares first. The store keeps
 * others too; what one of them is, its values tell. */
#include <math.h>
#include <string.h>

#include "base/clock.h"
#include "engine/changes_candidates.h"
#include "engine/changes_parts.h"
#include "host/registry.h"
#include "store/select.h"

/* LARGE: of so many bytes nobody takes a value over from another. */
enum { OTHERS_MOST = 500, LARGE = 64 << 10 };

bool changes_is_undeclared(const value *field)
{
    return value_get_bool(field, "undeclared", false);
}

static bool is_among(const value *fields, const char *name)
{
    for (size_t i = 0; i < value_len(fields); i++)
        if (strcmp(value_get_str(value_at(fields, i), "name", ""), name) == 0)
            return true;
    return false;
}

void changes_find_fields(search *s)
{
    const contribution *kind = registry_find(s->on->registry, "kind", ROLE_SOLUTION, NULL, NULL);
    const value *fields = kind ? value_get(kind->spec, "fields") : NULL;
    s->fields = value_list();
    for (size_t i = 0; i < value_len(fields); i++)
        if (value_holds(&s->plan.solution_fields, value_get_str(value_at(fields, i), "name", "")))
            value_push(&s->fields, value_copy(value_at(fields, i)));
    for (size_t i = 0; i < value_len(&s->plan.solution_fields); i++) {
        const char *name = value_str(value_at(&s->plan.solution_fields, i), "");
        if (is_among(&s->fields, name))
            continue;
        value *field = value_push(&s->fields, value_map());
        value_add(field, "name", value_text(name));
        value_add(field, "undeclared", value_bool(true));
    }
}

/* Nobody's personal value is told as somebody else's. */
static bool take_other(void *ctx, const value *record, err *e)
{
    search *s = ctx;
    (void)e;
    for (size_t f = 0; f < value_len(&s->fields); f++) {
        const value *field = value_at(&s->fields, f);
        value *list = &s->others.as.list.items[f];
        const value *v = value_get(record, value_get_str(field, "name", ""));
        bool known = !v || value_is(v, VALUE_NIL) || value_len(list) >= OTHERS_MOST ||
                     value_get_bool(field, "personal", false);
        for (size_t i = 0; !known && i < value_len(list); i++)
            known = value_equal(value_at(list, i), v);
        if (!known && value_memory(v) < LARGE)
            value_push(list, value_copy(v));
    }
    return true;
}

bool changes_read_others(search *s, err *e)
{
    selection all = {.kind = ROLE_SOLUTION, .limit = -1, .as_of = s->on->as_of};
    s->others = value_list();
    for (size_t f = 0; f < value_len(&s->fields); f++)
        value_push(&s->others, value_list());
    return store_select(s->on->store, &all, take_other, s, e);
}

/* Types that values tell; of as many the first. TYPES: a value that can only be taken whole. */
enum { DATE, TIME, PLACE, MONEY, INTEGER, DECIMAL, BOOLEAN, TEXT, TYPES };

static int type_of(const value *v)
{
    int64_t at;
    switch (v->type) {
    case VALUE_BOOL:
        return BOOLEAN;
    case VALUE_INT:
        return INTEGER;
    case VALUE_DOUBLE:
        return DECIMAL;
    case VALUE_TEXT:
        return clock_date_parse(value_str(v, ""), &at)   ? DATE
               : clock_time_parse(value_str(v, ""), &at) ? TIME
                                                         : TEXT;
    case VALUE_MAP:
        return place_is_known(v) ? PLACE
               : value_get_str(v, "currency", NULL) && !isnan(value_get_double(v, "amount", NAN))
                   ? MONEY
                   : TYPES;
    default:
        return TYPES;
    }
}

typedef struct counts {
    size_t of[TYPES + 1], lists, all;
} counts;

static void count(counts *c, const value *v)
{
    bool many = value_is(v, VALUE_LIST);
    c->all++;
    c->lists += many;
    if (!many)
        c->of[type_of(v)]++;
    for (size_t i = 0; many && i < value_len(v); i++)
        c->of[type_of(value_at(v, i))]++;
}

static bool is_something(const value *v)
{
    return v && !value_is(v, VALUE_NIL) && !(value_is(v, VALUE_LIST) && value_len(v) == 0);
}

/* That of what stands there, else what most others have, else of what the demand has. */
void changes_find_type(search *s, size_t field, const value *asked, const value *spoken)
{
    static const char *const NAMES[TYPES] = {"date",    "time",    "place",   "money",
                                             "integer", "decimal", "boolean", "text"};
    value *spec = &s->fields.as.list.items[field];
    const value *stands = changes_stands(s, field), *others = value_at(&s->others, field);
    counts theirs = {0}, c = {0};
    size_t most = TYPES;
    if (!changes_is_undeclared(spec))
        return;
    for (size_t i = 0; i < value_len(others); i++)
        count(&theirs, value_at(others, i));
    if (is_something(stands))
        count(&c, stands);
    else
        c = theirs;
    if (!c.all)
        for (size_t i = 0; i < value_len(asked); i++)
            count(&c, &asked->as.map.items[i].value);
    if (!c.all && value_len(spoken))
        c.of[TEXT]++;
    for (size_t type = 0; type < TYPES; type++)
        if (c.of[type] > c.of[most])
            most = type;
    if (most == INTEGER && theirs.of[DECIMAL])
        most = DECIMAL;
    if (most < TYPES)
        value_set(spec, "type", value_text(NAMES[most]));
    value_set(spec, "many", value_bool(2 * c.lists > c.all || value_is(stands, VALUE_LIST)));
}
