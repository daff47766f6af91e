#include "store/view.h"

#include <string.h>

#include "base/buf.h"
#include "store/schema.h"

enum { MOST_COLUMNS = 1900 }; /* SQLite's own limit is 2000 */

static void add_name(buf *sql, const char *name, const char *ending)
{
    buf_char(sql, '"');
    for (; *name; name++) {
        if (*name == '"')
            buf_char(sql, '"');
        buf_char(sql, *name);
    }
    buf_fmt(sql, "%s\"", ending);
}

void view_name(buf *sql, const char *name)
{
    add_name(sql, name, "");
}

/* The path of a field as a text in SQL: '$."name"'. */
static void add_path(buf *sql, const char *name, const char *inner)
{
    buf_str(sql, "'$.\"");
    for (; *name; name++) {
        if (*name == '\'')
            buf_char(sql, '\'');
        buf_char(sql, *name);
    }
    buf_fmt(sql, "\"%s'", inner);
}

static const char *column_type(const char *type)
{
    if (strcmp(type, "integer") == 0 || strcmp(type, "boolean") == 0)
        return "integer";
    return strcmp(type, "decimal") == 0 || strcmp(type, "money") == 0 ? "real" : "text";
}

static void add_column(buf *sql, const value *schema, const value *field)
{
    const char *name = value_get_str(field, "name", ""), *type = value_get_str(field, "type", "");
    bool many = value_get_bool(field, "many", false);
    bool money = !many && strcmp(type, "money") == 0;
    buf_str(sql, ",\n cast(json_extract(record.data, ");
    add_path(sql, name, money ? ".\"amount\"" : "");
    buf_fmt(sql, ") as %s) as ", many ? "text" : column_type(type));
    add_name(sql, name, "");
    buf currency = {0};
    buf_fmt(&currency, "%s_currency", name);
    if (money && !schema_field(schema, buf_text(&currency))) {
        buf_str(sql, ",\n cast(json_extract(record.data, ");
        add_path(sql, name, ".\"currency\"");
        buf_str(sql, ") as text) as ");
        add_name(sql, name, "_currency");
    }
    buf_free(&currency);
}

bool view_is_free(store *st, const char *kind, err *e)
{
    query *q = db_prepare(store_db(st),
                          "select type from sqlite_master where name = ? collate nocase"
                          " and type <> 'view'",
                          e);
    if (!q)
        return false;
    query_bind_text(q, 1, kind);
    bool taken = query_step(q, e), ok = !taken && !query_failed(q);
    query_free(q);
    if (taken || strncmp(kind, "sqlite_", 7) == 0) {
        ok = err_set(e, ERR_BAD_DATA, "the kind can't be called \"%s\": a table has that name",
                     kind);
        err_hint(e, "give the kind another name in its plugin, such as %s_record", kind);
    }
    return ok;
}

bool view_drop(store *st, const char *kind, err *e)
{
    buf sql = {0};
    buf_str(&sql, "drop view if exists ");
    add_name(&sql, kind, "");
    bool ok = db_exec(store_db(st), buf_text(&sql), e);
    buf_free(&sql);
    return ok;
}

void view_sql(const value *kind, buf *out)
{
    const char *name = value_get_str(kind, "name", "");
    const value *fields = value_get(kind, "fields");
    buf_str(out, "CREATE VIEW "); /* as SQLite keeps it */
    add_name(out, name, "");
    buf_str(out, " as select record.id as id, record.version as version");
    for (size_t i = 0; i < value_len(fields) && i < MOST_COLUMNS / 2; i++) {
        const char *field = value_get_str(value_at(fields, i), "name", "");
        if (*field && !strpbrk(field, "\"\\")) /* no path leads to the others */
            add_column(out, kind, value_at(fields, i));
    }
    buf_str(out, "\nfrom record where record.deleted is null and record.kind = '");
    for (const char *at = name; *at; at++) {
        if (*at == '\'')
            buf_char(out, '\'');
        buf_char(out, *at);
    }
    buf_char(out, '\'');
}

bool view_make(store *st, const value *kind, err *e)
{
    const char *name = value_get_str(kind, "name", "");
    buf sql = {0};
    view_sql(kind, &sql);
    bool ok = view_drop(st, name, e) && db_exec(store_db(st), buf_text(&sql), e);
    buf_free(&sql);
    return ok;
}

static bool drop_all(store *st, err *e)
{
    value names = value_list();
    query *q = db_prepare(store_db(st), "select name from sqlite_master where type = 'view'", e);
    while (q && query_step(q, e))
        value_push(&names, value_text(query_text(q, 0)));
    bool ok = q && !query_failed(q);
    query_free(q);
    for (size_t i = 0; ok && i < value_len(&names); i++)
        ok = view_drop(st, value_str(value_at(&names, i), ""), e);
    value_free(&names);
    return ok;
}

bool view_make_all(store *st, const value *kinds, err *e)
{
    bool ok = drop_all(st, e);
    for (size_t i = 0; ok && i < value_len(kinds); i++) {
        const value *kind = value_at(kinds, i);
        if (view_is_free(st, value_get_str(kind, "name", ""), NULL))
            ok = view_make(st, kind, e);
    }
    return ok;
}
