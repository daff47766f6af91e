#include "web/address.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"

enum { QUEUE = 128 };

typedef union any_address {
    struct sockaddr plain;
    struct sockaddr_in four;
    struct sockaddr_in6 six;
    struct sockaddr_un file;
} any_address;

static bool fail(const char *text, err *e)
{
    err_set(e, ERR_UNAVAILABLE, "can't listen on %s: %s", text, strerror(errno));
    if (errno == EADDRINUSE)
        err_hint(e, "another program has that port: choose one with --listen 127.0.0.1:PORT");
    return false;
}

static bool not_an_address(const char *text, err *e)
{
    err_set(e, ERR_USAGE, "\"%.80s\" is no address to listen on", text);
    return err_hint(e, "such as 127.0.0.1:7340, [::1]:7340 or unix:polder.sock");
}

/* Numbers only, and "localhost": a name that must be looked up could become another machine's. */
static bool read_address(const char *text, any_address *out, socklen_t *len, err *e)
{
    const char *colon = strrchr(text, ':');
    size_t host_len = colon ? (size_t)(colon - text) : 0;
    char host[64] = "";
    char *end = NULL;
    long port = colon ? strtol(colon + 1, &end, 10) : -1;
    if (!colon || host_len == 0 || host_len >= sizeof host || end == colon + 1 || *end ||
        port < 0 || port > 65535)
        return not_an_address(text, e);
    bool six = text[0] == '[' && text[host_len - 1] == ']';
    memcpy(host, text + six, host_len - 2 * six);
    host[host_len - 2 * six] = '\0';
    memset(out, 0, sizeof *out);
    if (six) {
        out->six.sin6_family = AF_INET6;
        out->six.sin6_port = htons((uint16_t)port);
        *len = sizeof out->six;
        return inet_pton(AF_INET6, host, &out->six.sin6_addr) == 1 || not_an_address(text, e);
    }
    out->four.sin_family = AF_INET;
    out->four.sin_port = htons((uint16_t)port);
    *len = sizeof out->four;
    const char *number = strcmp(host, "localhost") == 0 ? "127.0.0.1" : host;
    return inet_pton(AF_INET, number, &out->four.sin_addr) == 1 || not_an_address(text, e);
}

static bool is_loopback(const any_address *a)
{
    if (a->plain.sa_family == AF_INET6)
        return IN6_IS_ADDR_LOOPBACK(&a->six.sin6_addr);
    return ntohl(a->four.sin_addr.s_addr) >> 24 == 127;
}

static void show(address *a)
{
    any_address got = {0};
    socklen_t len = sizeof got;
    char host[INET6_ADDRSTRLEN] = "";
    getsockname(a->fd, &got.plain, &len);
    if (got.plain.sa_family == AF_INET6) {
        inet_ntop(AF_INET6, &got.six.sin6_addr, host, sizeof host);
        buf_fmt(&a->shown, "http://[%s]:%u", host, ntohs(got.six.sin6_port));
    } else {
        inet_ntop(AF_INET, &got.four.sin_addr, host, sizeof host);
        buf_fmt(&a->shown, "http://%s:%u", host, ntohs(got.four.sin_port));
    }
}

static bool listen_port(const char *text, bool open, address *out, err *e)
{
    any_address a;
    socklen_t len = 0;
    const int on = 1;
    if (!read_address(text, &a, &len, e))
        return false;
    out->local = is_loopback(&a);
    if (!out->local && !open) {
        err_set(e, ERR_NOT_ALLOWED,
                "%s can be reached from other machines, and nobody is asked who he is", text);
        return err_hint(e, "--open allows it all the same: whoever reaches it reads everything");
    }
    out->fd = socket(a.plain.sa_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (out->fd < 0 || setsockopt(out->fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) != 0 ||
        bind(out->fd, &a.plain, len) != 0 || listen(out->fd, QUEUE) != 0)
        return fail(text, e);
    show(out);
    return true;
}

/* Whoever holds the workspace's lock may take the place of a socket that a killed daemon left. */
static bool listen_file(const char *text, const char *home, address *out, err *e)
{
    any_address a = {.file = {.sun_family = AF_UNIX}};
    const char *name = text + strlen("unix:");
    out->path = name[0] == '/' ? mem_text(name) : file_join(home, name);
    out->local = out->file = true;
    struct stat old;
    if (!*name || strlen(out->path) >= sizeof a.file.sun_path)
        return not_an_address(text, e);
    strcpy(a.file.sun_path, out->path);
    if (stat(out->path, &old) == 0 && S_ISSOCK(old.st_mode))
        unlink(out->path);
    out->fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    mode_t before = umask(0177);
    bool ok = out->fd >= 0 && bind(out->fd, &a.plain, sizeof a.file) == 0;
    umask(before);
    if (!ok || listen(out->fd, QUEUE) != 0) {
        free(out->path);
        out->path = NULL; /* not ours to remove */
        return fail(text, e);
    }
    buf_fmt(&out->shown, "unix:%s", out->path);
    return true;
}

bool address_listen(const char *text, const char *home, bool open, address *out, err *e)
{
    *out = (address){.fd = -1};
    bool ok = strncmp(text, "unix:", 5) == 0 ? listen_file(text, home, out, e)
                                             : listen_port(text, open, out, e);
    if (!ok)
        address_close(out);
    return ok;
}

void address_close(address *a)
{
    if (a->fd >= 0)
        close(a->fd);
    if (a->path)
        unlink(a->path);
    free(a->path);
    buf_free(&a->shown);
    *a = (address){.fd = -1};
}

bool address_names_local(const char *host)
{
    static const char *const NAMES[] = {"localhost", "127.0.0.1", "[::1]"};
    for (size_t i = 0; host && i < sizeof NAMES / sizeof *NAMES; i++) {
        size_t len = strlen(NAMES[i]);
        if (strncasecmp(host, NAMES[i], len) == 0 && (host[len] == '\0' || host[len] == ':'))
            return true;
    }
    return false;
}
