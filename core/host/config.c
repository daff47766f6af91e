#include "host/config.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"

const config_option CONFIG_OPTIONS[] = {
    {"workers", VALUE_INT, 0, 256, "scoring workers at a time; 0: as many as the work is worth"},
    {"disabled", VALUE_LIST, 0, 0, "plugins that are not loaded, by name"},
    {"settings", VALUE_MAP, 0, 0, "settings of plugins: { zeeland = { port_bonus = 8 } }"},
    {"audit", VALUE_MAP, 0, 0,
     "what `polder serve` signs: { sign_every = \"1h\", key = \"audit.key\", keep = "
     "\"/elsewhere/heads.jsonl\" }"},
    {"allow_without", VALUE_LIST, 0, 0,
     "layers of the sandbox that plugins may run without, where the kernel lacks them: "
     "\"seccomp\", "
     "\"landlock\", \"no_new_privs\", \"limits\""},
};
const size_t CONFIG_OPTIONS_LEN = sizeof CONFIG_OPTIONS / sizeof CONFIG_OPTIONS[0];

static const config_option *option_of(const char *name, err *e)
{
    const char *names[sizeof CONFIG_OPTIONS / sizeof CONFIG_OPTIONS[0]];
    for (size_t i = 0; i < CONFIG_OPTIONS_LEN; i++) {
        names[i] = CONFIG_OPTIONS[i].name;
        if (strcmp(name, names[i]) == 0)
            return &CONFIG_OPTIONS[i];
    }
    const char *nearest = text_nearest(name, names, CONFIG_OPTIONS_LEN);
    err_set(e, ERR_BAD_DATA, "there is no option '%s'", name);
    err_where(e, "polder.lua");
    if (nearest)
        err_hint(e, "did you mean '%s'?", nearest);
    return NULL;
}

static bool wrong(const config_option *o, const char *expected, const value *got, err *e)
{
    err_set(e, ERR_BAD_DATA, "option '%s': expected %s, got %s", o->name, expected,
            value_type_name(got->type));
    err_where(e, "polder.lua");
    return err_hint(e, "%s", o->help);
}

/* An empty table in Lua is a list and a map. */
static bool is_empty(const value *v)
{
    return (v->type == VALUE_LIST || v->type == VALUE_MAP) && value_len(v) == 0;
}

static bool check_list(const config_option *o, const value *v, err *e)
{
    if (v->type != VALUE_LIST)
        return wrong(o, "a list of texts", v, e);
    for (size_t i = 0; i < value_len(v); i++)
        if (!value_is(value_at(v, i), VALUE_TEXT))
            return wrong(o, "a list of texts", value_at(v, i), e);
    return true;
}

bool config_duration(const char *text, int64_t *out_ms)
{
    static const struct {
        char unit;
        int64_t ms;
    } UNITS[] = {{'s', 1000}, {'m', 60000}, {'h', 3600000}, {'d', 86400000}};
    size_t digits = strspn(text, "0123456789");
    if (digits == 0 || digits > 6 || !text[digits] || text[digits + 1])
        return false;
    for (size_t i = 0; i < sizeof UNITS / sizeof *UNITS; i++)
        if (UNITS[i].unit == text[digits])
            *out_ms = strtol(text, NULL, 10) * UNITS[i].ms;
    return strchr("smhd", text[digits]) && strtol(text, NULL, 10) > 0;
}

static bool check_audit(const config_option *o, const value *v, err *e)
{
    static const char *const NAMES[] = {"sign_every", "key", "keep"};
    int64_t ms = 0;
    for (size_t i = 0; i < value_len(v); i++) {
        const value_entry *entry = &v->as.map.items[i];
        const char *near = text_nearest(entry->key, NAMES, 3);
        if (!near || strcmp(near, entry->key) != 0) {
            err_set(e, ERR_BAD_DATA, "option 'audit': there is no '%s' in it", entry->key);
            err_where(e, "polder.lua");
            return near ? err_hint(e, "did you mean '%s'?", near) : err_hint(e, "%s", o->help);
        }
        if (!value_is(&entry->value, VALUE_TEXT))
            return wrong(o, "texts in it", &entry->value, e);
    }
    const char *every = value_get_str(v, "sign_every", NULL);
    if (every && !config_duration(every, &ms)) {
        err_set(e, ERR_BAD_DATA, "option 'audit': sign_every is no time such as \"30m\": \"%s\"",
                every);
        err_where(e, "polder.lua");
        return err_hint(e, "a number and s, m, h or d");
    }
    return true;
}

static bool check_one(const config_option *o, const value *v, err *e)
{
    if (is_empty(v) && o->type != VALUE_INT)
        return true;
    if (o->type == VALUE_LIST)
        return check_list(o, v, e);
    if (o->type == VALUE_MAP && v->type != VALUE_MAP)
        return wrong(o, "a table with names as keys", v, e);
    if (o->type == VALUE_MAP)
        return strcmp(o->name, "audit") != 0 || check_audit(o, v, e);
    int64_t number = value_as_int(v, o->minimum - 1);
    if (number >= o->minimum && number <= o->maximum)
        return true;
    err_set(e, ERR_BAD_DATA, "option '%s': expected a whole number from %lld to %lld", o->name,
            (long long)o->minimum, (long long)o->maximum);
    err_where(e, "polder.lua");
    return err_hint(e, "%s", o->help);
}

bool config_check(const value *raw, value *out, err *e)
{
    value config = value_map();

    if (raw && raw->type != VALUE_MAP && raw->type != VALUE_NIL && !is_empty(raw)) {
        err_set(e, ERR_BAD_DATA, "polder.lua must return a table of options, got %s",
                value_type_name(raw->type));
        return err_where(e, "polder.lua");
    }
    for (size_t i = 0; raw && raw->type == VALUE_MAP && i < value_len(raw); i++) {
        const value_entry *entry = &raw->as.map.items[i];
        const config_option *o = option_of(entry->key, e);
        if (!o || !check_one(o, &entry->value, e)) {
            value_free(&config);
            return false;
        }
        if (!is_empty(&entry->value))
            value_add(&config, o->name, value_copy(&entry->value));
    }
    for (size_t i = 0; i < CONFIG_OPTIONS_LEN; i++) {
        const config_option *o = &CONFIG_OPTIONS[i];
        if (!value_get(&config, o->name))
            value_add(&config, o->name,
                      o->type == VALUE_INT    ? value_int(0)
                      : o->type == VALUE_LIST ? value_list()
                                              : value_map());
    }
    *out = config;
    return true;
}

bool config_lists(const value *config, const char *option, const char *word)
{
    return value_holds(value_get(config, option), word);
}
