/* What a rule looked at, for people: what the fields are called, what stands in them, and who says
 * so or otherwise. */
#include "engine/explain_fields.h"

#include <string.h>

#include "base/buf.h"

/* The sources that state the value as it stands; claims that disagree are no ground for a score. */
static value sources_of(const value *claims, const char *field, const value *stands)
{
    value list = value_list();
    for (size_t i = 0; i < value_len(claims); i++) {
        const value *claim = value_at(claims, i);
        const char *source = value_get_str(claim, "source", NULL);
        if (source && strcmp(value_get_str(claim, "field", ""), field) == 0 &&
            value_equal(value_get(claim, "value"), stands) && !value_holds(&list, source))
            value_push(&list, value_text(source));
    }
    return list;
}

/* What everybody says of the field, whether it stands or not: who doubts a score looks here. */
static value claims_on(const value *claims, const char *field, const value *stands)
{
    static const char *const KEYS[] = {"value", "source",      "place",
                                       "date",  "reliability", "settled"};
    value list = value_list();
    for (size_t i = 0; i < value_len(claims); i++) {
        const value *claim = value_at(claims, i);
        if (strcmp(value_get_str(claim, "field", ""), field) != 0)
            continue;
        value *row = value_push(&list, value_map());
        for (size_t k = 0; k < sizeof KEYS / sizeof *KEYS; k++)
            if (value_get(claim, KEYS[k]))
                value_add(row, KEYS[k], value_copy(value_get(claim, KEYS[k])));
        value_add(row, "stands", value_bool(value_equal(value_get(claim, "value"), stands)));
    }
    return list;
}

static const value *declared(const stage *on, const char *kind, const char *name)
{
    const contribution *c = registry_find(on->registry, "kind", kind, NULL, NULL);
    const value *fields = c ? value_get(c->spec, "fields") : NULL;
    for (size_t i = 0; i < value_len(fields); i++)
        if (strcmp(value_get_str(value_at(fields, i), "name", ""), name) == 0)
            return value_at(fields, i);
    return NULL;
}

static const value *term_named(const value *terms, const char *name)
{
    for (size_t i = 0; i < value_len(terms); i++)
        if (strcmp(value_get_str(value_at(terms, i), "name", ""), name) == 0)
            return value_at(terms, i);
    return NULL;
}

static void add_term(value *named, const value *terms, const value *v)
{
    static const char *const LANGUAGES[] = {"nl", "en"};
    const char *name = value_str(v, "");
    const value *term = term_named(terms, name);
    if (!term || value_get(named, name))
        return;
    value *title = value_add(named, name, value_map());
    for (size_t i = 0; i < 2; i++)
        if (value_get(term, LANGUAGES[i]))
            value_add(title, LANGUAGES[i], value_copy(value_get(term, LANGUAGES[i])));
}

/* The terms that stand there, as people read them. */
static value terms_named(const value *terms, const value *stands)
{
    value named = value_map();
    if (value_is(stands, VALUE_TEXT))
        add_term(&named, terms, stands);
    for (size_t i = 0; value_is(stands, VALUE_LIST) && i < value_len(stands); i++)
        add_term(&named, terms, value_at(stands, i));
    return named;
}

static void add_words(value *row, const value *field, const value *stands)
{
    if (!field)
        return;
    value_add(row, "type", value_copy(value_get(field, "type")));
    if (value_get(field, "title"))
        value_add(row, "title", value_copy(value_get(field, "title")));
    if (value_get(field, "terms"))
        value_add(row, "terms", terms_named(value_get(field, "terms"), stands));
}

void explain_fields(const stage *on, const char *role, const value *needs, const value *record,
                    const value *claims, value *list)
{
    const value *names = value_get(needs, role);
    for (size_t i = 0; i < value_len(names); i++) {
        const char *name = value_str(value_at(names, i), "");
        const value *stands = value_get(record, name);
        value *row = value_push(list, value_map());
        buf full = {0};
        buf_fmt(&full, "%s.%s", role, name);
        value_add(row, "field", value_text(buf_text(&full)));
        value_add(row, "value", stands ? value_copy(stands) : value_nil());
        value_add(row, "sources", sources_of(claims, name, stands));
        value_add(row, "claims", claims_on(claims, name, stands));
        add_words(row, declared(on, role, name), stands);
        buf_free(&full);
    }
}
