/* What a plugin wrote that was kept and may not be what it meant: a field that the kind hasn't, a
 * word outside an open vocabulary, a reference to a record that is not there. As `polder put` and
 * `polder import` tell of theirs. */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/log.h"
#include "base/mem.h"
#include "host/broker_tell.h"
#include "store/reference.h"
#include "store/schema.h"

enum { TOLD_MOST = 5 };

/* A loop that writes thousands of records says each thing once. */
typedef struct telling {
    const broker *b;
    const value *effect;
    value told; /* map: "place field" → true */
} telling;

static bool is_new(telling *t, const char *about)
{
    buf key = {0};
    buf_fmt(&key, "%s %s", value_get_str(t->effect, "at", ""), about);
    bool known = value_get(&t->told, buf_text(&key)) != NULL;
    value_set(&t->told, buf_text(&key), value_bool(true));
    buf_free(&key);
    return !known && value_len(&t->told) <= TOLD_MOST;
}

static void tell(const telling *t, const char *what, const char *near)
{
    log_line(LOG_WARN, "%s: polder.put: %s: %s%s%s%s; kept all the same",
             value_get_str(t->effect, "at", ""), value_get_str(t->effect, "id", ""), what,
             near ? "; did you mean \"" : "", near ? near : "", near ? "\"?" : "");
}

static void tell_word(telling *t, const value *field, const value *v)
{
    const char *name = value_get_str(field, "name", ""), *word = value_str(v, NULL);
    if (!word || schema_has_term(field, word) || !is_new(t, name))
        return;
    buf what = {0};
    buf_fmt(&what, "\"%.80s\" is not in the vocabulary of %s", word, name);
    tell(t, buf_text(&what), schema_nearest_term(field, word));
    buf_free(&what);
}

static void tell_field(telling *t, const value *schema, const value_entry *entry)
{
    const value *field = schema_field(schema, entry->key);
    if (!field && is_new(t, entry->key)) {
        buf what = {0};
        buf_fmt(&what, "the kind %s has no field \"%s\"", value_get_str(schema, "name", ""),
                entry->key);
        tell(t, buf_text(&what), schema_nearest(schema, entry->key));
        buf_free(&what);
    }
    if (!value_get_bool(field, "open", false) || value_get_bool(field, "personal", false))
        return;
    tell_word(t, field, &entry->value);
    for (size_t i = 0; value_is(&entry->value, VALUE_LIST) && i < value_len(&entry->value); i++)
        tell_word(t, field, value_at(&entry->value, i));
}

static bool tell_missing(telling *t, const char *id, const value *fields, err *e)
{
    value missing = value_nil();
    int64_t count = 0;
    if (!reference_missing_of(t->b->store, id, fields, TOLD_MOST, &count, &missing, e))
        return false;
    for (size_t i = 0; i < value_len(&missing); i++) {
        const value *row = value_at(&missing, i);
        buf what = {0};
        buf_fmt(&what, "%s: there is no record %s", value_get_str(row, "field", ""),
                value_get_str(row, "target", ""));
        if (is_new(t, buf_text(&what)))
            tell(t, buf_text(&what), NULL);
        buf_free(&what);
    }
    value_free(&missing);
    return true;
}

static bool tell_put(telling *t, err *e)
{
    const char *id = value_get_str(t->effect, "id", "");
    const value *fields = value_get(t->effect, "fields"), *schema = NULL;
    char *kind = mem_copy(id, strcspn(id, "/"));
    bool ok = schema_load(t->b->store, kind, &schema, e);
    free(kind);
    for (size_t i = 0; ok && schema && i < value_len(fields); i++)
        tell_field(t, schema, &fields->as.map.items[i]);
    return ok && tell_missing(t, id, fields, e);
}

bool broker_tell(const broker *b, err *e)
{
    telling t = {.b = b, .told = value_map()};
    bool ok = true;
    for (size_t i = 0; ok && i < value_len(&b->effects); i++) {
        t.effect = value_at(&b->effects, i);
        ok = !value_get(t.effect, "id") || tell_put(&t, e);
    }
    if (ok && value_len(&t.told) > TOLD_MOST)
        log_line(LOG_WARN, "and %zu more such", value_len(&t.told) - TOLD_MOST);
    value_free(&t.told);
    return ok;
}
