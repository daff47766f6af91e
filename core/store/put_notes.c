#include "store/put_notes.h"

#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/mem.h"
#include "base/text.h"
#include "store/reference.h"
#include "store/schema.h"
#include "store/store_parts.h"

enum { VALUE_BYTES = 80, MISSING_MOST = 1000, HINTS_MOST = 10 };

/* *why is what an error would say; returns the note, for what more there is in it. Borrowed. */
static value *add(value *out, const char *note, const char *field, const err *why)
{
    value *row = value_push(out, value_map());
    value_add(row, "note", value_text(note));
    value_add(row, "field", value_text(field));
    value_add(row, "message", value_text(why->message));
    value_add(row, "hint", *why->hint ? value_text(why->hint) : value_nil());
    return row;
}

static void hint_near(err *why, const char *near)
{
    if (near)
        err_hint(why, "did you mean \"%s\"?", near);
}

/* A field outside the schema is kept, for data may be ahead of it; but it may be a typing error. */
static void note_field(const value *schema, const char *name, value *out)
{
    err why = {0};
    err_set(&why, ERR_BAD_DATA, "the kind %s has no field \"%s\"",
            value_get_str(schema, "name", ""), name);
    hint_near(&why, schema_nearest(schema, name));
    add(out, "undeclared_field", name, &why);
}

static void note_word(const value *field, const char *name, const value *v, value *out)
{
    const char *word = value_str(v, NULL);
    err why = {0};
    if (!word || schema_has_term(field, word))
        return;
    err_set(&why, ERR_BAD_DATA, "\"%s\" is not in the vocabulary of %s", word, name);
    hint_near(&why, schema_nearest_term(field, word));
    value_add(add(out, "unknown_term", name, &why), "term", value_text(word));
}

static void note_words(const value *field, const char *name, const value *v, value *out)
{
    if (!value_get_bool(field, "open", false) || value_get_bool(field, "personal", false))
        return; /* what is personal stands in no warning */
    note_word(field, name, v, out);
    for (size_t i = 0; value_is(v, VALUE_LIST) && i < value_len(v); i++)
        note_word(field, name, value_at(v, i), out);
}

static bool note_undeclared(store *st, const statement *said, value *out, err *e)
{
    const value *schema = NULL;
    char *kind = mem_copy(said->id, strcspn(said->id, "/"));
    bool ok = schema_load(st, kind, &schema, e);
    if (ok && !schema) {
        err why = {0};
        err_set(&why, ERR_BAD_DATA, "no plugin declares the kind %s: nothing was checked", kind);
        add(out, "undeclared_kind", NULL, &why);
    }
    for (size_t i = 0; ok && schema && i < value_len(said->fields); i++) {
        const value_entry *entry = &said->fields->as.map.items[i];
        const value *field = schema_field(schema, entry->key);
        if (field)
            note_words(field, entry->key, &entry->value, out);
        else
            note_field(schema, entry->key, out);
    }
    free(kind);
    return ok;
}

/* The claim that gives the field its value: the settled one, else one that says just that. */
static const value *standing(const value *claims, const char *field, const value *now)
{
    const value *found = NULL;
    for (size_t i = 0; i < value_len(claims); i++) {
        const value *c = value_at(claims, i);
        bool same = strcmp(value_get_str(c, "field", ""), field) == 0 &&
                    (now ? value_equal(value_get(c, "value"), now)
                         : value_is(value_get(c, "value"), VALUE_NIL));
        if (same && (!found || value_get_str(c, "settled", NULL)))
            found = c;
    }
    return found;
}

static void note_standing(const char *field, const value *claim, value *out)
{
    static const char *const KEYS[] = {"value", "source", "reliability", "settled"};
    const char *source = value_get_str(claim, "source", NULL);
    const value *v = value_get(claim, "value");
    buf written = {0}, shown = {0}, by = {0};
    err why = {0};
    json_write(&written, v);
    text_escape(&shown, buf_text(&written), written.len, VALUE_BYTES);
    if (source)
        buf_fmt(&by, "%s (grade %s)", source, value_get_str(claim, "reliability", ""));
    err_set(&why, ERR_BAD_DATA, "%s: %s stands, as %s says%s; yours is kept beside it", field,
            value_is(v, VALUE_NIL) ? "nothing" : buf_text(&shown),
            source ? buf_text(&by) : "one's own word",
            value_get_str(claim, "settled", NULL) ? " and a person settled" : "");
    value *row = add(out, "outweighed", field, &why);
    for (size_t i = 0; i < sizeof KEYS / sizeof *KEYS; i++) {
        const value *one = value_get(claim, KEYS[i]);
        value_add(row, KEYS[i], one ? value_copy(one) : value_nil());
    }
    buf_free(&written);
    buf_free(&shown);
    buf_free(&by);
}

static bool note_outweighed(store *st, const statement *said, value *out, err *e)
{
    static const value NONE = {0};
    value record = value_nil(), claims = value_nil();
    bool ok = store_get(st, said->id, &record, e);
    for (size_t i = 0; ok && i < value_len(said->fields); i++) {
        const value_entry *entry = &said->fields->as.map.items[i];
        const value *now = value_get(&record, entry->key);
        if (value_equal(&entry->value, now ? now : &NONE))
            continue;
        if (value_is(&claims, VALUE_NIL))
            ok = store_claims(st, said->id, &claims, e);
        const value *claim = ok ? standing(&claims, entry->key, now) : NULL;
        if (claim)
            note_standing(entry->key, claim, out);
    }
    value_free(&claims);
    value_free(&record);
    return ok;
}

/* A reference to a record that is not there is kept, for that may come; or it is a typing error.
 * The nearest id costs a look at many: it is told of the first. */
static bool note_missing(store *st, const statement *said, size_t hints, value *out, err *e)
{
    int64_t count = 0;
    value missing = value_nil();
    if (!reference_missing_of(st, said->id, said->fields, MISSING_MOST, &count, &missing, e))
        return false;
    for (size_t i = 0; i < value_len(&missing); i++) {
        const char *field = value_get_str(value_at(&missing, i), "field", "");
        const char *target = value_get_str(value_at(&missing, i), "target", "");
        err why = {0};
        if (i < hints)
            store_missing(st, target, &why);
        else
            err_set(&why, ERR_NOT_FOUND, "there is no record %s", target);
        err_prefix(&why, "%s: ", field);
        value_add(add(out, "missing_reference", field, &why), "target", value_text(target));
    }
    value_free(&missing);
    return true;
}

bool put_notes(store *st, const statement *said, value *out, err *e)
{
    value notes = value_list();
    bool ok = note_undeclared(st, said, &notes, e) && note_outweighed(st, said, &notes, e) &&
              note_missing(st, said, HINTS_MOST, &notes, e);
    if (ok)
        *out = notes;
    else
        value_free(&notes);
    return ok;
}

bool put_notes_meant(store *st, const statement *said, value *out, err *e)
{
    value notes = value_list();
    bool ok = note_undeclared(st, said, &notes, e) && note_missing(st, said, 0, &notes, e);
    if (ok)
        *out = notes;
    else
        value_free(&notes);
    return ok;
}
