#include "cli/put_says.h"

#include <string.h>

#include "base/json.h"
#include "base/log.h"
#include "base/text.h"

enum { MOST_SHOWN = 3, VALUE_BYTES = 80 };

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

static void warn(const statement *said, const char *field, const value *claim)
{
    const char *source = value_get_str(claim, "source", NULL);
    const value *v = value_get(claim, "value");
    buf written = {0}, shown = {0}, by = {0};
    json_write(&written, v);
    text_escape(&shown, buf_text(&written), written.len, VALUE_BYTES);
    if (source)
        buf_fmt(&by, "%s (grade %s)", source, value_get_str(claim, "reliability", ""));
    log_line(LOG_WARN,
             "%s: %s stands, as %s says%s; yours is kept beside it; to make yours stand: polder "
             "settle %s %s %s%s --why TEXT",
             field, value_is(v, VALUE_NIL) ? "nothing" : buf_text(&shown),
             source ? buf_text(&by) : "one's own word",
             value_get_str(claim, "settled", NULL) ? " and a person settled" : "", said->id, field,
             said->source ? "--source " : "--own", said->source ? said->source : "");
    buf_free(&written);
    buf_free(&shown);
    buf_free(&by);
}

bool put_says_outweighed(store *st, const statement *said, const value *record, err *e)
{
    static const value NONE = {0};
    value claims = value_nil();
    bool ok = true;
    for (size_t i = 0; ok && i < value_len(said->fields); i++) {
        const value_entry *entry = &said->fields->as.map.items[i];
        const value *now = value_get(record, entry->key);
        if (value_equal(&entry->value, now ? now : &NONE))
            continue;
        if (value_is(&claims, VALUE_NIL))
            ok = store_claims(st, said->id, &claims, e);
        const value *claim = ok ? standing(&claims, entry->key, now) : NULL;
        if (claim)
            warn(said, entry->key, claim);
    }
    value_free(&claims);
    return ok;
}

/* A reference to a record that is not there is kept, for that may come; or it is a typing error. */
void put_says_missing(store *st, const value *missing, int64_t count)
{
    for (size_t i = 0; i < value_len(missing) && i < MOST_SHOWN; i++) {
        const value *row = value_at(missing, i);
        err why = {0};
        value none = value_nil();
        if (store_get(st, value_get_str(row, "target", ""), &none, &why))
            value_free(&none);
        log_line(LOG_WARN, "%s: %s%s%s; kept all the same", value_get_str(row, "field", ""),
                 why.message, *why.hint ? "; " : "", why.hint);
    }
    if (count > MOST_SHOWN)
        log_line(LOG_WARN, "and %lld more such %s", (long long)(count - MOST_SHOWN),
                 text_plural(count - MOST_SHOWN, "reference", "references"));
}
