#include "host/served.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/file.h"
#include "store/holder.h"

static bool refuse(const char *home, int fd, err *e)
{
    struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    buf who = {0};
    if (fcntl(fd, F_GETLK, &lock) == 0 && lock.l_type != F_UNLCK && lock.l_pid > 0)
        holder_name(lock.l_pid, &who);
    err_set(e, ERR_UNAVAILABLE, "this workspace is served already, by %s",
            who.len ? buf_text(&who) : "another process");
    err_where(e, "%s", home);
    buf_free(&who);
    return err_hint(e, "stop that one first; commands work beside it as they are");
}

int served_take(const char *home, err *e)
{
    char *path = file_join(home, "serve.lock");
    struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0644);
    bool ok = fd >= 0 && fcntl(fd, F_SETLK, &lock) == 0;
    if (!ok && fd >= 0 && (errno == EAGAIN || errno == EACCES)) {
        refuse(home, fd, e);
    } else if (!ok) {
        err_set(e, ERR_UNAVAILABLE, "can't take the workspace: %s", strerror(errno));
        err_where(e, "%s", path);
    }
    if (!ok && fd >= 0)
        close(fd);
    free(path);
    return ok ? fd : -1;
}

bool served_by_other(const char *home)
{
    char *path = file_join(home, "serve.lock");
    struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    free(path);
    if (fd < 0)
        return false;
    bool other = fcntl(fd, F_GETLK, &lock) == 0 && lock.l_type != F_UNLCK;
    close(fd);
    return other;
}
