/* The fields of a kind, as polder.kind declares them. */
#include <string.h>

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

bool option_fields(const option_row *row, value *v, err *e)
{
    (void)row;
    if (!option_maps(v, OPTIONS_FIELD, e))
        return false;
    for (size_t i = 0; i < v->as.list.len; i++) {
        value *field = &v->as.list.items[i];
        if (!field_agrees(field, e))
            return err_prefix(e, "[%zu] %s: ", i + 1, value_get_str(field, "name", ""));
        option_add_title(field);
    }
    return true;
}
