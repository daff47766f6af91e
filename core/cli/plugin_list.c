#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "cli/lang.h"
#include "cli/out.h"
#include "cli/plugin_words.h"
#include "cli/rows.h"
#include "cli/table.h"

static void add_error(value *row, const plugin *p)
{
    if (!p->error.code && !*p->error.message) {
        value_add(row, "error", value_nil());
        return;
    }
    value error = value_map();
    value_add(&error, "code", value_text(err_name(p->error.code)));
    value_add(&error, "message", value_text(p->error.message));
    value_add(&error, "where", *p->error.where ? value_text(p->error.where) : value_nil());
    value_add(&error, "hint", *p->error.hint ? value_text(p->error.hint) : value_nil());
    value_add(row, "error", error);
}

/* For people: the title, or why there is nothing to use. */
static char *remark(const plugin *p)
{
    buf text = {0};
    if (*p->error.message) {
        buf_str(&text, p->error.message);
        if (*p->error.where)
            buf_fmt(&text, " (%s)", p->error.where);
        if (*p->error.hint)
            buf_fmt(&text, "; %s", p->error.hint);
    } else {
        buf_str(&text, lang_title(value_get(&p->manifest, "title"), p->name));
    }
    return buf_take(&text);
}

static value row_of(const plugin *p, rows_format format)
{
    value row = value_map();
    value_add(&row, "name", value_text(p->name));
    value_add(&row, "version", value_text(value_get_str(&p->manifest, "version", NULL)));
    value_add(&row, "api", value_int(value_get_int(&p->manifest, "api", 0)));
    value_add(&row, "state", value_text(plugin_state_name(p->state)));
    value_add(&row, "title", value_text(lang_title(value_get(&p->manifest, "title"), p->name)));
    value_add(&row, "path", value_text(p->path));
    value_add(&row, "bundled", value_bool(p->bundled));
    value_add(&row, "contributions", value_int((int64_t)p->contributions));
    if (format == ROWS_TABLE) {
        char *text = remark(p);
        value_add(&row, "remark", value_text(text));
        free(text);
    } else if (format == ROWS_CSV) {
        value_add(&row, "error", value_text(p->error.message));
    } else {
        add_error(&row, p);
    }
    return row;
}

bool plugin_list_all(cli *c, err *e)
{
    static const rows_column COLUMNS[] = {{"name", "name", 0},
                                          {"version", "version", 0},
                                          {"state", "state", 0},
                                          {"contributions", "contributes", COLUMN_RIGHT},
                                          {"remark", "title", COLUMN_WRAPS}};
    static const rows_column CSV_COLUMNS[] = {
        {"name", "", 0},  {"version", "", 0}, {"api", "", 0},           {"state", "", 0},
        {"title", "", 0}, {"path", "", 0},    {"contributions", "", 0}, {"error", "", 0}};
    err why = {0};
    rows_format format = rows_format_of(c);
    host *h = plugin_host(c, &why, e);
    if (!h)
        return false;
    const plugin_list *list = host_plugins(h);
    rows *out =
        format == ROWS_CSV ? rows_new(format, CSV_COLUMNS, 8) : rows_new(format, COLUMNS, 5);
    for (size_t i = 0; i < list->len; i++) {
        value row = row_of(&list->items[i], format);
        rows_add(out, &row);
        value_free(&row);
    }
    rows_end(out, "no plugins");
    rows_free(out);
    if (why.code)
        *e = why;
    return !why.code && out_ok(e);
}

static void print_line(const char *label, const char *text)
{
    if (!*text)
        return;
    out_fmt("%-14s", label);
    out_wrapped(text, 14, 14);
}

/* "http: opendata.example; emit: zeeland.*; runs: match; 64 MB, 2000 ms a call". */
static void print_capabilities(const value *capabilities)
{
    static const char *const LISTS[] = {"http", "emit", "files", "runs"};
    const value *records = value_get(capabilities, "records");
    buf text = {0};
    for (size_t i = 0; i < 4; i++) {
        const value *list = value_get(capabilities, LISTS[i]);
        if (!value_len(list))
            continue;
        buf_fmt(&text, "%s: ", LISTS[i]);
        rows_cell_text(list, ", ", &text);
        buf_str(&text, "; ");
    }
    static const char *const WAYS[] = {"read", "write"};
    for (size_t i = 0; i < 2; i++) {
        if (!value_len(value_get(records, WAYS[i])))
            continue;
        buf_fmt(&text, "%s records: ", WAYS[i]);
        rows_cell_text(value_get(records, WAYS[i]), ", ", &text);
        buf_str(&text, "; ");
    }
    buf_fmt(&text, "%lld MB, %lld ms a call",
            (long long)value_get_int(capabilities, "memory_mb", 0),
            (long long)value_get_int(capabilities, "call_ms", 0));
    print_line("may", buf_text(&text));
    buf_free(&text);
}

static void print_settings(const plugin *p)
{
    static const column COLUMNS[] = {{"setting", COLUMN_PLAIN},
                                     {"value", COLUMN_SHRINKS},
                                     {"default", COLUMN_SHRINKS},
                                     {"type", COLUMN_PLAIN},
                                     {"title", COLUMN_WRAPS}};
    const value *settings = value_get(&p->manifest, "settings");
    table *t = table_new(COLUMNS, 5);
    for (size_t i = 0; i < value_len(settings); i++) {
        const value_entry *item = &settings->as.map.items[i];
        buf now = {0}, otherwise = {0};
        rows_cell_text(value_get(&p->settings, item->key), ", ", &now);
        rows_cell_text(value_get(&item->value, "default"), ", ", &otherwise);
        table_cell(t, item->key);
        table_cell(t, buf_text(&now));
        table_cell(t, buf_text(&otherwise));
        table_cell(t, value_get_str(&item->value, "type", ""));
        table_cell(t, lang_title(value_get(&item->value, "title"), ""));
        buf_free(&now);
        buf_free(&otherwise);
    }
    if (table_rows(t))
        out_str("\n");
    table_print(t);
    table_free(t);
}

static void print_contributions(const host *h, const plugin *p)
{
    static const rows_column COLUMNS[] = {{"type", "type", 0},
                                          {"name", "name", COLUMN_SHRINKS},
                                          {"file", "file", COLUMN_SHRINKS},
                                          {"line", "line", COLUMN_RIGHT}};
    value list = plugin_contributions(h, p->name);
    rows *r = rows_new(ROWS_TABLE, COLUMNS, 4);
    for (size_t i = 0; i < value_len(&list); i++)
        rows_add(r, value_at(&list, i));
    out_str("\n");
    rows_end(r, "contributes nothing");
    rows_free(r);
    value_free(&list);
}

static void print_info(const host *h, const plugin *p)
{
    const value *m = &p->manifest;
    buf requires = {0};
    const value *others = value_get(m, "requires");
    for (size_t i = 0; i < value_len(others); i++)
        buf_fmt(&requires, "%s%s %s", i ? ", " : "", others->as.map.items[i].key,
                value_str(&others->as.map.items[i].value, ""));
    out_fmt("%s%s%s %s, %s\n", out_styled(OUT_BOLD), p->name, out_styled(OUT_PLAIN),
            value_get_str(m, "version", "(no version)"), plugin_state_name(p->state));
    print_line("error", p->error.message);
    print_line("at", p->error.where);
    print_line("hint", p->error.hint);
    print_line("title", lang_title(value_get(m, "title"), ""));
    print_line("description", lang_title(value_get(m, "description"), ""));
    print_line("contact", value_get_str(m, "contact", ""));
    print_line("folder", p->path);
    print_line("hash", p->hash);
    print_line("requires", buf_text(&requires));
    if (value_is(m, VALUE_MAP))
        print_capabilities(value_get(m, "capabilities"));
    buf_free(&requires);
    print_settings(p);
    print_contributions(h, p);
}

static void json_info(const host *h, const plugin *p)
{
    value row = row_of(p, ROWS_JSON);
    value_add(&row, "hash", value_text(p->hash));
    value_add(&row, "manifest", value_copy(&p->manifest));
    value_add(&row, "settings", value_copy(&p->settings));
    value_set(&row, "contributes", plugin_contributions(h, p->name));
    out_json(&row);
    value_free(&row);
}

bool plugin_info(cli *c, err *e)
{
    plugin_target t = {0};
    bool ok = plugin_target_open(c, args_word(&c->args, 1), &t, e);
    if (ok && c->json)
        json_info(t.host, t.plugin);
    else if (ok)
        print_info(t.host, t.plugin);
    plugin_target_close(c, &t);
    return ok && out_ok(e);
}
