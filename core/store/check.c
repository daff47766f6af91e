/* What may be kept at all: ids, names of fields, and values that come back from JSON as they went
 * in. */
#include <math.h>
#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "store/store_parts.h"

static const int64_t EXACT = 9007199254740992; /* 2^53: what every reader of JSON reads exactly */

enum { KIND_LEN = 40, SLUG_LEN = 120 };

static size_t kind_len(const char *id)
{
    if (id[0] < 'a' || id[0] > 'z')
        return 0;
    return strspn(id, "abcdefghijklmnopqrstuvwxyz0123456789_");
}

static size_t slug_len(const char *slug)
{
    return strspn(slug, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-~");
}

static bool bad_slug(const char *id, const char *slug, err *e)
{
    size_t good = slug_len(slug);
    buf shown = {0}, better = {0};
    text_escape(&shown, id, strlen(id), 160);
    text_slug(&better, slug, strlen(slug));
    if (!slug[0])
        err_set(e, ERR_BAD_DATA, "the id \"%s\" has nothing after the slash", buf_text(&shown));
    else if (slug[good])
        err_set(
            e, ERR_BAD_DATA,
            "the id \"%s\" may only hold letters, digits, '.', '_', '-' and '~' after the slash",
            buf_text(&shown));
    else
        err_set(e, ERR_BAD_DATA, "the id \"%s\" is longer than %d characters after the slash",
                buf_text(&shown), SLUG_LEN);
    if (better.len > 0)
        err_hint(e, "%.*s/%s would do", (int)kind_len(id), id, buf_text(&better));
    buf_free(&shown);
    buf_free(&better);
    return false;
}

bool store_check_id(const char *id, err *e)
{
    size_t kind = kind_len(id);
    if (kind == 0 || kind > KIND_LEN || id[kind] != '/') {
        buf shown = {0};
        text_escape(&shown, id, strlen(id), 160);
        err_set(e, ERR_BAD_DATA, "the id \"%s\" is not of the form kind/slug", buf_text(&shown));
        buf_free(&shown);
        return err_hint(
            e, "as in solution/avy-drone; a kind is at most %d of a-z, 0-9 and _, from a letter",
            KIND_LEN);
    }
    const char *slug = id + kind + 1;
    size_t len = strlen(slug);
    return (len > 0 && len <= SLUG_LEN && slug_len(slug) == len) || bad_slug(id, slug, e);
}

bool check_is_reserved(const char *name)
{
    return strcmp(name, "id") == 0 || strcmp(name, "kind") == 0 || strcmp(name, "version") == 0 ||
           strcmp(name, "claims") == 0;
}

static const char *text_fault(const char *text, size_t len)
{
    if (memchr(text, 0, len))
        return "holds a zero byte";
    return text_invalid_at(text, len) < len ? "is not valid UTF-8" : NULL;
}

static const char *value_fault(const value *v, int depth);

static const char *inside_fault(const value *v, int depth)
{
    const char *why = NULL;
    for (size_t i = 0; !why && v->type == VALUE_LIST && i < v->as.list.len; i++)
        why = value_fault(&v->as.list.items[i], depth + 1);
    for (size_t i = 0; !why && v->type == VALUE_MAP && i < v->as.map.len; i++) {
        const value_entry *entry = &v->as.map.items[i];
        why = text_fault(entry->key, strlen(entry->key));
        if (!why)
            why = value_fault(&entry->value, depth + 1);
    }
    return why;
}

/* Why `v` would not come back the same; NULL when it would. */
static const char *value_fault(const value *v, int depth)
{
    if (depth > STORE_VALUE_DEPTH)
        return "is nested too deep (16 lists or maps inside each other is the most)";
    switch (v->type) {
    case VALUE_INT:
        return v->as.integer > EXACT || v->as.integer < -EXACT
                   ? "is a whole number beyond 2^53, which not every reader keeps exactly: quote it"
                   : NULL;
    case VALUE_DOUBLE:
        return isfinite(v->as.number) ? NULL : "is not a finite number";
    case VALUE_TEXT:
        return text_fault(v->as.text.bytes, v->as.text.len);
    case VALUE_LIST:
    case VALUE_MAP:
        return inside_fault(v, depth);
    default:
        return NULL;
    }
}

static const char *name_fault(const char *name)
{
    size_t len = strlen(name);
    if (len == 0)
        return "has no name";
    if (len > STORE_FIELD_BYTES)
        return "has a name of more than 100 bytes";
    for (size_t i = 0; i < len; i++) {
        if ((unsigned char)name[i] < ' ' || name[i] == 0x7f)
            return "has a control character in its name";
    }
    if (check_is_reserved(name))
        return "is not a field: the name is Polder's own";
    return text_fault(name, len);
}

bool check_fields(const char *id, const value *fields, err *e)
{
    if (!value_is(fields, VALUE_MAP))
        return err_set(e, ERR_BUG, "the fields of %s are not a map", id);
    for (size_t i = 0; i < fields->as.map.len; i++) {
        const value_entry *field = &fields->as.map.items[i];
        const char *why = name_fault(field->key);
        if (!why)
            why = value_fault(&field->value, 0);
        if (!why)
            continue;
        buf shown = {0};
        text_escape(&shown, field->key, strlen(field->key), 100);
        err_set(e, ERR_BAD_DATA, "the field \"%s\" %s", buf_text(&shown), why);
        buf_free(&shown);
        return err_where(e, "%s", id);
    }
    return true;
}

bool check_place(const statement *s, err *e)
{
    const char *why = s->place ? text_fault(s->place, strlen(s->place)) : NULL;
    int64_t days = 0;
    if (why)
        err_set(e, ERR_BAD_DATA, "the place in the source %s", why);
    else if (s->date && !clock_date_parse(s->date, &days))
        err_set(e, ERR_BAD_DATA, "the date of the claim is not of the form 2026-02-23");
    else
        return true;
    return err_where(e, "%s", s->id);
}
