/* file.c: POSIX files; every error names the path, escaped. */
#include "base/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/hash.h"
#include "base/mem.h"
#include "base/text.h"

enum { READ_BYTES = 65536, SUFFIX_BYTES = 8, SHOWN_BYTES = 300 };

static err_code code_of(int number)
{
    switch (number) {
    case ENOENT:
    case ENOTDIR:
    case ENAMETOOLONG:
        return ERR_NOT_FOUND;
    case EACCES:
    case EPERM:
        return ERR_NOT_ALLOWED;
    case EISDIR:
    case EEXIST:
    case ELOOP:
        return ERR_BAD_DATA;
    default:
        return ERR_UNAVAILABLE;
    }
}

bool file_fail(err *e, const char *what, const char *path)
{
    int number = errno;
    buf name = {0};
    text_escape(&name, path, strlen(path), SHOWN_BYTES);
    err_set(e, code_of(number), "cannot %s %s: %s", what, buf_text(&name), strerror(number));
    buf_free(&name);
    return false;
}

static bool too_large(err *e, const char *path, size_t max_bytes)
{
    buf name = {0};
    text_escape(&name, path, strlen(path), SHOWN_BYTES);
    err_set(e, ERR_LIMIT, "%s is larger than %zu bytes", buf_text(&name), max_bytes);
    buf_free(&name);
    return false;
}

/* What a file is said to be long, and one byte more, so that its end shows at once; unknown: 0. */
static size_t room_for(int fd, size_t max_bytes)
{
    struct stat about;
    if (fstat(fd, &about) != 0 || !S_ISREG(about.st_mode) || about.st_size <= 0)
        return 0;
    return (uintmax_t)about.st_size < max_bytes ? (size_t)about.st_size + 1 : max_bytes + 1;
}

bool file_read_open(int fd, const char *path, size_t max_bytes, buf *out, err *e)
{
    const size_t start = out->len, expected = room_for(fd, max_bytes);
    for (size_t room = expected ? expected : READ_BYTES;; room = READ_BYTES) {
        char *end = buf_room(out, room);
        ssize_t got = read(fd, end, room);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return file_fail(e, "read", path);
        out->len += (size_t)got;
        out->data[out->len] = '\0';
        if (out->len - start > max_bytes)
            return too_large(e, path, max_bytes);
        if (got == 0 || out->len - start + 1 == expected)
            return true;
    }
}

bool file_read(const char *path, size_t max_bytes, buf *out, err *e)
{
    const size_t start = out->len;
    bool std = strcmp(path, "-") == 0, ok = false;
    int fd = std ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        file_fail(e, "read", path);
        goto done;
    }
    ok = file_read_open(fd, std ? "the standard input" : path, max_bytes, out, e);
done:
    if (!ok) {
        out->len = start;
        if (out->data)
            out->data[start] = '\0';
    }
    if (fd >= 0 && !std)
        close(fd);
    return ok;
}

static bool write_all(int fd, const char *bytes, size_t len)
{
    while (len > 0) {
        ssize_t put = write(fd, bytes, len);
        if (put < 0 && errno == EINTR)
            continue;
        if (put < 0)
            return false;
        bytes += put;
        len -= (size_t)put;
    }
    return true;
}

/* The new name in a folder is on disk only once the folder is. */
static bool sync_folder(const char *path)
{
    char *folder = mem_text(path);
    char *slash = strrchr(folder, '/');
    if (slash)
        slash[slash == folder ? 1 : 0] = '\0';
    int fd = open(slash ? folder : ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool ok = fd >= 0 && (fsync(fd) == 0 || errno == EINVAL); /* some file systems can't */
    if (fd >= 0)
        close(fd);
    free(folder);
    return ok;
}

struct file_writer {
    char *path, *target; /* as it was named, and what its links lead to */
    char *aside;         /* NULL: it is written to, never replaced */
    int fd;
};

static void writer_free(file_writer *w)
{
    int number = errno;
    if (w->fd >= 0)
        close(w->fd);
    free(w->path);
    free(w->target);
    free(w->aside);
    free(w);
    errno = number;
}

/* Beside the file that it will replace, with the mode of that. */
static bool open_aside(file_writer *w, const struct stat *old)
{
    char suffix[2 * SUFFIX_BYTES + 1];
    buf aside = {0};
    hash_random(SUFFIX_BYTES, suffix);
    buf_fmt(&aside, "%s.%s", w->target, suffix);
    w->aside = buf_take(&aside);
    w->fd = open(w->aside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (w->fd < 0) {
        free(w->aside);
        w->aside = NULL;
    }
    return w->fd >= 0 && (!old || fchmod(w->fd, old->st_mode & 07777) == 0);
}

/* /dev/stdout and pipes are written to. */
static bool open_writer(file_writer *w)
{
    struct stat old;
    bool there = stat(w->path, &old) == 0;
    if (there && S_ISDIR(old.st_mode)) {
        errno = EISDIR;
        return false;
    }
    if (there && !S_ISREG(old.st_mode)) {
        w->fd = open(w->path, O_WRONLY | O_CLOEXEC);
        return w->fd >= 0;
    }
    w->target = there ? realpath(w->path, NULL) : mem_text(w->path); /* a link stays a link */
    return w->target && open_aside(w, there ? &old : NULL);
}

file_writer *file_begin(const char *path, err *e)
{
    file_writer *w = mem_zero(1, sizeof *w);
    w->path = mem_text(path);
    w->fd = -1;
    if (open_writer(w))
        return w;
    file_fail(e, "write", path);
    file_abandon(w);
    return NULL;
}

bool file_add(file_writer *w, const void *bytes, size_t len, err *e)
{
    return write_all(w->fd, bytes, len) || file_fail(e, "write", w->path);
}

static bool close_writer(file_writer *w)
{
    int fd = w->fd;
    if (w->aside && fsync(fd) != 0)
        return false;
    w->fd = -1;
    return close(fd) == 0 &&
           (!w->aside || (rename(w->aside, w->target) == 0 && sync_folder(w->target)));
}

bool file_end(file_writer *w, err *e)
{
    if (!close_writer(w)) {
        file_fail(e, "write", w->path);
        file_abandon(w);
        return false;
    }
    writer_free(w);
    return true;
}

void file_abandon(file_writer *w)
{
    if (!w)
        return;
    if (w->aside)
        unlink(w->aside);
    writer_free(w);
}

bool file_write(const char *path, const void *bytes, size_t len, err *e)
{
    file_writer *w = file_begin(path, e);
    if (!w)
        return false;
    if (file_add(w, bytes, len, e))
        return file_end(w, e);
    file_abandon(w);
    return false;
}

bool file_create_private(const char *path, const void *bytes, size_t len, err *e)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0 && errno == EEXIST) {
        err_set(e, ERR_NOT_ALLOWED, "there is a file %s already; it is left as it is", path);
        return err_where(e, "%s", path);
    }
    bool ok = fd >= 0 && write_all(fd, bytes, len) && fsync(fd) == 0 && sync_folder(path);
    if (!ok)
        file_fail(e, "write", path);
    if (fd >= 0)
        close(fd);
    if (fd >= 0 && !ok)
        unlink(path);
    return ok;
}

bool file_exists(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0;
}

bool file_is_folder(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

static bool make_one(const char *path)
{
    if (mkdir(path, 0777) == 0)
        return true;
    int number = errno;
    bool there = file_is_folder(path);
    errno = number;
    return there;
}

bool file_make_folder(const char *path, err *e)
{
    char *part = mem_text(path);
    bool ok = true;
    for (char *slash = strchr(*part ? part + 1 : part, '/'); ok && slash;
         slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        ok = make_one(part);
        *slash = '/';
    }
    ok = ok && make_one(part);
    if (!ok)
        file_fail(e, "make the folder", path);
    free(part);
    return ok;
}

static int by_bytes(const void *a, const void *b)
{
    const value *left = a, *right = b;
    return strcmp(left->as.text.bytes, right->as.text.bytes);
}

static bool add_names(DIR *from, value *names)
{
    struct dirent *entry;
    errno = 0;
    while ((entry = readdir(from))) {
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
            value_push(names, value_text(entry->d_name));
        errno = 0;
    }
    return errno == 0;
}

bool file_list(const char *path, value *out, err *e)
{
    value names = value_list();
    DIR *folder = opendir(path);
    bool ok = folder && add_names(folder, &names);
    if (!ok) {
        file_fail(e, "read the folder", path);
        goto done;
    }
    if (names.as.list.len > 1)
        qsort(names.as.list.items, names.as.list.len, sizeof(value), by_bytes);
    *out = names;
    names = value_nil();
done:
    if (folder)
        closedir(folder);
    value_free(&names);
    return ok;
}

char *file_join(const char *folder, const char *name)
{
    buf path = {0};
    size_t len = strlen(folder);
    if (*name != '/' && len > 0) {
        buf_add(&path, folder, len);
        if (folder[len - 1] != '/')
            buf_char(&path, '/');
    }
    buf_str(&path, name);
    return buf_take(&path);
}

char *file_absolute(const char *path, err *e)
{
    char *whole = realpath(path, NULL);
    if (!whole)
        file_fail(e, "find", path);
    return whole;
}
