#include "report/clean.h"

#include <string.h>
#include <strings.h>

#include "base/text.h"

#define REPLACEMENT "\xef\xbf\xbd"

/* Bytes of the character at `text`, which is valid UTF-8. */
static size_t length_of(unsigned char first)
{
    return first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
}

/* C1 controls, marks and overrides of direction, line separators, and what XML does not know. */
static bool is_refused(const char *text, size_t len)
{
    const unsigned char *c = (const unsigned char *)text;
    if (len == 1)
        return c[0] < ' ' || c[0] == 0x7f;
    if (len == 2)
        return (c[0] == 0xc2 && c[1] < 0xa0) || (c[0] == 0xd8 && c[1] == 0x9c);
    if (len != 3)
        return len == 4 && c[1] % 16 == 0xf && c[2] == 0xbf && c[3] >= 0xbe;
    if (c[0] == 0xe2 && c[1] == 0x80)
        return c[2] == 0x8e || c[2] == 0x8f || (c[2] >= 0xa8 && c[2] <= 0xae);
    if (c[0] == 0xe2 && c[1] == 0x81)
        return c[2] >= 0xa6 && c[2] <= 0xa9;
    return c[0] == 0xef &&
           ((c[1] == 0xbf && c[2] >= 0xbe) || (c[1] == 0xb7 && c[2] >= 0x90 && c[2] <= 0xaf));
}

void clean_text(buf *out, const char *text, size_t len)
{
    size_t at = 0, valid = text_invalid_at(text, len);
    while (at < len) {
        if (at == valid) {
            buf_str(out, REPLACEMENT);
            at++;
            valid = at + text_invalid_at(text + at, len - at);
            continue;
        }
        size_t size = length_of((unsigned char)text[at]);
        if (text[at] == '\n' || text[at] == '\t' || text[at] == '\r')
            buf_char(out, ' ');
        else if (is_refused(text + at, size))
            buf_str(out, REPLACEMENT);
        else
            buf_add(out, text + at, size);
        at += size;
    }
}

void clean_html(buf *out, const char *text, size_t len)
{
    buf clean = {0};
    clean_text(&clean, text, len);
    for (size_t i = 0; i < clean.len; i++) {
        switch (clean.data[i]) {
        case '&':
            buf_str(out, "&amp;");
            break;
        case '<':
            buf_str(out, "&lt;");
            break;
        case '>':
            buf_str(out, "&gt;");
            break;
        case '"':
            buf_str(out, "&quot;");
            break;
        case '\'':
            buf_str(out, "&#39;");
            break;
        default:
            buf_char(out, clean.data[i]);
        }
    }
    buf_free(&clean);
}

bool clean_url(const char *url, size_t len)
{
    static const char *const SCHEMES[] = {"https://", "http://", "mailto:"};
    if (strlen(url) != len || text_invalid_at(url, len) != len)
        return false;
    for (size_t i = 0; i < len; i++)
        if ((unsigned char)url[i] <= ' ' || url[i] == 0x7f || strchr("\"<>\\^`{|}", url[i]))
            return false;
    for (size_t i = 0; i < sizeof SCHEMES / sizeof *SCHEMES; i++) {
        size_t scheme = strlen(SCHEMES[i]);
        if (strncasecmp(url, SCHEMES[i], scheme) == 0)
            return len > scheme;
    }
    return false;
}
