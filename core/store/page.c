#include "store/page.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/json.h"
#include "base/mem.h"

/* RFC 4648, the alphabet for file names, without padding. */
static const char LETTERS[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

void page_free(page_mark *m)
{
    value_free(&m->at);
    free(m->id);
    *m = (page_mark){0};
}

static void encode(const char *bytes, size_t len, buf *out)
{
    unsigned bits = 0, held = 0;
    for (size_t i = 0; i < len; i++) {
        bits = (bits << 8 | (unsigned char)bytes[i]) & 0xffff;
        for (held += 8; held >= 6; held -= 6)
            buf_char(out, LETTERS[bits >> (held - 6) & 63]);
    }
    if (held > 0)
        buf_char(out, LETTERS[bits << (6 - held) & 63]);
}

static bool decode(const char *text, buf *out)
{
    unsigned bits = 0, held = 0;
    for (; *text; text++) {
        const char *letter = strchr(LETTERS, *text);
        if (!letter)
            return false;
        bits = (bits << 6 | (unsigned)(letter - LETTERS)) & 0xffff;
        held += 6;
        if (held >= 8) {
            held -= 8;
            buf_char(out, (char)(unsigned char)(bits >> held & 0xff));
        }
    }
    return true;
}

char *page_write(const page_mark *m, const char *order)
{
    value list = value_list();
    buf json = {0}, token = {0};
    value_push(&list, value_text(m->id));
    value_push(&list, value_text(order ? order : ""));
    value_push(&list, value_copy(&m->at));
    json_write(&json, &list);
    encode(buf_text(&json), json.len, &token);
    buf_free(&json);
    value_free(&list);
    return buf_take(&token);
}

bool page_read(const char *token, const char *order, page_mark *out, err *e)
{
    buf json = {0};
    value list = value_nil();
    bool ok = decode(token, &json) && json_read(buf_text(&json), json.len, NULL, &list, NULL) &&
              value_len(&list) == 3 && value_str(value_at(&list, 0), NULL) &&
              value_str(value_at(&list, 1), NULL) && !value_is(value_at(&list, 2), VALUE_LIST) &&
              !value_is(value_at(&list, 2), VALUE_MAP);
    const char *was = value_str(value_at(&list, 1), "");
    if (!ok) {
        err_set(e, ERR_USAGE, "\"%.80s\" is not where a page ended", token);
        err_hint(e, "it is what the page before says");
    } else if (strcmp(was, order ? order : "") != 0) {
        ok = err_set(e, ERR_USAGE, "that page was in another order: %s", *was ? was : "by id");
    } else {
        out->id = mem_text(value_str(value_at(&list, 0), ""));
        out->at = value_copy(value_at(&list, 2));
    }
    buf_free(&json);
    value_free(&list);
    return ok;
}
