/* That sources are withdrawn, as an export tells it: done when all is there that rests on them. */
#include "store/import_parts.h"
#include "store/settle.h"

void withdrawn_note(const row_plan *p, value *noted)
{
    if (p->withdrawn)
        value_set(noted, p->id, value_text(p->withdrawn));
}

bool withdrawn_do(store *st, const value *noted, err *e)
{
    for (size_t i = 0; i < value_len(noted); i++) {
        const value_entry *source = &noted->as.map.items[i];
        bool done = false;
        if (!withdraw_is(st, source->key, &done, e) ||
            (!done &&
             !store_withdraw(st, source->key, value_str(&source->value, ""), NULL, NULL, NULL, e)))
            return false;
    }
    return true;
}
