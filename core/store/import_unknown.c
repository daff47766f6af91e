/* Fields that rows have and no kind declares: kept, for data may be ahead of its schema, and told
 * once each. */
#include <stdlib.h>
#include <string.h>

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

bool unknown_note(store *st, const row_plan *p, value *unknown, err *e)
{
    const value *schema = NULL;
    char *kind = mem_copy(p->id, strcspn(p->id, "/"));
    bool ok = schema_load(st, kind, &schema, e);
    for (size_t i = 0; ok && schema && i < value_len(&p->parts); i++) {
        const value *part = value_at(&p->parts, i);
        for (size_t k = 0; k < value_len(part); k++) {
            const char *field = part->as.map.items[k].key;
            if (!schema_field(schema, field) && !is_counted(p, i, field))
                count(unknown, kind, field);
        }
    }
    free(kind);
    return ok;
}

void unknown_tell(store *st, const value *unknown, const import_options *o)
{
    for (size_t i = 0; o->unknown_field && i < value_len(unknown); i++) {
        const value_entry *kind = &unknown->as.map.items[i];
        const value *schema = NULL;
        if (!schema_load(st, kind->key, &schema, NULL))
            return;
        for (size_t k = 0; k < value_len(&kind->value); k++) {
            const value_entry *field = &kind->value.as.map.items[k];
            o->unknown_field(o->ctx, kind->key, field->key, schema_nearest(schema, field->key),
                             field->value.as.integer);
        }
    }
}
