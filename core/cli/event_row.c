#include "cli/event_row.h"

#include "base/text.h"
#include "cli/table.h"
#include "store/event.h"

enum { CHANGE_COLUMNS = 32 };

/* Appends what an event says of the fields: "trl = 7; budget = nothing". */
static void add_changes(const value *data, buf *out)
{
    const value *fields = value_get(data, "fields");
    for (size_t i = 0; value_is(fields, VALUE_MAP) && i < value_len(fields); i++) {
        const value_entry *item = &fields->as.map.items[i];
        buf_fmt(out, "%s%s = ", i ? "; " : "", item->key);
        if (value_is(&item->value, VALUE_NIL))
            buf_str(out, "nothing");
        buf text = {0};
        rows_cell_text(&item->value, ", ", &text);
        text_fit(out, buf_text(&text), text.len, CHANGE_COLUMNS);
        buf_free(&text);
    }
    const value *settlement = value_get(data, "settlement");
    const char *why = value_get_str(settlement ? settlement : data, "why", NULL);
    if (settlement)
        buf_fmt(out, "%s%s %s on %s", out->len ? "; " : "",
                value_get_bool(settlement, "undone", false) ? "no longer settled:" : "settled:",
                value_get_str(settlement, "field", ""),
                value_get_str(settlement, "source", "one's own word"));
    if (why)
        buf_fmt(out, "%sbecause: %s", out->len ? "; " : "", why);
    if (value_get(data, "erased"))
        buf_fmt(out, "%s(values erased)", out->len ? "; " : "");
}

value event_row(const value *event, bool changes)
{
    value row = event_shown(event);
    if (changes) {
        buf text = {0};
        add_changes(value_get(event, "data"), &text);
        value_add(&row, "changes", value_text(buf_text(&text)));
        buf_free(&text);
    }
    return row;
}

const rows_column *event_columns(rows_format format, size_t *count)
{
    static const rows_column TABLE[] = {
        {"seq", "seq", COLUMN_RIGHT},         {"time", "time", 0},
        {"actor", "actor", COLUMN_SHRINKS},   {"type", "event", 0},
        {"subject", "about", COLUMN_SHRINKS}, {"changes", "what", COLUMN_WRAPS}};
    static const rows_column CSV[] = {
        {"seq", "seq", 0},         {"time", "time", 0}, {"actor", "actor", 0}, {"type", "type", 0},
        {"subject", "subject", 0}, {"data", "data", 0}, {"prev", "prev", 0},   {"hash", "hash", 0}};
    *count = format == ROWS_CSV ? sizeof CSV / sizeof *CSV : sizeof TABLE / sizeof *TABLE;
    return format == ROWS_CSV ? CSV : TABLE;
}
