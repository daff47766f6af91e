/* That sources are withdrawn, as an export tells it: done when all is there that rests on them. */
#include <string.h>

#include "store/import_parts.h"
#include "store/settle.h"

static value *part(value *noted, const char *key, value empty)
{
    if (!value_get(noted, key))
        return value_add(noted, key, empty);
    value_free(&empty);
    return (value *)value_get(noted, key); /* ours to change: `noted` is */
}

void withdrawn_note(const row_plan *p, value *noted)
{
    if (p->withdrawn)
        value_set(part(noted, "sources", value_map()), p->id, value_text(p->withdrawn));
    for (size_t i = 0; i < p->count; i++) {
        const statement *s = &p->list[i];
        if (!s->withdrawn || (s->source && strcmp(s->source, s->withdrawn) == 0))
            continue;
        value row = value_map();
        value_add(&row, "id", value_text(p->id));
        value_add(&row, "field", value_text(s->fields->as.map.items[0].key));
        value_add(&row, "source", value_text(s->source));
        value_add(&row, "with", value_text(s->withdrawn));
        value_push(part(noted, "others", value_list()), row);
    }
}

bool withdrawn_do(store *st, const value *noted, err *e)
{
    const value *sources = value_get(noted, "sources"), *others = value_get(noted, "others");
    for (size_t i = 0; i < value_len(sources); i++) {
        const value_entry *source = &sources->as.map.items[i];
        bool done = false;
        if (!withdraw_is(st, source->key, &done, e) ||
            (!done &&
             !store_withdraw(st, source->key, value_str(&source->value, ""), NULL, NULL, NULL, e)))
            return false;
    }
    for (size_t i = 0; i < value_len(others); i++) {
        const value *row = value_at(others, i);
        if (!withdraw_attach(st, value_get_str(row, "id", ""), value_get_str(row, "field", ""),
                             value_get_str(row, "source", NULL), value_get_str(row, "with", ""), e))
            return false;
    }
    return true;
}
