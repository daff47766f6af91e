/* address.h: where a daemon listens: HOST:PORT or unix:PATH. Floor: web. */
#ifndef POLDER_WEB_ADDRESS_H
#define POLDER_WEB_ADDRESS_H

#include "base/buf.h"
#include "base/err.h"

typedef struct address {
    int fd;     /* listening; -1: none */
    bool local; /* only this machine reaches it */
    bool file;  /* a unix socket, at `path` */
    char *path; /* owned */
    buf shown;  /* "http://127.0.0.1:7340", with the port that it got */
} address;

/* "127.0.0.1:7340", "[::1]:7340", "localhost:0" (any free port), "unix:polder.sock" (in `home`, or
 * absolute; only its owner may use it). An address that other machines reach is ERR_NOT_ALLOWED
 * without `open`. */
bool address_listen(const char *text, const char *home, bool open, address *out, err *e);
void address_close(address *a); /* also removes the file of a unix socket */

/* Whether the header Host of a request names this machine: a page from elsewhere that had its name
 * point here (DNS rebinding) gives itself away by it. */
bool address_names_local(const char *host);

#endif
