#include "cli/out.h"

#include <errno.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/fault.h"
#include "base/json.h"
#include "base/text.h"

enum { WIDTH_ELSE = 100, WIDTH_LEAST = 40, WIDTH_MOST = 1000 };

static int failed; /* errno of the first write that failed */

void out_bytes(const char *bytes, size_t len)
{
    if (failed || len == 0)
        return;
    errno = 0;
    if (fwrite(bytes, 1, len, stdout) != len)
        failed = errno ? errno : EIO;
}

void out_str(const char *text)
{
    out_bytes(text, strlen(text));
}

void out_fmt(const char *format, ...)
{
    va_list args;
    buf text = {0};
    va_start(args, format);
    buf_vfmt(&text, format, args);
    va_end(args);
    out_bytes(buf_text(&text), text.len);
    buf_free(&text);
}

void out_safe(const char *text)
{
    buf safe = {0};
    text_escape(&safe, text, strlen(text), 1 << 16);
    out_bytes(buf_text(&safe), safe.len);
    buf_free(&safe);
}

void out_json(const value *document)
{
    buf text = {0};
    if (isatty(STDOUT_FILENO))
        json_write_pretty(&text, document);
    else
        json_write(&text, document);
    buf_char(&text, '\n');
    out_bytes(buf_text(&text), text.len);
    buf_free(&text);
}

void out_wrapped(const char *text, size_t indent, size_t column)
{
    size_t width = out_width();
    buf safe = {0};
    text_escape(&safe, text, strlen(text), 1 << 16);
    out_fmt("%*s", (int)(column < indent ? indent - column : 0), "");
    column = column < indent ? indent : column;
    for (const char *word = buf_text(&safe); *(word += strspn(word, " "));) {
        size_t len = strcspn(word, " "), columns = text_columns(word, len);
        if (column > indent && column + 1 + columns > width) {
            out_fmt("\n%*s", (int)indent, "");
            column = indent;
        } else if (column > indent) {
            out_str(" ");
            column++;
        }
        out_bytes(word, len);
        column += columns;
        word += len;
    }
    out_str("\n");
    buf_free(&safe);
}

/* The reader has seen enough, as in `polder export | head`: end without a word, as any program does
 * that doesn't ignore the signal. Work that had to be kept was committed before a line of it was
 * printed. */
static void end_with_the_reader(void)
{
    signal(SIGPIPE, SIG_DFL);
    raise(SIGPIPE);
}

bool out_ok(err *e)
{
    if (!failed)
        return true;
    if (failed == EPIPE)
        end_with_the_reader();
    err_set(e, ERR_UNAVAILABLE, "cannot write the output: %s", strerror(failed));
    err_where(e, "standard output");
    if (failed == ENOSPC)
        return err_hint(e, "make room, then run the command again");
    return false;
}

bool out_finish(err *e)
{
    FAULT_POINT("reply-made");
    errno = 0;
    if (fflush(stdout) != 0 && !failed)
        failed = errno ? errno : EIO;
    FAULT_POINT("reply-given");
    return out_ok(e);
}

static size_t asked_width(void)
{
    const char *columns = getenv("COLUMNS");
    struct winsize size;
    if (columns && *columns && strspn(columns, "0123456789") == strlen(columns))
        return (size_t)strtoul(columns, NULL, 10);
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0)
        return size.ws_col;
    return 0;
}

size_t out_width(void)
{
    size_t width = asked_width();
    if (width == 0)
        return WIDTH_ELSE;
    if (width < WIDTH_LEAST)
        return WIDTH_LEAST;
    return width < WIDTH_MOST ? width : WIDTH_MOST;
}

const char *out_styled(out_style style)
{
    static const char *const ESCAPES[] = {[OUT_PLAIN] = "\x1b[0m",
                                          [OUT_BOLD] = "\x1b[1m",
                                          [OUT_DIM] = "\x1b[2m",
                                          [OUT_RED] = "\x1b[31m",
                                          [OUT_GREEN] = "\x1b[32m"};
    const char *no_color = getenv("NO_COLOR"), *term = getenv("TERM");
    if ((no_color && *no_color) || !term || strcmp(term, "dumb") == 0 || !isatty(STDOUT_FILENO))
        return "";
    return ESCAPES[style];
}
