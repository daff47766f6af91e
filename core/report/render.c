#include "report/render.h"

#include <string.h>

#include "base/json.h"
#include "base/text.h"
#include "report/format.h"

static const struct {
    const char *name;
    void (*write)(buf *out, const value *document);
} FORMATS[] = {
    [REPORT_MD] = {"md", render_md},
    [REPORT_HTML] = {"html", render_html},
    [REPORT_CSV] = {"csv", render_csv},
    [REPORT_JSON] = {"json", render_json},
};

enum { FORMAT_COUNT = sizeof FORMATS / sizeof *FORMATS };

const char *render_name(report_format format)
{
    return FORMATS[format].name;
}

bool render_format(const char *name, report_format *out, err *e)
{
    const char *names[FORMAT_COUNT];
    for (int i = 0; i < FORMAT_COUNT; i++) {
        names[i] = FORMATS[i].name;
        if (strcmp(name, names[i]) == 0) {
            *out = (report_format)i;
            return true;
        }
    }
    const char *near = text_nearest(name, names, FORMAT_COUNT);
    err_set(e, ERR_USAGE, "there is no format \"%s\"", name);
    return err_hint(e, near ? "did you mean %s?" : "one of: md, html, csv, json%s",
                    near ? near : "");
}

void render(buf *out, const value *document, report_format format)
{
    FORMATS[format].write(out, document);
}

void render_json(buf *out, const value *document)
{
    json_write(out, document);
    buf_char(out, '\n');
}

void render_about(buf *out, const value *document)
{
    const value *about = value_get(document, "about");
    lang l = lang_of(value_get_str(document, "lang", "nl"));
    if (!about)
        return;
    buf_fmt(out, "%s %s (%s %s), ", lang_word(l, "Rapport", "Report"),
            value_get_str(about, "report", ""), value_get_str(about, "plugin", ""),
            value_get_str(about, "version", ""));
    format_day(out, value_get_str(about, "today", ""), l);
    buf_fmt(out, "%s%lld.", lang_word(l, ", stand van het logboek ", ", log position "),
            (long long)value_get_int(about, "log", 0));
}
