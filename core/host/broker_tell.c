/* What a plugin wrote that was kept and may not be what it meant: a field that the kind hasn't, a
 * word outside an open vocabulary, a reference to a record that is not there. As `polder put` and
 * `polder import` tell of theirs. */
#include "host/broker_tell.h"

#include <string.h>

#include "base/buf.h"
#include "base/log.h"
#include "store/put_notes.h"

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

static void tell(telling *t, const value *note)
{
    const char *name = value_get_str(note, "note", ""), *hint = value_get_str(note, "hint", NULL);
    bool about_record = strcmp(name, "missing_reference") == 0;
    if (strcmp(name, "undeclared_kind") == 0 ||
        !is_new(t, value_get_str(note, about_record ? "message" : "field", "")))
        return;
    log_line(LOG_WARN, "%s: polder.put: %s: %s%s%s; kept all the same",
             value_get_str(t->effect, "at", ""), value_get_str(t->effect, "id", ""),
             value_get_str(note, "message", ""), hint ? "; " : "", hint ? hint : "");
}

static bool tell_put(telling *t, err *e)
{
    value notes = value_nil();
    const statement said = {.id = value_get_str(t->effect, "id", ""),
                            .fields = value_get(t->effect, "fields")};
    bool ok = put_notes_meant(t->b->store, &said, &notes, e);
    for (size_t i = 0; i < value_len(&notes); i++)
        tell(t, value_at(&notes, i));
    value_free(&notes);
    return ok;
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
