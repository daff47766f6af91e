#include "cli/events_waiting.h"

#include <stdio.h>
#include <string.h>

#include "cli/lang.h"
#include "cli/out.h"
#include "cli/table.h"

static bool dutch(void)
{
    return lang_code()[0] == 'n';
}

/* A table has no room for the place. */
static void add_error(buf *out, const value *row, bool place)
{
    const char *where = value_get_str(row, "where", "");
    buf_str(out, value_get_str(row, "error", ""));
    if (place && *where)
        buf_fmt(out, " (%s)", where);
}

enum { TO_THE_MINUTE = 16, TO_THE_SECOND = 19, TIME_TEXT = 24 };

/* "2026-02-23 13:05:09": with a space, so that it can wrap. */
static const char *shorter(const char *time, size_t len, char out[TIME_TEXT])
{
    snprintf(out, TIME_TEXT, "%.*s", (int)len, time);
    if (strlen(out) > 10)
        out[10] = ' ';
    return out;
}

static void add_retry(buf *out, const value *row, bool place)
{
    char text[TIME_TEXT];
    long long tries = (long long)value_get_int(row, "attempts", 0);
    const char *next = shorter(value_get_str(row, "next", ""), TO_THE_SECOND, text);
    if (dutch())
        buf_fmt(out, "%lld keer mislukt, weer na %s: ", tries, next);
    else
        buf_fmt(out, "failed %lld time%s, again after %s: ", tries, tries == 1 ? "" : "s", next);
    add_error(out, row, place);
}

/* Why it waits, and what to do about it. */
static void add_why(buf *out, const value *row, bool place)
{
    const char *state = value_get_str(row, "state", ""), *plugin = value_get_str(row, "plugin", "");
    if (strcmp(state, "due") == 0) {
        buf_str(out, dutch() ? "aan de beurt: `polder events run`" : "due: `polder events run`");
    } else if (strcmp(state, "retry") == 0) {
        add_retry(out, row, place);
    } else if (strcmp(state, "disabled") == 0) {
        buf_fmt(out, dutch() ? "plugin %s staat uit: " : "plugin %s is off: ", plugin);
        add_error(out, row, place);
    } else {
        buf_fmt(out, dutch() ? "plugin %s laadt niet: " : "plugin %s doesn't load: ", plugin);
        add_error(out, row, place);
    }
}

static value shown(const value *row)
{
    value out = value_copy(row);
    char minute[TIME_TEXT];
    buf text = {0};
    buf_fmt(&text, "%s/%s:%lld", value_get_str(row, "plugin", ""), value_get_str(row, "file", ""),
            (long long)value_get_int(row, "line", 0));
    value_add(&out, "place", value_text(buf_text(&text)));
    value_set(&out, "since",
              value_text(shorter(value_get_str(row, "since", ""), TO_THE_MINUTE, minute)));
    buf_clear(&text);
    add_why(&text, row, false);
    value_add(&out, "why", value_text(buf_text(&text)));
    buf_free(&text);
    return out;
}

void events_waiting_print(rows_format format, const value *waits)
{
    static const rows_column EN[] = {
        {"handler", "handler", 0},         {"place", "made at", COLUMN_SHRINKS},
        {"cursor", "is at", COLUMN_RIGHT}, {"waiting", "wait", COLUMN_RIGHT},
        {"since", "since (UTC)", 0},       {"why", "why", COLUMN_WRAPS}};
    static const rows_column NL[] = {
        {"handler", "handler", 0},          {"place", "gemaakt in", COLUMN_SHRINKS},
        {"cursor", "is bij", COLUMN_RIGHT}, {"waiting", "nog", COLUMN_RIGHT},
        {"since", "sinds (UTC)", 0},        {"why", "waarom", COLUMN_WRAPS}};
    static const rows_column CSV[] = {{"handler", "", 0}, {"plugin", "", 0},  {"file", "", 0},
                                      {"line", "", 0},    {"event", "", 0},   {"kind", "", 0},
                                      {"cursor", "", 0},  {"waiting", "", 0}, {"first", "", 0},
                                      {"since", "", 0},   {"state", "", 0},   {"attempts", "", 0},
                                      {"next", "", 0},    {"error", "", 0},   {"where", "", 0}};
    rows *out = format == ROWS_CSV ? rows_new(format, CSV, sizeof CSV / sizeof *CSV)
                                   : rows_new(format, dutch() ? NL : EN, sizeof EN / sizeof *EN);
    for (size_t i = 0; i < value_len(waits); i++) {
        value row =
            format == ROWS_TABLE ? shown(value_at(waits, i)) : value_copy(value_at(waits, i));
        rows_add(out, &row);
        value_free(&row);
    }
    rows_end(out, dutch() ? "geen handler heeft nog iets te doen"
                          : "no handler has anything left to do");
    rows_free(out);
}

static void print_waiting(const value *row)
{
    char minute[TIME_TEXT];
    long long count = (long long)value_get_int(row, "waiting", 0);
    const char *since = shorter(value_get_str(row, "since", ""), TO_THE_MINUTE, minute);
    buf text = {0};
    if (dutch())
        buf_fmt(&text,
                "nog te doen: %s, %lld gebeurtenis%s sinds %s: ", value_get_str(row, "handler", ""),
                count, count == 1 ? "" : "sen", since);
    else
        buf_fmt(&text,
                "still waiting: %s, %lld event%s since %s: ", value_get_str(row, "handler", ""),
                count, count == 1 ? "" : "s", since);
    add_why(&text, row, true);
    out_safe(buf_text(&text));
    out_str("\n");
    buf_free(&text);
}

void events_runs_print(int64_t runs, const value *waits)
{
    if (dutch())
        out_fmt("handlers liepen %lld keer\n", (long long)runs);
    else
        out_fmt("handlers ran %lld time%s\n", (long long)runs, runs == 1 ? "" : "s");
    for (size_t i = 0; i < value_len(waits); i++)
        print_waiting(value_at(waits, i));
}
