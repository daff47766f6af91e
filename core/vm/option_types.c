#include "vm/options.h"

#include <math.h>
#include <string.h>

#include "base/buf.h"
#include "base/text.h"

enum { MAX_NAME = 64, MAX_SHOWN = 48 };

static void describe(buf *out, const value *v)
{
    switch (v ? v->type : VALUE_NIL) {
    case VALUE_NIL:
        buf_str(out, "nothing");
        break;
    case VALUE_BOOL:
        buf_str(out, v->as.boolean ? "true" : "false");
        break;
    case VALUE_INT:
        buf_fmt(out, "%lld", (long long)v->as.integer);
        break;
    case VALUE_DOUBLE:
        buf_fmt(out, "%.14g", v->as.number);
        break;
    case VALUE_TEXT:
        buf_char(out, '"');
        text_escape(out, v->as.text.bytes, v->as.text.len, MAX_SHOWN);
        buf_char(out, '"');
        break;
    case VALUE_LIST:
        buf_str(out, "a list");
        break;
    case VALUE_MAP:
        buf_str(out, value_len(v) ? "a table" : "an empty table");
        break;
    }
}

bool option_expected(const char *what, const value *got, err *e)
{
    buf shown = {0};
    describe(&shown, got);
    err_set(e, ERR_BAD_DATA, "expected %s, got %s", what, buf_text(&shown));
    buf_free(&shown);
    return false;
}

bool options_is_name(const char *text, const char *also)
{
    size_t len = strlen(text);
    if (len == 0 || len > MAX_NAME || text[0] < 'a' || text[0] > 'z')
        return false;
    for (size_t i = 1; i < len; i++) {
        char c = text[i];
        if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || strchr(also, c)))
            return false;
    }
    return true;
}

const char *option_text(const value *v)
{
    const char *text = value_str(v, "");
    return strlen(text) == value_len(v) ? text : "";
}

static bool check_name(const option_row *row, value *v, err *e)
{
    (void)row;
    if (options_is_name(option_text(v), "-_"))
        return true;
    return option_expected("a name of small letters, digits, - and _, a letter first", v, e);
}

static bool check_field_name(const option_row *row, value *v, err *e)
{
    static const char *const RESERVED[] = {"id", "kind", "version", "claims"};
    (void)row;
    if (!options_is_name(option_text(v), "_"))
        return option_expected("a name of small letters, digits and _, a letter first", v, e);
    for (size_t i = 0; i < sizeof(RESERVED) / sizeof(RESERVED[0]); i++) {
        if (strcmp(v->as.text.bytes, RESERVED[i]) == 0)
            return err_set(e, ERR_BAD_DATA, "every record has '%s' of its own", RESERVED[i]);
    }
    return true;
}

static bool check_text(const option_row *row, value *v, err *e)
{
    (void)row;
    if (*option_text(v))
        return true;
    return option_expected("a text", v, e);
}

static bool has_text(const value *map, const char *key)
{
    return *option_text(value_get(map, key)) != '\0';
}

static bool title_table(value *v, err *e)
{
    for (size_t i = 0; i < v->as.map.len; i++) {
        const value_entry *entry = &v->as.map.items[i];
        if (strcmp(entry->key, "nl") != 0 && strcmp(entry->key, "en") != 0)
            return err_set(e, ERR_BAD_DATA, "languages are nl and en, not '%s'", entry->key);
        if (!*option_text(&entry->value)) {
            option_expected("a text", &entry->value, e);
            return err_prefix(e, "%s: ", entry->key);
        }
    }
    return true;
}

static value both_languages(const char *nl, const char *en)
{
    value title = value_map();
    value_add(&title, "nl", value_text(nl));
    value_add(&title, "en", value_text(en));
    return title;
}

/* One language alone stands for both. */
static bool check_title(const option_row *row, value *v, err *e)
{
    (void)row;
    value title;
    if (*option_text(v)) {
        title = both_languages(v->as.text.bytes, v->as.text.bytes);
    } else {
        if (!value_is(v, VALUE_MAP) || value_len(v) == 0)
            return option_expected("a text or { nl = …, en = … }", v, e);
        if (!title_table(v, e))
            return false;
        const char *nl = value_get_str(v, has_text(v, "nl") ? "nl" : "en", "");
        title = both_languages(nl, value_get_str(v, "en", nl));
    }
    value_free(v);
    *v = title;
    return true;
}

static bool check_flag(const option_row *row, value *v, err *e)
{
    (void)row;
    return value_is(v, VALUE_BOOL) || option_expected("true or false", v, e);
}

bool option_is_number(const value *v)
{
    return value_is(v, VALUE_INT) || (value_is(v, VALUE_DOUBLE) && isfinite(v->as.number));
}

static bool check_number(const option_row *row, value *v, err *e)
{
    (void)row;
    return option_is_number(v) || option_expected("a number", v, e);
}

/* The upper end keeps sums of weight times points far from where a double ends. */
static bool check_positive(const option_row *row, value *v, err *e)
{
    (void)row;
    double number = option_is_number(v) ? value_as_double(v, -1) : -1;
    if (number >= 0 && number <= 1e6)
        return true;
    return option_expected("a number from 0 to 1000000", v, e);
}

static bool is_full_name(const char *text)
{
    char plugin[MAX_NAME + 1];
    const char *slash = strchr(text, '/');
    if (!slash)
        return options_is_name(text, "-_");
    size_t len = (size_t)(slash - text);
    if (len > MAX_NAME)
        return false;
    memcpy(plugin, text, len);
    plugin[len] = '\0';
    return options_is_name(plugin, "-") && options_is_name(slash + 1, "-_");
}

static bool check_full_name(const option_row *row, value *v, err *e)
{
    (void)row;
    if (is_full_name(option_text(v)))
        return true;
    return option_expected("a name like \"port\" or \"partnership/min-trl\"", v, e);
}

/* An empty Lua table may be meant as a list. */
static bool make_list(value *v, const char *what, err *e)
{
    if (value_is(v, VALUE_MAP) && value_len(v) == 0) {
        value_free(v);
        *v = value_list();
    }
    return value_is(v, VALUE_LIST) || option_expected(what, v, e);
}

static bool is_repeated(const value *list, size_t index)
{
    for (size_t i = 0; i < index; i++) {
        if (value_equal(value_at(list, i), value_at(list, index)))
            return true;
    }
    return false;
}

static bool check_names_list(value *v, bool (*check)(const option_row *, value *, err *), err *e)
{
    if (!make_list(v, "a list of names", e))
        return false;
    for (size_t i = 0; i < v->as.list.len; i++) {
        if (!check(NULL, &v->as.list.items[i], e))
            return err_prefix(e, "[%zu]: ", i + 1);
        if (is_repeated(v, i))
            return err_set(e, ERR_BAD_DATA, "'%s' is named twice",
                           v->as.list.items[i].as.text.bytes);
    }
    return true;
}

static bool check_full_names(const option_row *row, value *v, err *e)
{
    (void)row;
    return check_names_list(v, check_full_name, e);
}

/* Of events' types, and of handlers' full names. */
static bool check_glob(const option_row *row, value *v, err *e)
{
    static const char SIGNS[] = "abcdefghijklmnopqrstuvwxyz0123456789.-_/*?";
    const char *text = option_text(v);
    if (*text && strlen(text) <= 2 * MAX_NAME + 1 && strspn(text, SIGNS) == strlen(text))
        return true;
    return option_expected(
        row ? "a type of event like \"record.*\"" : "a name like \"partnership/*\"", v, e);
}

static bool check_globs(const option_row *row, value *v, err *e)
{
    (void)row;
    return check_names_list(v, check_glob, e);
}

static bool check_weights(const option_row *row, value *v, err *e)
{
    (void)row;
    if (!value_is(v, VALUE_MAP))
        return option_expected("a table of rule = weight", v, e);
    for (size_t i = 0; i < v->as.map.len; i++) {
        value_entry *entry = &v->as.map.items[i];
        if (!is_full_name(entry->key))
            return err_set(e, ERR_BAD_DATA, "'%s' can't be the name of a rule", entry->key);
        if (!check_positive(NULL, &entry->value, e))
            return err_prefix(e, "%s: ", entry->key);
    }
    return true;
}

/* "id" and "kind" are read like fields. */
static bool check_read_name(const option_row *row, value *v, err *e)
{
    (void)row;
    if (options_is_name(option_text(v), "_"))
        return true;
    return option_expected("a field's name", v, e);
}

static bool check_needs(const option_row *row, value *v, err *e)
{
    (void)row;
    if (!value_is(v, VALUE_MAP))
        return option_expected("a table like { solution = { \"trl\" } }", v, e);
    for (size_t i = 0; i < v->as.map.len; i++) {
        value_entry *entry = &v->as.map.items[i];
        if (!check_names_list(&entry->value, check_read_name, e))
            return err_prefix(e, "%s: ", entry->key);
    }
    return true;
}

/* "[2] colour: ", for the name is what people look for. */
static bool prefix_item(const value *item, size_t index, err *e)
{
    buf name = {0};
    const char *text = option_text(value_get(item, "name"));
    text_escape(&name, text, strlen(text), MAX_SHOWN);
    err_prefix(e, "[%zu]%s%s: ", index + 1, name.len ? " " : "", buf_text(&name));
    buf_free(&name);
    return false;
}

bool option_maps(value *v, const option_row *rows, err *e)
{
    if (!make_list(v, "a list of tables", e))
        return false;
    for (size_t i = 0; i < v->as.list.len; i++) {
        value *item = &v->as.list.items[i];
        if (!value_is(item, VALUE_MAP)) {
            option_expected("a table", item, e);
            return err_prefix(e, "[%zu]: ", i + 1);
        }
        if (!options_check(rows, item, e))
            return prefix_item(item, i, e);
        for (size_t j = 0; j < i; j++) {
            const char *name = value_get_str(item, "name", "");
            if (strcmp(name, value_get_str(value_at(v, j), "name", "")) == 0)
                return err_set(e, ERR_BAD_DATA, "[%zu]: '%s' is there already as [%zu]", i + 1,
                               name, j + 1);
        }
    }
    return true;
}

/* The title that was left out is the name. */
void option_add_title(value *spec)
{
    if (!value_get(spec, "title")) {
        const char *name = value_get_str(spec, "name", "");
        value_set(spec, "title", both_languages(name, name));
    }
}

static bool check_texts(const option_row *row, value *v, err *e)
{
    (void)row;
    return check_names_list(v, check_text, e);
}

static bool check_some_texts(const option_row *row, value *v, err *e)
{
    if (value_is(v, VALUE_TEXT)) {
        value list = value_list();
        value_push(&list, *v);
        *v = list;
    }
    bool empty = value_is(v, VALUE_MAP) && value_len(v) == 0; /* {} is either */
    if (!value_is(v, VALUE_LIST) && !empty)
        return option_expected("a text, or a list of these", v, e);
    for (size_t i = 0; i < value_len(v); i++)
        if (!check_text(row, &v->as.list.items[i], e))
            return err_prefix(e, "[%zu]: ", i + 1);
    return true;
}

static bool check_limit(const option_row *row, value *v, err *e)
{
    (void)row;
    if (strcmp(option_text(v), "all") == 0 || (option_is_number(v) && value_as_double(v, -1) >= 0))
        return true;
    return option_expected("a number of 0 or more, or \"all\"", v, e);
}

static bool check_format(const option_row *row, value *v, err *e)
{
    (void)row;
    return (*option_text(v) && option_is_among(v->as.text.bytes, "md html csv json")) ||
           option_expected("one of md html csv json", v, e);
}

static bool check_formats(const option_row *row, value *v, err *e)
{
    (void)row;
    if (!check_names_list(v, check_format, e))
        return false;
    return value_len(v) > 0 || option_expected("a list of md, html, csv, json", v, e);
}

static bool check_any(const option_row *row, value *v, err *e)
{
    (void)row, (void)v, (void)e;
    return true;
}

static bool check_function(const option_row *row, value *v, err *e)
{
    (void)row;
    return option_expected("a function", v, e);
}

static bool (*const CHECKS[])(const option_row *row, value *v, err *e) = {
    [OPTION_NAME] = check_name,
    [OPTION_FIELD_NAME] = check_field_name,
    [OPTION_TEXT] = check_text,
    [OPTION_TITLE] = check_title,
    [OPTION_CHOICE] = option_choice,
    [OPTION_FLAG] = check_flag,
    [OPTION_NUMBER] = check_number,
    [OPTION_POSITIVE] = check_positive,
    [OPTION_FULL_NAME] = check_full_name,
    [OPTION_FULL_NAMES] = check_full_names,
    [OPTION_WEIGHTS] = check_weights,
    [OPTION_NEEDS] = check_needs,
    [OPTION_TERMS] = option_terms,
    [OPTION_FIELDS] = option_fields,
    [OPTION_GLOB] = check_glob,
    [OPTION_GLOBS] = check_globs,
    [OPTION_WORD] = check_read_name,
    [OPTION_TEXTS] = check_texts,
    [OPTION_SOME_TEXTS] = check_some_texts,
    [OPTION_LIMIT] = check_limit,
    [OPTION_ANY] = check_any,
    [OPTION_ARGS] = option_args,
    [OPTION_FORMATS] = check_formats,
    [OPTION_FUNCTION] = check_function,
};

bool option_check(const option_row *row, value *v, err *e)
{
    if (row->type >= OPTION_MEASURE)
        return measure_option_check(row, v, e);
    return CHECKS[row->type](row, v, e);
}
