#include <string.h>

#include "base/text.h"
#include "cli/match_print.h"
#include "cli/out.h"
#include "cli/table.h"

/* A row for each side on which the top changes; names may be long, so they stand last and whole. */
static void add_limit(table *t, const value *row, const char *side, bool first)
{
    bool down = strcmp(side, "below") == 0;
    const value *limit = value_get(row, down ? "down" : "up");
    buf names = {0};
    table_cell(t, first ? value_get_str(row, "rule", "") : "");
    if (first)
        table_cell_fmt(t, "%g", value_get_double(row, "weight", 0));
    else
        table_cell(t, "");
    if (value_is(limit, VALUE_MAP)) {
        table_cell_fmt(t, "%s %.3g", side, value_get_double(limit, "weight", 0));
        buf_fmt(&names, "%s for %s", value_get_str(limit, "enters", ""),
                value_get_str(limit, "leaves", ""));
    } else {
        table_cell(t, "never");
        buf_str(&names, "-");
    }
    table_cell(t, buf_text(&names));
    buf_free(&names);
}

static void print_weights(const value *weights)
{
    static const column COLUMNS[] = {{"rule", COLUMN_PLAIN},
                                     {"weight", COLUMN_RIGHT},
                                     {"top changes", COLUMN_PLAIN},
                                     {"who enters it, and for whom", COLUMN_WRAPS}};
    table *t = table_new(COLUMNS, 4);
    for (size_t i = 0; i < value_len(weights); i++) {
        const value *row = value_at(weights, i);
        bool down = value_is(value_get(row, "down"), VALUE_MAP),
             up = value_is(value_get(row, "up"), VALUE_MAP);
        if (down)
            add_limit(t, row, "below", true);
        if (up || !down)
            add_limit(t, row, "above", !down);
    }
    table_print(t);
    table_free(t);
}

static void print_shares(const value *list, const char *what)
{
    for (size_t i = 0; i < value_len(list); i++)
        out_fmt("%-6s %5.1f%%  %s\n", what, 100 * value_get_double(value_at(list, i), "share", 0),
                value_get_str(value_at(list, i), "solution", ""));
}

void stability_print(const value *demand)
{
    const value *stability = value_get(demand, "stability");
    const value *best = value_at(value_get(demand, "ranked"), 0);
    int64_t of = value_get_int(stability, "of", 0), scored = value_get_int(stability, "scored", 0);
    if (of == 0)
        return;
    if (value_is(value_get(best, "score"), VALUE_NIL)) {
        out_str("how firm the top is: no solution has a score\n\n");
        return;
    }
    out_fmt("how firm the top %lld is, of %lld scored:\n",
            (long long)value_get_int(stability, "top", 0), (long long)scored);
    if (of < scored)
        out_fmt("only the best %lld %s looked at\n", (long long)of, text_plural(of, "was", "were"));
    print_weights(value_get(stability, "weights"));
    out_fmt("in %lld draws with every weight up to %lld%% lower or higher:\n",
            (long long)value_get_int(stability, "draws", 0),
            (long long)value_get_int(stability, "percent", 0));
    print_shares(value_get(stability, "stays"), "stays");
    print_shares(value_get(stability, "enters"), "enters");
    out_str("\n");
}
