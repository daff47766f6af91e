#include "cli/assign.h"

#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/mem.h"
#include "cli/kinds_known.h"
#include "store/schema.h"

/* Types whose values are texts: "2026" as a title is not a number. */
static bool is_text_type(const char *type)
{
    return choices_have("text|date|time|url|email|term|reference|place", type);
}

static bool is_reserved(const char *name)
{
    return choices_have("id|kind|version|claims", name);
}

/* Only what is meant as JSON: 7, -1.5, true, null, […], {…}, "…". */
static bool read_json(const char *text, value *out, err *e)
{
    bool document = *text && strchr("[{\"", *text);
    err why = {0};
    if (json_read(text, strlen(text), NULL, out, &why))
        return true;
    if (!document)
        *out = value_text(text);
    else if (err_copy(e, &why), *why.where)
        err_prefix(e, "at %s: ", why.where);
    return !document;
}

static bool is_number(const value *v)
{
    return value_is(v, VALUE_INT) || value_is(v, VALUE_DOUBLE);
}

/* As tables show money: "EUR 1200.50". */
static bool read_money(const char *text, value *out)
{
    value amount = value_nil();
    bool ok = strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == 3 && text[3] == ' ' &&
              json_read(text + 4, strlen(text + 4), NULL, &amount, NULL) && is_number(&amount);
    if (!ok) {
        value_free(&amount);
        return false;
    }
    *out = value_map();
    value_add(out, "amount", amount);
    value_add(out, "currency", value_bytes(text, 3));
    return true;
}

static bool read_value(const char *text, const value *field, value *out, err *e)
{
    bool many = value_get_bool(field, "many", false);
    bool plain = field && is_text_type(value_get_str(field, "type", ""));
    bool json =
        !plain || strcmp(text, "null") == 0 || *text == '"' || (many && *text == '[') ||
        (strcmp(value_get_str(field, "type", ""), "place") == 0 && (*text == '{' || *text == '['));
    bool money = strcmp(value_get_str(field, "type", ""), "money") == 0 && read_money(text, out);
    if (!json)
        *out = value_text(text);
    else if (!money && !read_json(text, out, e))
        return false;
    if (many && !value_is(out, VALUE_LIST) && !value_is(out, VALUE_NIL)) {
        value list = value_list();
        value_push(&list, *out);
        *out = list;
    }
    return true;
}

/* Several values with commas between them, where a list is meant. */
static void hint_list(const char *name, const value *field, const char *text, err *e)
{
    if (value_get_bool(field, "many", false) && *text != '[' && strpbrk(text, ",;") && !*e->hint)
        err_hint(e, "a list is %s='[\"one\",\"two\"]' or, of numbers, %s='[1,2]'", name, name);
}

bool assign_read(const char *typed, const value *schema, value *fields, err *e)
{
    const char *equals = strchr(typed, '=');
    if (!equals || equals == typed) {
        err_set(e, ERR_USAGE, "\"%s\" is not field=value", typed);
        return err_hint(e, "such as trl=7 or title='Delta drone'");
    }
    char *name = mem_copy(typed, (size_t)(equals - typed));
    const value *field = kinds_field(schema, name);
    value read = value_nil();
    bool ok = false;
    if (is_reserved(name))
        err_set(e, ERR_USAGE, "%s is not a field that can be put: it is Polder's own", name);
    else if (value_get(fields, name))
        err_set(e, ERR_USAGE, "%s is given twice", name);
    else if (!read_value(equals + 1, field, &read, e))
        err_prefix(e, "%s: ", name);
    else if (!(ok = !field || schema_check(field, &read, e)))
        hint_list(name, field, equals + 1, e);
    if (ok)
        value_add(fields, name, read);
    else
        value_free(&read);
    free(name);
    return ok;
}
