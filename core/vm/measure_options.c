#include "vm/measure_options.h"

#include <string.h>

#include "base/text.h"

#define WITHOUT                                                                                    \
    {                                                                                              \
        "without", OPTION_WITHOUT, false, NULL, "the share when that side's field is absent"       \
    }
#define SHAPE(of)                                                                                  \
    {"curve", OPTION_CURVE, false, NULL, "points { x, share }, straight between them; x is " of},  \
        {"full", OPTION_NUMBER, false, NULL, "the share is 1 up to here"},                         \
        {"zero", OPTION_NUMBER, false, NULL,                                                       \
         "with full: the share falls to 0 here; below full it turns round"},                       \
        {"half", OPTION_NUMBER, false, NULL,                                                       \
         "with full: the share is 0.5 here, 0.25 twice as far; below full it turns round"},        \
    {                                                                                              \
        "inverse", OPTION_FLAG, false, NULL, "with full: above it the share is full / x"           \
    }
#define END                                                                                        \
    {                                                                                              \
        NULL, OPTION_TEXT, false, NULL, NULL                                                       \
    }

static const option_row OVERLAP[] = {
    {"a", OPTION_FIELD, true, NULL, "\"demand.themes\": what is asked"},
    {"b", OPTION_FIELD, true, NULL, "\"solution.themes\": what is offered"},
    {"as", OPTION_CHOICE, false, "share jaccard", "of all asked, or of all that either names"},
    {"weights", OPTION_TERM_WEIGHTS, false, NULL, "term to weight; 1 when left out"},
    {"parents", OPTION_TERM_PARENTS, false, NULL,
     "term to wider term: a narrower one answers whole"},
    {"wider", OPTION_SHARE, false, NULL, "how far a wider term answers; 0 when left out"},
    {"titles", OPTION_TERM_TEXTS, false, NULL, "term to what people read"},
    WITHOUT,
    END,
};

static const option_row TREE[] = {
    {"a", OPTION_FIELD, true, NULL, "\"demand.cpv\": what is asked"},
    {"b", OPTION_FIELD, true, NULL, "\"solution.cpv\": what is offered"},
    {"parents", OPTION_TERM_PARENTS, false, NULL, "term to wider term"},
    {"codes", OPTION_CHOICE, false, "cpv nuts",
     "in place of parents: the codes tell it themselves"},
    {"titles", OPTION_TERM_TEXTS, false, NULL, "term to what people read"},
    WITHOUT,
    END,
};

static const option_row NUMBER[] = {
    {"a", OPTION_FIELD, true, NULL, "\"solution.trl\""},
    {"at_least", OPTION_FIELD_NUMBER, false, NULL, "1 from this field or number on, else 0"},
    {"at_most", OPTION_FIELD_NUMBER, false, NULL, "1 up to this field or number, else 0"},
    {"between", OPTION_RANGE, false, NULL, "1 from the first to the second of these two, else 0"},
    {"of", OPTION_CHOICE, false, "value difference ratio distance",
     "what the shape is over: a, a - with, a / with, or how far they are apart"},
    {"with", OPTION_FIELD_NUMBER, false, NULL, "the other field or number"},
    SHAPE("what `of` says"),
    WITHOUT,
    END,
};

static const option_row PLACE[] = {
    {"a", OPTION_FIELD, true, NULL, "\"solution.place\""},
    {"b", OPTION_FIELD, true, NULL, "\"demand.place\""},
    {"same", OPTION_FIELD_PAIR, false, NULL,
     "two fields: when they are equal the share is 1, wherever the places are"},
    SHAPE("kilometres"),
    WITHOUT,
    END,
};

static const option_row TEXT[] = {
    {"query", OPTION_WEIGHTED, true, NULL,
     "\"demand.title\", a list of fields, or field to weight"},
    {"document", OPTION_WEIGHTED, true, NULL, "\"solution.description\", or the same"},
    {"full", OPTION_SHARE, false, NULL, "the likeness that gives share 1; 1 when left out"},
    WITHOUT,
    END,
};

static const option_row DATES[] = {
    {"a", OPTION_DATES, true, NULL, "\"demand.deadline\", \"today\", or a window { from, until }"},
    {"b", OPTION_DATES, true, NULL, "the same; the shape is over the days from a to b"},
    SHAPE("days"),
    WITHOUT,
    END,
};

static const option_row VALUE[] = {
    {"a", OPTION_FIELD, true, NULL, "\"solution.employees\""},
    {"map", OPTION_TERM_SHARES, false, NULL, "term to share; of a list the best counts"},
    {"other", OPTION_SHARE, false, NULL, "with map: the share of other terms; 0 when left out"},
    {"prefix", OPTION_FLAG, false, NULL,
     "with map: or of what begins with it, the longest first: NL342 in NL34"},
    {"titles", OPTION_TERM_TEXTS, false, NULL, "with map: term to what people read"},
    {"length", OPTION_NUMBER, false, NULL, "a text of this many characters gives 1"},
    {"present", OPTION_FLAG, false, NULL, "1 when there is a value, else 0"},
    SHAPE("the value"),
    WITHOUT,
    END,
};

static const option_row MEMBER[] = {
    {"a", OPTION_FIELD, true, NULL, "\"solution.region\""},
    {"b", OPTION_FIELD, true, NULL, "\"demand.regions\": one of these"},
    {"prefix", OPTION_FLAG, false, NULL, "or what begins with one of these: NL342 in NL34"},
    WITHOUT,
    END,
};

static const measure_form FORMS[] = {
    {"overlap", 2, OVERLAP}, {"tree", 2, TREE},   {"number", 1, NUMBER}, {"place", 2, PLACE},
    {"text", 2, TEXT},       {"dates", 2, DATES}, {"value", 1, VALUE},   {"member", 2, MEMBER},
};

const measure_form *measure_form_at(size_t index)
{
    return index < sizeof FORMS / sizeof FORMS[0] ? &FORMS[index] : NULL;
}

const measure_form *measure_form_find(const char *name)
{
    for (size_t i = 0; i < sizeof FORMS / sizeof FORMS[0]; i++)
        if (strcmp(FORMS[i].name, name) == 0)
            return &FORMS[i];
    return NULL;
}

static bool has(const value *spec, const char *name)
{
    return value_get(spec, name) != NULL;
}

/* Of these, space-separated, just one; `most` 1 and `least` 0: one at most. */
static bool one_of(const value *spec, const char *names, bool needed, err *e)
{
    const char *first = NULL;
    for (size_t i = 0; i < value_len(spec); i++) {
        const char *name = spec->as.map.items[i].key;
        if (!option_is_among(name, names))
            continue;
        if (first)
            return err_set(e, ERR_BAD_DATA, "%s and %s: it is one of the two", first, name);
        first = name;
    }
    return first || !needed || err_set(e, ERR_BAD_DATA, "one of these is missing: %s", names);
}

/* `option` says nothing without `with`. */
static bool goes_with(const value *spec, const char *option, const char *with, err *e)
{
    return !has(spec, option) || has(spec, with) ||
           err_set(e, ERR_BAD_DATA, "%s: only together with %s", option, with);
}

static bool finite_gap(const value *spec, const char *other, err *e)
{
    if (!has(spec, other) ||
        value_get_double(spec, other, 0) - value_get_double(spec, "full", 0) != 0)
        return true;
    return err_set(e, ERR_BAD_DATA, "%s: it is %.14g, as full is: the share has no way to fall",
                   other, value_get_double(spec, other, 0));
}

/* What follows `full`, and that it can be reckoned with. */
static bool shape_agrees(const value *spec, err *e)
{
    double full = value_get_double(spec, "full", 0);
    if (!goes_with(spec, "zero", "full", e) || !goes_with(spec, "half", "full", e) ||
        !goes_with(spec, "inverse", "full", e))
        return false;
    if (!has(spec, "full"))
        return true;
    if (value_get(spec, "inverse") && !value_get_bool(spec, "inverse", false))
        return err_set(e, ERR_BAD_DATA, "inverse: expected true, got false");
    if (!one_of(spec, "zero half inverse", true, e))
        return err_prefix(e, "full: ");
    if (has(spec, "inverse") && full <= 0)
        return err_set(e, ERR_BAD_DATA, "full: expected a number above 0, got %.14g", full);
    return finite_gap(spec, "zero", e) && finite_gap(spec, "half", e);
}

static bool overlap_agrees(const value *spec, err *e)
{
    bool jaccard = strcmp(value_get_str(spec, "as", "share"), "jaccard") == 0;
    if (jaccard && has(spec, "parents"))
        return err_set(e, ERR_BAD_DATA, "parents: only with as = \"share\"");
    return goes_with(spec, "wider", "parents", e);
}

static bool number_agrees(const value *spec, err *e)
{
    const char *of = value_get_str(spec, "of", "value");
    if (!one_of(spec, "at_least at_most between curve full", true, e))
        return false;
    bool shaped = has(spec, "curve") || has(spec, "full");
    if (!shaped && (has(spec, "of") || has(spec, "with")))
        return err_set(e, ERR_BAD_DATA, "%s: only with curve or full",
                       has(spec, "of") ? "of" : "with");
    if (strcmp(of, "value") != 0 && !has(spec, "with"))
        return err_set(e, ERR_BAD_DATA, "with is missing: the other side of the %s", of);
    if (strcmp(of, "value") == 0 && has(spec, "with"))
        return err_set(e, ERR_BAD_DATA,
                       "with: of = \"difference\", \"ratio\" or \"distance\" says "
                       "what to do with it");
    return true;
}

static bool on_one_side(const value *a, const value *b)
{
    return strcmp(value_get_str(a, "side", ""), value_get_str(b, "side", "")) == 0;
}

/* Two places of one record are compared as well; then so are its two fields. */
static bool place_agrees(const value *spec, err *e)
{
    const value *same = value_get(spec, "same");
    bool one = on_one_side(value_get(spec, "a"), value_get(spec, "b"));
    if (same && on_one_side(value_at(same, 0), value_at(same, 1)) != one)
        return err_set(e, ERR_BAD_DATA,
                       one ? "same: expected two fields of one side, as the places are"
                           : "same: expected a field of each side");
    return one_of(spec, "curve full", true, e);
}

static bool text_agrees(const value *spec, err *e)
{
    const value *query = value_at(value_get(spec, "query"), 0);
    const value *document = value_at(value_get(spec, "document"), 0);
    if (has(spec, "full") && value_get_double(spec, "full", 0) <= 0)
        return err_set(e, ERR_BAD_DATA, "full: expected a number above 0, up to 1");
    if (strcmp(value_get_str(query, "side", ""), "demand") != 0)
        return err_set(e, ERR_BAD_DATA, "query: expected fields of the demand");
    return strcmp(value_get_str(document, "side", ""), "solution") == 0 ||
           err_set(e, ERR_BAD_DATA, "document: expected fields of the solution");
}

static bool dates_agree(const value *spec, err *e)
{
    bool a = value_is(value_get(spec, "a"), VALUE_LIST);
    bool b = value_is(value_get(spec, "b"), VALUE_LIST);
    if (a != b)
        return err_set(e, ERR_BAD_DATA, "%s: a window goes with a window", a ? "b" : "a");
    if (a && (has(spec, "curve") || has(spec, "full")))
        return err_set(e, ERR_BAD_DATA,
                       "%s: two windows give the part of the first that the "
                       "second covers, without a shape",
                       has(spec, "curve") ? "curve" : "full");
    return one_of(spec, "curve full", !a, e);
}

static bool value_agrees(const value *spec, err *e)
{
    if (!one_of(spec, "map length present curve full", true, e) ||
        !goes_with(spec, "other", "map", e) || !goes_with(spec, "prefix", "map", e) ||
        !goes_with(spec, "titles", "map", e))
        return false;
    if (has(spec, "present") && !value_get_bool(spec, "present", false))
        return err_set(e, ERR_BAD_DATA, "present: expected true, got false");
    if (has(spec, "present") && has(spec, "without"))
        return err_set(e, ERR_BAD_DATA, "without: present gives 0 when there is no value");
    if (has(spec, "length") && !(value_get_double(spec, "length", 0) > 0))
        return err_set(e, ERR_BAD_DATA, "length: expected a number above 0");
    return true;
}

/* Defaults are written out, so that a run's record of the rule says all. */
static void complete(value *spec, const char *name, value otherwise)
{
    if (has(spec, name))
        value_free(&otherwise);
    else
        value_add(spec, name, otherwise);
}

static void add_defaults(const char *kind, value *spec)
{
    if (strcmp(kind, "overlap") == 0) {
        complete(spec, "as", value_text("share"));
        complete(spec, "wider", value_double(0));
    } else if (strcmp(kind, "text") == 0) {
        complete(spec, "full", value_double(1));
    } else if (strcmp(kind, "member") == 0) {
        complete(spec, "prefix", value_bool(false));
    } else if (has(spec, "map")) {
        complete(spec, "other", value_double(0));
    }
    if (strcmp(kind, "number") == 0 && (has(spec, "curve") || has(spec, "full")))
        complete(spec, "of", value_text("value"));
}

static bool kind_agrees(const char *kind, const value *spec, err *e)
{
    static const struct {
        const char *kind;
        bool (*agree)(const value *spec, err *e);
    } KINDS[] = {{"overlap", overlap_agrees}, {"number", number_agrees}, {"place", place_agrees},
                 {"text", text_agrees},       {"dates", dates_agree},    {"value", value_agrees}};
    if (strcmp(kind, "tree") == 0)
        return one_of(spec, "parents codes", true, e);
    for (size_t i = 0; i < sizeof KINDS / sizeof KINDS[0]; i++)
        if (strcmp(KINDS[i].kind, kind) == 0)
            return KINDS[i].agree(spec, e);
    return true;
}

/* Of a side that the measure doesn't look at, or looks at two times over. */
static bool sides_agree(const value *spec, const value *needs, err *e)
{
    const value *without = value_get(spec, "without");
    if (value_len(needs) == 0)
        return err_set(e, ERR_BAD_DATA, "it names no field of a record");
    for (size_t i = 0; i < value_len(without); i++) {
        const char *side = without->as.map.items[i].key;
        if (!has(needs, side))
            return err_set(e, ERR_BAD_DATA, "without.%s: it looks at no field of a %s", side, side);
    }
    return true;
}

bool measure_spec(const measure_form *form, value *given, err *e)
{
    if (!options_check(form->rows, given, e))
        return false;
    value needs = measure_needs(given);
    bool shaped = strcmp(form->name, "text") != 0;
    bool ok = (!shaped || shape_agrees(given, e)) && kind_agrees(form->name, given, e) &&
              sides_agree(given, &needs, e);
    value_free(&needs);
    if (!ok)
        return false;
    add_defaults(form->name, given);
    value spec = value_map();
    value_add(&spec, "kind", value_text(form->name));
    for (size_t i = 0; i < value_len(given); i++) {
        value_entry *entry = &given->as.map.items[i];
        value_add(&spec, entry->key, entry->value);
        entry->value = value_nil();
    }
    value_free(given);
    *given = spec;
    return true;
}

/* A field or a list of these; anything else names none. */
static void fields_in(const value *v, void (*fn)(void *ctx, const value *field), void *ctx)
{
    if (value_is(v, VALUE_LIST)) {
        for (size_t i = 0; i < value_len(v); i++)
            fields_in(value_at(v, i), fn, ctx);
    } else if (has(v, "field")) {
        fn(ctx, v);
    }
}

void measure_each_field(const value *spec, void (*fn)(void *ctx, const value *field), void *ctx)
{
    static const char *const NAMED[] = {"a",       "b",       "query", "document", "at_least",
                                        "at_most", "between", "with",  "same"};
    for (size_t i = 0; i < sizeof NAMED / sizeof NAMED[0]; i++)
        fields_in(value_get(spec, NAMED[i]), fn, ctx);
}

static void add_need(void *ctx, const value *field)
{
    const char *side = value_get_str(field, "side", ""), *name = value_get_str(field, "field", "");
    value *list = (value *)value_get(ctx, side);
    if (!list)
        list = value_add(ctx, side, value_list());
    if (!value_holds(list, name))
        value_push(list, value_text(name));
}

/* The solution's side first, as in rules that are functions. */
value measure_needs(const value *spec)
{
    static const char *const SIDES[] = {"solution", "demand"};
    value found = value_map(), needs = value_map();
    measure_each_field(spec, add_need, &found);
    for (int i = 0; i < 2; i++)
        if (has(&found, SIDES[i]))
            value_add(&needs, SIDES[i], value_copy(value_get(&found, SIDES[i])));
    value_free(&found);
    return needs;
}

const char *measure_on(const value *needs)
{
    return has(needs, "solution") && has(needs, "demand") ? "pair"
           : has(needs, "solution")                       ? "solution"
                                                          : "demand";
}
