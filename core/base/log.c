/* log.c: a line is made whole and goes out in one write(2), so that lines of several processes
 * don't mix. */
#include "base/log.h"

#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/text.h"

enum { LINE_BYTES = 4096 };

/* What is plain information needs no word for it. */
static const char *const PREFIXES[] = {
    "polder: error: ", "polder: warning: ", "polder: ", "polder: debug: "};

static _Atomic int shown = LOG_INFO;
static void (*sink_fn)(void *ctx, log_level level, const char *line);
static void *sink_ctx;

void log_set_level(log_level most)
{
    atomic_store(&shown, (int)most);
}

void log_set_sink(void (*sink)(void *ctx, log_level level, const char *line), void *ctx)
{
    sink_fn = sink;
    sink_ctx = ctx;
}

static void put_line(const buf *line)
{
    /* A standard error that is closed or full is nobody's to hear about. */
    ssize_t written = write(STDERR_FILENO, line->data, line->len);
    (void)written;
}

void log_line(log_level level, const char *format, ...)
{
    if ((int)level > atomic_load(&shown))
        return;
    buf text = {0}, line = {0};
    va_list args;
    va_start(args, format);
    buf_vfmt(&text, format, args);
    va_end(args);
    buf_str(&line, PREFIXES[level]);
    text_escape(&line, buf_text(&text), text.len, LINE_BYTES - 1 - line.len);
    if (sink_fn) {
        sink_fn(sink_ctx, level, buf_text(&line));
    } else {
        buf_char(&line, '\n');
        put_line(&line);
    }
    buf_free(&text);
    buf_free(&line);
}
