/* The arguments of a command, as polder.command declares them. */
#include <string.h>

#include "vm/options.h"

/* A default is what the host would have read from the command line. */
static bool default_fits(const value *v, const char *type, const value *choices)
{
    if (option_is_among(type, "integer number"))
        return value_is(v, VALUE_INT) || (strcmp(type, "number") == 0 && option_is_number(v));
    if (strcmp(type, "boolean") == 0)
        return value_is(v, VALUE_BOOL);
    bool fits = value_is(v, VALUE_TEXT) && !choices;
    for (size_t i = 0; i < value_len(choices); i++)
        fits = fits || value_equal(value_at(choices, i), v);
    return fits;
}

static bool arg_agrees(value *arg, err *e)
{
    const char *type = value_get_str(arg, "type", "text");
    const value *otherwise = value_get(arg, "default"), *choices = value_get(arg, "choices");
    if ((strcmp(type, "choice") == 0) != (value_len(choices) > 0))
        return err_set(e, ERR_BAD_DATA, "choices: a choice lists them, others don't; type is %s",
                       type);
    if (value_get(arg, "kind") && strcmp(type, "record") != 0)
        return err_set(e, ERR_BAD_DATA, "kind goes with a record");
    if ((value_get(arg, "minimum") || value_get(arg, "maximum")) &&
        !option_is_among(type, "integer number"))
        return err_set(e, ERR_BAD_DATA, "minimum and maximum go with integer and number");
    if (!otherwise)
        return true;
    if (value_get_bool(arg, "required", false) || value_get_bool(arg, "many", false))
        return err_set(e, ERR_BAD_DATA, "default: not with required or many");
    return default_fits(otherwise, type, choices) ||
           err_set(e, ERR_BAD_DATA, "default: is not of type %s", type);
}

bool option_args(const option_row *row, value *v, err *e)
{
    (void)row;
    if (!option_maps(v, OPTIONS_ARG, e))
        return false;
    for (size_t i = 0; i < v->as.list.len; i++) {
        value *arg = &v->as.list.items[i];
        if (!arg_agrees(arg, e))
            return err_prefix(e, "[%zu] %s: ", i + 1, value_get_str(arg, "name", ""));
        if (!value_get(arg, "type"))
            value_set(arg, "type", value_text("text"));
        option_add_title(arg);
    }
    return true;
}
