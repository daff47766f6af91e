/* Rows of a JSON file (a list, an object around a list, or one record) and of JSONL. */
#include <string.h>

#include "base/json.h"
#include "store/import_parts.h"

/* Steps over text that json_read has accepted, to know the line on which each item begins. */
typedef struct steps {
    const char *at, *end;
    int64_t line;
} steps;

static void skip_blank(steps *s)
{
    while (s->at < s->end && strchr(" \t\r\n,:", *s->at)) {
        s->line += *s->at == '\n';
        s->at++;
    }
}

static void skip_text(steps *s)
{
    for (s->at++; s->at < s->end && *s->at != '"'; s->at++)
        s->at += *s->at == '\\';
    s->at++;
}

static void skip_value(steps *s)
{
    int depth = 0;
    do {
        skip_blank(s);
        if (s->at >= s->end)
            return;
        if (*s->at == '"') {
            skip_text(s);
        } else if (*s->at == '{' || *s->at == '[') {
            depth++;
            s->at++;
        } else if (*s->at == '}' || *s->at == ']') {
            depth--;
            s->at++;
        } else {
            while (s->at < s->end && !strchr(" \t\r\n,:]}", *s->at))
                s->at++;
        }
    } while (depth > 0);
}

/* To the first item of the list: that of the document, or of its entry number `entry`. */
static void enter_list(steps *s, const value *document, size_t entry)
{
    if (s->end - s->at >= 3 && memcmp(s->at, "\xef\xbb\xbf", 3) == 0)
        s->at += 3;
    skip_blank(s);
    s->at++; /* [ or { */
    if (value_is(document, VALUE_LIST))
        return;
    for (size_t i = 0; i <= entry; i++) {
        skip_value(s); /* key */
        if (i < entry)
            skip_value(s);
    }
    skip_blank(s);
    s->at++; /* [ */
}

static bool is_list_of_objects(const value *v)
{
    for (size_t i = 0; value_is(v, VALUE_LIST) && i < value_len(v); i++) {
        if (!value_is(value_at(v, i), VALUE_MAP))
            return false;
    }
    return value_is(v, VALUE_LIST) && value_len(v) > 0;
}

static bool can_be_record(const value *v)
{
    static const char *const NAMES[] = {"id", "slug", "title", "name"};
    for (size_t i = 0; i < 4; i++) {
        if (value_get(v, NAMES[i]))
            return true;
    }
    return false;
}

/* The rows' list inside `document`, with the number of its entry; NULL when the document is itself
 * one record. */
static value *find_list(value *document, size_t *entry)
{
    if (value_is(document, VALUE_LIST))
        return document;
    if (!value_is(document, VALUE_MAP) || can_be_record(document))
        return NULL;
    value *found = NULL;
    size_t count = document->as.map.len;
    for (size_t i = 0; i < count; i++) {
        value *v = &document->as.map.items[i].value;
        if (!is_list_of_objects(v) && !(count == 1 && value_is(v, VALUE_LIST)))
            continue;
        if (found)
            return NULL;
        found = v;
        *entry = i;
    }
    return found;
}

static bool take_list(importer *im, steps *s, value *list, err *e)
{
    for (size_t i = 0; i < list->as.list.len; i++) {
        skip_blank(s);
        int64_t line = s->line;
        skip_value(s);
        if (!importer_row(im, &list->as.list.items[i], line, e))
            return false;
    }
    return true;
}

bool import_json(importer *im, input *in, err *e)
{
    buf text = {0};
    value document = value_nil();
    size_t entry = 0;
    bool ok = input_all(in, &text, e) &&
              json_read(buf_text(&text), text.len, importer_name(im), &document, e);
    if (!ok)
        goto done;
    steps s = {.at = buf_text(&text), .end = buf_text(&text) + text.len, .line = 1};
    value *list = find_list(&document, &entry);
    if (list) {
        enter_list(&s, &document, entry);
        ok = take_list(im, &s, list, e);
    } else {
        skip_blank(&s);
        ok = importer_row(im, &document, s.line, e);
    }
done:
    value_free(&document);
    buf_free(&text);
    return ok;
}

static bool is_blank(const buf *line)
{
    const char *text = buf_text(line);
    return strspn(text, " \t\r") == line->len;
}

static bool take_line(importer *im, const buf *line, bool cut, int number, err *e)
{
    err why = {0};
    value row = value_nil();
    if (cut)
        err_set(&why, ERR_LIMIT, "the line is longer than %d MiB", IMPORT_LINE_BYTES / 1048576);
    else if (json_read_at(buf_text(line), line->len, importer_name(im), number, &row, &why))
        return importer_row(im, &row, number, e);
    if (number == 1 && strchr("[{", buf_text(line)[0]) && line->len <= 2)
        err_hint(&why, "this looks like one JSON document: try --format json");
    return importer_unread(im, number, &why, e);
}

bool import_jsonl(importer *im, input *in, err *e)
{
    buf line = {0};
    bool ok = true, cut = false;
    for (int number = 1; ok && input_line(in, &line, &cut); number++) {
        if (cut || !is_blank(&line))
            ok = take_line(im, &line, cut, number, e);
    }
    buf_free(&line);
    return ok;
}
