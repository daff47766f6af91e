/* embedded.h: a workspace as a program has it that Polder is embedded in, with plugins of the
 * test's own and none of those that Polder brings. */
#ifndef POLDER_TESTS_API_EMBEDDED_H
#define POLDER_TESTS_API_EMBEDDED_H

#include "../host/folder.h"
#include "api/polder_in.h"
#include "base/log.h"

typedef struct embedded {
    char *folder;
    polder *p;
    polder_error *e;
    buf told; /* what callbacks were given, a line each */
} embedded;

static inline void quiet(void *ctx, log_level level, const char *line)
{
    (void)ctx, (void)level, (void)line;
}

static inline embedded embedded_new(void)
{
    embedded m = {.folder = folder_new(), .e = polder_error_new()};
    log_set_sink(quiet, NULL);
    assert_true(workspace_init(m.folder, NULL));
    folder_text(m.folder, "polder.lua",
                "return { disabled = { 'partnership', 'noord-holland', 'zeeland' } }");
    return m;
}

/* A plugin that may do all it likes with records. */
static inline void embedded_plugin(embedded *m, const char *lua)
{
    folder_text(m->folder, "plugins/alpha/plugin.json",
                "{\"name\":\"alpha\",\"version\":\"1.0.0\",\"api\":1,\"capabilities\":{\"records\":"
                "{\"read\":[\"*\"],\"write\":[\"*\"]}}}");
    folder_text(m->folder, "plugins/alpha/init.lua", lua);
}

static inline polder *embedded_another(embedded *m)
{
    polder *p = polder_open(m->folder, "test", m->e);
    if (!p)
        fail_msg("%s", polder_error_message(m->e));
    return p;
}

static inline void embedded_open(embedded *m)
{
    m->p = embedded_another(m);
}

static inline void embedded_free(embedded *m)
{
    polder_close(m->p);
    polder_error_free(m->e);
    buf_free(&m->told);
    folder_free(m->folder);
    log_set_sink(NULL, NULL);
}

static inline void put(embedded *m, const char *id, const char *fields)
{
    if (!polder_put(m->p, id, fields, NULL, NULL, NULL, NULL, m->e))
        fail_msg("%s (%s)", polder_error_message(m->e), polder_error_where(m->e));
}

static inline void says(const char *text, const char *part)
{
    if (!text || !strstr(text, part))
        fail_msg("\"%s\" does not say \"%s\"", text ? text : "(nothing)", part);
}

static inline void refused(embedded *m, bool ok, const char *code, const char *part)
{
    assert_false(ok);
    assert_string_equal(polder_error_code(m->e), code);
    says(polder_error_message(m->e), part);
}

/* The record's JSON holds this. */
static inline void holds(embedded *m, const char *id, const char *part)
{
    char *record = polder_get(m->p, id, m->e);
    says(record, part);
    polder_text_free(record);
}

static inline bool is_there(embedded *m, const char *id)
{
    char *record = polder_get(m->p, id, NULL);
    polder_text_free(record);
    return record != NULL;
}

#endif
