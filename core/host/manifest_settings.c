#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/text.h"
#include "host/manifest_read.h"

static const char *const TYPES[] = {"number", "integer", "text", "boolean", "choice"};
enum { TYPE_COUNT = sizeof TYPES / sizeof *TYPES };

static bool is_number_type(const char *type)
{
    return strcmp(type, "number") == 0 || strcmp(type, "integer") == 0;
}

static bool is_number(const value *v)
{
    return value_is(v, VALUE_INT) || (value_is(v, VALUE_DOUBLE) && isfinite(v->as.number));
}

static bool among(const value *list, const value *v)
{
    for (size_t i = 0; i < value_len(list); i++)
        if (value_equal(value_at(list, i), v))
            return true;
    return false;
}

/* Appends what the setting accepts, in words: "a number from 0 to 100". */
static void describe(const value *setting, buf *out)
{
    const char *type = value_get_str(setting, "type", "");
    const value *choices = value_get(setting, "choices");
    if (strcmp(type, "choice") == 0) {
        buf_str(out, "one of ");
        for (size_t i = 0; i < value_len(choices); i++)
            buf_fmt(out, "%s\"%s\"", i ? ", " : "", value_str(value_at(choices, i), ""));
        return;
    }
    buf_str(out, strcmp(type, "integer") == 0   ? "a whole number"
                 : strcmp(type, "number") == 0  ? "a number"
                 : strcmp(type, "boolean") == 0 ? "true or false"
                                                : "a text");
    static const char *const ENDS[][2] = {{"minimum", " from "}, {"maximum", " to "}};
    for (size_t i = 0; i < 2; i++) {
        const value *limit = value_get(setting, ENDS[i][0]);
        if (!limit)
            continue;
        buf_str(out, ENDS[i][1]);
        json_write(out, limit);
    }
}

/* Is `v` what the setting accepts? */
static bool accepts(const value *setting, const value *v)
{
    const char *type = value_get_str(setting, "type", "");
    if (strcmp(type, "text") == 0)
        return value_is(v, VALUE_TEXT);
    if (strcmp(type, "boolean") == 0)
        return value_is(v, VALUE_BOOL);
    if (strcmp(type, "choice") == 0)
        return among(value_get(setting, "choices"), v);
    if (!is_number(v))
        return false;
    double number = value_as_double(v, 0);
    if (strcmp(type, "integer") == 0 && number != trunc(number))
        return false;
    return number >= value_get_double(setting, "minimum", -INFINITY) &&
           number <= value_get_double(setting, "maximum", INFINITY);
}

static bool check_type(const manifest_reader *r, const value *setting, const char *path)
{
    const char *type = value_get_str(setting, "type", "");
    buf full = {0}, all = {0};
    size_t at = 0;
    while (at < TYPE_COUNT && strcmp(TYPES[at], type) != 0)
        buf_fmt(&all, "%s%s", at ? ", " : "", TYPES[at]), at++;
    if (at == TYPE_COUNT) {
        buf_fmt(&full, "%s%s", path, value_get(setting, "type") ? ".type" : "");
        manifest_fail(r, buf_text(&full), "the type must be one of: %s", buf_text(&all));
        const char *near = text_nearest(type, TYPES, TYPE_COUNT);
        if (near)
            err_hint(r->e, "did you mean \"%s\"?", near);
    }
    buf_free(&full);
    buf_free(&all);
    return at < TYPE_COUNT;
}

/* Minimum and maximum are for numbers, choices for a choice. */
static bool check_limits(const manifest_reader *r, const value *setting, const char *path)
{
    const char *type = value_get_str(setting, "type", "");
    const value *low = value_get(setting, "minimum"), *high = value_get(setting, "maximum");
    const value *choices = value_get(setting, "choices");
    if ((low || high) && !is_number_type(type))
        return manifest_fail(r, path, "only a number or an integer has a minimum or maximum");
    if ((low && !is_number(low)) || (high && !is_number(high)))
        return manifest_fail(r, path, "expected numbers for minimum and maximum");
    if (low && high && value_as_double(low, 0) > value_as_double(high, 0))
        return manifest_fail(r, path, "the minimum is above the maximum");
    if ((strcmp(type, "choice") == 0) != (choices != NULL))
        return manifest_fail(r, path, "a choice, and only a choice, has choices");
    for (size_t i = 0; i < value_len(choices); i++)
        if (!value_is(value_at(choices, i), VALUE_TEXT))
            return manifest_fail(r, path, "expected a list of texts for choices");
    if (choices && value_len(choices) == 0)
        return manifest_fail(r, path, "there is nothing to choose from");
    return true;
}

static bool check_default(const manifest_reader *r, const value *setting, const char *path)
{
    const value *given = value_get(setting, "default");
    if (!given) {
        manifest_fail(r, path, "the default is missing");
        return err_hint(r->e, "a plugin works before anyone has set anything: give a default");
    }
    if (accepts(setting, given))
        return true;
    buf full = {0}, wanted = {0};
    buf_fmt(&full, "%s.default", path);
    describe(setting, &wanted);
    manifest_fail(r, buf_text(&full), "expected %s", buf_text(&wanted));
    buf_free(&full);
    buf_free(&wanted);
    return false;
}

static bool read_setting(const manifest_reader *r, const char *name, const char *path,
                         const value *v, value *out)
{
    static const char *const KEYS[] = {"type",    "default", "minimum", "maximum",
                                       "choices", "title",   "unit"};
    if (!manifest_is_setting(name))
        return manifest_fail(r, path, "a setting's name is lower-case letters, digits and '_'");
    if (!manifest_keys(r, v, path, KEYS, sizeof KEYS / sizeof *KEYS) || !check_type(r, v, path) ||
        !check_limits(r, v, path) || !check_default(r, v, path))
        return false;
    if (value_get(v, "unit") && !value_is(value_get(v, "unit"), VALUE_TEXT))
        return manifest_fail(r, path, "expected a text for the unit");
    value title = value_nil();
    value own_name = value_text(name);
    const value *given = value_get(v, "title");
    bool ok = manifest_titles(r, path, given ? given : &own_name, &title);
    value_free(&own_name);
    if (!ok)
        return false;
    *out = value_copy(v);
    value_set(out, "title", title);
    return true;
}

bool manifest_read_settings(const manifest_reader *r, const value *v, value *out)
{
    if (!value_is(v, VALUE_MAP))
        return manifest_fail(r, "settings", "expected an object, got %s", value_type_name(v->type));
    bool ok = true;
    *out = value_map();
    for (size_t i = 0; ok && i < v->as.map.len; i++) {
        const value_entry *item = &v->as.map.items[i];
        value setting = value_nil();
        buf path = {0};
        buf_fmt(&path, "settings.%s", item->key);
        ok = read_setting(r, item->key, buf_text(&path), &item->value, &setting);
        buf_free(&path);
        value_add(out, item->key, setting);
    }
    return ok;
}

static bool refuse_unknown(const value *manifest, const char *name, err *e)
{
    const value *known = value_get(manifest, "settings");
    size_t count = value_len(known);
    const char **names = mem_zero(count + 1, sizeof *names);
    buf all = {0};
    for (size_t i = 0; i < count; i++) {
        names[i] = known->as.map.items[i].key;
        buf_fmt(&all, "%s%s", i ? ", " : "", names[i]);
    }
    const char *plugin = value_get_str(manifest, "name", "");
    err_set(e, ERR_BAD_DATA, "the plugin %s has no setting \"%s\"", plugin, name);
    const char *near = text_nearest(name, names, count);
    if (near)
        err_hint(e, "did you mean \"%s\"?", near);
    else if (count)
        err_hint(e, "its settings: %s", buf_text(&all));
    else
        err_hint(e, "it has no settings");
    buf_free(&all);
    free(names);
    return false;
}

static bool refuse_value(const value *manifest, const value_entry *chosen, const value *setting,
                         err *e)
{
    buf wanted = {0}, got = {0};
    describe(setting, &wanted);
    json_write(&got, &chosen->value);
    err_set(e, ERR_BAD_DATA, "the plugin %s: setting \"%s\": expected %s, got %s",
            value_get_str(manifest, "name", ""), chosen->key, buf_text(&wanted), buf_text(&got));
    buf_free(&wanted);
    buf_free(&got);
    return false;
}

bool manifest_settings(const value *manifest, const value *chosen, value *out, err *e)
{
    const value *known = value_get(manifest, "settings");
    if (chosen && !value_is(chosen, VALUE_MAP) && !value_is(chosen, VALUE_NIL))
        return err_set(e, ERR_BAD_DATA, "the plugin %s: expected a table of settings, got %s",
                       value_get_str(manifest, "name", ""), value_type_name(chosen->type));
    bool any = value_is(chosen, VALUE_MAP);
    for (size_t i = 0; any && i < chosen->as.map.len; i++) {
        const value_entry *item = &chosen->as.map.items[i];
        const value *setting = value_get(known, item->key);
        if (!setting)
            return refuse_unknown(manifest, item->key, e);
        if (!accepts(setting, &item->value))
            return refuse_value(manifest, item, setting, e);
    }
    value result = value_map();
    for (size_t i = 0; i < value_len(known); i++) {
        const value_entry *item = &known->as.map.items[i];
        const value *own = any ? value_get(chosen, item->key) : NULL;
        value_add(&result, item->key, value_copy(own ? own : value_get(&item->value, "default")));
    }
    *out = result;
    return true;
}
