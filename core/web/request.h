/* request.h: one HTTP request on its way, and how it is answered. Floor: web, nobody else. */
#ifndef POLDER_WEB_REQUEST_H
#define POLDER_WEB_REQUEST_H

#include "base/value.h"
#include "web/address.h"
#include "web/mhd.h"
#include "web/web.h"

typedef struct request request;
typedef struct stream stream;

struct web {
    keeper *keeper;
    const mhd *mhd;
    struct MHD_Daemon *server;
    address address;
    uv_poll_t poll;
    uv_timer_t timer, beat;
    int handles;         /* of the loop, that are open */
    size_t open;         /* requests */
    stream *streams;     /* list */
    bool running, again; /* MHD_run is at work; it must run once more */
    bool stopping;
    int64_t started_ms;
};

struct request {
    web *web;
    struct MHD_Connection *connection;
    char *path;       /* below /api/: "get/demand/a" */
    const char *rest; /* of the path, behind the route */
    value args;       /* of the query: name → text */
    buf body;
    char *after;     /* where the next page begins, or NULL */
    unsigned status; /* 0: not answered yet */
    bool waits;      /* is suspended, for a job */
    bool no_kind;    /* the store has not heard of the kind that it asks for */
    stream *stream;  /* it is one, or NULL */
};

/* Answers with what is in r->body, or with an error as JSON. */
void request_answer(request *r, bool ok, const err *why);
/* A whole number among the arguments; false sets *e. */
bool request_int(const request *r, const char *name, int64_t otherwise, int64_t most, int64_t *out,
                 err *e);
const char *request_text(const request *r, const char *name); /* NULL: not given, or empty */

/* Finds who answers, and has it answered: at once, or later by a job. */
void route_request(request *r);

/* Events as they come (server-sent events), for as long as the client stays. */
void stream_open(request *r, int64_t since, const char *type);
bool stream_queue(request *r); /* its response */
void stream_leave(request *r); /* the client is gone */
void streams_news(web *w);
void streams_beat(web *w);
void streams_end(web *w);

void web_pump(web *w); /* lets libmicrohttpd work */

#endif
