/* changes_print.c: what would gain a rank, a line a field. */
#include <math.h>

#include "base/text.h"
#include "cli/lang.h"
#include "cli/match_print.h"
#include "cli/out.h"
#include "cli/rows.h"
#include "engine/changes.h"

enum { TEXT_BYTES = 60 };

static bool dutch(void)
{
    return lang_code()[0] == 'n';
}

/* A long text is cut off: it is in the JSON document. */
static void add_value(buf *text, const value *v)
{
    buf all = {0};
    double lon = value_get_double(v, "lon", NAN), lat = value_get_double(v, "lat", NAN);
    if (!isnan(lon) && !isnan(lat))
        buf_fmt(&all, "%.4f, %.4f", lon, lat);
    else
        rows_cell_text(v, ", ", &all);
    if (!all.len)
        buf_str(&all, dutch() ? "niets" : "nothing");
    text_fit(text, buf_text(&all), all.len, TEXT_BYTES);
    buf_free(&all);
}

static void add_words(buf *text, const value *change, const value *words)
{
    bool none = value_is(value_get(change, "old"), VALUE_NIL);
    buf_str(text, dutch() ? (none ? "met" : "met ook") : none ? "saying" : "also saying");
    for (size_t i = 0; i < value_len(words); i++)
        buf_fmt(text, "%s '%s'", i ? "," : "", value_str(value_at(words, i), ""));
}

static void add_place(buf *text, const value *change, const char *towards)
{
    double km = value_get_double(change, "km", NAN);
    if (isnan(km))
        buf_fmt(text, dutch() ? "op %s in plaats van " : "at %s instead of ", towards);
    else
        buf_fmt(text, dutch() ? "%.*f km naar %s, van " : "%.*f km towards %s, from ", km < 1, km,
                towards);
    add_value(text, value_get(change, "old"));
}

static void add_what(buf *text, const value *change)
{
    const value *words = value_get(change, "words");
    const char *towards = value_get_str(change, "towards", NULL);
    buf_fmt(text, "%s ", value_get_str(change, "field", ""));
    if (words) {
        add_words(text, change, words);
    } else if (towards) {
        add_place(text, change, towards);
    } else {
        add_value(text, value_get(change, "new"));
        buf_str(text, dutch() ? " in plaats van " : " instead of ");
        add_value(text, value_get(change, "old"));
    }
}

/* "-": it had none, for a gate kept it out or nothing applied. */
static void add_rank(buf *text, const value *change, bool scored)
{
    const value *was = value_get(change, "rank_was");
    buf_str(text, dutch() ? ": rang " : ": rank ");
    if (value_is(was, VALUE_INT))
        buf_fmt(text, "%lld", (long long)value_as_int(was, 0));
    else if (scored)
        buf_fmt(text, dutch() ? "onder %d" : "below %d", CHANGES_RANKED);
    else
        buf_str(text, "-");
    buf_fmt(text, " -> %lld", (long long)value_get_int(change, "rank", 0));
}

static void print_change(const value *change)
{
    buf text = {0};
    const value *rules = value_get(change, "rules");
    bool scored = value_is(value_get(change, "score_was"), VALUE_DOUBLE);
    add_what(&text, change);
    add_rank(&text, change, scored);
    buf_fmt(&text, " (%.1f", value_get_double(change, "score", 0));
    if (value_len(rules) && scored)
        buf_fmt(&text, ", %s %+.1f", value_get_str(value_at(rules, 0), "rule", ""),
                value_get_double(value_at(rules, 0), "by", 0));
    buf_str(&text, ")");
    out_str("  ");
    out_wrapped(buf_text(&text), 4, 2);
    buf_free(&text);
}

void explain_print_changes(const value *document)
{
    const value *changes = value_get(document, "changes");
    if (!changes)
        return;
    if (value_get_int(document, "rank", 0) == 1) {
        out_str(dutch() ? "\nhet is al de eerste\n" : "\nit is the first already\n");
        return;
    }
    if (!value_len(changes)) {
        out_str(dutch() ? "\ngeen enkel veld alleen geeft een betere rang\n"
                        : "\nno field alone gains a rank\n");
        return;
    }
    out_str(dutch() ? "\nwat een betere rang geeft:\n" : "\nwhat would gain a rank:\n");
    bool words = false;
    for (size_t i = 0; i < value_len(changes); i++) {
        print_change(value_at(changes, i));
        words = words || value_get(value_at(changes, i), "words");
    }
    if (!words)
        return;
    out_str("  ");
    out_wrapped(dutch() ? "bij teksten is dat ongeveer: hoe zeldzaam woorden zijn telt als nu"
                        : "with texts that is about so: how rare words are counts as now",
                4, 2);
}
