#include "cli/put_says.h"

#include <string.h>

#include "base/log.h"
#include "base/text.h"

enum { MOST_SHOWN = 3 };

static bool is(const value *note, const char *name)
{
    return strcmp(value_get_str(note, "note", ""), name) == 0;
}

static void say(const statement *said, const value *note)
{
    const char *hint = value_get_str(note, "hint", NULL);
    if (is(note, "outweighed"))
        log_line(LOG_WARN, "%s; to make yours stand: polder settle %s %s %s%s --why TEXT",
                 value_get_str(note, "message", ""), said->id, value_get_str(note, "field", ""),
                 said->source ? "--source " : "--own", said->source ? said->source : "");
    else
        log_line(LOG_WARN, "%s%s%s; kept all the same", value_get_str(note, "message", ""),
                 hint ? "; " : "", hint ? hint : "");
}

void put_says(const statement *said, const value *notes)
{
    int64_t missing = 0;
    for (size_t i = 0; i < value_len(notes); i++) {
        const value *note = value_at(notes, i);
        missing += is(note, "missing_reference");
        if (missing <= MOST_SHOWN || !is(note, "missing_reference"))
            say(said, note);
    }
    if (missing > MOST_SHOWN)
        log_line(LOG_WARN, "and %lld more such %s", (long long)(missing - MOST_SHOWN),
                 text_plural(missing - MOST_SHOWN, "reference", "references"));
}

value put_says_missing(const statement *said, const value *notes)
{
    value missing = value_list();
    for (size_t i = 0; i < value_len(notes); i++) {
        const value *note = value_at(notes, i);
        if (!is(note, "missing_reference"))
            continue;
        value *row = value_push(&missing, value_map());
        value_add(row, "record", value_text(said->id));
        value_add(row, "field", value_copy(value_get(note, "field")));
        value_add(row, "target", value_copy(value_get(note, "target")));
    }
    return missing;
}
