#include "host/manifest.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/json.h"
#include "base/text.h"
#include "host/manifest_read.h"

bool manifest_fail(const manifest_reader *r, const char *path, const char *format, ...)
{
    va_list args;
    buf message = {0};
    if (*path)
        buf_fmt(&message, "%s: ", path);
    va_start(args, format);
    buf_vfmt(&message, format, args);
    va_end(args);
    err_set(r->e, ERR_BAD_DATA, "%s", buf_text(&message));
    buf_free(&message);
    json_place place = json_find(r->text, r->len, path);
    if (place.line)
        return err_where(r->e, "%s:%d", r->name, place.line);
    return err_where(r->e, "%s", r->name);
}

bool manifest_keys(const manifest_reader *r, const value *map, const char *path,
                   const char *const *known, size_t count)
{
    if (!value_is(map, VALUE_MAP))
        return manifest_fail(r, path, "expected an object, got %s", value_type_name(map->type));
    for (size_t i = 0; i < map->as.map.len; i++) {
        const char *key = map->as.map.items[i].key;
        size_t at = 0;
        while (at < count && strcmp(known[at], key) != 0)
            at++;
        if (at < count)
            continue;
        buf full = {0};
        buf_fmt(&full, "%s%s%s", path, *path ? "." : "", key);
        manifest_fail(r, buf_text(&full), "there is no such key");
        buf_free(&full);
        const char *near = text_nearest(key, known, count);
        if (near)
            return err_hint(r->e, "did you mean \"%s\"?", near);
        buf all = {0};
        for (size_t k = 0; k < count; k++)
            buf_fmt(&all, "%s%s", k ? ", " : "", known[k]);
        err_hint(r->e, "keys here: %s", buf_text(&all));
        buf_free(&all);
        return false;
    }
    return true;
}

/* Names of plugins ('-') and of settings and kinds ('_'). */
static bool is_name(const char *text, char joiner)
{
    size_t len = strlen(text);
    if (len == 0 || len > 40 || *text < 'a' || *text > 'z')
        return false;
    for (; *text; text++)
        if (!(*text >= 'a' && *text <= 'z') && !(*text >= '0' && *text <= '9') && *text != joiner)
            return false;
    return true;
}

bool manifest_is_setting(const char *name)
{
    return is_name(name, '_');
}

static bool read_name(const manifest_reader *r, const value *v, value *out)
{
    if (!is_name(value_str(v, ""), '-'))
        return manifest_fail(r, "name",
                             "expected lower-case letters, digits and '-', a letter first, at most "
                             "40, such as \"zeeland\"");
    *out = value_copy(v);
    return true;
}

static bool read_version(const manifest_reader *r, const value *v, value *out)
{
    if (!manifest_version_is_whole(value_str(v, "")))
        return manifest_fail(r, "version", "expected three numbers in a text, such as \"1.2.0\"");
    *out = value_copy(v);
    return true;
}

static bool read_api(const manifest_reader *r, const value *v, value *out)
{
    int64_t api = value_as_int(v, 0);
    if (!value_is(v, VALUE_INT) || api < 1)
        return manifest_fail(r, "api", "expected the number of the plugin API, %d", MANIFEST_API);
    if (api > MANIFEST_API) {
        manifest_fail(r, "api", "this plugin is for API %lld, and this Polder has API %d",
                      (long long)api, MANIFEST_API);
        return err_hint(r->e, "update Polder, or use an older version of the plugin");
    }
    *out = value_int(api);
    return true;
}

/* A text in both languages: {nl, en}, one of them, or one text for both. */
bool manifest_titles(const manifest_reader *r, const char *path, const value *v, value *out)
{
    static const char *const LANGUAGES[] = {"nl", "en"};
    const char *nl = value_str(v, NULL), *en = nl;
    if (!nl) {
        if (!value_is(v, VALUE_MAP))
            return manifest_fail(r, path, "expected a text, or {\"nl\": …, \"en\": …}");
        if (!manifest_keys(r, v, path, LANGUAGES, 2))
            return false;
        nl = value_get_str(v, "nl", NULL);
        en = value_get_str(v, "en", nl);
        nl = nl ? nl : en;
        if (!nl || value_len(v) != (size_t)(value_get_str(v, "nl", NULL) != NULL) +
                                       (size_t)(value_get_str(v, "en", NULL) != NULL))
            return manifest_fail(r, path, "expected a text for nl and for en");
    }
    *out = value_map();
    value_add(out, "nl", value_text(nl));
    value_add(out, "en", value_text(en));
    return true;
}

static bool read_title(const manifest_reader *r, const value *v, value *out)
{
    return manifest_titles(r, "title", v, out);
}

static bool read_description(const manifest_reader *r, const value *v, value *out)
{
    return manifest_titles(r, "description", v, out);
}

static bool read_contact(const manifest_reader *r, const value *v, value *out)
{
    if (!value_is(v, VALUE_TEXT))
        return manifest_fail(r, "contact",
                             "expected a text that says whom to tell of errors, got %s",
                             value_type_name(v->type));
    *out = value_copy(v);
    return true;
}

static bool is_inside(const char *path)
{
    if (!*path || *path == '/')
        return false;
    for (const char *part = path; part; part = strchr(part, '/'), part = part ? part + 1 : NULL) {
        size_t len = strcspn(part, "/");
        if (len == 0 || (len == 1 && *part == '.') || (len == 2 && strncmp(part, "..", 2) == 0))
            return false;
    }
    return true;
}

static bool read_main(const manifest_reader *r, const value *v, value *out)
{
    const char *path = value_str(v, "");
    size_t len = strlen(path);
    if (!is_inside(path) || len < 5 || strcmp(path + len - 4, ".lua") != 0)
        return manifest_fail(r, "main",
                             "expected a Lua file in the plugin's folder, such as \"init.lua\"");
    *out = value_copy(v);
    return true;
}

static bool read_requires(const manifest_reader *r, const value *v, value *out)
{
    if (!value_is(v, VALUE_MAP))
        return manifest_fail(r, "requires", "expected an object {plugin: version}, got %s",
                             value_type_name(v->type));
    for (size_t i = 0; i < v->as.map.len; i++) {
        const value_entry *item = &v->as.map.items[i];
        buf path = {0};
        bool ok = is_name(item->key, '-') && manifest_range_is_whole(value_str(&item->value, ""));
        buf_fmt(&path, "requires.%s", item->key);
        if (!ok)
            manifest_fail(r, buf_text(&path),
                          "expected a plugin's name and a version such as \">=1.0\"");
        buf_free(&path);
        if (!ok)
            return false;
    }
    *out = value_copy(v);
    return true;
}

static bool read_integer(const manifest_reader *r, const value *map, const char *key,
                         int64_t minimum, int64_t maximum, int64_t otherwise, value *out)
{
    const value *v = value_get(map, key);
    buf path = {0};
    int64_t number = v ? value_as_int(v, minimum - 1) : otherwise;
    bool ok = number >= minimum && number <= maximum;
    buf_fmt(&path, "capabilities.%s", key);
    if (!ok)
        manifest_fail(r, buf_text(&path), "expected a whole number from %lld to %lld",
                      (long long)minimum, (long long)maximum);
    buf_free(&path);
    if (ok)
        value_add(out, key, value_int(number));
    return ok;
}

static bool is_host(const char *text)
{
    if (strncmp(text, "*.", 2) == 0)
        text += 2;
    return *text && strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789.-") == strlen(text);
}

static bool is_kind_or_all(const char *text)
{
    return strcmp(text, "*") == 0 || is_name(text, '_');
}

static bool is_event_glob(const char *text)
{
    return *text && strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789._-*?") == strlen(text);
}

/* A list of texts that each pass `fits`; absent is empty. */
static bool read_texts(const manifest_reader *r, const value *map, const char *group,
                       const char *key, bool (*fits)(const char *text), const char *expected,
                       value *out)
{
    const value *list = value_get(map, key);
    bool ok = !list || value_is(list, VALUE_LIST);
    size_t at = 0;
    while (ok && at < value_len(list) && (ok = fits(value_str(value_at(list, at), ""))))
        at++;
    if (ok) {
        value_add(out, key, list ? value_copy(list) : value_list());
        return true;
    }
    buf path = {0};
    buf_fmt(&path, "%s.%s", group, key);
    if (value_is(list, VALUE_LIST))
        buf_fmt(&path, ".%zu", at);
    manifest_fail(r, buf_text(&path), "expected a list of %s", expected);
    buf_free(&path);
    return false;
}

static bool read_records(const manifest_reader *r, const value *v, value *out)
{
    static const char *const KEYS[] = {"read", "write"};
    static const char PATH[] = "capabilities.records", KINDS[] = "kinds, or \"*\" for all";
    static const value NONE = {.type = VALUE_MAP};
    v = v ? v : &NONE;
    *out = value_map();
    return manifest_keys(r, v, PATH, KEYS, 2) &&
           read_texts(r, v, PATH, "read", is_kind_or_all, KINDS, out) &&
           read_texts(r, v, PATH, "write", is_kind_or_all, KINDS, out);
}

static bool read_match(const manifest_reader *r, const value *v, value *out)
{
    if (v && !value_is(v, VALUE_BOOL))
        return manifest_fail(r, "capabilities.match",
                             "expected true or false: may it rank by scorecards (polder.match)?");
    value_add(out, "match", value_bool(v && v->as.boolean));
    return true;
}

static bool read_capabilities(const manifest_reader *r, const value *v, value *out)
{
    static const char *const KEYS[] = {"http",      "records", "emit",  "files",
                                       "memory_mb", "call_ms", "match", "runs"};
    static const char PATH[] = "capabilities";
    value records = value_nil();
    *out = value_map();
    if (!manifest_keys(r, v, PATH, KEYS, 8) ||
        !read_texts(r, v, PATH, "http", is_host, "host names, such as \"opendata.example\"", out))
        return false;
    bool ok = read_records(r, value_get(v, "records"), &records);
    value_add(out, "records", records);
    return ok && read_texts(r, v, PATH, "emit", is_event_glob, "event types: \"zeeland.*\"", out) &&
           read_texts(r, v, PATH, "files", is_inside, "paths in the workspace, without \"..\"",
                      out) &&
           read_match(r, value_get(v, "match"), out) &&
           read_texts(r, v, PATH, "runs", is_kind_or_all, "sorts of runs, such as \"match\"",
                      out) &&
           read_integer(r, v, "memory_mb", 4, 4096, MANIFEST_MEMORY_MB, out) &&
           read_integer(r, v, "call_ms", 10, 600000, MANIFEST_CALL_MS, out);
}

/* One row a key: how it is read, and what stands for it when it is absent (JSON; NULL: it must be
 * there). */
static const struct {
    const char *key, *otherwise;
    bool (*read)(const manifest_reader *r, const value *v, value *out);
} KEYS[] = {
    {"name", NULL, read_name},
    {"version", NULL, read_version},
    {"api", NULL, read_api},
    {"title", "\"\"", read_title},
    {"description", "\"\"", read_description},
    {"contact", "\"\"", read_contact},
    {"main", "\"init.lua\"", read_main},
    {"requires", "{}", read_requires},
    {"capabilities", "{}", read_capabilities},
    {"settings", "{}", manifest_read_settings},
};

enum { KEY_COUNT = sizeof KEYS / sizeof *KEYS };

static bool read_key(const manifest_reader *r, const value *document, size_t at, value *out)
{
    const value *given = value_get(document, KEYS[at].key);
    value absent = value_nil(), read = value_nil();
    if (!given && !KEYS[at].otherwise)
        return manifest_fail(r, "", "the key \"%s\" is missing", KEYS[at].key);
    if (!given)
        json_read(KEYS[at].otherwise, strlen(KEYS[at].otherwise), NULL, &absent, NULL);
    bool ok = KEYS[at].read(r, given ? given : &absent, &read);
    value_add(out, KEYS[at].key, read);
    value_free(&absent);
    return ok;
}

static void title_by_name(value *manifest)
{
    if (*value_get_str(value_get(manifest, "title"), "nl", ""))
        return;
    const char *name = value_get_str(manifest, "name", "");
    value title = value_map();
    value_add(&title, "nl", value_text(name));
    value_add(&title, "en", value_text(name));
    value_set(manifest, "title", title);
}

bool manifest_read(const char *text, size_t len, const char *name, value *out, err *e)
{
    const manifest_reader r = {text, len, name, e};
    const char *names[KEY_COUNT];
    value document = value_nil(), read = value_map();
    bool ok = json_read(text, len, name, &document, e);
    for (size_t i = 0; i < KEY_COUNT; i++)
        names[i] = KEYS[i].key;
    ok = ok && manifest_keys(&r, &document, "", names, KEY_COUNT);
    for (size_t i = 0; ok && i < KEY_COUNT; i++)
        ok = read_key(&r, &document, i, &read);
    if (ok) {
        title_by_name(&read);
        *out = read;
        read = value_nil();
    }
    value_free(&read);
    value_free(&document);
    return ok;
}
