#include "store/migrate.h"

#include "base/buf.h"

/* Step n brings schema n - 1 to n. A step that was released is never changed: a new one is added.
 * `strict` is SQLite's word for what other engines do anyway. */
static const char *const STEPS[] = {
    "create table meta ("
    " key text primary key,"
    " value text not null) strict;"

    "create table event ("
    " seq integer primary key,"
    " time text not null,"
    " actor text not null,"
    " type text not null,"
    " subject text not null,"
    " data text," /* null, with salt, once erased */
    " salt text,"
    " digest text not null,"
    " prev text not null,"
    " hash text not null) strict;"
    "create index event_subject on event (subject, seq);"

    "create table record ("
    " id text primary key,"
    " kind text not null,"
    " version integer not null,"
    " data text not null,"
    " created integer not null references event (seq),"
    " changed integer not null references event (seq),"
    " deleted integer references event (seq)) strict;"
    "create index record_kind on record (kind, id);"

    "create table claim ("
    " id integer primary key,"
    " record text not null references record (id),"
    " field text not null,"
    " value text not null,"
    " source text,"
    " place text,"
    " date text,"
    " event integer not null references event (seq),"
    " ended integer references event (seq)) strict;"
    "create index claim_record on claim (record, id) where ended is null;"
    "create index claim_source on claim (source, record) where source is not null;"

    "create table run ("
    " id text primary key,"
    " what text not null,"
    " time text not null,"
    " log integer not null,"
    " inputs text not null,"
    " result text not null) strict;"

    "create table kind ("
    " name text primary key,"
    " plugin text not null,"
    " schema text not null) strict;",

    /* What a record was before its last change: whoever changes it, its past is kept. */
    "create table version ("
    " id integer primary key,"
    " record text not null references record (id),"
    " version integer not null,"
    " data text not null,"
    " since integer not null references event (seq),"
    " until integer not null references event (seq)) strict;"
    "create index version_record on version (record, since);"
    "create index claim_past on claim (record, ended) where ended is not null;"
    "create trigger record_version after update on record"
    " when old.deleted is null and old.changed <> new.changed begin"
    " insert into version (record, version, data, since, until)"
    " values (old.id, old.version, old.data, old.changed, new.changed);"
    " end;"
    "insert into meta (key, value) select 'versions_missing', 'yes'"
    " where exists (select 1 from event);",

    /* What people decide about claims. */
    "create table settlement ("
    " id integer primary key,"
    " record text not null references record (id),"
    " field text not null,"
    " source text," /* null: the actor's own word */
    " why text not null,"
    " actor text not null,"
    " event integer not null references event (seq),"
    " ended integer references event (seq)) strict;"
    "create unique index settlement_field on settlement (record, field) where ended is null;"
    "create index settlement_past on settlement (record, field, event);"
    "create table withdrawal ("
    " id integer primary key,"
    " source text not null,"
    " why text not null,"
    " actor text not null,"
    " event integer not null references event (seq),"
    " ended integer references event (seq)) strict;"
    "create unique index withdrawal_source on withdrawal (source) where ended is null;"
    "alter table claim add column first integer;", /* the claim that it says again (withdraw.c) */

    "create table handler_cursor ("
    " handler text primary key," /* "plugin/name" */
    " seq integer not null) strict;"
    "create table handler_failure ("
    " id integer primary key,"
    " handler text not null,"
    " event integer not null references event (seq),"
    " attempts integer not null,"
    " next_ms integer not null,"
    " parked integer not null,"
    " message text not null,"
    " place text not null,"
    " unique (handler, event)) strict;",

    /* Ways to find records; index.c keeps them the same as the records. */
    "create table reference ("
    " record text not null,"
    " field text not null,"
    " target text not null,"
    " primary key (record, field, target)) strict, without rowid;"
    "create index reference_target on reference (target);"
    "create table unique_value ("
    " record text not null,"
    " field text not null,"
    " value text not null,"
    " primary key (field, value, record)) strict, without rowid;"
    "create index unique_value_record on unique_value (record);"
    "create table search_record ("
    " row integer primary key,"
    " record text not null unique) strict;"
    "create virtual table search using fts5 (id unindexed, kind unindexed, title, body,"
    " tokenize = 'polder');",

    /* Ends of the log as somebody signed them. */
    "create table head_signature ("
    " id integer primary key,"
    " seq integer not null,"
    " time text not null,"
    " hash text not null,"
    " public_key text not null,"
    " signature text not null) strict;",

    /* Fields that were erased and don't come back; "*": all of the record. */
    "create table forgotten ("
    " record text not null,"
    " field text not null,"
    " event integer not null references event (seq),"
    " primary key (record, field)) strict, without rowid;",

    /* Plugins as they were when a run was kept, each once. */
    "create table plugin_source ("
    " hash text primary key,"
    " name text not null,"
    " version text not null) strict, without rowid;"
    "create table plugin_file ("
    " plugin_source text not null references plugin_source (hash),"
    " name text not null,"
    " content text not null,"
    " primary key (plugin_source, name)) strict, without rowid;",

    /* What an import brought as withdrawn with a source that wasn't yet: until it is. */
    "alter table claim add column waits text;"
    "alter table settlement add column waits text;"
    "create index claim_waits on claim (waits) where waits is not null;",

    /* What changed since: a rerun of a match reads no more than that. */
    "create index record_changed on record (kind, changed, id);",
};

int64_t migrate_newest(void)
{
    return (int64_t)(sizeof STEPS / sizeof STEPS[0]);
}

static bool unsaid(err *e)
{
    err_set(e, ERR_UNAVAILABLE, "the store is damaged: it doesn't say which Polder made it");
    return err_hint(e, "keep this file; put back a copy of the workspace's folder that you made "
                       "before");
}

static bool read_number(db *d, int64_t *out, err *e)
{
    query *q = db_prepare(d, "select cast(value as integer) from meta where key = 'schema'", e);
    bool found = q && query_step(q, e), ok = q && !query_failed(q);
    if (found)
        *out = query_int64(q, 0);
    query_free(q);
    return ok && ((found && *out > 0) || unsaid(e));
}

/* 0: there are no tables yet. */
static bool read_schema(db *d, int64_t *out, err *e)
{
    *out = 0;
    query *q = db_prepare(d, "select count(*), sum(name = 'meta') from sqlite_master", e);
    bool ok = q && query_step(q, e);
    bool any = ok && query_int64(q, 0) > 0, said = ok && query_int64(q, 1) == 1;
    query_free(q);
    if (any && !said)
        return unsaid(e);
    return said ? read_number(d, out, e) : ok;
}

static bool write_schema(db *d, err *e)
{
    query *q = db_prepare(d,
                          "insert into meta (key, value) values ('schema', cast(? as text))"
                          " on conflict (key) do update set value = excluded.value",
                          e);
    if (q)
        query_bind_int64(q, 1, migrate_newest());
    bool ok = q && query_run(q, e);
    query_free(q);
    return ok;
}

/* Kinds are views (view.c), which could stand where a step makes a table. They are made again when
 * the store is opened. */
static bool drop_views(db *d, err *e)
{
    buf sql = {0};
    query *q = db_prepare(d,
                          "select 'drop view \"' || replace(name, '\"', '\"\"') || '\";'"
                          " from sqlite_master where type = 'view'",
                          e);
    while (q && query_step(q, e))
        buf_str(&sql, query_text(q, 0));
    bool ok = q && !query_failed(q);
    query_free(q);
    ok = ok && db_exec(d, buf_text(&sql), e) &&
         db_exec(d, "delete from meta where key = 'index'", e);
    buf_free(&sql);
    return ok;
}

static bool refuse_newer(int64_t schema, err *e)
{
    if (schema <= migrate_newest())
        return true;
    err_set(e, ERR_UNAVAILABLE,
            "a newer Polder made this store (schema %lld; this version knows up to %lld)",
            (long long)schema, (long long)migrate_newest());
    return err_hint(e, "upgrade Polder; this version leaves the store as it is");
}

bool migrate_check(db *d, err *e)
{
    int64_t schema = 0;
    return read_number(d, &schema, e) && refuse_newer(schema, e);
}

bool migrate(db *d, err *e)
{
    int64_t schema = 0;
    if (!read_schema(d, &schema, e) || !refuse_newer(schema, e))
        return false;
    if (schema == migrate_newest())
        return true;
    bool ok = false;
    /* Read again under the lock: another process may have been first. */
    if (!db_begin(d, e) || !read_schema(d, &schema, e) || !refuse_newer(schema, e))
        goto done;
    if (schema > 0 && !drop_views(d, e))
        goto done;
    for (int64_t i = schema; i < migrate_newest(); i++) {
        if (!db_exec(d, STEPS[i], e))
            goto done;
    }
    ok = write_schema(d, e) && db_commit(d, e);
done:
    if (!ok)
        db_rollback(d);
    return ok;
}

db *migrate_model(err *e)
{
    db *d = db_open(":memory:", true, e);
    for (int64_t i = 0; d && i < migrate_newest(); i++) {
        if (!db_exec(d, STEPS[i], e)) {
            db_close(d);
            return NULL;
        }
    }
    return d;
}
