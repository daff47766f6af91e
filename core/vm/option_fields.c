/* The fields of a kind, as polder.kind declares them. */
#include <string.h>

#include "base/buf.h"
#include "vm/options.h"

bool option_terms(const option_row *row, value *v, err *e)
{
    (void)row;
    return option_maps(v, OPTIONS_TERM, e);
}

static bool field_agrees(value *field, err *e)
{
    const char *type = value_get_str(field, "type", "");
    const value *low = value_get(field, "minimum"), *high = value_get(field, "maximum");
    static const struct {
        const char *option, *type, *missing;
    } OF[] = {{"kind", "reference", "\"organisation\": the kind of the records it points at"},
              {"terms", "term", "{ { name = … }, … }: what it can be"}};
    for (size_t i = 0; i < sizeof OF / sizeof *OF; i++) {
        bool given = value_get(field, OF[i].option), of_it = strcmp(type, OF[i].type) == 0;
        if (of_it && !given)
            return err_set(e, ERR_BAD_DATA, "%s is missing: a %s has %s", OF[i].option, OF[i].type,
                           OF[i].missing);
        if (given && !of_it)
            return err_set(e, ERR_BAD_DATA, "%s: only a %s has it, and the type is \"%s\"",
                           OF[i].option, OF[i].type, type);
    }
    if ((low || high) && !option_is_among(type, "integer decimal money"))
        return err_set(e, ERR_BAD_DATA,
                       "%s: integer, decimal and money have it, and the type is \"%s\"",
                       low ? "minimum" : "maximum", type);
    const char *unit = value_get_str(field, "unit", NULL);
    if (unit && strcmp(type, "money") == 0 &&
        !(strlen(unit) == 3 && strspn(unit, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == 3))
        return err_set(e, ERR_BAD_DATA,
                       "unit: of money it is the one currency, such as \"EUR\", got \"%.40s\"",
                       unit);
    if (low && high && value_as_double(low, 0) > value_as_double(high, 0))
        return err_set(e, ERR_BAD_DATA, "minimum: expected at most the maximum, %.14g, got %.14g",
                       value_as_double(high, 0), value_as_double(low, 0));
    return true;
}

static const value *field_named(const value *fields, const char *name)
{
    for (size_t i = 0; i < value_len(fields); i++)
        if (strcmp(value_get_str(value_at(fields, i), "name", ""), name) == 0)
            return value_at(fields, i);
    return NULL;
}

/* For people's SQL a kind is a view, in which an amount has its currency beside it (store/view.h):
 * a field of that column's name would take its place. */
static bool currency_is_free(const value *fields, const value *field, err *e)
{
    const char *name = value_get_str(field, "name", "");
    if (strcmp(value_get_str(field, "type", ""), "money") != 0 ||
        value_get_bool(field, "many", false))
        return true;
    buf currency = {0};
    buf_fmt(&currency, "%s_currency", name);
    bool free = !field_named(fields, buf_text(&currency));
    if (!free) {
        err_set(e, ERR_BAD_DATA, "another field is called \"%s\", as the column of its currency",
                buf_text(&currency));
        err_hint(e, "money has its currency by itself: leave that field out, or give it another "
                    "name");
    }
    buf_free(&currency);
    return free;
}

bool option_fields(const option_row *row, value *v, err *e)
{
    (void)row;
    if (!option_maps(v, OPTIONS_FIELD, e))
        return false;
    for (size_t i = 0; i < v->as.list.len; i++) {
        value *field = &v->as.list.items[i];
        if (!field_agrees(field, e) || !currency_is_free(v, field, e))
            return err_prefix(e, "[%zu] %s: ", i + 1, value_get_str(field, "name", ""));
        option_add_title(field);
    }
    return true;
}
