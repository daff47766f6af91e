#include "cli/kinds_known.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/text.h"
#include "cli/lang.h"
#include "host/absent.h"
#include "host/declared.h"
#include "store/kinds.h"
#include "store/select.h"

static const value *named(const value *list, const char *name)
{
    for (size_t i = 0; i < value_len(list); i++)
        if (strcmp(value_get_str(value_at(list, i), "name", ""), name) == 0)
            return value_at(list, i);
    return NULL;
}

const value *kinds_named(const value *kinds, const char *kind)
{
    return named(kinds, kind);
}

const value *kinds_field(const value *schema, const char *field)
{
    return named(value_get(schema, "fields"), field);
}

const char *kinds_nearest_field(const value *schema, const char *field)
{
    const value *fields = value_get(schema, "fields");
    size_t count = value_len(fields);
    const char **names = mem_zero(count + 1, sizeof *names);
    for (size_t i = 0; i < count; i++)
        names[i] = value_get_str(value_at(fields, i), "name", "");
    const char *near = text_nearest(field, names, count);
    free(names);
    return near;
}

const char *kinds_field_title(const value *schema, const char *name)
{
    return lang_title(value_get(kinds_field(schema, name), "title"), name);
}

static bool refuse(cli *c, const value *kinds, const char *kind, err_code code, err *e)
{
    err why_not_loaded = {0};
    const host *h = cli_loaded(c, &why_not_loaded);

    size_t count = value_len(kinds);
    const char **names = mem_zero(count + 1, sizeof *names);
    buf all = {0};
    for (size_t i = 0; i < count; i++) {
        names[i] = value_get_str(value_at(kinds, i), "name", "");
        buf_fmt(&all, "%s%s", i ? ", " : "", names[i]);
    }
    const char *near = text_nearest(kind, names, count);
    err_set(e, code, "there is no kind \"%s\"", kind);
    if (near)
        err_hint(e, "did you mean \"%s\"?", near);
    else if (count)
        err_hint(e, "there are: %s", buf_text(&all));
    else if (why_not_loaded.code)
        err_hint(e, "kinds come from plugins, and those can't be loaded: %s",
                 why_not_loaded.message);
    else
        err_hint(e, "kinds come from plugins: see `polder plugin list`");
    buf_free(&all);
    free(names);
    return h ? absent_hint(host_plugins(h), e) : false;
}

bool kinds_known(cli *c, const char *kind, value *out, err *e)
{
    value kinds = value_nil();
    err ignored = {0};
    store *st = cli_store(c, e);
    if (!st || !kinds_load(st, &kinds, e))
        return false;
    bool found = kind ? kinds_named(&kinds, kind) != NULL : value_len(&kinds) > 0;
    host *h = found ? NULL : cli_loaded(c, &ignored);
    if (h) {
        value_free(&kinds);
        if (!declared_save(h, e) || !kinds_load(st, &kinds, e))
            return false;
    }
    if (kind && !kinds_named(&kinds, kind)) {
        refuse(c, &kinds, kind, ERR_BAD_DATA, e);
        value_free(&kinds);
        return false;
    }
    *out = kinds;
    return true;
}

bool kinds_stored(cli *c, const char *kind, value *out, err *e)
{
    value kinds = value_nil(), counts = value_nil();
    err ignored = {0};
    store *st = cli_store(c, e);
    bool ok = st && kinds_load(st, &kinds, e) && store_kinds(st, &counts, e);
    bool there = ok && (kinds_named(&kinds, kind) || value_get(&counts, kind));
    host *h = ok && !there ? cli_loaded(c, &ignored) : NULL;
    if (h) {
        value_free(&kinds);
        ok = declared_known(h, &kinds, e);
        there = ok && kinds_named(&kinds, kind);
    }
    if (ok && !there)
        ok = refuse(c, &kinds, kind, ERR_NOT_FOUND, e);
    value_free(&counts);
    if (ok)
        *out = kinds;
    else
        value_free(&kinds);
    return ok;
}
