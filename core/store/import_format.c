/* What a file is: by its name, else by how it begins. */
#include <string.h>
#include <strings.h>

#include "store/import_parts.h"

static bool ends_in(const char *path, const char *ending)
{
    size_t len = strlen(path), tail = strlen(ending);
    return len >= tail && strcasecmp(path + len - tail, ending) == 0;
}

/* Not by name: a line that is a whole object makes JSONL, unless it is all there is. */
static import_format sniff(const char *text, size_t len)
{
    size_t at = len >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
    while (at < len && strchr(" \t\r\n", text[at]) && text[at])
        at++;
    if (at == len)
        return IMPORT_JSONL;
    if (text[at] == '[')
        return IMPORT_JSON;
    if (text[at] != '{')
        return IMPORT_CSV;
    const char *newline = memchr(text + at, '\n', len - at);
    size_t end = newline ? (size_t)(newline - text) : len;
    while (end > at && (text[end - 1] == '\r' || text[end - 1] == ' '))
        end--;
    bool more = false;
    for (size_t i = newline ? (size_t)(newline - text) : len; i < len && !more; i++)
        more = !strchr(" \t\r\n", text[i]);
    return more && text[end - 1] == '}' ? IMPORT_JSONL : IMPORT_JSON;
}

import_format input_format(const import_options *o, const char *text, size_t len)
{
    static const struct {
        const char *ending;
        import_format format;
    } ENDINGS[] = {{".json", IMPORT_JSON},
                   {".jsonl", IMPORT_JSONL},
                   {".ndjson", IMPORT_JSONL},
                   {".csv", IMPORT_CSV},
                   {".tsv", IMPORT_CSV}};
    if (o->format != IMPORT_AUTO)
        return o->format;
    for (size_t i = 0; i < sizeof ENDINGS / sizeof ENDINGS[0]; i++) {
        if (ends_in(o->path, ENDINGS[i].ending))
            return ENDINGS[i].format;
    }
    return sniff(text, len);
}
