/* rendered.h: a document from JSON, in a format. */
#ifndef POLDER_TESTS_REPORT_RENDERED_H
#define POLDER_TESTS_REPORT_RENDERED_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/json.h"
#include "report/document.h"
#include "report/render.h"

static inline value from_json(const char *text)
{
    value v = value_nil();
    err e = {0};
    if (!json_read(text, strlen(text), "test", &v, &e))
        fail_msg("%s", e.message);
    return v;
}

/* The document of these blocks; a failure when they are refused. */
static inline value document_of(const char *blocks, const char *lang)
{
    value list = from_json(blocks), doc = value_nil();
    err e = {0};
    if (!document_make(&list, "Proef", &doc, &e))
        fail_msg("%s: %s", e.where, e.message);
    value_add(&doc, "lang", value_text(lang));
    value_free(&list);
    return doc;
}

/* Owned by the caller. */
static inline char *rendered(const char *blocks, report_format format, const char *lang)
{
    value doc = document_of(blocks, lang);
    buf out = {0};
    render(&out, &doc, format);
    value_free(&doc);
    return buf_take(&out);
}

static inline void has(const char *text, const char *part)
{
    if (!strstr(text, part))
        fail_msg("\"%s\" is not in:\n%s", part, text);
}

static inline void has_not(const char *text, const char *part)
{
    if (strstr(text, part))
        fail_msg("\"%s\" is in:\n%s", part, text);
}

#endif
