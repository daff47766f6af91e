/* clean.h: text of plugins and data made fit for a document: one line of valid UTF-8 without
 * control characters and without what turns the direction of writing. Floor: report. Pure. */
#ifndef POLDER_REPORT_CLEAN_H
#define POLDER_REPORT_CLEAN_H

#include <stdbool.h>

#include "base/buf.h"

/* Line ends and tabs become spaces; what can't stand in a document becomes U+FFFD. */
void clean_text(buf *out, const char *text, size_t len);
/* The same, with the signs of HTML and XML escaped: safe between tags and in quoted attributes. */
void clean_html(buf *out, const char *text, size_t len);
/* Is it an address that a reader may be sent to (http, https, mailto) and nothing else? */
bool clean_url(const char *url, size_t len);

#endif
