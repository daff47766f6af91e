/* Fields that rows have and no kind declares, and words outside an open vocabulary: kept, for data
 * may be ahead of its schema, and told once each. Counted as kind → field → rows and as kind.field
 * → word → times. */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "store/import_parts.h"
#include "store/schema.h"

/* Whether an earlier claim of the row is on the field too. */
static bool is_counted(const row_plan *p, size_t part, const char *field)
{
    for (size_t i = 0; i < part; i++) {
        if (value_get(value_at(&p->parts, i), field))
            return true;
    }
    return false;
}

static void count(value *unknown, const char *kind, const char *field)
{
    const value *fields = value_get(unknown, kind);
    int64_t rows = value_get_int(fields, field, 0);
    value changed = fields ? value_copy(fields) : value_map();
    value_set(&changed, field, value_int(rows + 1));
    value_set(unknown, kind, changed);
}

/* Different words of one field that are counted: enough to see what is going on. */
enum { WORDS_MOST = 50 };

static void note_word(value *unknown, const char *place, const value *field, const value *v)
{
    const char *word = value_str(v, NULL);
    const value *seen = value_get(unknown, place);
    if (word && !schema_has_term(field, word) &&
        (value_get(seen, word) || value_len(seen) < WORDS_MOST))
        count(unknown, place, word);
}

static void note_words(value *unknown, const char *kind, const char *name, const value *field,
                       const value *v)
{
    buf place = {0};
    buf_fmt(&place, "%s.%s", kind, name);
    note_word(unknown, buf_text(&place), field, v);
    for (size_t i = 0; value_is(v, VALUE_LIST) && i < value_len(v); i++)
        note_word(unknown, buf_text(&place), field, value_at(v, i));
    buf_free(&place);
}

bool unknown_note(store *st, const row_plan *p, value *unknown, err *e)
{
    const value *schema = NULL;
    char *kind = mem_copy(p->id, strcspn(p->id, "/"));
    bool ok = schema_load(st, kind, &schema, e);
    for (size_t i = 0; ok && schema && i < value_len(&p->parts); i++) {
        const value *part = value_at(&p->parts, i);
        for (size_t k = 0; k < value_len(part); k++) {
            const char *name = part->as.map.items[k].key;
            const value *field = schema_field(schema, name);
            if (!field && !is_counted(p, i, name))
                count(unknown, kind, name);
            else if (value_get_bool(field, "open", false))
                note_words(unknown, kind, name, field, &part->as.map.items[k].value);
        }
    }
    free(kind);
    return ok;
}

static void tell_words(store *st, const value_entry *place, const import_options *o)
{
    const char *dot = strchr(place->key, '.');
    char *kind = mem_copy(place->key, (size_t)(dot - place->key));
    const value *schema = NULL;
    if (o->unknown_term && schema_load(st, kind, &schema, NULL)) {
        const value *field = schema_field(schema, dot + 1);
        for (size_t i = 0; i < value_len(&place->value); i++) {
            const value_entry *word = &place->value.as.map.items[i];
            o->unknown_term(o->ctx, place->key, word->key, schema_nearest_term(field, word->key),
                            word->value.as.integer);
        }
    }
    free(kind);
}

void unknown_tell(store *st, const value *unknown, const import_options *o)
{
    for (size_t i = 0; o->unknown_field && i < value_len(unknown); i++) {
        const value_entry *kind = &unknown->as.map.items[i];
        const value *schema = NULL;
        if (strchr(kind->key, '.')) {
            tell_words(st, kind, o);
            continue;
        }
        if (!schema_load(st, kind->key, &schema, NULL))
            return;
        for (size_t k = 0; k < value_len(&kind->value); k++) {
            const value_entry *field = &kind->value.as.map.items[k];
            o->unknown_field(o->ctx, kind->key, field->key, schema_nearest(schema, field->key),
                             field->value.as.integer);
        }
    }
}
