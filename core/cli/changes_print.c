/* changes_print.c: what would gain a rank, a line a field. */
#include <math.h>
#include <string.h>

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

/* The item that `longer` has and `shorter` hasn't, when it is the only difference; else NULL. */
static const value *one_more(const value *shorter, const value *longer)
{
    const value *more = NULL;
    size_t at = 0;
    if (!value_is(shorter, VALUE_LIST) || !value_is(longer, VALUE_LIST) || !value_len(shorter) ||
        value_len(longer) != value_len(shorter) + 1)
        return NULL;
    for (size_t i = 0; i < value_len(longer); i++) {
        if (at < value_len(shorter) && value_equal(value_at(longer, i), value_at(shorter, at)))
            at++;
        else
            more = value_at(longer, i);
    }
    return at == value_len(shorter) ? more : NULL;
}

/* "also sonar" says more than two lists that are nearly the same. */
static bool add_item(buf *text, const value *was, const value *is)
{
    const value *more = one_more(was, is), *less = more ? NULL : one_more(is, was);
    if (more)
        buf_str(text, dutch() ? "ook " : "also ");
    else if (less)
        buf_str(text, dutch() ? "zonder " : "without ");
    else
        return false;
    add_value(text, more ? more : less);
    return true;
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
    } else if (!add_item(text, value_get(change, "old"), value_get(change, "new"))) {
        add_value(text, value_get(change, "new"));
        buf_str(text, dutch() ? " in plaats van " : " instead of ");
        add_value(text, value_get(change, "old"));
    }
}

/* "none": a gate kept it out or nothing applied. */
static void add_rank(buf *text, const value *change, bool scored)
{
    const value *was = value_get(change, "rank_was");
    buf_str(text, dutch() ? ": rang " : ": rank ");
    if (value_is(was, VALUE_INT))
        buf_fmt(text, "%lld", (long long)value_as_int(was, 0));
    else if (scored)
        buf_fmt(text, dutch() ? "onder %d" : "below %d", CHANGES_RANKED);
    else
        buf_str(text, dutch() ? "geen" : "none");
    buf_fmt(text, " -> %lld", (long long)value_get_int(change, "rank", 0));
}

static void print_change(const value *change)
{
    buf text = {0};
    const value *rules = value_get(change, "rules");
    bool scored = value_is(value_get(change, "score_was"), VALUE_DOUBLE);
    add_what(&text, change);
    add_rank(&text, change, scored);
    buf_fmt(&text, " (score %.1f", value_get_double(change, "score", 0));
    if (value_len(rules) && scored)
        buf_fmt(&text, ", %s %+.1f", value_get_str(value_at(rules, 0), "rule", ""),
                value_get_double(value_at(rules, 0), "by", 0));
    buf_str(&text, ")");
    out_str("  ");
    out_wrapped(buf_text(&text), 4, 2);
    buf_free(&text);
}

/* Why not every value of a field was tried, as engine/changes_untried.c has it. */
typedef struct reason {
    const char *why, *nl, *en;
} reason;

static const reason REASONS[] = {
    {"unknown", "geen enkele, want niemand heeft er een", "none, for nobody has one"},
    {"text", "geen enkele, want een langere tekst wordt niet verruild",
     "none, for a longer text is not exchanged"},
    {"personal", "niet die van anderen, want die zijn persoonlijk",
     "not those of others, for they are personal"},
    {"numbers", "die van anderen, de vraag en de regels, en steeds grotere stappen",
     "those that others, the demand and rules have, and growing steps"},
    {"places", "die van de vraag of van anderen", "those of the demand or of others"},
    {"items", "een onderdeel meer of een minder", "one item more or one less"},
    {"words", "woorden van de vraag erbij", "words of the demand added to it"},
    {"values", "die van de vraag en van anderen", "those of the demand and of others"},
};

static void print_untried_for(const value *untried, const reason *r)
{
    buf text = {0};
    for (size_t i = 0; i < value_len(untried); i++) {
        const value *row = value_at(untried, i);
        if (strcmp(value_get_str(row, "why", ""), r->why) == 0)
            buf_fmt(&text, "%s%s", text.len ? ", " : "", value_get_str(row, "field", ""));
    }
    if (text.len) {
        buf_fmt(&text, ": %s", dutch() ? r->nl : r->en);
        out_str("  ");
        out_wrapped(buf_text(&text), 4, 2);
    }
    buf_free(&text);
}

static void print_untried(const value *untried)
{
    if (!value_len(untried))
        return;
    out_str(dutch() ? "\nniet elke waarde is geprobeerd van:\n"
                    : "\nnot every value was tried of:\n");
    for (size_t i = 0; i < sizeof REASONS / sizeof *REASONS; i++)
        print_untried_for(untried, &REASONS[i]);
}

static void print_changes(const value *changes)
{
    out_str(dutch() ? "\nwat een betere rang geeft:\n" : "\nwhat would gain a rank:\n");
    bool words = false;
    for (size_t i = 0; i < value_len(changes); i++) {
        print_change(value_at(changes, i));
        words = words || value_get(value_at(changes, i), "words");
    }
    if (!words)
        return;
    out_str("  ");
    out_wrapped(
        dutch() ? "bij teksten is de rang bij benadering: hoe zeldzaam een woord is telt zoals nu"
                : "with texts the rank is about so: how rare a word is counts as it does now",
        4, 2);
}

/* ", for the gates a and b keep it out": one field seldom opens two. */
static void print_gates_closed(const value *gates)
{
    buf text = {0};
    size_t count = 0;
    for (size_t i = 0; i < value_len(gates); i++)
        count += !value_get_bool(value_at(gates, i), "passed", false);
    for (size_t i = 0, told = 0; i < value_len(gates); i++) {
        if (value_get_bool(value_at(gates, i), "passed", false))
            continue;
        told++;
        buf_fmt(&text, "%s%s",
                told == 1      ? ""
                : told < count ? ", "
                : dutch()      ? " en "
                               : " and ",
                value_get_str(value_at(gates, i), "gate", ""));
    }
    if (count == 1)
        out_fmt(dutch() ? "de poort %s houdt het tegen\n" : "the gate %s keeps it out\n",
                buf_text(&text));
    else if (count)
        out_fmt(dutch() ? "de poorten %s houden het tegen\n" : "the gates %s keep it out\n",
                buf_text(&text));
    buf_free(&text);
}

static void print_none(const value *document, bool all)
{
    if (all)
        out_str(dutch() ? "\ngeen enkel veld alleen geeft een betere rang\n"
                        : "\nno field alone gains a rank\n");
    else
        out_str(dutch() ? "\ngeen enkele geprobeerde waarde geeft een betere rang\n"
                        : "\nno value that was tried gains a rank\n");
    print_gates_closed(value_get(document, "gates"));
}

void explain_print_changes(const value *document)
{
    const value *changes = value_get(document, "changes"),
                *untried = value_get(document, "untried");
    if (!changes)
        return;
    if (value_get_int(document, "rank", 0) == 1)
        out_str(dutch() ? "\nhet is al de eerste\n" : "\nit is the first already\n");
    else if (value_len(changes))
        print_changes(changes);
    else
        print_none(document, value_len(untried) == 0);
    print_untried(untried);
}
