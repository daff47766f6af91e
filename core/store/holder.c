#include "store/holder.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "base/text.h"

/* SQLite's locks are bytes of the file FILE-shm (walformat.html, "WAL locks"): one of the writer,
 * two of checkpoint and recovery, five of readers. That file must not be opened here to ask about
 * them: closing it would drop all the locks that this process has. So /proc/locks it is. */
enum { WRITE_LOCK = 120, LAST_LOCK = 127, COMMAND_BYTES = 160 };

typedef struct lock {
    char type[8]; /* READ, WRITE */
    long pid;
    unsigned major, minor;
    unsigned long long inode, first;
    char last[24]; /* a number, or EOF */
} lock;

/* A line of one who waits has an arrow before POSIX. */
static bool read_lock(const char *line, lock *out)
{
    return sscanf(line, "%*d: POSIX %*s %7s %ld %x:%x:%llu %llu %23s", out->type, &out->pid,
                  &out->major, &out->minor, &out->inode, &out->first, out->last) == 7;
}

static bool is_held(const lock *l, holder_of what)
{
    unsigned long long end = what == HOLDER_OF_WRITE_LOCK ? WRITE_LOCK : LAST_LOCK;
    unsigned long long last = strcmp(l->last, "EOF") == 0 ? end : strtoull(l->last, NULL, 10);
    return l->first <= end && last >= WRITE_LOCK &&
           (what == HOLDER_OF_ANY_LOCK || strcmp(l->type, "WRITE") == 0);
}

/* 0: nobody that has a number here. */
static long find_pid(const struct stat *file, holder_of what)
{
    FILE *locks = fopen("/proc/locks", "re");
    char *line = NULL;
    size_t room = 0;
    long pid = 0;
    while (locks && !pid && getline(&line, &room, locks) > 0) {
        lock l = {0};
        if (read_lock(line, &l) && l.pid > 0 && l.pid != (long)getpid() &&
            l.inode == file->st_ino && l.major == major(file->st_dev) &&
            l.minor == minor(file->st_dev) && is_held(&l, what))
            pid = l.pid;
    }
    free(line);
    if (locks)
        fclose(locks);
    return pid;
}

static void add_command(long pid, buf *out)
{
    char path[48], words[COMMAND_BYTES];
    snprintf(path, sizeof path, "/proc/%ld/cmdline", pid);
    FILE *file = fopen(path, "re");
    size_t len = file ? fread(words, 1, sizeof words, file) : 0;
    if (file)
        fclose(file);
    while (len > 0 && words[len - 1] == '\0')
        len--;
    for (size_t i = 0; i < len; i++)
        if (words[i] == '\0')
            words[i] = ' ';
    if (len == 0)
        return;
    buf_str(out, " (");
    text_escape(out, words, len, COMMAND_BYTES);
    buf_char(out, ')');
}

void holder_name(long pid, buf *out)
{
    buf_fmt(out, "process %ld", pid);
    add_command(pid, out);
}

bool holder_find(const char *path, holder_of what, buf *out)
{
    struct stat file;
    buf shared = {0};
    buf_fmt(&shared, "%s-shm", path);
    long pid = stat(buf_text(&shared), &file) == 0 ? find_pid(&file, what) : 0;
    buf_free(&shared);
    if (!pid)
        return false;
    holder_name(pid, out);
    return true;
}
