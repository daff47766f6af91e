#include "state.h"

#include <stdlib.h>
#include <string.h>

#include "store/db.h"

/* Without times, salts and the names of runs, which differ each time. */
static const char *const NOW[] = {
    "select 'record', id, version, data, deleted is not null from record order by id",
    "select 'claim', record, field, value, source, place, waits from claim where ended is null"
    " order by record, field, source, value",
    "select 'settlement', record, field, source, why, waits from settlement where ended is null"
    " order by record, field",
    "select 'withdrawal', source, why from withdrawal where ended is null order by source",
    "select 'forgotten', record, field from forgotten order by record, field",
    "select 'kind', name, plugin, schema from kind order by name",
    "select 'reference', record, field, target from reference order by record, field, target",
    "select 'unique', field, value, record from unique_value order by field, value, record",
    "select 'search', id, title, body from search order by id",
    "select 'found', s.record, r.row is not null from search_record s"
    " left join (select rowid as row from search) r on r.row = s.row order by s.record",
    "select 'plugin', name, version from plugin_source order by name, version",
    "select 'file', name, length(content) from plugin_file order by name, content",
    NULL};
static const char *const PAST[] = {
    "select 'event', seq, actor, type, case when type like 'run.%' then '' else subject end,"
    " case when type like 'run.%' or data is null then '' else json_remove(data, '$.erased') end"
    " from event order by seq",
    "select 'version', record, version, data, since, until from version order by id",
    "select 'said', record, field, value, source, event, ended, first from claim order by id",
    "select 'decided', record, field, source, why, event, ended from settlement order by id",
    "select 'withdrew', source, why, event, ended from withdrawal order by id",
    "select 'run', r.what, r.log, v.seq from run r left join event v on v.subject = r.id"
    " and v.type = 'run.finished' order by v.seq",
    "select 'signed', seq, public_key from head_signature order by id",
    "select 'handler', handler, seq from handler_cursor order by handler",
    "select 'failure', handler, event, attempts, parked from handler_failure order by id",
    NULL};

static const char LACKS[] = "no such table or column\n";

static bool rows(db *d, const char *sql, buf *out, err *e)
{
    query *q = db_prepare(d, sql, e);
    if (!q && (strstr(e->message, "no such table") || strstr(e->message, "no such column"))) {
        *e = (err){0};
        buf_str(out, LACKS);
        return true;
    }
    if (!q)
        return false;
    while (query_step(q, e)) {
        for (int i = 0; i < query_columns(q); i++)
            buf_fmt(out, "%s%s", i ? "|" : "", query_is_null(q, i) ? "null" : query_text(q, i));
        buf_char(out, '\n');
    }
    bool ok = !query_failed(q);
    query_free(q);
    return ok;
}

static bool all(const char *path, const char *const *sql, buf *out, err *e)
{
    db *d = db_open(path, false, e);
    bool ok = d != NULL;
    for (size_t i = 0; ok && sql[i]; i++)
        ok = rows(d, sql[i], out, e);
    db_close(d);
    return ok;
}

bool state_now(const char *path, buf *out, err *e)
{
    return all(path, NOW, out, e);
}

bool state_past(const char *path, buf *out, err *e)
{
    return all(path, PAST, out, e);
}

bool state_lacks(const char *state)
{
    return strstr(state, LACKS) != NULL;
}

static bool has_line(const char *text, const char *line, size_t len)
{
    for (; *text; text += strcspn(text, "\n") + 1)
        if (strcspn(text, "\n") == len && memcmp(text, line, len) == 0)
            return true;
    return false;
}

bool state_within(const char *part, const char *whole, const char *other)
{
    for (; *part; part += strcspn(part, "\n") + 1) {
        size_t len = strcspn(part, "\n");
        if (!has_line(whole, part, len) && !has_line(other, part, len))
            return false;
    }
    return true;
}
