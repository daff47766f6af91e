#include "cli/report.h"

#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/json.h"
#include "base/text.h"
#include "cli/progress.h"

enum { SHOWN_BYTES = 2048 };

static void add_line(buf *out, const char *label, const char *text)
{
    if (!*text)
        return;
    buf_str(out, label);
    text_escape(out, text, strlen(text), SHOWN_BYTES);
    buf_char(out, '\n');
}

void report_error(const err *e, bool json)
{
    buf text = {0};
    progress_clear();
    if (json) {
        json_write_error(&text, e);
    } else {
        add_line(&text, "polder: ", *e->message ? e->message : err_name(e->code));
        add_line(&text, "  at: ", e->where);
        add_line(&text, "  hint: ", e->hint);
    }
    fwrite(buf_text(&text), 1, text.len, stderr);
    buf_free(&text);
}

void report_part(const err *e)
{
    buf text = {0}, line = {0};
    progress_clear();
    buf_fmt(&line, "%s%s%s", e->where, *e->where ? ": " : "", e->message);
    if (*e->hint)
        buf_fmt(&line, " (%s)", e->hint);
    add_line(&text, "", buf_text(&line));
    fwrite(buf_text(&text), 1, text.len, stderr);
    buf_free(&text);
    buf_free(&line);
}

bool report_unkept(const err *unkept, err *e)
{
    if (unkept->code == ERR_NONE)
        return true;
    err_copy(e, unkept);
    return err_prefix(e, "the answer stands, but no run of it is kept: ");
}
