/* A file that is removed lives on for whoever has it open: what is written there then is lost, and
 * two who share other files beside the store damage it. */
#include <string.h>
#include <sys/stat.h>

#include "base/buf.h"
#include "store/db_sqlite.h"

static bool replaced(const char *path, err *e)
{
    err_set(
        e, ERR_UNAVAILABLE,
        "%s was removed, replaced or moved while the store was open; nothing of this change was "
        "kept",
        path);
    err_where(e, "%s", path);
    return err_hint(e, "put it back if it is gone, and start this program again");
}

/* Remembers the file when it is seen first. */
static bool is_same(struct db_beside *known, const char *path, err *e)
{
    struct stat now;
    bool there = stat(path, &now) == 0;
    if (known->inode == 0 && there)
        *known = (struct db_beside){(uint64_t)now.st_dev, (uint64_t)now.st_ino};
    if (known->inode == 0 ||
        (there && known->inode == (uint64_t)now.st_ino && known->device == (uint64_t)now.st_dev))
        return true;
    return replaced(path, e);
}

bool db_in_place(db *d, err *e)
{
    static const char *const ENDS[] = {"-wal", "-shm"};
    const char *path = sqlite3_db_filename(d->handle, "main");
    int moved = 0;
    if (!path || !*path)
        return true;
    sqlite3_file_control(d->handle, "main", SQLITE_FCNTL_HAS_MOVED, &moved);
    if (moved)
        return replaced(path, e);
    bool ok = true;
    for (size_t i = 0; ok && i < 2; i++) {
        buf name = {0};
        buf_fmt(&name, "%s%s", path, ENDS[i]);
        ok = is_same(&d->beside[i], buf_text(&name), e);
        buf_free(&name);
    }
    return ok;
}
