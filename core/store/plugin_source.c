#include "store/plugin_source.h"

#include <stdio.h>
#include <string.h>

#include "store/store_parts.h"

void plugin_source_add(hash *h, const char *name, const char *text, size_t len)
{
    char length[24];
    int digits = snprintf(length, sizeof length, "%zu", len);
    hash_add(h, name, strlen(name) + 1);
    hash_add(h, length, (size_t)digits + 1);
    hash_add(h, text, len);
}

bool plugin_source_known(store *st, const char *hash, bool *out, err *e)
{
    query *q = db_prepare(st->db, "select 1 from plugin_source where hash = ?", e);
    if (!q)
        return false;
    query_bind_text(q, 1, hash);
    *out = query_step(q, e);
    bool ok = !query_failed(q);
    query_free(q);
    return ok;
}

static bool keep_file(store *st, const char *hash, const value_entry *file, err *e)
{
    query *q = db_prepare(
        st->db, "insert into plugin_file (plugin_source, name, content) values (?, ?, ?)", e);
    if (!q)
        return false;
    query_bind_text(q, 1, hash);
    query_bind_text(q, 2, file->key);
    query_bind_bytes(q, 3, value_str(&file->value, ""), value_len(&file->value));
    bool ok = query_run(q, e);
    query_free(q);
    return ok;
}

static bool keep(store *st, const char *hash, const char *name, const char *version,
                 const value *files, err *e)
{
    const char *const texts[] = {hash, name, version};
    bool ok = store_run(st, "insert into plugin_source (hash, name, version) values (?, ?, ?)",
                        texts, 3, e);
    for (size_t i = 0; ok && i < value_len(files); i++)
        ok = keep_file(st, hash, &files->as.map.items[i], e);
    return ok;
}

bool plugin_source_keep(store *st, const char *hash, const char *name, const char *version,
                        const value *files, err *e)
{
    bool kept = false;
    if (!store_begin(st, e))
        return false;
    if (plugin_source_known(st, hash, &kept, e) &&
        (kept || keep(st, hash, name, version, files, e)))
        return store_commit(st, e);
    store_rollback(st);
    return false;
}

bool plugin_source_load(store *st, const char *hash, value *files, err *e)
{
    query *q = db_prepare(
        st->db, "select name, content from plugin_file where plugin_source = ? order by name", e);
    if (!q)
        return false;
    value found = value_map();
    query_bind_text(q, 1, hash);
    while (query_step(q, e)) {
        const char *content = query_text(q, 1);
        value_add(&found, query_text(q, 0), value_bytes(content, query_bytes(q, 1)));
    }
    bool ok = !query_failed(q);
    query_free(q);
    if (ok && value_len(&found)) {
        *files = found;
        return true;
    }
    value_free(&found);
    if (ok)
        *files = value_nil();
    return ok;
}
