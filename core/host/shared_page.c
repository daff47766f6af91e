#include "host/shared_page.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

/* Sealed: a worker that cut the file would end the host at its next look, with SIGBUS. */
wire_page *shared_page_new(int *out_fd)
{
    int fd = memfd_create("polder-worker", MFD_CLOEXEC | MFD_ALLOW_SEALING);
    if (fd < 0)
        return NULL;
    void *page = ftruncate(fd, sizeof(wire_page)) == 0 &&
                         fcntl(fd, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL) == 0
                     ? mmap(NULL, sizeof(wire_page), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0)
                     : MAP_FAILED;
    if (page == MAP_FAILED) {
        close(fd);
        return NULL;
    }
    *out_fd = fd;
    return page;
}

void shared_page_free(wire_page *page)
{
    munmap(page, sizeof *page);
}
