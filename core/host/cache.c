/* A file is a checksum of what follows, and a frame (pack.h). It is not synced: after a crash a
 * damaged one is seen by its checksum. */
#include "host/cache.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/hash.h"
#include "base/mem.h"
#include "base/pack.h"

enum { FILES_MOST = 64, SUM = sizeof(uint64_t) };

static const char FOLDER[] = ".cache";
static const size_t BYTES_MOST = (size_t)64 << 20, BYTES_ALL = (size_t)512 << 20;

static char *path_of(workspace *ws, const char *key)
{
    char *folder = mem_text(workspace_path(ws, FOLDER));
    char *path = file_join(folder, key);
    free(folder);
    return path;
}

static bool is_whole(const buf *bytes)
{
    if (bytes->len < SUM)
        return false;
    uint64_t sum = hash_damage(bytes->data + SUM, bytes->len - SUM);
    return memcmp(bytes->data, &sum, SUM) == 0;
}

bool cache_get(workspace *ws, const char *key, value *out)
{
    buf bytes = {0};
    char *path = path_of(ws, key);
    size_t used = 0;
    bool found = file_exists(path);
    bool ok = found && file_read(path, BYTES_MOST, &bytes, NULL) && is_whole(&bytes) &&
              pack_read(bytes.data + SUM, bytes.len - SUM, &PACK_TO_WORKER, out, &used, NULL) &&
              used > 0;
    if (found && !ok)
        unlink(path);
    buf_free(&bytes);
    free(path);
    return ok;
}

/* A name that nobody reads until it is whole. */
static bool write_file(const char *path, const buf *frame)
{
    buf aside = {0};
    buf_fmt(&aside, "%s.%ld", path, (long)getpid());
    FILE *f = fopen(buf_text(&aside), "we");
    uint64_t sum = hash_damage(frame->data, frame->len);
    bool ok =
        f && fwrite(&sum, 1, SUM, f) == SUM && fwrite(frame->data, 1, frame->len, f) == frame->len;
    ok = f && fclose(f) == 0 && ok;
    ok = ok && rename(buf_text(&aside), path) == 0;
    if (f && !ok)
        unlink(buf_text(&aside));
    buf_free(&aside);
    return ok;
}

typedef struct aged {
    char *path;
    size_t bytes;
    struct timespec time;
} aged;

static int newest_first(const void *a, const void *b)
{
    const struct timespec *x = &((const aged *)a)->time, *y = &((const aged *)b)->time;
    if (x->tv_sec != y->tv_sec)
        return x->tv_sec > y->tv_sec ? -1 : 1;
    return (x->tv_nsec < y->tv_nsec) - (x->tv_nsec > y->tv_nsec);
}

static void drop_oldest(workspace *ws)
{
    value names = value_list();
    file_list(workspace_path(ws, FOLDER), &names, NULL);
    size_t len = value_len(&names), all = 0;
    aged *files = mem_zero(len + 1, sizeof *files);
    for (size_t i = 0; i < len; i++) {
        struct stat about = {0};
        files[i].path = path_of(ws, value_str(value_at(&names, i), ""));
        if (stat(files[i].path, &about) == 0) {
            files[i].time = about.st_mtim;
            files[i].bytes = (size_t)about.st_size;
        }
    }
    qsort(files, len, sizeof *files, newest_first);
    for (size_t i = 0; i < len; i++) {
        all += files[i].bytes;
        if (i >= FILES_MOST || all > BYTES_ALL)
            unlink(files[i].path);
        free(files[i].path);
    }
    free(files);
    value_free(&names);
}

void cache_put(workspace *ws, const char *key, const value *what)
{
    buf frame = {0};
    char *path = path_of(ws, key);
    if (pack_write(&frame, what, &PACK_TO_WORKER, NULL) &&
        file_make_folder(workspace_path(ws, FOLDER), NULL) && write_file(path, &frame))
        drop_oldest(ws);
    buf_free(&frame);
    free(path);
}

bool cache_clear(workspace *ws, err *e)
{
    value names = value_list();
    bool ok = !file_is_folder(workspace_path(ws, FOLDER)) ||
              file_list(workspace_path(ws, FOLDER), &names, e);
    for (size_t i = 0; i < value_len(&names); i++) {
        char *path = path_of(ws, value_str(value_at(&names, i), ""));
        if (unlink(path) != 0 && errno != ENOENT && ok) {
            ok = err_set(e, ERR_UNAVAILABLE, "can't be removed: %s", strerror(errno));
            err_where(e, "%s", path);
            err_hint(e, "remove the folder by hand: it may hold what was erased");
        }
        free(path);
    }
    value_free(&names);
    return ok;
}
