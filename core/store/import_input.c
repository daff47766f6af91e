#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/mem.h"
#include "store/import_parts.h"

enum { CHUNK = 64 * 1024 };

struct input {
    FILE *file;
    const char *path;
    char *bytes;
    size_t start, end; /* of what was read and not taken */
    int64_t taken, all;
    bool at_end;
    int error;
};

static bool open_error(const char *path, int why, err *e)
{
    err_code code = why == ENOENT   ? ERR_NOT_FOUND
                    : why == EACCES ? ERR_NOT_ALLOWED
                                    : ERR_UNAVAILABLE;
    err_set(e, code, "can't read %s: %s", path, strerror(why));
    return err_where(e, "%s", path);
}

input *input_open(const char *path, err *e)
{
    FILE *file = strcmp(path, "-") == 0 ? stdin : fopen(path, "rbe");
    struct stat about;
    if (!file || fstat(fileno(file), &about) != 0) {
        open_error(path, errno, e);
        return NULL;
    }
    if (S_ISDIR(about.st_mode)) {
        fclose(file);
        open_error(path, EISDIR, e);
        return NULL;
    }
    input *in = mem_zero(1, sizeof *in);
    *in = (input){.file = file, .path = path, .bytes = mem_alloc(CHUNK)};
    in->all = S_ISREG(about.st_mode) ? (int64_t)about.st_size : 0;
    return in;
}

void input_close(input *in)
{
    if (!in)
        return;
    if (in->file != stdin)
        fclose(in->file);
    free(in->bytes);
    free(in);
}

static void fill(input *in)
{
    if (in->start > 0) {
        memmove(in->bytes, in->bytes + in->start, in->end - in->start);
        in->end -= in->start;
        in->start = 0;
    }
    while (!in->at_end && in->end < CHUNK) {
        size_t got = fread(in->bytes + in->end, 1, CHUNK - in->end, in->file);
        if (got == 0) {
            in->at_end = true;
            in->error = ferror(in->file) ? errno : 0;
        }
        in->end += got;
    }
}

const char *input_peek(input *in, size_t *len)
{
    if (in->end - in->start < CHUNK)
        fill(in);
    *len = in->end - in->start;
    return in->bytes + in->start;
}

void input_skip(input *in, size_t bytes)
{
    in->start += bytes;
    in->taken += (int64_t)bytes;
}

bool input_line(input *in, buf *line, bool *cut)
{
    buf_clear(line);
    *cut = false;
    bool any = false;
    for (;;) {
        if (in->start == in->end)
            fill(in);
        if (in->start == in->end)
            return any;
        any = true;
        const char *from = in->bytes + in->start;
        const char *newline = memchr(from, '\n', in->end - in->start);
        size_t len = newline ? (size_t)(newline - from) : in->end - in->start;
        size_t room = IMPORT_LINE_BYTES - line->len;
        *cut = *cut || len > room;
        buf_add(line, from, len > room ? room : len);
        input_skip(in, len + (newline != NULL));
        if (newline)
            return true;
    }
}

bool input_all(input *in, buf *out, err *e)
{
    for (size_t len = 0;;) {
        const char *bytes = input_peek(in, &len);
        if (len == 0)
            return input_good(in, e);
        if (out->len + len > IMPORT_JSON_BYTES) {
            err_set(e, ERR_LIMIT, "a JSON file of more than %d MiB can't be read as one",
                    IMPORT_JSON_BYTES / 1048576);
            return err_hint(e, "make it JSONL: one object a line");
        }
        buf_add(out, bytes, len);
        input_skip(in, len);
    }
}

bool input_good(const input *in, err *e)
{
    return in->error == 0 || open_error(in->path, in->error, e);
}

int64_t input_bytes_done(const input *in)
{
    return in->taken;
}

int64_t input_bytes_all(const input *in)
{
    return in->all;
}
